"""A pair in, the same factors and terms under other brackets out."""

from collections.abc import Iterator

from shapelint.repair.kinds import MATRIX, PLUS
from shapelint.repair.plan import Bracket, Flipped, Joined, Plan, Scaled, Wrapped
from shapelint.source import Span


def rebracketed(plan: Joined) -> Iterator[Plan]:
    """Yield `x ∘ (y ∘ z)` for `(x ∘ y) ∘ z`, and the other way round, where that makes a difference."""
    left, right = _opened(plan.left), _opened(plan.right)
    if plan.kind == PLUS and _holds_product(left) and _holds_product(right):
        return  # of `W A + V B` each product is whole: nobody means `(W A + V) B`
    if isinstance(left, Joined) and left.kind != plan.kind:
        inner = _pair(plan, left.right, plan.right)
        yield _pair(left, left.left, inner if left.called else _bracket(inner))
    if isinstance(right, Joined) and right.kind != plan.kind:
        inner = _pair(plan, plan.left, right.left)
        open_ = right.called is not None or plan.called is not None
        yield _pair(right, inner if open_ or right.kind == PLUS else _bracket(inner), right.right)


def _holds_product(plan: Plan) -> bool:
    """Say whether a part is a matrix product, or a sum with one."""
    match plan:
        case Joined():
            return plan.kind == MATRIX or _holds_product(plan.left) or _holds_product(plan.right)
        case Scaled() | Bracket() | Wrapped() | Flipped():
            return _holds_product(plan.child)
        case _:
            return False


def _pair(like: Joined, left: Plan, right: Plan) -> Joined:
    return Joined(_hull(left.span, right.span), like.kind, like.between, left, right, like.called)


def _bracket(plan: Joined) -> Bracket:
    return Bracket(plan.span, plan)


def _hull(one: Span, other: Span) -> Span:
    return Span(min(one.start, other.start), max(one.end, other.end))


def _opened(plan: Plan) -> Plan:
    while isinstance(plan, Bracket):
        plan = plan.child
    return plan
