"""Statements of a program whose parts stand in one another too deep are left out: readers of a tree go down it."""

import ast
from collections.abc import Iterator

DEEPEST = 1_000  # parts in one another: a sum of so many terms, so many calls behind a call
_BLOCKS = 200  # `elif`s behind an `elif`: each stands in the one before
_LINE = DEEPEST // 4  # characters or lines below which no expression is so deep


def without_depths(module: ast.Module) -> ast.stmt | None:
    """Put `pass` in the place of every statement that is too deep, and return the first of them."""
    first: ast.stmt | None = None
    blocks = [(module.body, 0)]
    while blocks:
        block, depth = blocks.pop()
        for place, statement in enumerate(block):
            if depth > _BLOCKS or any(_is_deep(one) for one in _expressions(statement)):
                first = first or statement
                block[place] = ast.copy_location(ast.Pass(), statement)
            else:
                blocks += [(inner, depth + 1) for inner in _blocks(statement)]
    return first


def _blocks(statement: ast.stmt) -> Iterator[list[ast.stmt]]:
    for name in ("body", "orelse", "finalbody"):
        if inner := getattr(statement, name, None):
            yield inner
    for part in (*getattr(statement, "handlers", ()), *getattr(statement, "cases", ())):
        yield part.body


def _expressions(statement: ast.stmt) -> Iterator[ast.expr]:
    """Yield the expressions of a statement that may be deep; most statements are short, and are not looked at."""
    if not hasattr(statement, "body") and not _is_long(statement):
        return
    for child in ast.iter_child_nodes(statement):
        if isinstance(child, ast.expr) and _is_long(child):
            yield child
        elif not isinstance(child, ast.expr | ast.stmt):
            yield from (one for one in ast.walk(child) if isinstance(one, ast.expr) and _is_long(one))


def _is_long(node: ast.expr | ast.stmt) -> bool:
    lines = (node.end_lineno or node.lineno) - node.lineno
    return lines > 0 or (node.end_col_offset or 0) - node.col_offset > _LINE


def _is_deep(expression: ast.expr) -> bool:
    level: list[ast.AST] = [expression]
    for _ in range(DEEPEST):
        level = [child for node in level for child in ast.iter_child_nodes(node)]
        if not level:
            return False
    return True
