"""A call in, what it is given out: its arguments by place or keyword, the axis, whole numbers."""

from collections.abc import Sequence

from shapelint.infer.extents import is_none
from shapelint.operators import MATRIX_PRODUCTS
from shapelint.tree import Call, Keyword, Name, Negate, Node, Number


def positional(node: Call) -> Sequence[Node]:
    """Return the arguments without a keyword."""
    return [argument for argument in node.arguments if not isinstance(argument, Keyword)]


def factors_of(node: Call) -> Sequence[Node]:
    """Return the two factors of a matrix product that is called; nothing of another call, or of an odd one."""
    factors = positional(node) if node.function in MATRIX_PRODUCTS else ()
    return factors if len(factors) == 2 else ()


def keyword(node: Call, *keys: str) -> Node | None:
    """Return the value of the first of these keywords that the call has."""
    for argument in node.arguments:
        if isinstance(argument, Keyword) and argument.key in keys:
            return argument.value
    return None


def axis_of(node: Call) -> Node | None:
    """Return what stands for the axis of a sum, by its name or its place; None where it runs over all."""
    found = keyword(node, "axis", "dim", "reduction_indices") or next(iter(positional(node)[1:2]), None)
    return None if found is None or is_none(found) else found


def integer(node: Node) -> int | None:
    """Return the whole number that stands there, None where it is something else."""
    if isinstance(node, Number):
        return node.value
    if isinstance(node, Negate) and isinstance(node.child, Number) and node.child.value is not None:
        return -node.child.value
    return None


def is_true(node: Node | None) -> bool:
    """Say whether a value says yes: True, or a 1."""
    if isinstance(node, Number):
        return node.value == 1
    return isinstance(node, Name) and node.symbol.key == "True"
