"""The table of derivative rules: an operation and the derivative by its result in, those by its arguments out.

They are the pullbacks of reverse mode (Giles, "An extended collection of matrix derivative results", 2008): of
C = A B they are C̄ Bᵀ and Aᵀ C̄. What is written `up` here is C̄, and has the shape of the operation.
"""

from collections.abc import Callable, Iterator
from typing import NamedTuple, TypeAlias

from shapelint.calculus.expressions import (
    ADD,
    CALL,
    COMPARE,
    DIV,
    JOIN,
    MAT,
    MUL,
    NEG,
    NUM,
    ONES,
    PAD,
    PART,
    POW,
    SIZE,
    TOTAL,
    TURN,
    VAR,
    Node,
    Part,
    Shapes,
    add_all,
    div,
    mat,
    mul,
    mul_all,
    neg,
    num,
    total,
    turn,
)
from shapelint.calculus.functions import SOFTMAX
from shapelint.shapes import Shape
from shapelint.sizes import Size, add

Pairs: TypeAlias = Iterator[tuple[Node, Node]]


class Contribution(NamedTuple):
    """What one use of a name adds to the derivative by it: `use` is the operation that the name stands in."""

    key: str
    value: Node
    use: Node | None


def contributions(node: Node, up: Node, shapes: Shapes, use: Node | None = None) -> Iterator[Contribution]:
    """Yield what every use of a name in an expression adds to the derivative by that name.

    `up` is the derivative by the expression itself. Raises UnshapedError.
    """
    if node.op == VAR:
        yield Contribution(node.data, up, use)
        return
    for argument, value in RULES[node.op](node, up, shapes):
        yield from contributions(argument, value, shapes, node)


def fitted(up: Node, whole: Shape, part: Shape) -> Node:
    """Sum a derivative back along the axes along which an argument was broadcast: so db comes about."""
    if whole == part or not whole:
        return up
    if not part:
        return total(up, None)
    if len(part) < len(whole):
        return total(up, 0, kept=False)
    for axis, (one, other) in enumerate(zip(whole, part, strict=True)):
        if one != other and other == 1:
            up = total(up, axis)
    return up


def _fit(up: Node, node: Node, argument: Node, shapes: Shapes) -> tuple[Node, Node]:
    return argument, fitted(up, shapes(node), shapes(argument))


def _nothing(node: Node, up: Node, shapes: Shapes) -> Pairs:
    return iter(())


def _add(node: Node, up: Node, shapes: Shapes) -> Pairs:
    for term in node.args:
        yield _fit(up, node, term, shapes)


def _neg(node: Node, up: Node, shapes: Shapes) -> Pairs:
    yield node.args[0], neg(up)


def _mul(node: Node, up: Node, shapes: Shapes) -> Pairs:
    for place, factor in enumerate(node.args):
        others = node.args[:place] + node.args[place + 1 :]
        yield _fit(mul_all((up, *others)), node, factor, shapes)


def _div(node: Node, up: Node, shapes: Shapes) -> Pairs:
    above, below = node.args
    yield _fit(div(up, below), node, above, shapes)
    square = Node(POW, (below, num(2)))
    yield _fit(neg(mul(up, div(above, square))), node, below, shapes)


def _pow(node: Node, up: Node, shapes: Shapes) -> Pairs:
    base, exponent = node.args
    less = num(exponent.data - 1) if exponent.op == NUM else add_all((exponent, num(-1)))
    yield _fit(mul(up, exponent, Node(POW, (base, less))), node, base, shapes)


def _mat(node: Node, up: Node, shapes: Shapes) -> Pairs:
    left, right = node.args
    if not shapes(left) or not shapes(right):
        yield from _mul(node, up, shapes)
        return
    if not shapes(up):  # the product is a single number, and so is the derivative by it
        yield left, mul(up, turn(right))
        yield right, mul(up, turn(left))
        return
    yield left, mat(up, turn(right))
    yield right, mat(turn(left), up)


def _turn(node: Node, up: Node, shapes: Shapes) -> Pairs:
    yield node.args[0], turn(up)


def _total(node: Node, up: Node, shapes: Shapes) -> Pairs:
    """Every entry of what is summed gets the derivative by its sum."""
    yield node.args[0], mul(up, Node(ONES, node.args))


def _call(node: Node, up: Node, shapes: Shapes) -> Pairs:
    """Entry by entry a factor f'(x); softmax joins the entries of an example, each depends on all."""
    argument, function = node.args[0], node.data
    if function.name == SOFTMAX:
        joined = total(mul(up, node), function.axis)
        yield argument, mul(node, add_all((up, neg(joined))))
    else:
        yield argument, mul(up, Node(CALL, node.args, function._replace(order=function.order + 1)))


def _part(node: Node, up: Node, shapes: Shapes) -> Pairs:
    yield node.args[0], Node(PAD, (up,), node.data)


def _join(node: Node, up: Node, shapes: Shapes) -> Pairs:
    """What stands on top of each other forward is taken apart on the way back."""
    axis, low = node.data, 0
    whole = shapes(node)[axis]
    begin: Size = low
    for part in node.args:
        end = add(begin, shapes(part)[axis])
        yield part, Node(PART, (up,), Part(axis, begin, end, whole))
        begin = end


def _pad(node: Node, up: Node, shapes: Shapes) -> Pairs:
    yield node.args[0], Node(PART, (up,), node.data)


RULES: dict[str, Callable[[Node, Node, Shapes], Pairs]] = {
    NUM: _nothing,
    SIZE: _nothing,
    COMPARE: _nothing,  # a step function: its derivative is 0 wherever there is one
    ONES: _nothing,
    ADD: _add,
    NEG: _neg,
    MUL: _mul,
    DIV: _div,
    POW: _pow,
    MAT: _mat,
    TURN: _turn,
    TOTAL: _total,
    CALL: _call,
    PART: _part,
    PAD: _pad,
    JOIN: _join,
}
