"""Comments that silence findings, and lines that declare names: after them nothing of it is reported."""

from collections import Counter
from pathlib import Path

import pytest
from casefile.cases import read_cases

from shapelint.check import Options, check, opened
from shapelint.diagnostic import Diagnostic
from shapelint.fixing.declare import declaring
from shapelint.fixing.ignore import ignoring
from shapelint.source import Source

CASES = Path(__file__).parent / "cases"
TEXTS = [
    case.input.text for path in sorted(CASES.rglob("*.md")) for case in read_cases(path.read_text("utf-8"))
]
NAMES = ("formulas.txt", "notes.md", "paper.tex")
SHARES = [(name, TEXTS[place :: len(NAMES)]) for place, name in enumerate(NAMES)]  # each text under one name


def _wrong(found: tuple[Diagnostic, ...]) -> list[Diagnostic]:
    return [one for one in found if one.code not in ("unused-ignore", "undetermined", "unread")]


@pytest.mark.parametrize(("name", "texts"), SHARES, ids=NAMES)
def test_what_is_ignored_is_reported_no_more(name: str, texts: list[str]) -> None:
    silenced = 0
    for text in texts:
        source = Source(name, text)
        found = _wrong(check(source).diagnostics)
        edits = ignoring(source, found)
        if not found or "shapelint:" in text:  # what speaks to shapelint already is tried below
            continue
        again = check(source.edited((one.span, one.content) for one in edits)).diagnostics
        assert not _wrong(again), text
        assert "unused-ignore" not in {one.code for one in again}, text
        silenced += 1
    assert silenced > 40


@pytest.mark.parametrize(
    ("name", "text", "after"),
    [
        (
            "formulas.txt",
            "dA1 = W2 @ dZ2  # shapelint: ignore[target-shape]",
            "dA1 = W2 @ dZ2  # shapelint: ignore[target-shape, inner-sizes]",
        ),
        ("formulas.txt", "# shapelint: ingore", "# shapelint: ingore"),
        (
            "formulas.txt",
            "dA1 = W2 @ dZ2.\r\nZ1 = 1",
            "dA1 = W2 @ dZ2.  # shapelint: ignore[inner-sizes]\r\nZ1 = 1",
        ),
        (
            "formulas.txt",
            "Z1 = W1 X + b1  # (n0, m)",
            "Z1 = W1 X + b1  # (n0, m)  # shapelint: ignore[claimed-shape]",
        ),
    ],
)
def test_a_comment_goes_where_it_belongs(name: str, text: str, after: str) -> None:
    source = Source(name, text)
    edits = ignoring(source, check(source).diagnostics)
    assert source.edited((one.span, one.content) for one in edits).text == after


def test_a_cell_of_a_notebook_is_written_to() -> None:
    raw = '{"cells": [{"cell_type": "markdown", "source": ["$dA^{[1]} = W^{[2]} dZ^{[2]}$\\n", "so"]}], "nbformat": 4}'
    source = opened(Source("a.ipynb", raw))
    assert isinstance(source, Source)
    edits = ignoring(source, check(source).diagnostics)
    after = source.edited((one.span, one.content) for one in edits)
    assert "$ <!--" in after.raw.replace("$  ", "$ ")
    assert check(after).diagnostics == ()


@pytest.mark.parametrize(("name", "texts"), SHARES, ids=NAMES)
def test_what_is_declared_is_known(name: str, texts: list[str]) -> None:
    offered: Counter[bool] = Counter()
    for text in texts:
        source = Source(name, text)
        lacking = [one for one in check(source).diagnostics if one.undeclared is not None]
        for one in lacking[:1]:
            edit = declaring(source, Options(), one)
            offered[edit is not None] += 1
            if edit is not None:
                after = check(source.edited([(edit.span, edit.content)]))
                assert one.undeclared is not None
                assert sum(
                    one.undeclared.name == other.undeclared.name
                    for other in after.diagnostics
                    if other.undeclared
                ) < sum(one.undeclared.name == other.undeclared.name for other in lacking if other.undeclared)
    # where each shape to begin with would make something wrong, none is offered
    assert offered[True] > offered[False] // 2
