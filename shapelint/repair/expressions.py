"""Repaired expressions, and how they are written: in the writer's spelling, with transposes at the leaves.

An expression is binary, with the scalars of a product taken out to its front or its back; what an edit did
not touch is the text of the source.
"""

import re
from typing import NamedTuple, TypeAlias, Union

from shapelint.repair.hand import Hand
from shapelint.repair.kinds import MATRIX, PLUS

# How tightly a text binds, as in `formula.lark`: a sum, a product, a sign in front, factors side by side,
# a power, an atom.
SUM, PRODUCT, MINUS, TIGHT, POWER, ATOM = range(6)

_WORD = re.compile(r"[\w.]+")
# Blanks as notations write them: what holds nothing else is no sign.
_BLANKS = re.compile(r"(?:\\[,;:! ]|\\quad|~|\s)+")


class Atom(NamedTuple):
    """A piece of source text; `plain` is its text without a transpose, where it has one."""

    text: str
    level: int
    plain: str | None
    scalar: bool


class Front(NamedTuple):
    """Scalars in front of a product: `(1/m) * `."""

    text: str
    child: "Expression"


class Back(NamedTuple):
    """A scalar behind a product: ` / m`."""

    child: "Expression"
    text: str


class Pair(NamedTuple):
    """Two sides and what stands between them, blanks included."""

    kind: str
    between: str
    left: "Expression"
    right: "Expression"


class Brackets(NamedTuple):
    """Parentheses, as written or put there."""

    child: "Expression"
    before: str = "("
    after: str = ")"


class Around(NamedTuple):
    """Text around one part: a call, a power, a sign; `through` says that a transpose goes inside."""

    before: str
    child: "Expression"
    after: str
    level: int
    through: bool


class Called(NamedTuple):
    """A product written as a call: `np.dot(a, b)`, `a.dot(b)`."""

    kind: str
    before: str
    left: "Expression"
    between: str
    right: "Expression"
    after: str


class Transposed(NamedTuple):
    """The transpose of an expression, not yet carried to its leaves."""

    child: "Expression"


Expression: TypeAlias = Union[Atom, Front, Back, Pair, Brackets, Around, Called, Transposed]  # noqa: UP007


def transpose(expression: Expression) -> Expression:
    """Return the transpose: (A B)ᵀ = Bᵀ Aᵀ, and of everything elementwise, part by part."""
    match expression:
        case Transposed():
            return expression.child
        case Front():
            return Front(expression.text, transpose(expression.child))
        case Back():
            return Back(transpose(expression.child), expression.text)
        case Brackets() if _is_plain_sum(opened(expression)):
            return Transposed(expression)
        case Brackets():
            return expression._replace(child=transpose(expression.child))
        case Pair() if _is_plain_sum(expression):
            return Transposed(expression)
        case Pair():
            left, right = _turned(expression.kind, expression.left, expression.right)
            return Pair(expression.kind, expression.between, left, right)
        case Called():
            left, right = _turned(expression.kind, expression.left, expression.right)
            return expression._replace(left=left, right=right)
        case Around() if expression.through:
            return expression._replace(child=transpose(expression.child))
        case Atom() if expression.scalar:
            return expression
        case _:
            return Transposed(expression)


def _is_plain_sum(expression: Expression) -> bool:
    """Say whether this is `A - Y`, of names that are not transposed: one transpose for both says it best."""
    if not isinstance(expression, Pair) or expression.kind != PLUS:
        return False
    sides = (expression.left, expression.right)
    return all(isinstance(one, Atom) and one.plain is None and not one.scalar for one in sides)


def _turned(kind: str, left: Expression, right: Expression) -> tuple[Expression, Expression]:
    left, right = transpose(left), transpose(right)
    return (right, left) if kind == MATRIX else (left, right)


def write(expression: Expression, hand: Hand, least: int = SUM) -> str:
    """Write an expression in the writer's hand; `least` is how tightly it has to bind."""
    text = _text(expression, hand)
    return f"({text})" if _level(expression) < least else text


def _text(expression: Expression, hand: Hand) -> str:
    match expression:
        case Atom():
            return expression.text
        case Front():
            least = POWER if hand.is_beside(expression.text) else MINUS
            return expression.text + _first_tight(expression.child, hand, least)
        case Back():
            return write(expression.child, hand, PRODUCT) + expression.text
        case Brackets():
            return f"{expression.before}{_text(opened(expression.child), hand)}{expression.after}"
        case Pair():
            return _pair(expression, hand)
        case Around():
            return _around(expression, hand)
        case Called():
            receiver = ATOM if expression.between.startswith(".") else SUM
            left = write(expression.left, hand, receiver)
            return f"{expression.before}{left}{expression.between}{write(expression.right, hand)}{expression.after}"
        case Transposed():
            return _transposed(expression.child, hand)


def _around(expression: Around, hand: Hand) -> str:
    inside = _inside(expression)
    return expression.before + hand.raised(write(expression.child, hand, inside), expression.after)


def _inside(around: Around) -> int:
    """Return how tightly what stands in the text around has to bind."""
    before = around.before.rstrip()
    if before.endswith(("(", "{")):
        return SUM
    if around.level == SUM:  # other terms stand beside it
        return PRODUCT if before.endswith("-") else SUM
    if not before:
        return PRODUCT if around.level == PRODUCT else ATOM
    return TIGHT if around.level == PRODUCT else POWER  # behind the sign of a big sum


def opened(expression: Expression) -> Expression:
    """Return what stands in brackets."""
    while isinstance(expression, Brackets):
        expression = expression.child
    return expression


def _pair(pair: Pair, hand: Hand) -> str:
    level = _level(pair)
    left = write(pair.left, hand, level)
    right = write(pair.right, hand, level + 1 if level != TIGHT else POWER)
    between = pair.between
    if not between and _runs_together(left, right):
        between = " "
    return left + between + right


def _first_tight(expression: Expression, hand: Hand, least: int) -> str:
    """Write what stands behind scalars: its first factor is what they are tied to."""
    if isinstance(expression, Pair) and expression.kind != PLUS:
        first = _first_tight(expression.left, hand, max(least, _level(expression)))
        right = write(
            expression.right, hand, _level(expression) + 1 if _level(expression) != TIGHT else POWER
        )
        between = expression.between or (" " if _runs_together(first, right) else "")
        return first + between + right
    if isinstance(expression, Around) and expression.level == PRODUCT and not expression.after:
        return _text(expression, hand)  # a big sum, which begins with its sign
    return write(expression, hand, least)


def _transposed(child: Expression, hand: Hand) -> str:
    if isinstance(child, Atom) and child.plain is not None:
        return child.plain
    return hand.transposed(write(child, hand, ATOM))


def is_sign(between: str) -> bool:
    """Say whether what stands between two factors is a sign, and not only blanks."""
    return bool(_BLANKS.sub("", between))


def _level(expression: Expression) -> int:
    match expression:
        case Atom() | Around():
            return expression.level
        case Front() | Back():
            return PRODUCT
        case Pair():
            if expression.kind == PLUS:
                return SUM
            return PRODUCT if is_sign(expression.between) else TIGHT
        case Transposed(child=Atom(plain=str(plain))):
            return ATOM if _WORD.fullmatch(plain) or plain.endswith((")", "]")) else POWER
        case _:
            return ATOM


def _runs_together(left: str, right: str) -> bool:
    return (left[-1:].isalnum() or left[-1:] in "_ᵀ'") and (right[:1].isalnum() or right[:1] in "([")
