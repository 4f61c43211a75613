"""A line that has nothing to do with the others changes no verdict on them: not on right ones, not on wrong ones."""

from collections.abc import Iterator
from pathlib import PurePath

import pytest
from casefile import read_cases
from casefile.setup import set_up
from test_cases import CASES

from shapelint.check import Options, check
from shapelint.source import Source

LINES = {
    ".txt": (
        "Remember that the weights w and the angle theta are often written small.",
        "kappa = 0.1",
        "decay_rate = decay_rate * 0.99",
        "Q9 = R9 @ S9",
        "# theta",
    ),
    ".md": (
        "Remember that the weights $w$ and the angle $\\theta$ are often written small.",
        "$\\kappa = 0.1$",
        "$Q_9 = R_9 S_9$",
        "### What w and theta are",
    ),
    ".py": (
        "kappa = 0.1",
        "decay_rate = decay_rate * 0.99",
        "labels9 = list(range(7))",
        "# the weights w and theta",
    ),
}
STEP = 5  # every so many cases, beginning elsewhere for each line


def _documents(suffix: str) -> list[tuple[Source, Options]]:
    return [
        (source, setup.options)
        for path in sorted(CASES.rglob("*.md"))
        for case in read_cases(path.read_text(encoding="utf-8"))
        if not case.input.words or "name" in dict(word.partition("=")[::2] for word in case.input.words)
        for setup in [set_up(case)]
        for source in setup.sources[:3]
        if PurePath(source.name).suffix == suffix and _is_plain(source.text)
    ]


def _is_plain(text: str) -> bool:
    """Say whether a line can be put below a text: its ends are the usual ones, and no remark speaks about the end."""
    return "\r" not in text and "shapelint:" not in text and "cells" not in text


def _found(text: str, name: str, options: Options) -> Iterator[tuple[int, int, str, str]]:
    source = Source(name, text)
    for one in check(source, options).diagnostics:
        if one.code == "undetermined":
            continue  # whether lone names of one's own are about a network at all, other lines may tell
        place = source.position(one.span.start)
        yield place.row, place.column, one.code, one.message


@pytest.mark.parametrize(
    ("suffix", "number"),
    [(suffix, number) for suffix, lines in LINES.items() for number in range(len(lines))],
)
def test_an_unrelated_line_changes_no_verdict(suffix: str, number: int) -> None:
    line = LINES[suffix][number]
    documents = _documents(suffix)[number % STEP :: STEP]
    assert documents
    for source, options in documents:
        text = source.text.rstrip("\n") + ("\n" if suffix == ".py" else "\n\n")
        before = list(_found(text, source.name, options))
        rows = text.count("\n") + 1
        after = [one for one in _found(f"{text}{line}\n", source.name, options) if one[0] < rows]
        assert after == before, f"{text}{line}"
