"""`--fix`, `--diff` and `--unsafe-fixes`: which repairs are written, and what becomes of the files."""

import io
import json
import re
import sys
from collections.abc import Iterator
from difflib import unified_diff
from pathlib import Path

import pytest
from casefile import read_cases
from casefile.setup import set_up
from hypothesis import given
from hypothesis import strategies as st

from shapelint.check import Options, check
from shapelint.cli import main
from shapelint.diagnostic import Diagnostic, Edit, Fix, Report
from shapelint.files import write as writing
from shapelint.fixing import Wish
from shapelint.fixing.rounds import MOST_TRIES, repaired
from shapelint.render.diff import drawn, unified
from shapelint.render.screen import Screen
from shapelint.render.summary import summary
from shapelint.render.tally import Tally
from shapelint.source import Source, Span

HERE = Path(__file__).parent
WRONG, RIGHT = "dZ1 = dZ2 @ W2 * g'(Z1)", "dZ1 = W2.T @ dZ2 * g'(Z1)"
LEFT = "b1 := b1 - alpha db2"  # its repair is not safe
LEFT_RIGHT = "b1 := b1 - alpha db1"
ENDS = re.compile(r"\r\n|\r|\n")


# Rounds, in front of a checker that the tests make up.

# What it finds: a character, and what its repair writes instead.
MADE_UP = {"a": ".", "b": "bb", "c": "a", "d": "d", "e": "a!", "u": "."}


def made_up(source: Source) -> Report:
    found = (
        Diagnostic(character, "error", "", span, fix=Fix("", "", safety(character), (edit(span, character),)))
        for place, character in enumerate(source.text)
        if character in MADE_UP
        for span in (Span(place, place + 1),)
    )
    return Report(source, tuple(found))


def safety(character: str) -> str:
    return "unsafe" if character == "u" else "safe"


def edit(span: Span, character: str) -> Edit:
    return Edit(span, MADE_UP[character])


def mended(text: str, unsafe: bool = False, ignore: str = "") -> str:
    report = made_up(Source("x", text))
    return repaired(report, made_up, lambda found: found.code not in ignore, unsafe).source.text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ""),
        ("xyz", "xyz"),
        ("a\nxa", ".\nx."),
        ("aaa", "..."),  # one line, one repair a round
        ("a\r\na\ra", ".\r\n.\r."),
        ("b", "b"),  # brings one more of its own
        ("c", "c"),  # brings another one
        ("d", "d"),  # does nothing
        ("e", "e"),
        ("a\nb\na\nc\nd\na", ".\nb\n.\nc\nd\n."),  # the bad ones do not keep the good ones
        ("u", "u"),
    ],
)
def test_rounds(text: str, expected: str) -> None:
    assert mended(text) == expected
    assert mended(expected) == expected


def test_unsafe_repairs_and_those_that_nobody_wants() -> None:
    assert mended("a\nu", unsafe=True) == ".\n."
    assert mended("a\nu", unsafe=True, ignore="a") == "a\n."


def tried(text: str) -> list[str]:
    """Return the texts that are checked on the way."""
    texts: list[str] = []

    def watched(source: Source) -> Report:
        texts.append(source.text)
        return made_up(source)

    repaired(made_up(Source("x", text)), watched, lambda found: True)
    return texts


def test_a_line_is_repaired_once_a_round() -> None:
    assert tried("aa\na") == [".a\n.", "..\n."]


def test_a_bad_repair_is_separated_from_the_others_in_few_steps() -> None:
    assert tried("a\nb") == [".\nbb", ".\nb", ".\nbb"]


def test_a_round_ends_however_many_bad_repairs_there_are() -> None:
    assert len(tried("b\n" * 1000)) == MOST_TRIES


def test_the_byte_order_mark_stays_with_the_text() -> None:
    report = repaired(made_up(Source("x", "a", "\ufeff")), made_up, lambda found: True)
    assert (report.source.text, report.source.mark) == (".", "\ufeff")


# Every text of the cases and the examples.


def corpus() -> Iterator[tuple[str, Source, Options]]:
    for path in sorted((HERE / "cases").rglob("*.md")):
        for case in read_cases(path.read_text(encoding="utf-8")):
            setup = set_up(case)
            for source in setup.sources:
                yield f"{path.name}: {case.name}", source, setup.options
    for path in sorted((HERE.parent / "examples").iterdir()):
        yield path.name, Source(path.name, path.read_text(encoding="utf-8")), Options()


@pytest.mark.parametrize("unsafe", [False, True])
def test_all_cases_repaired_twice(unsafe: bool) -> None:
    fixed = 0
    for name, source, options in corpus():
        before = check(source, options)
        if not any(found.fix for found in before.diagnostics):
            continue  # nothing is written
        after = repair(before, options, unsafe)
        fixed += len(before.diagnostics) - len(after.diagnostics)
        assert len(after.diagnostics) <= len(before.diagnostics), name
        assert repair(after, options, unsafe).source.text == after.source.text, name
        assert after == check(after.source, options), name
        assert_only_edited_lines_differ(before, after, name)
    assert fixed > 100


def repair(report: Report, options: Options, unsafe: bool) -> Report:
    return repaired(report, lambda source: check(source, options), lambda found: True, unsafe)


def assert_only_edited_lines_differ(before: Report, after: Report, name: str) -> None:
    old, new = before.source, after.source
    assert ENDS.findall(old.text) == ENDS.findall(new.text), name
    rows = {
        row
        for found in before.diagnostics
        if found.fix
        for change in found.fix.edits
        for row in range(old.position(change.span.start).row, old.position(change.span.end).row + 1)
    }
    pairs = zip(ENDS.split(old.text), ENDS.split(new.text), strict=True)
    differing = {row for row, (one, other) in enumerate(pairs, 1) if one != other}
    assert differing <= rows, name


# The command line.


@pytest.fixture
def shapelint(tmp_path, monkeypatch, capfdbinary):
    """Run the program in a folder of its own; return its exit status, and what it wrote in both streams."""
    monkeypatch.chdir(tmp_path)

    def run(*arguments: str, stdin: bytes | None = None) -> tuple[int, str, str]:
        if stdin is not None:
            monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        capfdbinary.readouterr()
        # in the middle of a test session standard output is not what a program has
        with open(1, "w", encoding="utf-8", newline="", closefd=False) as stream:
            monkeypatch.setattr(sys, "stdout", stream)
            status = main(["--output-format", "concise", *arguments])
        out, err = capfdbinary.readouterr()
        return status, out.decode(), err.decode()

    return run


@pytest.mark.parametrize(
    ("arguments", "before", "after", "status"),
    [
        ([], WRONG, WRONG, 1),
        (["--unsafe-fixes"], LEFT, LEFT, 1),
        (["--fix"], WRONG, RIGHT, 0),
        (["--fix"], RIGHT, RIGHT, 0),
        (["--fix"], f"{WRONG}\n{LEFT}", f"{RIGHT}\n{LEFT}", 1),
        (["--fix", "--exit-zero"], f"{WRONG}\n{LEFT}", f"{RIGHT}\n{LEFT}", 0),
        (["--fix", "--unsafe-fixes"], f"{WRONG}\n{LEFT}", f"{RIGHT}\n{LEFT_RIGHT}", 0),
        (["--fix", "--select", "target-shape"], WRONG, WRONG, 0),
        (["--fix", "--ignore", "inner"], WRONG, WRONG, 0),
        (["--fix", "--select", "inner-sizes"], WRONG, RIGHT, 0),
        (["--fix"], f"{WRONG}  # shapelint: ignore", f"{WRONG}  # shapelint: ignore", 0),
        (
            ["--fix"],
            f"{WRONG}  # shapelint: ignore[inner-sizes]",
            f"{WRONG}  # shapelint: ignore[inner-sizes]",
            0,
        ),
        (["--fix", "--show-files"], WRONG, WRONG, 0),
        (["--diff"], WRONG, WRONG, 1),
        (["--diff", "--exit-zero"], WRONG, WRONG, 0),
        (["--diff", "--fix"], WRONG, WRONG, 1),
        (["--diff"], RIGHT, RIGHT, 0),
        (["--diff"], LEFT, LEFT, 1),
        (["--diff", "--ignore", "unequal"], LEFT, LEFT, 0),
        (
            ["--fix"],
            f"# §\t{WRONG}\r\n\r\n{WRONG}\t#  ŷ 𝑍\r\n",
            f"# §\t{WRONG}\r\n\r\n{RIGHT}\t#  ŷ 𝑍\r\n",
            0,
        ),
        (["--fix"], f"{WRONG}\rx\r{WRONG}", f"{RIGHT}\rx\r{RIGHT}", 0),
        (["--fix"], f"\ufeff{WRONG}\n\r\n\r", f"\ufeff{RIGHT}\n\r\n\r", 0),
        (["--fix"], f"\ufeff\ufeff# x\n{WRONG}", f"\ufeff\ufeff# x\n{RIGHT}", 0),
        (["--fix"], f"# \x0c\x1b\u2028\x85\u200b\n{WRONG}", f"# \x0c\x1b\u2028\x85\u200b\n{RIGHT}", 0),
    ],
)
def test_what_becomes_of_a_file(
    shapelint, tmp_path, arguments: list[str], before: str, after: str, status: int
) -> None:
    path = tmp_path / "notes.txt"
    path.write_bytes(before.encode())
    assert shapelint("notes.txt", *arguments)[0] == status
    assert path.read_bytes().decode() == after
    assert [entry.name for entry in tmp_path.iterdir()] == ["notes.txt"]


@pytest.mark.parametrize(
    ("arguments", "places", "words"),
    [
        ([], ["a.txt:1", "a.txt:2", "b.txt:1"], "Found 3 errors in 2 of 3 files"),
        (["--fix"], ["a.txt:2"], "Found 3 errors (2 fixed, 1 remaining) in 2 of 3 files"),
        (["--fix", "-q"], ["a.txt:2"], ""),
        (["--fix", "--unsafe-fixes"], [], "Fixed 3 errors in 2 files"),
        (["--fix", "--select", "inner-sizes"], [], "Fixed 2 errors in 2 files"),
    ],
)
def test_what_is_left_is_reported(
    shapelint, tmp_path, arguments: list[str], places: list[str], words: str
) -> None:
    (tmp_path / "a.txt").write_text(f"{WRONG}\n{LEFT}\n")
    (tmp_path / "b.txt").write_text(f"{WRONG}\n")
    (tmp_path / "c.txt").write_text(f"{RIGHT}\n")
    status, out, err = shapelint(".", *arguments)
    assert (status, [":".join(line.split(":")[:2]) for line in out.splitlines()]) == (bool(places), places)
    assert err.partition(": 4 formulas")[0] == words


def test_json_stands_alone(shapelint, tmp_path) -> None:
    (tmp_path / "a.txt").write_text(f"{WRONG}\n{LEFT}\n")
    status, out, _ = shapelint("a.txt", "--fix", "--output-format", "json")
    assert (status, [record["location"]["row"] for record in json.loads(out)]) == (1, [2])


def test_a_diff_can_be_applied(shapelint, tmp_path) -> None:
    (tmp_path / "my notes.txt").write_bytes(f"\ufeff# §\r\n{WRONG}\r\n\x0c\n{LEFT}".encode())
    status, out, err = shapelint(".", "--diff")
    assert status == 1
    assert out == (
        "--- my notes.txt\t\n+++ my notes.txt\t\n@@ -1,4 +1,4 @@\n"
        f" \ufeff# §\r\n-{WRONG}\r\n+{RIGHT}\r\n \x0c\n {LEFT}\n\\ No newline at end of file\n"
    )
    assert err.splitlines()[0].startswith("my notes.txt:4:")
    assert err.splitlines()[1].startswith("Found 2 errors (1 would be fixed, 1 would remain) in 1 of 1 file")


def test_a_diff_on_a_terminal_acts_on_nothing() -> None:
    lines = list(drawn(unified("a\x1b", "x\x1b[2J\t\r\n", "y\r\n"), Screen(colour=True)))
    assert lines == [
        "\x1b[1m--- a\\x1b\x1b[0m\n",
        "\x1b[1m+++ a\\x1b\x1b[0m\n",
        "\x1b[36m@@ -1 +1 @@\x1b[0m\n",
        "\x1b[31m-x\\x1b[2J    \x1b[0m\n",
        "\x1b[32m+y\x1b[0m\n",
    ]


@given(st.lists(st.integers(), max_size=60), st.dictionaries(st.integers(0, 59), st.integers(), max_size=6))
def test_a_diff_is_that_of_difflib(numbers: list[int], changes: dict[int, int]) -> None:
    old = [f"{row}: {number}\n" for row, number in enumerate(numbers)]
    for new in (
        [f"changed to {changes[row]}\n" if row in changes else line for row, line in enumerate(old)],
        [line for row, line in enumerate(old) if row not in changes],
    ):
        assert list(unified("a", "".join(old), "".join(new))) == list(unified_diff(old, new, "a", "a"))


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_standard_input_is_a_filter(shapelint, mark: bytes) -> None:
    text = mark.decode() + "ŷ\r\n{}\n\r{}"
    status, out, err = shapelint("-", "--fix", stdin=text.format(WRONG, LEFT).encode())
    assert (status, out) == (1, text.format(RIGHT, LEFT))
    assert err.startswith("<stdin>:4:18: error[unequal-shapes]")
    right = text.format(RIGHT, "")
    assert shapelint("-", "--fix", "-q", stdin=right.encode()) == (0, right, "")


def test_formulas_of_the_command_line(shapelint) -> None:
    assert shapelint("--fix", "-q", "-e", "W2 : (n2, n1)", "-e", WRONG) == (
        0,
        f"W2 : (n2, n1)\n{RIGHT}\n",
        "",
    )
    assert shapelint("--fix", "-q", "-e", LEFT)[:2] == (1, f"{LEFT}\n")
    diff = f"--- <formula>\n+++ <formula>\n@@ -1 +1 @@\n-{WRONG}\n+{RIGHT}\n"
    assert shapelint("--diff", "-q", "-e", WRONG) == (1, diff, "")


# Files that are not as one would wish.


def test_a_link_stays_and_the_file_behind_it_is_repaired(shapelint, tmp_path) -> None:
    (tmp_path / "far").mkdir()
    target = tmp_path / "far" / "target.txt"
    target.write_text(WRONG)
    (tmp_path / "near.txt").symlink_to("far/middle.txt")
    (tmp_path / "far" / "middle.txt").symlink_to(target)
    assert shapelint("near.txt", "--fix", "-q") == (0, "", "")
    assert target.read_text() == RIGHT
    assert (tmp_path / "near.txt").is_symlink() and (tmp_path / "far" / "middle.txt").is_symlink()
    assert not target.is_symlink()


def test_a_file_that_cannot_be_written_costs_only_itself(shapelint, tmp_path, monkeypatch) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(WRONG)
    holds = writing._holds
    monkeypatch.setattr(
        writing, "_holds", lambda path, data: not path.endswith("a.txt") and holds(path, data)
    )
    status, out, err = shapelint(".", "--fix")
    assert (status, (tmp_path / "a.txt").read_text(), (tmp_path / "b.txt").read_text()) == (2, WRONG, RIGHT)
    assert out.startswith("a.txt:1:7: error[inner-sizes] [*]") and out.count("\n") == 1
    assert err.splitlines()[0] == "shapelint: a.txt: left as it was: it was changed meanwhile"
    assert err.splitlines()[1].startswith("Found 2 errors (1 fixed, 1 remaining) in 2 of 2 files")


# The summary.


def tallied(fixed: int, safe: int, unsafe: int, plain: int, wish: Wish) -> str:
    def found(applicability: str | None) -> Diagnostic:
        fix = Fix("", "", applicability, (Edit(Span(0, 1), ""),)) if applicability else None
        return Diagnostic("inner-sizes", "error", "", Span(0, 1), fix=fix)

    left = [found("safe")] * safe + [found("unsafe")] * unsafe + [found(None)] * plain
    before = Report(Source("a", "old"), (*[found("safe")] * fixed, *left), formulas=9)
    after = Report(Source("a", "new" if fixed else "old"), tuple(left), formulas=9)
    tally = Tally()
    tally.add(after, before)
    tally.add(Report(Source("b", ""), ()))
    return summary(tally, wish).replace(": 9 formulas checked", "").rstrip("\n")


@pytest.mark.parametrize(
    ("counts", "wish", "expected"),
    [
        ((0, 0, 0, 2), Wish(), "Found 2 errors in 1 of 2 files"),
        ((0, 1, 0, 2), Wish(), "Found 3 errors in 1 of 2 files; 1 can be repaired with --fix"),
        (
            (0, 1, 2, 0),
            Wish(),
            "Found 3 errors in 1 of 2 files; 1 can be repaired with --fix, 2 more with --unsafe-fixes",
        ),
        ((0, 0, 2, 0), Wish(), "Found 2 errors in 1 of 2 files; 2 can be repaired with --fix --unsafe-fixes"),
        (
            (0, 1, 2, 0),
            Wish(unsafe=True),
            "Found 3 errors in 1 of 2 files; 3 can be repaired with --fix --unsafe-fixes",
        ),
        ((0, 1, 0, 0), Wish(unsafe=True), "Found 1 error in 1 of 2 files; 1 can be repaired with --fix"),
        ((0, 0, 0, 1), Wish(unsafe=True), "Found 1 error in 1 of 2 files"),
        ((2, 0, 0, 0), Wish(fix=True), "Fixed 2 errors in 1 file"),
        ((2, 0, 0, 0), Wish(diff=True), "Would fix 2 errors in 1 file"),
        ((2, 0, 0, 1), Wish(fix=True), "Found 3 errors (2 fixed, 1 remaining) in 1 of 2 files"),
        (
            (1, 1, 1, 0),  # a safe repair that is left did no good
            Wish(fix=True),
            "Found 3 errors (1 fixed, 2 remaining) in 1 of 2 files; 1 can be repaired with --unsafe-fixes",
        ),
        ((0, 1, 1, 0), Wish(fix=True, unsafe=True), "Found 2 errors in 1 of 2 files"),
        ((1, 0, 0, 1), Wish(diff=True), "Found 2 errors (1 would be fixed, 1 would remain) in 1 of 2 files"),
        ((0, 0, 0, 0), Wish(fix=True), "No faults found in 2 files"),
    ],
)
def test_summary(counts: tuple[int, int, int, int], wish: Wish, expected: str) -> None:
    assert tallied(*counts, wish) == expected
