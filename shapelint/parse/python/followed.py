"""A call of a program's own function in, what its body makes of the arguments out, as one tree.

The parameters are replaced by the arguments, the variables by what is assigned to them. Nothing is known of the
places in it: all of it stands where the call stands.
"""

import ast
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from shapelint.tree import Call, Node, children

_LARGEST = 400  # nodes of a body with the arguments in it


class Body(NamedTuple):
    """A function that only assigns and returns: its parameters, what is assigned in it in turn, what it returns.

    `returned` has several parts where it returns a tuple.
    """

    parameters: tuple[str, ...]
    assigned: tuple[tuple[str, ast.expr], ...]
    returned: tuple[ast.expr, ...]


def bodies(module: ast.Module) -> dict[str, Body]:
    """Return the functions of a program that can be followed, by name; `self.f` is a method."""
    found: dict[str, Body | None] = {}
    for node in module.body:
        members = node.body if isinstance(node, ast.ClassDef) else [node]
        owner = "self." if isinstance(node, ast.ClassDef) else ""
        for member in members:
            if isinstance(member, ast.FunctionDef):
                name = owner + member.name
                found[name] = None if name in found else _body(member)
    return {name: body for name, body in found.items() if body is not None}


def _body(function: ast.FunctionDef) -> Body | None:
    arguments = function.args
    if arguments.vararg or arguments.kwarg or arguments.kwonlyargs:
        return None
    parameters = tuple(
        one.arg for one in (*arguments.posonlyargs, *arguments.args) if one.arg not in ("self", "cls")
    )
    assigned: list[tuple[str, ast.expr]] = []
    for place, statement in enumerate(function.body):
        match statement:
            case ast.Assign(targets=[ast.Name(id=name)], value=value):
                assigned.append((name, value))
            case ast.AugAssign(target=ast.Name(id=name), op=op, value=value):
                assigned.append((name, ast.BinOp(ast.Name(name, ast.Load()), op, value)))
            case ast.Expr(value=ast.Constant()) | ast.Assert() | ast.Assign(targets=[ast.Subscript()]):
                pass  # what is written into an array keeps its shape
            case ast.Return(value=ast.Tuple(elts=elts)) if place == len(function.body) - 1:
                return Body(parameters, tuple(assigned), tuple(elts))
            case ast.Return(value=ast.expr() as value) if place == len(function.body) - 1:
                return Body(parameters, tuple(assigned), (value,))
            case _:
                return None
    return None


def bound(
    body: Body, arguments: Sequence[Node], keywords: Mapping[str, Node], place: int
) -> dict[str, Node] | None:
    """Return what each parameter stands for; of one that is left to its default nothing is known."""
    if len(arguments) > len(body.parameters):
        return None
    default = Call(place, place, (place, place, ""), "unknown", (), False)
    return {
        **dict.fromkeys(body.parameters, default),
        **dict(zip(body.parameters, arguments, strict=False)),
        **keywords,
    }


def size(node: Node) -> int:
    """Count the nodes of a tree, up to the largest that is followed."""
    count, waiting = 0, [node]
    while waiting and count <= _LARGEST:
        count += 1
        waiting.extend(children(waiting.pop()))
    return count


def is_too_large(node: Node) -> bool:
    """Say whether a tree is larger than anybody's function."""
    return size(node) > _LARGEST
