"""Twice the input is twice the work, in every direction in which a document can grow: counted in calls."""

import sys
from collections.abc import Callable
from time import perf_counter

import pytest

from shapelint.check import check
from shapelint.source import Source

MOST = 2.5
SECONDS = 10  # generous: what is quadratic takes minutes
ONCE = 100
LATEX = r"dW^{[1]} = dZ^{[1]} X"


def _program(line: Callable[[int], str]) -> Callable[[int], str]:
    head = "import numpy as np\n\ndW1 = np.dot(dZ1, X.T)\n"
    return lambda number: head + "".join(line(place) for place in range(number))


def _notebook(number: int) -> str:
    cell = f'{{"cell_type": "markdown", "source": "${LATEX}$"}}'.replace("\\", "\\\\")
    return f'{{"cells": [{", ".join([cell] * number)}], "nbformat": 4}}'


GROWING: dict[str, tuple[str, Callable[[int], str]]] = {
    "terms": ("a.txt", lambda n: "dZ1 = " + " + ".join(["dZ1"] * n)),
    "factors": ("a.txt", lambda n: "dZ1 = " + " * ".join(["dZ1"] * n)),
    "matrix factors": ("a.txt", lambda n: "Z1 = " + "W1 @ W1.T @ " * n + "W1 @ X"),
    "factors side by side": ("a.txt", lambda n: "Z1 = " + "W1 W1.T " * n + "W1 X"),
    "brackets": ("a.txt", lambda n: "Z1 = " + "(" * n + "Z1" + ")" * n),
    "transposes": ("a.txt", lambda n: "Z1 = Z1" + ".T" * n),
    "powers": ("a.txt", lambda n: "Z1 = Z1" + "^2" * n),
    "names never declared": ("a.txt", lambda n: "\n".join(f"Q{i} = V{i} U{i}" for i in range(n))),
    "names that meet each other": ("a.txt", lambda n: "\n".join(f"H{i + 1} = V{i} H{i}" for i in range(n))),
    "names in one sum": ("a.txt", lambda n: "Z1 = " + " + ".join(f"U{i}V" for i in range(n))),
    "right formulas": ("a.txt", lambda n: "".join(f"dW{i + 1} = dZ{i + 1} A{i}.T\n" for i in range(n))),
    "wrong formulas": ("a.txt", lambda n: "".join(f"dW{i + 1} = dZ{i + 1} A{i}\n" for i in range(n))),
    "words": ("a.txt", lambda n: "word and more words " * n),
    "a long word": ("a.txt", lambda n: "x" * n * 10),
    "dollars": ("a.md", lambda n: "$ " * n),
    "spans": ("a.md", lambda n: "$x$ " * n),
    "backticks": ("a.md", lambda n: "`" * n + " a " + "``a " * n),
    "formulas in Markdown": ("a.md", lambda n: f"${LATEX}$\n\n" * n),
    "headings": ("a.md", lambda n: "".join(f"## S{i}\n\n${LATEX}$\n\n" for i in range(n))),
    "formulas in LaTeX": ("a.tex", lambda n: f"\\[{LATEX}\\]\n" * n),
    "braces": ("a.tex", lambda n: "\\[" + "{" * n + "Z" + "}" * n + " = 1\\]"),
    "accents": ("a.tex", lambda n: "\\[" + "\\hat" * n + "Z = 1\\]"),
    "rows": ("a.tex", lambda n: "\\[Z = 1" + "\\\\" * n + "\\]"),
    "cells": ("a.ipynb", _notebook),
    "right assignments": ("a.py", _program(lambda i: f"dW{i + 2} = np.dot(dZ{i + 2}, A{i + 1}.T)\n")),
    "wrong assignments": ("a.py", _program(lambda i: f"dW{i + 2} = np.dot(dZ{i + 2}, A{i + 1})\n")),
    "variables": ("a.py", _program(lambda i: f"v{i + 1} = np.dot(v{i}, W1)\n")),
    "functions": ("a.py", _program(lambda i: f"def f{i}(dZ1, X):\n    dW1 = np.dot(dZ1, X.T)\n")),
    "functions that call": ("a.py", _program(lambda i: f"def f{i + 1}(x):\n    return f{i}(x) + f{i}(x)\n")),
    "branches": ("a.py", _program(lambda i: f"if c:\n    v{i} = dZ1\n")),
    "terms in Python": ("a.py", lambda n: "import numpy as np\ndW1 = " + " + ".join(["dW1"] * n)),
}


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
