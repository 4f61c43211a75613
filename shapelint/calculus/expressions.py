"""Expressions: what formulas compute, as data that rules of derivation can work with; their shapes.

An expression holds names, numbers and sizes, and the operations on them. Its arrays have no axis (a scalar), two, or
one, which lies as a row where it is broadcast.
"""

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from operator import is_ as _is
from typing import Any, NamedTuple

from shapelint.shapes import SCALAR, Shape
from shapelint.sizes import Size, add, resolve
from shapelint.source import Span

# The operations. What stands in `data` is named behind them.
VAR, NUM, SIZE = "var", "num", "size"  # a key; a Fraction; a Size: the number that a size is
ADD, NEG, MUL, DIV, POW, COMPARE = (
    "add",
    "neg",
    "mul",
    "div",
    "pow",
    "compare",
)  # entry by entry; of COMPARE: the sign
MAT, TURN = "mat", "turn"  # the matrix product of two; the transpose
CALL = "call"  # entry by entry, or along an axis: a Function
TOTAL = "total"  # a Total
ONES, PAD, PART, JOIN = "ones", "pad", "part", "join"  # like its argument; a Part; a Part; an axis

NOWHERE = Span(0, 0)


class Function(NamedTuple):
    """A function that is called: `name` is that of its row, `word` as it is written, `order` 1 for a derivative.

    `layer` is what stands at it, `1` of `g1`, "" where nothing does; `axis` that along which softmax adds up to 1.
    """

    name: str
    word: str = ""
    order: int = 0
    layer: str = ""
    axis: int | None = None


class Total(NamedTuple):
    """A sum along an axis, over everything where it is None; `kept` where the axis stays, of size 1."""

    axis: int | None
    kept: bool = True


class Part(NamedTuple):
    """A stretch of an axis, from `low` to `high`; `whole` is the size of the axis that it is part of."""

    axis: int
    low: Size
    high: Size
    whole: Size


class Node(NamedTuple):
    """One operation: its arguments, what else it is told by, and where it stands in the text, if anywhere."""

    op: str
    args: tuple["Node", ...] = ()
    data: Any = None
    at: Span = NOWHERE


def var(key: str) -> Node:
    """Return a name."""
    return Node(VAR, (), key)


def num(value: int | Fraction) -> Node:
    """Return a number."""
    return Node(NUM, (), Fraction(value))


ONE, ZERO = num(1), num(0)


def add_all(terms: Sequence[Node]) -> Node:
    """Return the sum of terms; of one, it is that, and of none 0."""
    return terms[0] if len(terms) == 1 else Node(ADD, tuple(terms)) if terms else ZERO


def mul_all(factors: Sequence[Node]) -> Node:
    """Return the elementwise product of factors; of one, it is that, and of none 1."""
    return factors[0] if len(factors) == 1 else Node(MUL, tuple(factors)) if factors else ONE


def mul(*factors: Node) -> Node:
    """Return the elementwise product."""
    return mul_all(factors)


def neg(node: Node) -> Node:
    """Return -x."""
    return Node(NEG, (node,))


def div(left: Node, right: Node) -> Node:
    """Return the quotient, entry by entry."""
    return Node(DIV, (left, right))


def mat(left: Node, right: Node) -> Node:
    """Return the matrix product."""
    return Node(MAT, (left, right))


def turn(node: Node) -> Node:
    """Return the transpose."""
    return node.args[0] if node.op == TURN else Node(TURN, (node,))


def total(node: Node, axis: int | None, kept: bool = True) -> Node:
    """Return the sum along an axis."""
    return Node(TOTAL, (node,), Total(axis, kept))


def walk(node: Node) -> Iterator[Node]:
    """Yield an expression and all that is in it, each before its parts."""
    yield node
    for one in node.args:
        yield from walk(one)


def names(node: Node) -> dict[str, None]:
    """Return the keys of the names in an expression, in their order."""
    return {one.data: None for one in walk(node) if one.op == VAR}


def rebuilt(node: Node, change: Callable[[Node], Node]) -> Node:
    """Return an operation with a change made to each of its arguments."""
    if not node.args:
        return node
    args = tuple(map(change, node.args))
    if all(map(_is, args, node.args)):
        return node
    return Node(node.op, args, node.data, node.at)


def replaced(node: Node, old: Node, new: Node) -> Node:
    """Return an expression with another one in it replaced, wherever it stands."""
    return new if same(node, old) else rebuilt(node, lambda one: replaced(one, old, new))


def same(left: Node, right: Node) -> bool:
    """Say whether two expressions are the same, wherever they stand."""
    if left.op != right.op or len(left.args) != len(right.args):
        return False
    data = (left.data, right.data)
    if left.op == CALL:
        data = tuple(one._replace(word="") for one in data)
    return data[0] == data[1] and all(map(same, left.args, right.args))


class UnshapedError(ValueError):
    """The shape of an expression cannot be told."""


class Shapes:
    """The shapes of expressions, each worked out once; `of_name` gives those of names, None where nobody knows."""

    def __init__(self, of_name: Callable[[str], Shape | None]) -> None:
        """Begin with nothing worked out."""
        self._of_name = of_name
        self._known: dict[int, tuple[Node, Shape]] = {}

    def __call__(self, node: Node) -> Shape:
        """Return a shape. Raises UnshapedError where it cannot be told."""
        found = self._known.get(id(node))
        if found is None:
            found = self._known[id(node)] = (node, _RULES[node.op](self, node))
        return found[1]

    def name(self, key: str) -> Shape:
        """Return the shape of a name. Raises UnshapedError."""
        found = self._of_name(key)
        if found is None or len(found) > 2:
            raise UnshapedError(key)
        return found

    def is_scalar(self, node: Node) -> bool:
        """Say whether an expression is a single number."""
        return self(node) == SCALAR


def broadcast(left: Shape, right: Shape) -> Shape:
    """Return the shape of two that are put together entry by entry; sizes that differ are taken for equal."""
    if len(left) < len(right):
        left, right = right, left
    right = (1,) * (len(left) - len(right)) + right
    return tuple(other if one == 1 else one for one, other in zip(left, right, strict=True))


def size_difference(high: Size, low: Size) -> Size:
    """Return how long a stretch is."""
    return add(high, low, -1)


def _scalar(shapes: Shapes, node: Node) -> Shape:
    return SCALAR


def _together(shapes: Shapes, node: Node) -> Shape:
    found: Shape = SCALAR
    for one in node.args:
        found = broadcast(found, shapes(one))
    return found


def _like_first(shapes: Shapes, node: Node) -> Shape:
    return shapes(node.args[0])


def _matrix(shapes: Shapes, node: Node) -> Shape:
    left, right = map(shapes, node.args)
    return (left[0], right[1]) if len(left) == len(right) == 2 else broadcast(left, right)


def _turned(shapes: Shapes, node: Node) -> Shape:
    return shapes(node.args[0])[::-1]


def _total(shapes: Shapes, node: Node) -> Shape:
    shape, told = shapes(node.args[0]), node.data
    if told.axis is None or not shape:
        return SCALAR
    return shape[: told.axis] + ((1,) if told.kept else ()) + shape[told.axis + 1 :]


def _along(shape: Shape, axis: int, size: Size) -> Shape:
    return (*shape[:axis], size, *shape[axis + 1 :])


def _part(shapes: Shapes, node: Node) -> Shape:
    told = node.data
    return _along(shapes(node.args[0]), told.axis, size_difference(told.high, told.low))


def _pad(shapes: Shapes, node: Node) -> Shape:
    return _along(shapes(node.args[0]), node.data.axis, node.data.whole)


def _join(shapes: Shapes, node: Node) -> Shape:
    parts = [shapes(one) for one in node.args]
    size: Size = 0
    for shape in parts:
        size = add(size, resolve(shape[node.data]))
    return _along(parts[0], node.data, size)


_RULES: dict[str, Callable[[Shapes, Node], Shape]] = {
    VAR: lambda shapes, node: shapes.name(node.data),
    NUM: _scalar,
    SIZE: _scalar,
    ADD: _together,
    MUL: _together,
    DIV: _together,
    POW: _together,
    COMPARE: _together,
    NEG: _like_first,
    CALL: _like_first,
    ONES: _like_first,
    MAT: _matrix,
    TURN: _turned,
    TOTAL: _total,
    PART: _part,
    PAD: _pad,
    JOIN: _join,
}
