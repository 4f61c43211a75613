"""An assignment in, its targets with their values out."""

import ast
from collections.abc import Iterator


def pairs(node: ast.stmt) -> Iterator[tuple[ast.expr, ast.expr]]:
    """Yield the targets of an assignment with their values: `W, b = f(), g()` are two."""
    match node:
        case ast.Assign(targets=[ast.Tuple(elts=targets)], value=ast.Tuple(elts=values)):
            if len(targets) == len(values):
                yield from zip(targets, values, strict=True)
        case ast.Assign(targets=[ast.Tuple(elts=targets)], value=ast.Call() as call):
            yield from ((target, call) for target in targets)  # a function that returns several
        case ast.Assign(targets=[ast.Tuple(elts=targets)], value=ast.Attribute(attr="shape") as shape):
            for place, target in enumerate(targets):
                yield target, ast.copy_location(ast.Subscript(shape, ast.Constant(place), ast.Load()), shape)
        case ast.Assign(targets=targets, value=value):
            if not any(isinstance(target, ast.Tuple | ast.List) for target in targets):
                yield targets[0], value
        case (
            ast.AnnAssign(target=target, value=ast.expr() as value)
            | ast.AugAssign(target=target, value=value)
        ):
            yield target, value


def items(node: ast.stmt) -> Iterator[tuple[ast.expr, ast.expr]]:
    """Yield what a dictionary is made of: `{"dW1": np.dot(dZ1, X.T)}`."""
    match node:
        case (
            ast.Assign(value=ast.Dict(keys=keys, values=values))
            | ast.Return(value=ast.Dict(keys=keys, values=values))
        ):
            yield from ((key, value) for key, value in zip(keys, values, strict=True) if key is not None)
