"""Which files are found below a folder, and what becomes of those that cannot be read."""

import inspect
import sys
from pathlib import Path

import pytest

from shapelint.diagnostic import Report
from shapelint.files import read as reading
from shapelint.files.find import Found, find
from shapelint.files.patterns import matches
from shapelint.files.read import FileText, Unreadable, decode, read
from shapelint.files.source import source


@pytest.fixture
def tree(tmp_path, monkeypatch):
    """Write files, given as path=text, below a folder of the test's own, which becomes the current one."""

    def write(*names: str, **texts: str):
        for name in names:
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text("")
        for name, text in texts.items():
            (tmp_path / name.replace("__", "/").replace("_dot_", ".")).write_text(text)
        return tmp_path

    monkeypatch.chdir(tmp_path)
    return write


def found(*paths: str, exclude: tuple[str, ...] = (), force: bool = False) -> list[str]:
    def excluded(path: str) -> bool:
        return matches(path, exclude, str(Path.cwd()))

    return [file.path for file in find(paths, excluded, force)]


def test_a_folder_gives_its_formula_files_sorted(tree) -> None:
    tree("b.txt", "a/z.shapes", "a/UP.TXT", "c.png", ".hidden/x.txt", "a/.git/x.txt", "a.txt")
    assert found(".") == ["a/UP.TXT", "a/z.shapes", "a.txt", "b.txt"]
    assert found("a") == ["a/UP.TXT", "a/z.shapes"]


def test_named_files_come_as_given_and_once(tree) -> None:
    tree("b.txt", "a.txt", "notes.rst")
    assert found("notes.rst", "b.txt", ".", "./b.txt", "none.txt") == [
        "notes.rst",
        "b.txt",
        "a.txt",
        "none.txt",
    ]
    assert list(find(["b.txt", "."], lambda path: False)) == [Found("b.txt"), Found("a.txt", walked=True)]


def test_what_git_ignores_is_left_out(tree) -> None:
    tree(
        "a.txt", "build/b.txt", "kept/c.txt", "kept/c2.txt", "kept/deep/d.txt", "own.txt", ".git/info/exclude"
    )
    tree(
        _dot_gitignore="build/\n*2.txt\n/kept/deep/*\n",
        kept___dot_gitignore="!c2.txt\n",
        _dot_git__info__exclude="own.txt\n",
    )
    assert found(".") == ["a.txt", "kept/c.txt", "kept/c2.txt"]
    assert found("kept") == ["kept/c.txt", "kept/c2.txt"]


def test_a_named_folder_or_file_is_wanted_though_git_ignores_it(tree) -> None:
    tree("build/b.txt", "build/no/c.txt", ".git/HEAD")
    tree(_dot_gitignore="build/\n", build___dot_gitignore="no\n")
    assert found(".") == []
    assert found("build") == ["build/b.txt"]
    assert found("build/no/c.txt") == ["build/no/c.txt"]


def test_gitignore_above_the_repository_does_not_count(tree) -> None:
    tree("repo/.git/HEAD", "repo/a.txt")
    tree(_dot_gitignore="*.txt\n")
    assert found("repo") == ["repo/a.txt"]


def test_links_do_not_loop(tree) -> None:
    root = tree("a/x.txt")
    (root / "a" / "up").symlink_to(root)
    (root / "a" / "self.txt").symlink_to("self.txt")
    (root / "a" / "gone.txt").symlink_to("nowhere")
    (root / "a" / "y.txt").symlink_to("x.txt")
    assert found(".") == ["a/x.txt", "a/y.txt"]


def test_folders_nested_deeper_than_calls_can_be(tree, request) -> None:
    root = tree("/".join(["d"] * 300) + "/x.txt")
    limit = sys.getrecursionlimit()
    request.addfinalizer(lambda: sys.setrecursionlimit(limit))
    sys.setrecursionlimit(len(inspect.stack()) + 100)
    (path,) = found(str(root))
    assert path.count("/d") == 300


@pytest.mark.parametrize(
    ("pattern", "left"),
    [
        ("old", ["a.txt", "new/a.txt"]),
        ("a.txt", ["old/b.txt"]),
        ("*.txt", []),
        ("old/b.txt", ["a.txt", "new/a.txt"]),
        ("new/*.txt", ["a.txt", "old/b.txt"]),
        ("./old/", ["a.txt", "new/a.txt"]),
        ("**/a.txt", ["old/b.txt"]),
        ("/old", ["a.txt", "new/a.txt"]),
        ("b", ["a.txt", "new/a.txt", "old/b.txt"]),
    ],
)
def test_exclude(tree, pattern: str, left: list[str]) -> None:
    tree("a.txt", "old/b.txt", "new/a.txt")
    assert found(".", exclude=(pattern,)) == left


def test_exclude_spares_what_is_named_unless_forced(tree) -> None:
    tree("old/b.txt")
    assert found("old/b.txt", "old", exclude=("old/*",)) == ["old/b.txt"]
    assert found("old/b.txt", "old", exclude=("old/*",), force=True) == []


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"Z = W X\n", FileText("Z = W X\n")),
        (b"\xef\xbb\xbfZ\r\n", FileText("Z\r\n", mark=True)),
        ("ŷ".encode(), FileText("ŷ")),
        (b"", FileText("")),
    ],
)
def test_decode(data: bytes, expected: FileText) -> None:
    assert decode(data) == expected


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"ab\nc\xe9", "the byte at offset 4 (row 2) is 0xe9, which is not UTF-8"),
        (b"\xef\xbb\xbf\xff", "the byte at offset 3 (row 1) is 0xff, which is not UTF-8"),
        (b"a\0", "the byte at offset 1 (row 1) is NUL: this is not a text file"),
        ("Z".encode("utf-16"), "this is UTF-16, not UTF-8"),
        ("Z".encode("utf-32"), "this is UTF-32, not UTF-8"),
    ],
)
def test_what_is_no_text(data: bytes, reason: str) -> None:
    refusal = decode(data)
    assert isinstance(refusal, Unreadable)
    assert refusal.reason == reason


def test_the_place_of_a_byte_that_is_not_utf8_can_be_shown(tree) -> None:
    (tree() / "a.txt").write_bytes("ŷ = é\n".encode() + b"b \xe9 c")
    report = source("a.txt", "a.txt")
    assert isinstance(report, Report)
    (diagnostic,) = report.diagnostics
    assert report.source.position(diagnostic.span.start) == (2, 3)
    assert (diagnostic.code, diagnostic.severity) == ("unreadable", "error")


def test_files_that_cannot_be_opened(tree, monkeypatch) -> None:
    root = tree("folder/x", "a.txt")
    (root / "loop").symlink_to("loop")
    reasons = {path: read(path) for path in ("none", "folder", "loop", "a.txt/b", "nul\0")}
    assert all(isinstance(reason, Unreadable) for reason in reasons.values())
    assert reasons["none"].reason == "there is no file `none`"
    assert reasons["folder"].reason == "`folder` is a folder"
    assert reasons["loop"].reason == "`loop` is a link that leads back to itself"
    assert reasons["a.txt/b"].reason == "`a.txt/b` cannot be read: not a directory"


def test_permission(monkeypatch) -> None:
    def refuse(path: str) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(reading, "_bytes", refuse)
    assert read("a.txt") == Unreadable("there is no permission to read `a.txt`")


def test_a_file_over_the_limit_is_refused(tree, monkeypatch) -> None:
    monkeypatch.setattr(reading, "LIMIT", 2_000_000)
    root = tree()
    (root / "fits.txt").write_bytes(b"a" * 2_000_000)
    (root / "over.txt").write_bytes(b"a" * 2_000_001)
    assert isinstance(read("fits.txt"), FileText)
    assert read("over.txt") == Unreadable("`over.txt` is larger than 2 MB, the stated limit")
