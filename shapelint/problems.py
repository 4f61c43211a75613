"""Every fact that can be reported: a record each, no prose. Shapes in them are frozen."""

from typing import NamedTuple, TypeAlias

from shapelint.shapes import Shape
from shapelint.source import Span


class Operand(NamedTuple):
    """One side of an operation: its place and its shape."""

    span: Span
    shape: Shape


class InnerSizes(NamedTuple):
    """A matrix product whose left factor has other columns than the right one has rows."""

    span: Span
    sign: Span
    left: Operand
    right: Operand


class ScalarProduct(NamedTuple):
    """`@` with a scalar on one side, which NumPy refuses."""

    span: Span
    sign: Span
    left: Operand
    right: Operand


class UnequalShapes(NamedTuple):
    """An elementwise operation whose sides neither agree nor broadcast; `operator` is its text."""

    span: Span
    sign: Span
    left: Operand
    right: Operand
    operator: str


class TargetShape(NamedTuple):
    """The right side has another shape than its target; `multiplied` says whether it is a matrix product."""

    span: Span
    target: Operand
    found: Shape
    gradient_of: str | None
    added: bool
    multiplied: bool = False


class StackSizes(NamedTuple):
    """Parts that are stacked and do not fit; `below` is true for parts on top of each other."""

    span: Span
    first: Operand
    second: Operand
    below: bool


class NotSquare(NamedTuple):
    """An inverse, a trace or a determinant of something that is not square; `what` names it."""

    span: Span
    operand: Operand
    what: str


class BadAxis(NamedTuple):
    """An axis that the argument does not have."""

    span: Span
    operand: Operand
    axis: int


# Where a shape is claimed: in a comment or beside a formula, under a brace, in a row of shapes below it.
COMMENT, BESIDE, BRACE, BELOW = "comment", "beside", "brace", "below"
# In a program: in a docstring, in an assertion.
DOCSTRING, ASSERTION = "docstring", "assertion"


class ClaimedShape(NamedTuple):
    """A shape said of a formula or a term that has another one; `way` is where it is said."""

    span: Span
    claimed: Shape
    target: Operand
    way: str


class DeclaredTwice(NamedTuple):
    """Two declarations of one name, or one and all of its uses, or those of a gradient and its object, contradict.

    `by` is what a gradient is by, if the other shape is that of it.
    """

    span: Span
    name: str
    declared: Shape
    other: Operand
    by: str = ""


class Unreadable(NamedTuple):
    """A statement that cannot be read: what stands at the place, what could stand there."""

    span: Span
    found: str
    expected: tuple[str, ...]
    statement: Span


class NoPython(NamedTuple):
    """A place in a program that Python itself cannot read, and what it says about that."""

    span: Span
    reason: str


class TooDeep(NamedTuple):
    """Brackets nested deeper than is read."""

    span: Span
    depth: int
    limit: int


class Misspelt(NamedTuple):
    """A directive with a word or a value that nothing knows: its place, the word, what is known."""

    span: Span
    word: str
    known: tuple[str, ...]


class OuterBroadcast(NamedTuple):
    """A column and a row that broadcast to a whole matrix, only because a size is 1.

    `size` is empty where one of them is an array of one axis, which counts as a row. `general` says that the program is
    written for any such size, which happens to be 1 here.
    """

    span: Span
    sign: Span
    left: Operand
    right: Operand
    size: str
    general: bool = False


class AmbiguousProduct(NamedTuple):
    """A sign read against Ng's rule, because only that reading fits; `matrix` is the reading taken."""

    span: Span
    sign: Span
    left: Operand
    right: Operand
    matrix: bool
    everywhere: bool


class AmbiguousSum(NamedTuple):
    """A sum without an axis, and the reading that fits: over the examples, or over everything."""

    span: Span
    operand: Operand
    over_examples: bool


class MixedConvention(NamedTuple):
    """A formula under another convention than the rest of its document."""

    span: Span
    convention: str
    other: str


class UnusedIgnore(NamedTuple):
    """A suppression that silences nothing; `codes` are those it names."""

    span: Span
    codes: tuple[str, ...]


class Undetermined(NamedTuple):
    """A formula whose shapes cannot be told; declaring `name`, as `written` there, would tell most.

    `name` is "" where it is no name of which nothing is told, but what stands at `written`. `shape` is one that the
    name may be given here, None where none is known. `fitted` is true where only this formula says what shape it has,
    `made` is the line that makes it of what is not told.
    """

    span: Span
    name: str
    written: Span
    shape: Shape | None = None
    fitted: bool = False
    made: Span | None = None


Problem: TypeAlias = (
    InnerSizes
    | ScalarProduct
    | UnequalShapes
    | TargetShape
    | StackSizes
    | NotSquare
    | BadAxis
    | ClaimedShape
    | DeclaredTwice
    | Unreadable
    | TooDeep
    | NoPython
    | Misspelt
    | OuterBroadcast
    | AmbiguousProduct
    | AmbiguousSum
    | MixedConvention
    | UnusedIgnore
    | Undetermined
)
