"""The shipped examples: the right ones are silent, and in the others exactly the marked lines are found."""

from pathlib import Path

import pytest

from shapelint.check import check
from shapelint.source import Source

EXAMPLES = Path(__file__).parent.parent / "examples"
SLIPS = sorted(EXAMPLES.glob("*-slips.*"))
RIGHT = sorted({path for path in EXAMPLES.iterdir() if path.is_file()} - set(SLIPS))
OPEN = ("undetermined", "unread")  # no fault: nobody can tell
MARKS = ("# slip", "% slip", "<!-- slip -->")


def _found_lines(path: Path, text: str) -> set[str]:
    source = Source(path.name, text)
    found = (one for one in check(source).diagnostics if one.code not in OPEN)
    rows = {source.position(one.span.start).row for one in found}
    return {f"{row}: {source.line(row).strip()}" for row in rows}


def _marked_lines(text: str) -> set[str]:
    lines = enumerate(text.splitlines(), 1)
    return {f"{row}: {line.strip()}" for row, line in lines if line.endswith(MARKS)}


def test_every_example_has_its_slips() -> None:
    assert [path.name.replace("-slips", "") for path in SLIPS] == [path.name for path in RIGHT]
    assert len(RIGHT) == 9


@pytest.mark.parametrize("path", RIGHT, ids=lambda path: path.name)
def test_a_right_example_is_silent(path: Path) -> None:
    assert _found_lines(path, path.read_text(encoding="utf-8")) == set()


@pytest.mark.parametrize("path", SLIPS, ids=lambda path: path.name)
def test_exactly_the_slips_are_found(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    marked = _marked_lines(text)
    assert len(marked) >= 5
    assert _found_lines(path, text) == marked


@pytest.mark.parametrize("path", SLIPS, ids=lambda path: path.name)
def test_the_mark_helps_nobody(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    for mark in MARKS:
        text = text.replace(mark, "")
    rows = {line.split(":")[0] for line in _marked_lines(path.read_text(encoding="utf-8"))}
    assert {line.split(":")[0] for line in _found_lines(path, text)} == rows
