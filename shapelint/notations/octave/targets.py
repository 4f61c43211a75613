"""What an assignment of Octave gives a value: a variable, a part of one, several at once."""

import ast

from shapelint.notations.octave.places import at, end_of, name, start_of


def together(targets: list[ast.expr]) -> ast.expr:
    """Return several targets as one."""
    return (
        at(ast.Tuple(targets, ast.Store()), start_of(targets[0]), end_of(targets[-1]))
        if targets
        else _nothing()
    )


def _nothing() -> ast.expr:
    return name("_", 0, 0)


def variable(target: ast.expr) -> str | None:
    """Return the variable that an assignment gives a value, or a part of one: `a` of `a.b(2, :)`."""
    while isinstance(target, ast.Subscript | ast.Call | ast.Attribute):
        if isinstance(target, ast.Call):
            inner = target.args[0] if target.args and isinstance(target.func, ast.Attribute) else target.func
            target = inner
        else:
            target = target.value
    return target.id if isinstance(target, ast.Name) else None


def changes_size(target: ast.expr, value: ast.expr) -> bool:
    """Say whether an assignment to a part makes an array larger or smaller: `x(end + 1) = 3`, `x(2, :) = []`."""
    if not isinstance(target, ast.Subscript):
        return False
    if isinstance(value, ast.List) and not value.elts:
        return True
    return any(isinstance(one, ast.BinOp) and _is_end(one.left) for one in ast.walk(target.slice))


def _is_end(node: ast.expr) -> bool:
    return isinstance(node, ast.Name) and node.id == "end"
