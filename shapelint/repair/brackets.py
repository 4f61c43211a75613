"""A pair in, the same factors and terms under other brackets out."""

from collections.abc import Iterator

from shapelint.repair.kinds import PLUS
from shapelint.repair.plan import Bracket, Joined, Plan
from shapelint.source import Span


def rebracketed(plan: Joined) -> Iterator[Plan]:
    """Yield `x ∘ (y ∘ z)` for `(x ∘ y) ∘ z`, and the other way round, where that makes a difference."""
    left, right = _opened(plan.left), _opened(plan.right)
    if isinstance(left, Joined) and left.kind != plan.kind:
        inner = _pair(plan, left.right, plan.right)
        yield _pair(left, left.left, inner if left.called else _bracket(inner))
    if isinstance(right, Joined) and right.kind != plan.kind:
        inner = _pair(plan, plan.left, right.left)
        open_ = right.called is not None or plan.called is not None
        yield _pair(right, inner if open_ or right.kind == PLUS else _bracket(inner), right.right)


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
