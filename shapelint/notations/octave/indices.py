"""An index of Octave in, the part of an array that it takes out: counted from 0, as NumPy does."""

import ast
from collections.abc import Container, Sequence

from shapelint.notations.octave.places import at, called, end_of, like, name, number, pair, start_of

# Names that nobody gives an array: an index of one of these takes one row, one column, one entry.
_NUMBERS = frozenset(
    ["i", "j", "k", "l", "t", "c", "m", "n", "p", "q", "ii", "jj", "kk", "iter", "row", "col", "end"]
)


def part_of(found: ast.expr, parts: Sequence[ast.expr], span: tuple[int, int]) -> ast.expr:
    """Return a part of an array; `A(:)` is a column of all that is in it."""
    match parts:
        case []:
            return found
        case [ast.Slice(lower=None, upper=None) as whole]:
            rest = like(ast.UnaryOp(ast.USub(), number(1, whole)), whole)
            return called("reshape", name(":", *span), span, [found, pair(rest, number(1, whole))])
    items = at(
        ast.Tuple([_from_zero(one) for one in parts], ast.Load()), start_of(parts[0]), end_of(parts[-1])
    )
    return at(ast.Subscript(found, items, ast.Load()), *span)


def _from_zero(part: ast.expr) -> ast.expr:
    """Return a part of an index with its bounds counted from 0: `2:end` as `1:`."""
    if not isinstance(part, ast.Slice) or part.lower is None or part.step is not None:
        return part
    return at(ast.Slice(_low(part.lower), _high(part.upper), None), start_of(part), end_of(part))


def _low(bound: ast.expr) -> ast.expr | None:
    match bound:
        case ast.Constant(value=int(value)):
            return None if value == 1 else number(value - 1, bound)
        case ast.BinOp(left=inner, op=ast.Add(), right=ast.Constant(value=1)):
            return inner
        case ast.BinOp(left=ast.Constant(value=1), op=ast.Add(), right=inner):
            return inner
    return like(ast.BinOp(bound, ast.Sub(), number(1, bound)), bound)


def _high(bound: ast.expr | None) -> ast.expr | None:
    match bound:
        case ast.Name(id="end"):
            return None
        case ast.BinOp(left=ast.Name(id="end"), op=ast.Sub(), right=ast.Constant() as step):
            return like(ast.UnaryOp(ast.USub(), step), step)
    return bound


def takes_one(node: ast.expr, indices: Container[str]) -> bool:
    """Say whether an index takes one entry: a number, the number of a turn of a loop, `end`."""
    match node:
        case ast.Constant(value=value):
            return not isinstance(value, str)
        case ast.Name(id=word):
            return word in _NUMBERS or word in indices
        case ast.UnaryOp(operand=operand):
            return takes_one(operand, indices)
        case ast.BinOp(left=left, right=right):
            return takes_one(left, indices) and takes_one(right, indices)
    return False
