"""Nodes of `ast` for a text that is no Python: each stands where its text stands, counted from the beginning."""

import ast
from collections.abc import Sequence
from typing import TypeVar

from shapelint.parse.python.places import Places

_Placed = TypeVar("_Placed", bound=ast.expr | ast.stmt | ast.keyword | ast.arg | ast.excepthandler)

NUMPY = "np"  # by which the functions of NumPy go, in whose terms everything is said


class Offsets(Places):
    """Where nodes stand whose column is their place in the text; `groups` are the parentheses that only group."""

    def __init__(self, text: str, groups: dict[tuple[int, int], tuple[int, int]]) -> None:
        """Take the text, and the parentheses that were met in it."""
        super().__init__(text)
        self.groups = groups

    def _place(self, line: int, column: int) -> int:
        return column


def at(node: _Placed, start: int, end: int) -> _Placed:
    """Return a node that stands from `start` to `end`."""
    node.lineno = node.end_lineno = 1
    node.col_offset, node.end_col_offset = start, end
    return node


def start_of(node: ast.expr | ast.stmt | ast.keyword) -> int:
    """Return where a node begins."""
    return node.col_offset


def end_of(node: ast.expr | ast.stmt | ast.keyword) -> int:
    """Return where a node ends."""
    assert node.end_col_offset is not None
    return node.end_col_offset


def like(node: _Placed, other: ast.expr) -> _Placed:
    """Return a node that stands where another does."""
    return at(node, start_of(other), end_of(other))


def name(text: str, start: int, end: int) -> ast.Name:
    """Return a variable."""
    return at(ast.Name(text, ast.Load()), start, end)


def number(value: int, place: ast.expr) -> ast.Constant:
    """Return a number that stands for an expression, such as the axis 0 for the 1 of `sum(A, 1)`."""
    return like(ast.Constant(value), place)


def called(
    function: str,
    place: ast.Name,
    span: tuple[int, int],
    arguments: Sequence[ast.expr],
    keywords: Sequence[ast.keyword] = (),
) -> ast.Call:
    """Return a call of a function of NumPy, whose name stands at `place`, in a span."""
    callee: ast.expr = like(ast.Name(NUMPY, ast.Load()), place)
    for part in function.split("."):
        callee = like(ast.Attribute(callee, part, ast.Load()), place)
    return at(ast.Call(callee, list(arguments), list(keywords)), *span)


def pair(one: ast.expr, other: ast.expr) -> ast.Tuple:
    """Return two sizes as one shape."""
    return at(
        ast.Tuple([one, other], ast.Load()),
        min(start_of(one), start_of(other)),
        max(end_of(one), end_of(other)),
    )
