"""Twice the input is twice the work, in every direction in which a document can grow: counted in calls."""

import sys
from time import perf_counter

import pytest
from growing import GROWING

from shapelint.check import check
from shapelint.source import Source

MOST = 2.5
SECONDS = 10  # generous: what is quadratic takes minutes
ONCE = 100


def _calls(name: str, text: str) -> int:
    """Count the calls of functions, Python's and C's, that a check makes."""
    count = 0

    def noted(_frame: object, event: str, _argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(noted)
    try:
        check(Source(name, text))
    finally:
        sys.setprofile(before)
    return count


@pytest.mark.parametrize("direction", GROWING)
def test_twice_the_input_is_twice_the_work(direction: str) -> None:
    name, make = GROWING[direction]
    check(Source(name, make(3)))  # what is loaded and remembered once is no part of it
    once, twice = (_calls(name, make(number)) for number in (ONCE, 2 * ONCE))
    assert twice <= MOST * once, f"{once} calls, then {twice}"


# Deeper than any stack of Python, and long enough to show what is not linear in C either.
DEEP = 15_000
STRUCTURES = (
    *"{}|&([-$`#<!'\";",
    *(
        "= ",
        "* ",
        "> ",
        ".T",
        "^2",
        "Z^{",
        "Z_{",
        r"\\\\",
        r"\hat",
        r"\hat{",
        r"\text{",
        r"\frac",
        r"\frac{1}{",
    ),
    *(r"\sqrt{", r"\left(", r"\begin{aligned}", r"\begin{bmatrix}", r"\underbrace{"),
)


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.tex"])
@pytest.mark.parametrize("piece", STRUCTURES)
def test_however_deep_it_is_there_is_an_answer_in_seconds(name: str, piece: str) -> None:
    text = f"\\[dZ1 = {piece * DEEP} = 1\\]" if name != "a.txt" else f"dZ1 = {piece * DEEP}"
    start = perf_counter()
    check(Source(name, text))
    assert perf_counter() - start < SECONDS


@pytest.mark.parametrize(
    "tail", [".T", "[0]", "(0)", ".dot(X)", " + dZ1", " @ dZ1", " < dZ1", " and dZ1", " if x else dZ1"]
)
def test_however_deep_a_program_is_the_rest_of_it_is_checked(tail: str) -> None:
    text = f"import numpy as np\ndW1 = dW1{tail * DEEP}\ndW2 = np.dot(dZ2, A1)\n"
    start = perf_counter()
    for name, whole in (("a.py", text), ("a.md", f"```python\n{text}```\n")):
        found = check(Source(name, whole)).diagnostics
        # what Python's own reader does not go down to takes the whole program with it
        codes = [one.code for one in found if one.code != "unread"]
        assert codes in (["inner-sizes"], ["syntax", "inner-sizes"], ["unreadable"], [])
    assert perf_counter() - start < SECONDS


def test_a_statement_that_is_too_deep_is_told_where_it_may_matter() -> None:
    deep = "dW1 = dW1" + ".T" * 2_000
    text = f"import numpy as np\n{deep}\nx = y{'.a' * 2_000}\ndW2 = np.dot(dZ2, A1)\n"
    report = check(Source("a.py", text))
    assert [one.code for one in report.diagnostics] == ["syntax", "inner-sizes"]
    assert report.source.slice(report.diagnostics[0].span) == deep
