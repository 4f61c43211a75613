"""The operators of Octave: how tightly each binds, and the node that it makes of its two sides."""

import ast

from shapelint.notations.octave.places import at, called, name
from shapelint.notations.octave.tokens import Token

_OR, _AND, _ENTRY_OR, _ENTRY_AND, _COMPARED, RANGE, _SUM, _PRODUCT, SIGNED, _POWER = range(1, 11)
LEVELS = {
    "||": _OR, "&&": _AND, "|": _ENTRY_OR, "&": _ENTRY_AND,
    "<": _COMPARED, "<=": _COMPARED, ">": _COMPARED, ">=": _COMPARED,
    "==": _COMPARED, "~=": _COMPARED, "!=": _COMPARED, ":": RANGE, "+": _SUM, "-": _SUM,
    "*": _PRODUCT, "/": _PRODUCT, "\\": _PRODUCT, ".*": _PRODUCT, "./": _PRODUCT, ".\\": _PRODUCT,
}  # fmt: skip
_OPERATORS: dict[str, type[ast.operator]] = {
    "+": ast.Add, "-": ast.Sub, ".*": ast.Mult, "./": ast.Div, "*": ast.MatMult, "/": ast.FloorDiv,
    "|": ast.BitOr, "&": ast.BitAnd,
}  # fmt: skip
_COMPARISONS: dict[str, type[ast.cmpop]] = {
    "<": ast.Lt, "<=": ast.LtE, ">": ast.Gt, ">=": ast.GtE, "==": ast.Eq, "~=": ast.NotEq, "!=": ast.NotEq,
}  # fmt: skip
POWERS = ("^", ".^", "**", ".**")


def arguments(parameters: list[ast.arg]) -> ast.arguments:
    """Return parameters as a function has them."""
    return ast.arguments([], parameters, None, [], [], None, [])


def joined(token: Token, left: ast.expr, right: ast.expr, span: tuple[int, int]) -> ast.expr:
    """Return what an operator makes of its two sides."""
    if token.text in _COMPARISONS:
        return at(ast.Compare(left, [_COMPARISONS[token.text]()], [right]), *span)
    if token.text in ("&&", "||"):
        return at(ast.BoolOp(ast.And() if token.text == "&&" else ast.Or(), [left, right]), *span)
    if token.text not in _OPERATORS:  # `A \ b`
        return called("linalg.solve", name(token.text, token.start, token.end), span, [left, right])
    kind = _OPERATORS[token.text]
    if kind is ast.MatMult and (is_number(left) or is_number(right)):
        kind = ast.Mult
    return at(ast.BinOp(left, kind(), right), *span)


def is_number(node: ast.expr) -> bool:
    """Say whether an expression is made of numbers alone: it scales."""
    match node:
        case ast.Constant(value=value):
            return not isinstance(value, str)
        case ast.UnaryOp(operand=operand):
            return is_number(operand)
        case ast.BinOp(left=left, right=right):
            return is_number(left) and is_number(right)
    return False


def is_written(node: ast.expr) -> bool:
    """Say whether an entry of a matrix is a number as it is written, with its sign."""
    inner = node.operand if isinstance(node, ast.UnaryOp) else node
    return isinstance(inner, ast.Constant) and not isinstance(inner.value, str)
