"""What of a formula can be edited: the parts of a binary plan, and the expression that a plan was made of."""

from typing import NamedTuple, TypeAlias, Union

from shapelint.repair import expressions as written
from shapelint.repair.expressions import Expression
from shapelint.repair.hand import AXIS_WORDS
from shapelint.repair.neighbours import Near
from shapelint.shapes import MaybeShape
from shapelint.source import Span


class Leaf(NamedTuple):
    """A part as it stands, and what may stand in its place: `near` are layers beside it, parts of it."""

    span: Span
    text: Expression
    shape: MaybeShape
    near: tuple[Near, ...]


class Scaled(NamedTuple):
    """Scalars and what they scale: in front of it, or one behind it."""

    span: Span
    front: str
    child: "Plan"
    back: str


class Call2(NamedTuple):
    """How a product is written as a call: `np.dot(`, `, `, `)`, or `.dot(` between."""

    before: str
    between: str
    after: str


class Joined(NamedTuple):
    """Two sides under one operation; `called` where it is written as a call."""

    span: Span
    kind: str
    between: str
    left: "Plan"
    right: "Plan"
    called: Call2 | None


class Wrapped(NamedTuple):
    """An elementwise function, a power, a sign: the shape is that of its child."""

    span: Span
    before: str
    child: "Plan"
    after: str
    level: int
    through: bool


class Flipped(NamedTuple):
    """A transpose of something that is itself made of parts: `(X @ dZ1.T).T`."""

    span: Span
    child: "Plan"


class Bracket(NamedTuple):
    """Parentheses around a part, as they are written."""

    span: Span
    child: "Plan"
    before: str = "("
    after: str = ")"


class Summed(NamedTuple):
    """A sum along an axis, with the text around its argument.

    It `may_go`, unless it is a maximum or the like; `only` is the one axis that makes sense; `words` are those for
    an axis and for keeping it.
    """

    span: Span
    before: str
    child: "Plan"
    after: str
    axis: int | None
    keepdims: bool
    may_go: bool = True
    only: int | None = None
    words: tuple[str, str] = AXIS_WORDS


Plan: TypeAlias = Union[Leaf, Scaled, Joined, Wrapped, Flipped, Bracket, Summed]  # noqa: UP007


def as_it_stands(plan: Plan) -> Expression:
    """Return the expression that a plan was made of."""
    match plan:
        case Leaf():
            return plan.text
        case Scaled() | Bracket() | Wrapped():
            return wrapped(plan, as_it_stands(plan.child))
        case Joined(called=None):
            return written.Pair(plan.kind, plan.between, as_it_stands(plan.left), as_it_stands(plan.right))
        case Joined():
            before, between, after = plan.called or Call2("", plan.between, "")
            left, right = as_it_stands(plan.left), as_it_stands(plan.right)
            return written.Called(plan.kind, before, left, between, right, after)
        case Flipped():
            return written.Transposed(as_it_stands(plan.child))
        case Summed():
            return written.Around(plan.before, as_it_stands(plan.child), plan.after, written.ATOM, False)


def wrapped(plan: Scaled | Bracket | Wrapped, child: Expression) -> Expression:
    """Return what a plan puts around an expression in the place of its child."""
    match plan:
        case Scaled():
            return written.Front(plan.front, child) if plan.front else written.Back(child, plan.back)
        case Bracket():
            return written.Brackets(child, plan.before, plan.after)
        case Wrapped():
            return written.Around(plan.before, child, plan.after, plan.level, plan.through)
