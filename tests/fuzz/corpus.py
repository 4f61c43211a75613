"""What fuzzing begins with: the inputs of every case, the shipped examples, and inputs that once crashed."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent
CRASHES = ROOT / "fuzz" / "crashes"

KINDS = {
    "text": "a.txt",
    "markdown": "a.md",
    "latex": "a.tex",
    "notebook": "a.ipynb",
    "cells": "a.ipynb",
    "python": "a.py",
    "octave": "a.m",
}
"""The readers, each with a name that it is known by; `cells` is what stands in a notebook that is one."""

SUFFIXES = {
    ".txt": "text",
    ".shapes": "text",
    ".md": "markdown",
    ".tex": "latex",
    ".ipynb": "notebook",
    ".py": "python",
    ".m": "octave",
}
LONGEST = 4_000
CELL = "\x01"  # between two cells, of which every other one is code


def seeds() -> Iterator[tuple[str, bytes]]:
    """Yield inputs with the reader that each is meant for."""
    sys.path.insert(0, str(ROOT))
    from casefile import read_cases  # the tests import each other by these names

    for path in sorted((ROOT / "cases").rglob("*.md")):
        for case in read_cases(path.read_text(encoding="utf-8")):
            yield _kind(case.input.text, path), case.input.text.encode()[:LONGEST]
    for path in sorted((ROOT.parent / "examples").iterdir()):
        yield SUFFIXES.get(path.suffix, "text"), path.read_bytes()[:LONGEST]
    for source in ("$Z^{[1]} = W^{[1]} X$", "# Z1 = W1 X"):
        cell = {"cell_type": "markdown", "metadata": {}, "source": [source]}
        code = {"cell_type": "code", "metadata": {}, "outputs": [], "source": "dW1 = dZ1 @ X"}
        yield "notebook", json.dumps({"cells": [cell, code], "nbformat": 4, "nbformat_minor": 5}).encode()
    prose, code = "Then $Z^{[1]} = W^{[1]} X$.", "import numpy as np\ndW1 = np.dot(dZ1, X)"
    for text in (
        f"{prose}{CELL}{code}",
        f"{prose}{CELL}{code}{CELL}# 2{CELL}dW2 = dZ2 @ A1\n%time",
        f"{CELL}{code}",
    ):
        yield "cells", text.encode()
    for path in sorted(CRASHES.glob("*")):
        yield SUFFIXES.get(path.suffix, "text"), path.read_bytes()


def _kind(text: str, path: Path) -> str:
    """The case does not say it here: what it looks like is near enough to begin with."""
    if path.parent.name == "octave":
        return "octave"
    if "import numpy" in text or path.parent.name == "python":
        return "python"
    if "\\begin" in text or path.parent.name == "latex":
        return "latex"
    return "markdown" if "$" in text or path.parent.name == "documents" else "text"
