"""Two sides and an operation in, whether they fit, their shape and their expression out."""

from collections.abc import Callable
from typing import TypeAlias

from shapelint.repair.costs import PRODUCT, Edit
from shapelint.repair.expressions import Brackets, Called, Expression, Pair, is_sign, opened
from shapelint.repair.hand import Hand
from shapelint.repair.kinds import ELEMENTWISE, MATRIX
from shapelint.repair.plan import Joined
from shapelint.shapes import Shape
from shapelint.sizes import Size

Agree: TypeAlias = Callable[[Size, Size], bool]


def equal(one: Size, other: Size) -> bool:
    """Say whether two sizes are surely the same."""
    return one == other


def is_product(expression: Expression) -> bool:
    """Say whether an expression is a matrix product."""
    expression = opened(expression)
    return isinstance(expression, Pair | Called) and expression.kind == MATRIX


def together(kind: str, left: Shape, right: Shape, agree: Agree = equal) -> Shape | None:
    """Return the shape of two sides under an operation, None where they do not fit."""
    if kind == MATRIX:
        if not left or not right or len(left) > 2 or len(right) > 2 or not agree(left[-1], right[0]):
            return None
        return left[:-1] + right[1:]
    if left == right or not right:
        return left
    if not left:
        return right
    if len(left) != len(right):
        longer, shorter = (left, right) if len(left) > len(right) else (right, left)
        return longer if longer[-len(shorter) :] == shorter else None  # a bias of one axis, on rows
    sizes = []
    for one, other in zip(left, right, strict=True):
        if 1 not in (one, other) and not agree(one, other):
            return None
        sizes.append(other if one == 1 else one)
    return tuple(sizes)


def possible_kinds(kind: str) -> tuple[tuple[str, tuple[Edit, ...]], ...]:
    """Return the operations that may stand where one stands, each with the edits that put it there."""
    if kind == MATRIX:
        return ((MATRIX, ()), (ELEMENTWISE, (PRODUCT,)))
    if kind == ELEMENTWISE:
        return ((ELEMENTWISE, ()), (MATRIX, (PRODUCT,)))
    return ((kind, ()),)


def join(plan: Joined, kind: str, left: Expression, right: Expression, hand: Hand) -> Expression:
    """Put two sides together under a kind of product, in the way this product is written.

    Where factors are swapped the signs stay where they stand, the sides change places.
    """
    if plan.called is None:
        between = plan.between if kind == plan.kind else _other_sign(plan.between, hand.sign(kind))
        return Pair(kind, between, left, right)
    before, between, after = plan.called
    if kind == plan.kind:
        return Called(kind, before, left, between, right, after)
    if not before:  # a method: there is no other one for the other product
        return Brackets(Pair(kind, hand.sign(kind), left, right))
    name = "multiply" if kind == ELEMENTWISE else "dot"
    module = before.rpartition(".")[0]
    return Called(kind, f"{module}.{name}(" if module else f"{name}(", left, between, right, after)


def _other_sign(between: str, sign: str) -> str:
    """Write the other product's sign between the same blanks."""
    written, new = between.strip(), sign.strip()
    return between.replace(written, new) if is_sign(between) and new else sign
