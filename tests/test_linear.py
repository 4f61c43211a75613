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
