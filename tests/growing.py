"""The directions in which a document can grow: a file's name, and its text for a number of what there is more of."""

from collections.abc import Callable

LATEX = r"dW^{[1]} = dZ^{[1]} X"


def _program_line(line: Callable[[int], str]) -> Callable[[int], str]:
    return lambda number: f"import numpy as np\n\ndW1 = np.dot(dZ1, X.T)\n{line(number)}\n"


def _program(line: Callable[[int], str]) -> Callable[[int], str]:
    return _program_line(lambda number: "".join(line(place) for place in range(number)))


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
    "targets in Python": ("a.py", _program_line(lambda n: "".join(f"a{i} = " for i in range(n)) + "dZ1")),
    "comparisons in Python": ("a.py", _program_line(lambda n: "dW1 = " + " < ".join(["dW1"] * n))),
    "attributes in Python": ("a.py", _program_line(lambda n: "dW1 = dW1" + ".T" * n)),
    "subscripts in Python": ("a.py", _program_line(lambda n: "dW1 = dW1" + "[0]" * n)),
    "branches behind branches": (
        "a.py",
        _program_line(lambda n: "if x:\n    dW1 = dZ1\n" + "elif x:\n    dW1 = dZ1\n" * n),
    ),
    "terms in Python": ("a.py", lambda n: "import numpy as np\ndW1 = " + " + ".join(["dW1"] * n)),
}
