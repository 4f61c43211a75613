"""A file replaced in one step: at every moment, and whatever fails, the old or the new content is there."""

import contextlib
import errno
import os
import stat
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from shapelint.files.write import replace


@pytest.mark.skipif(os.name == "nt", reason="there are no such modes")
@pytest.mark.parametrize("mode", [0o600, 0o640, 0o755, 0o666, 0o2644])
def test_the_mode_stays(tmp_path, mode: int) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"old")
    path.chmod(mode)
    assert replace(str(path), b"old", b"new") is None
    assert (path.read_bytes(), stat.S_IMODE(path.stat().st_mode)) == (b"new", mode)


@pytest.mark.parametrize("now", [b"older", b"ol", b"new", b""])
def test_a_file_that_changed_meanwhile_is_left_alone(tmp_path, now: bytes) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(now)
    assert replace(str(path), b"old", b"new") == "it was changed meanwhile"
    assert [(entry.name, entry.read_bytes()) for entry in tmp_path.iterdir()] == [("a.txt", now)]


def test_a_file_that_is_gone_meanwhile_stays_gone(tmp_path) -> None:
    assert replace(str(tmp_path / "a.txt"), b"old", b"new") == "it was changed meanwhile"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes with names")
def test_only_a_file_is_replaced(tmp_path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert replace(str(tmp_path / "pipe"), b"old", b"new") == "it is not a regular file"
    assert replace(str(tmp_path), b"old", b"new") == "it is not a regular file"


@pytest.fixture
def unprivileged(tmp_path_factory) -> Iterator[Path]:
    """A folder in which no one is root: for root permissions do not hold, so it becomes nobody for a while."""
    if not hasattr(os, "geteuid"):
        pytest.skip("permissions are another matter there")
    with tempfile.TemporaryDirectory() as folder, contextlib.ExitStack() as afterwards:
        if os.geteuid() == 0:
            os.chown(folder, 65534, -1)
            afterwards.callback(os.seteuid, 0)
            os.seteuid(65534)
        afterwards.callback(os.chmod, folder, 0o700)
        yield Path(folder)


@pytest.mark.parametrize(
    ("folder_mode", "mode", "reason"),
    [
        (0o500, 0o600, "its folder cannot be written: permission denied"),
        (0o700, 0o400, "it cannot be written: permission denied"),
    ],
)
def test_permissions(unprivileged, folder_mode: int, mode: int, reason: str) -> None:
    path = unprivileged / "a.txt"
    path.write_bytes(b"old")
    path.chmod(mode)
    unprivileged.chmod(folder_mode)
    assert replace(str(path), b"old", b"new") == reason
    assert [(entry.name, entry.read_bytes()) for entry in unprivileged.iterdir()] == [("a.txt", b"old")]


@pytest.mark.parametrize("step", ["fsync", "chmod", "replace"])
@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        (
            OSError(errno.ENOSPC, "No space left on device"),
            "its folder cannot be written: no space left on device",
        ),
        (KeyboardInterrupt(), None),
        (SystemExit(), None),
    ],
)
def test_whatever_step_fails_the_old_content_is_there(
    tmp_path, monkeypatch, step: str, fault: BaseException, reason: str | None
) -> None:
    def fail(*arguments: object) -> None:
        raise fault

    path = tmp_path / "a.txt"
    path.write_bytes(b"old")
    monkeypatch.setattr(os, step, fail)
    if reason is None:
        with pytest.raises(type(fault)):
            replace(str(path), b"old", b"new")
    else:
        assert replace(str(path), b"old", b"new") == reason
    monkeypatch.undo()
    assert [(entry.name, entry.read_bytes()) for entry in tmp_path.iterdir()] == [("a.txt", b"old")]


def test_before_the_last_step_the_new_content_is_whole_and_the_old_one_there(tmp_path, monkeypatch) -> None:
    """What a kill at the worst moment leaves behind."""
    path = tmp_path / "a.txt"
    path.write_bytes(b"old")
    seen: list[tuple[bytes, bytes]] = []
    step = os.replace

    def watched(source: str, target: str) -> None:
        seen.append((Path(source).read_bytes(), Path(target).read_bytes()))
        assert Path(source).parent == tmp_path and not source.endswith((".txt", ".shapes"))
        step(source, target)

    synced: list[int] = []
    monkeypatch.setattr(os, "fsync", lambda handle: synced.append(os.fstat(handle).st_size))
    monkeypatch.setattr(os, "replace", watched)
    assert replace(str(path), b"old", b"new") is None
    assert (seen, synced) == ([(b"new", b"old")], [3])
