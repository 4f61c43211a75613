"""Where a limit is met, the finding says so; nothing is left out silently."""

from random import Random

import pytest

from shapelint.check import check
from shapelint.diagnostic import Report
from shapelint.source import Source


def _checked(text: str) -> Report:
    return check(Source("notes.txt", text))


def _notes(text: str) -> list[str]:
    return [note for found in _checked(text).diagnostics for note in found.notes]


@pytest.mark.parametrize(
    ("faults", "left"), [(20, ""), (21, "1 more finding of"), (50, "30 more findings of")]
)
def test_a_formula_has_twenty_findings_and_says_how_many_more(faults: int, left: str) -> None:
    text = "dZ1 = " + " + ".join(["dZ1 @ X"] * faults)
    assert len(_checked(text).diagnostics) == 20
    told = [note for note in _notes(text) if "not shown" in note]
    assert len(told) == bool(left)
    assert all(note.startswith(left) for note in told)


def test_a_formula_of_many_doubtful_products_says_how_many_more() -> None:
    text = "W1: (n, n)\nX: (n, n)\nY: (n, n)\nY = " + " + ".join(["W1 * X"] * 25)
    report = _checked(text)
    assert len(report.diagnostics) <= 20
    assert len(report.diagnostics) < 20 or "not shown" in report.diagnostics[-1].notes[-1]


@pytest.mark.parametrize(("terms", "sought"), [(100, True), (900, False)])
def test_a_long_side_says_that_no_repair_is_looked_for(terms: int, sought: bool) -> None:
    text = "dZ1 = " + " + ".join(["dZ1"] * terms) + " + W1"
    assert any("longer than 3,000 characters" in note for note in _notes(text)) is not sought


def _dense(random: Random, leaves: int) -> str:
    if leaves == 1:
        return random.choice("ABCDEFGH")
    left = random.randrange(1, leaves)
    sign = random.choice("@*+")
    return f"({_dense(random, left)}{sign}{_dense(random, leaves - left)})"


def test_a_search_for_repairs_ends_and_says_so() -> None:
    random = Random(1)
    sizes = "\n".join(f"{name}: (n{random.randrange(2)}, n{random.randrange(2)})" for name in "ABCDEFGH")
    given_up = 0
    for leaves in (20, 200, 740):
        notes = _notes(f"{sizes}\nJ: (n0, n1)\nJ = {_dense(random, leaves)}")
        given_up += any("given up" in note for note in notes)
        assert leaves > 20 or not given_up  # what somebody writes by hand is far from the limit
    assert given_up
