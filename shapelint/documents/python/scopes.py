"""A program in, its scopes out: the module, its functions, its classes, each with the statements in it.

All methods of a class are one scope, for they share the object's attributes.
"""

import ast
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from shapelint.documents.python.entries import entries
from shapelint.documents.python.families import Part, families, part_of
from shapelint.documents.python.variables import Step, Values, Variables, is_update
from shapelint.parse.python.words import OPAQUE, variable
from shapelint.symbol import PARAMETER, VERSION

MODULE = -1
_DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)


class CodeScope(NamedTuple):
    """A scope: its statements with what their variables are called, the scope around it, and what it assigns.

    `functions` are those in it, `aliases` pairs of names that are one: `self.x = x`. `family` is the number of those
    that it works together with, None where nothing says with which.
    """

    steps: tuple[Step, ...]
    parent: int
    assigned: frozenset[str]
    functions: tuple[ast.FunctionDef | ast.AsyncFunctionDef, ...]
    aliases: tuple[tuple[str, str], ...] = ()
    family: int | None = None


def scopes(module: ast.Module) -> list[CodeScope]:
    """Return the scopes of a program, each behind the one around it.

    A variable of the scope around may have any of its values when a function runs: nothing is known of it there, unless
    the module gives it one value only.
    """
    found: list[CodeScope] = []
    shared: Values = {}
    kept = entries(module)
    top = [one for one in module.body if not isinstance(one, _DEFINITIONS)]
    parts: list[Part] = []
    waiting: list[tuple[str, list[ast.stmt], int]] = [("", [module], MODULE)]  # type: ignore[list-item]  # the module is walked like a body
    while waiting:
        name, nodes, parent = waiting.pop()
        parts.append(part_of(name, nodes if parent != MODULE else top))
        walks: list[Variables] = []
        functions: list[ast.FunctionDef | ast.AsyncFunctionDef] = []
        attributes = kept | _attributes(nodes, len(found))
        for number, node in enumerate(nodes):
            walk = Variables(f"{len(found)}.{number}.", attributes, shared if parent == 0 else {})
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                functions.append(node)
                walk.walk(node.args, node.body)
            else:
                walk.walk(None, node.body)  # type: ignore[attr-defined]  # a module, or the rest of a class
            walks.append(walk)
        steps = tuple(step for walk in walks for step in walk.steps)
        assigned = frozenset(name for walk in walks for name in walk.assigned)
        aliases = tuple(alias for walk in walks for alias in walk.aliases)
        found.append(CodeScope(steps, parent, assigned, tuple(functions), aliases))
        here = len(found) - 1
        if here == 0:
            shared = _shared(module, walks[0])
        for walk in reversed(walks):
            waiting += [(node.name, list(_members(node)), here) for node in reversed(walk.inner)]  # type: ignore[attr-defined]  # functions and classes
    return [one._replace(family=family) for one, family in zip(found, families(parts), strict=True)]


def _shared(module: ast.Module, walk: Variables) -> Values:
    """Return the variables of a module that are assigned once, at its top: its functions find them as they are."""
    counts = Counter(
        node.id for node in ast.walk(module) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
    )
    elsewhere = {name for node in ast.walk(module) if isinstance(node, ast.Global) for name in node.names}
    top = {id(node) for node in module.body}
    return {
        name: value
        for step in walk.steps
        if id(step.node) in top and isinstance(step.node, ast.Assign)
        for name, value in step.stores.items()
        if counts[name] == 1 and name not in elsewhere and VERSION in value
    }


def _members(node: ast.stmt) -> Iterator[ast.stmt]:
    """Yield what is walked of a function, or of a class: its methods, and what stands between them."""
    if not isinstance(node, ast.ClassDef):
        yield node
        return
    rest = [one for one in node.body if not isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef)]
    if rest:
        yield ast.If(test=ast.Constant(True), body=rest, orelse=[])
    yield from (one for one in node.body if isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef))


def _attributes(nodes: Iterable[ast.stmt], number: int) -> Values:
    """Return what the attributes of an object are called: one that is assigned once is known, others are not."""
    counts: dict[str, int] = {}
    read: dict[str, None] = {}
    begun: set[str] = set()  # with a number: what becomes of them is not told
    for node in nodes:
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        for part in ast.walk(node):
            if isinstance(part, ast.Attribute) and (name := variable(part)) is not None:
                read.setdefault(name)
            if isinstance(part, ast.Assign | ast.AnnAssign) and isinstance(part.value, ast.Constant):
                targets = part.targets if isinstance(part, ast.Assign) else [part.target]
                begun |= {
                    name
                    for target in targets
                    if isinstance(target, ast.Attribute) and (name := variable(target)) is not None
                }
            elif isinstance(part, ast.Assign | ast.AnnAssign):
                for target in part.targets if isinstance(part, ast.Assign) else [part.target]:
                    for one in ast.walk(target):
                        name = variable(one) if isinstance(one, ast.Attribute) else None
                        if name is not None and not is_update(part, name):
                            counts[name] = counts.get(name, 0) + 1
    given = {name: f"{name}{PARAMETER}{number}" for name in read}  # by a base class, or from outside
    given.update({name: f"{OPAQUE}={name}" for name in begun})
    return given | {
        name: f"{name}{VERSION}{number}" if count == 1 else OPAQUE + name for name, count in counts.items()
    }
