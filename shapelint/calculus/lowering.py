"""What lowering a formula works with: the shapes that were met in it, and why it may stop."""

from collections.abc import Callable
from typing import NamedTuple, Protocol

from shapelint.calculus.expressions import Node
from shapelint.shapes import MaybeShape
from shapelint.sizes import Size
from shapelint.source import Span
from shapelint.symbol import Symbol
from shapelint.tree import Node as Tree
from shapelint.tree import Sign


class Shaped(Protocol):
    """What shape inference knows of a formula: `Recording` does."""

    def met(self, node: Tree) -> MaybeShape:
        """Return the shape of a node, None where it cannot be told."""

    def is_matrix(self, right: Tree) -> bool:
        """Say whether the product that a node is the right side of is the matrix product."""

    def meaning(self, sign: Sign) -> str:
        """Return what a sign stands for."""

    def reading_of(self, place: int) -> str:
        """Return how a sum or a stack that begins at a place is read, "" for the usual way."""

    def size(self, node: Tree) -> Size:
        """Return the size that a bound of a slice is."""


class Unlowered(Exception):  # noqa: N818 - it is no error of the writer's: the calculus does not reach so far
    """What the calculus knows nothing of: `reason` is the name of a reason, `what` its word, `span` its place."""

    def __init__(self, reason: str, what: str, span: Span) -> None:
        """Note why, and where."""
        super().__init__(reason, what)
        self.reason, self.what, self.span = reason, what, span


class Lowering(NamedTuple):
    """One formula on its way: the `text` that it stands in, its shapes, which key a symbol has, the rules."""

    text: str
    shaped: Shaped
    key: Callable[[Symbol], str]
    rule: "Callable[[Lowering, Tree], Node]"

    def node(self, tree: Tree) -> Node:
        """Return the expression of a tree. Raises Unlowered."""
        found = self.rule(self, tree)
        return found._replace(at=Span(tree.start, tree.end))


def unlowered(reason: str, text: str, tree: Tree) -> Unlowered:
    """Return why a part of a formula has no expression."""
    return Unlowered(reason, text[tree.start : tree.end], Span(tree.start, tree.end))
