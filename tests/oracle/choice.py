"""What growing formulas have in common: how they choose, and what fits around any expression.

The chooser is a hypothesis draw or a random number generator: the same formulas grow in tests and benchmarks.
"""

from collections.abc import Sequence
from typing import Protocol, TypeVar

from .tree import Call, Derivative, Kind, Name, Negated, Number, Power, Product, Sum, Tree

T = TypeVar("T")


class Choose(Protocol):
    """Choose one of several; the first is the plainest."""

    def __call__(self, options: Sequence[T], /) -> T: ...


SCALARS = (Product(Kind.OVER, Number("1"), Name("m")), Name("alpha"), Number("2"))


def scaled(choose: Choose, tree: Tree) -> Tree:
    """Put a scalar in front of an expression."""
    return Product(Kind.TIMES, choose(SCALARS), tree)


def around(choose: Choose, tree: Tree) -> Tree:
    """Put something elementwise around an expression: its shape stays."""
    options = (Negated(tree), Power(tree, 2), Sum("-", Number("1"), tree), Call("log", tree), Call("g", tree))
    return choose((*options, Derivative(tree)))
