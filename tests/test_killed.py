"""`--fix` in real processes: killed at every step, on a full disk, several at once. No file is half-written or lost."""

import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(os.name == "nt", reason="signals and limits are another matter there")

WRONG = b"\xef\xbb\xbf" + b"dZ1 = W2 dZ2 * g'(Z1)\r\n\r\n# \xc3\xa9\r\n" * 40
RIGHT = WRONG.replace(b"W2 dZ2", b"W2.T dZ2")

# A process that kills itself at the n-th thing that it does to the folder of its last argument.
KILLED = """
import os, signal, sys
left = int(sys.argv.pop(1))
folder = os.path.dirname(sys.argv[-1])

def step():
    global left
    left -= 1
    if left == 0:
        os.kill(os.getpid(), signal.SIGKILL)

def seen(event, arguments):
    if event.startswith(("os.", "tempfile", "shutil")) or event == "open":
        if any(isinstance(one, (str, bytes)) and folder in os.fsdecode(one) for one in arguments):
            step()

flush = os.fsync
def slow(handle):
    step()
    flush(handle)
    step()
os.fsync = slow
sys.addaudithook(seen)
from shapelint.__main__ import run
run()
"""


def _command(words: Sequence[str], **more) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, *words],
        capture_output=True,
        check=False,
        env={**os.environ, "NO_COLOR": "1"},
        **more,
    )


def _notes(folder: Path) -> Path:
    path = folder / "notes.txt"
    path.write_bytes(WRONG)
    path.chmod(0o640)
    return path


def test_killed_at_every_step_the_file_is_the_old_or_the_new_one(tmp_path) -> None:
    contents = []
    for step in range(1, 100):
        path = _notes(tmp_path)
        done = _command(["-c", KILLED, str(step), "--fix", "--no-cache", str(path)])
        contents.append(path.read_bytes())
        assert contents[-1] in (WRONG, RIGHT), step
        assert path.stat().st_mode & 0o777 == 0o640
        if done.returncode != -signal.SIGKILL:
            break
        # what a killed run left beside the file is in nobody's way
        assert _command(["-m", "shapelint", "--fix", "--no-cache", str(tmp_path)]).returncode == 0
        assert path.read_bytes() == RIGHT
    assert step >= 5
    assert contents[0] == WRONG
    assert contents[-1] == RIGHT


def test_on_a_full_disk_the_file_stays_and_the_others_are_checked(tmp_path) -> None:
    import resource

    path, other = _notes(tmp_path), tmp_path / "other.txt"
    other.write_text("dW1 = dZ1 X\n")

    def no_space() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (500, 500))

    done = _command(["-m", "shapelint", "--fix", "--no-cache", str(path), str(other)], preexec_fn=no_space)
    assert path.read_bytes() == WRONG
    assert other.read_text() == "dW1 = dZ1 X.T\n"
    assert done.returncode == 2
    assert b"notes.txt: left as it was" in done.stderr
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["notes.txt", "other.txt"]


def test_several_runs_at_once_end_with_the_repaired_file(tmp_path) -> None:
    path = _notes(tmp_path)
    command = [sys.executable, "-m", "shapelint", "--fix", str(path)]
    environment = {**os.environ, "XDG_CACHE_HOME": str(tmp_path / "cache")}
    runs = [
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment)
        for _ in range(6)
    ]
    for run in runs:
        _, errors = run.communicate()
        assert b"Traceback" not in errors
    assert path.read_bytes() == RIGHT
    assert [entry.name for entry in tmp_path.iterdir() if entry.is_file()] == ["notes.txt"]
