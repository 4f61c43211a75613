"""One piece, again and again, behind every beginning that makes a reader look far: what is slow there is not linear.

python -m tests.pumped      tries all of it, in texts four times as long as in the tests
"""

from collections.abc import Iterable, Iterator
from itertools import product
from time import perf_counter
from typing import NamedTuple

from shapelint.check import Options, check
from shapelint.source import Source

PROGRAM = "import numpy as np\ndW1 = np.dot(dZ1, X.T)\n"
BEGINNINGS = {
    "a.txt": (
        *("", "dZ1 = ", "dZ1 = W2", "dZ1 : (", "# ", "dZ1 = W2 # (", "Z1 = g'(", "x is ", "# shapelint: "),
    ),
    "a.md": (
        *("", "$dZ = ", "$$\ndZ1 = ", "```\ndZ1 = ", "> ", "- dZ1 = ", "`dZ1 = ", "| "),
        *("<!-- shapelint: ", "<p ", "[a]: "),
    ),
    "a.tex": (
        *("", "$dZ = ", r"\[dZ^{[1]} = ", r"\begin{align}dZ = ", r"\newcommand{\a}", r"\newcommand{\a}[1]{"),
        *(r"\def\a", "% shapelint: ", r"\[Z \in ", r"\[\underbrace{Z}_{", r"\[W_{", r"\[W^{", r"\text{"),
    ),
    "a.py": (
        *(PROGRAM + start for start in ("", "dW1 = ", "# ", "'''", "def f(dZ1):\n    '''", "dW1 = dZ1 # ")),
        *(PROGRAM + start for start in ("x = f(", "assert dW1.shape == (", "dW1: ", "# shapelint: ")),
    ),
}
PIECES = (
    *"a ([{\\`$*_^'\"=-#<>|.1,\n\t\r&T;:/@+~!?%)]}",
    *("a ", "a,", "[x", "(a", "{a", r"\a", "\\\\", "a_", "a^", "^{", "_{", r"\frac{", "[^", "](", "a=", "= "),
    *(" =", "x(", "n_", "(n, ", "n, m", "W1", "dW ", "# ", "% ", "```", "~~~", "> ", "- ", "1. ", "&amp;"),
    *("<a ", "<!--", "-->", r"\(", r"\[", r"\]", r"\begin{", r"\left(", "\r\n", "\u00a0", "é", "1e", "b'"),
    *('"""', "'''", "shapelint:", "of "),
)
CASES = [
    (name, start, piece) for name, starts in BEGINNINGS.items() for start, piece in product(starts, PIECES)
]
LONG = 12_000  # characters
SECONDS = 0.3  # what is faster is no matter
MOST = 8.0  # times a quarter of it: linear is 4, quadratic 16


class Slow(NamedTuple):
    """A text that takes much more than four times a quarter of it."""

    name: str
    start: str
    piece: str
    seconds: float
    times: float


def slow(cases: Iterable[tuple[str, str, str]], length: int = LONG) -> Iterator[Slow]:
    """Yield the cases whose time does not grow as their length does."""
    for name, start, piece in cases:
        for _ in range(3):  # a moment in which the machine had other things to do is no finding
            whole = _seconds(name, start, piece, length)
            times = whole / _seconds(name, start, piece, length // 4) if whole > SECONDS else 0.0
            if times <= MOST:
                break
        else:
            yield Slow(name, start, piece, whole, times)


def _seconds(name: str, start: str, piece: str, length: int) -> float:
    source = Source(name, f"{start}{piece * (length // len(piece))}\0\nZ1 = W1\n")
    begin = perf_counter()
    check(source, Options(walked=True))
    return perf_counter() - begin


if __name__ == "__main__":
    for one in slow(CASES):
        print(
            f"{one.name} {one.start!r} {one.piece!r}: {one.seconds:.1f} s, {one.times:.1f} times a quarter",
            flush=True,
        )
