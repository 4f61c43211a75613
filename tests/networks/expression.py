"""Formulas as trees: in comes a line of a small NumPy-like language, out comes what every notation can write."""

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Union

Expression = Union[
    "Name", "Number", "Transpose", "Binary", "Negative", "Power", "Call", "Sum", "Stack", "Slice", "Positive"
]


@dataclass(frozen=True, slots=True)
class Name:
    """A variable, under the identifier that the catalogue gives it."""

    id: str


@dataclass(frozen=True, slots=True)
class Number:
    """A literal, as it is written."""

    text: str


@dataclass(frozen=True, slots=True)
class Transpose:
    """The transpose of an expression."""

    of: Expression


@dataclass(frozen=True, slots=True)
class Binary:
    """An operation with two sides: `@` is the matrix product, `* / + -` are elementwise."""

    sign: str
    left: Expression
    right: Expression


@dataclass(frozen=True, slots=True)
class Negative:
    """Minus an expression."""

    of: Expression


@dataclass(frozen=True, slots=True)
class Power:
    """An elementwise power."""

    of: Expression
    exponent: str


@dataclass(frozen=True, slots=True)
class Call:
    """A function that keeps the shape of its argument; `axis` is the one that a softmax runs along."""

    function: str
    of: Expression
    axis: int | None = None


@dataclass(frozen=True, slots=True)
class Sum:
    """A sum (or a mean) along an axis, or over everything where `axis` is None."""

    of: Expression
    axis: int | None
    keep: bool
    mean: bool = False


@dataclass(frozen=True, slots=True)
class Stack:
    """Two parts joined along an axis."""

    first: Expression
    second: Expression
    axis: int


@dataclass(frozen=True, slots=True)
class Slice:
    """A part of an axis, from the size `low` (or the beginning, "") to the size `high` (or the end, "")."""

    of: Expression
    axis: int
    low: str
    high: str


@dataclass(frozen=True, slots=True)
class Positive:
    """Where an expression is above zero."""

    of: Expression


@dataclass(frozen=True, slots=True)
class Line:
    """An assignment of a network."""

    target: str
    value: Expression


SIGNS = {ast.MatMult: "@", ast.Mult: "*", ast.Div: "/", ast.Add: "+", ast.Sub: "-"}


def lines(text: str) -> tuple[Line, ...]:
    """Read the assignments of a text, one on each line that is not empty."""
    return tuple(
        Line(target.strip(), expression(value))
        for target, value in (line.split("=", 1) for line in text.splitlines() if line.strip())
    )


@cache
def expression(text: str) -> Expression:
    """Read an expression of the catalogue's language."""
    return _tree(ast.parse(text.strip(), mode="eval").body)


def _tree(node: ast.expr) -> Expression:
    match node:
        case ast.Name(id):
            return Name(id)
        case ast.Constant(value):
            return Number(str(value))
        case ast.Attribute(of, "T"):
            return Transpose(_tree(of))
        case ast.BinOp(of, ast.Pow(), exponent):
            return Power(_tree(of), ast.unparse(exponent))
        case ast.BinOp(left, sign, right):
            return Binary(SIGNS[type(sign)], _tree(left), _tree(right))
        case ast.UnaryOp(ast.USub(), of):
            return Negative(_tree(of))
        case ast.Compare(left, [ast.Gt()], [_]):
            return Positive(_tree(left))
        case ast.Subscript(of, ast.Slice() as rows):
            return Slice(_tree(of), 0, *_bounds(rows))
        case ast.Subscript(of, ast.Tuple([ast.Slice(), ast.Slice() as columns])):
            return Slice(_tree(of), 1, *_bounds(columns))
        case ast.Call(ast.Name(function), arguments):
            return _called(function, arguments)
    raise ValueError(ast.dump(node))


def _called(function: str, arguments: list[ast.expr]) -> Expression:
    """Read `sum(x, axis)`, `mean(x, axis)`, `total(x)`, `stack(a, b, axis)`, `softmax(x, axis)`, `tanh(x)`."""
    first = _tree(arguments[0])
    if function == "total":
        return Sum(first, None, False)
    axis = ast.literal_eval(arguments[-1]) if len(arguments) > 1 else None
    if function in ("sum", "mean"):
        return Sum(first, axis, True, function == "mean")
    if function == "stack":
        return Stack(first, _tree(arguments[1]), axis)
    return Call(function, first, axis)


def _bounds(part: ast.Slice) -> tuple[str, str]:
    return (ast.unparse(part.lower) if part.lower else "", ast.unparse(part.upper) if part.upper else "")


def parts(tree: Expression) -> tuple[Expression, ...]:
    """Return the direct parts of an expression."""
    match tree:
        case Binary(_, left, right):
            return (left, right)
        case Stack(first, second, _):
            return (first, second)
        case Name() | Number():
            return ()
    return (tree.of,)


def rebuilt(tree: Expression, new: tuple[Expression, ...]) -> Expression:
    """Return an expression with other direct parts."""
    match tree:
        case Binary():
            return replace(tree, left=new[0], right=new[1])
        case Stack():
            return replace(tree, first=new[0], second=new[1])
        case Name() | Number():
            return tree
    return replace(tree, of=new[0])


def everywhere(tree: Expression, change: Callable[[Expression], Expression]) -> Expression:
    """Return an expression whose every part was handed to `change`, from the leaves up."""
    return change(rebuilt(tree, tuple(everywhere(part, change) for part in parts(tree))))


def nodes(tree: Expression) -> Iterator[Expression]:
    """Yield an expression and everything in it."""
    yield tree
    for part in parts(tree):
        yield from nodes(part)


def names(tree: Expression) -> frozenset[str]:
    """Return the identifiers in an expression, sizes in slices aside."""
    return frozenset(node.id for node in nodes(tree) if isinstance(node, Name))
