"""A scope of a program in, what it says of its sizes out: `n_y = 1`, `z_size = H + X`, `Critic(3, 100, 1)`."""

import ast
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple, TypeAlias

from shapelint.documents.python.pairs import pairs
from shapelint.documents.python.scopes import MODULE, CodeScope
from shapelint.parse.python.sizes import size_of, size_of_variable
from shapelint.parse.python.words import Vocabulary, variable
from shapelint.patterns import lazy
from shapelint.sizes import Polynomial, Size, atoms

_SIZE = lazy(
    r"n_?(?:\d+|[a-z]{1,3}|out\w*|in\w*|hid\w*)$|\w*(?:size|dim|units|neurons|nodes|classes|outputs?)$|num_\w+$"
)

_Function: TypeAlias = ast.FunctionDef | ast.AsyncFunctionDef


class SetSize(NamedTuple):
    """A size that a program sets: its name, what it is, and the first and the last node of where it says so."""

    name: str
    value: Size
    first: ast.expr | ast.arg
    last: ast.stmt | ast.arg


class Numbers(NamedTuple):
    """What a program makes numbers of: variables at its top, and parameters that all calls of a function give as 1."""

    top: frozenset[str]
    ones: Mapping[ast.AST, frozenset[str]]


def numbers_of(module: ast.Module) -> Numbers:
    """Return which sizes of a program are numbers."""
    top = {
        target.id
        for node in module.body
        for target, value in pairs(node)
        if isinstance(target, ast.Name) and isinstance(value, ast.Constant)
    }
    return Numbers(frozenset(top), given_as_one(module))


def set_sizes(scope: CodeScope, vocabulary: Vocabulary, numbers: Numbers) -> Iterator[SetSize]:
    """Yield the sizes that are 1 or the sum of others, the number of the last layer, and what is measured anew."""
    found: dict[str, list[SetSize]] = {}
    for step in scope.steps:
        for target, value in pairs(step.node):
            name = variable(target)
            one = (
                None
                if name is None
                else _set_size(name.rpartition(".")[2], target, value, step.node, vocabulary)
            )
            if one is None:
                continue
            if _is_measured(value):
                if one.name in numbers.top and scope.parent != MODULE:
                    yield one  # it is none of the module's
            elif isinstance(one.value, int):
                yield one
            else:
                found.setdefault(one.name, []).append(one)
    for several in found.values():
        if len({one.value for one in several}) == 1 and _is_of_others(several[0]):
            yield several[0]
    for function in scope.functions:
        for argument in function.args.args:
            if argument.arg in numbers.ones.get(function, ()) and _SIZE.match(argument.arg):
                yield SetSize(argument.arg, 1, argument, argument)


def spelled_sizes(names: Iterable[str]) -> dict[str, str]:
    """Return how a function spells the sizes that it is given: `num_labels`, which is numlabels elsewhere."""
    sizes = {name: size_of_variable(name) for name in names if _SIZE.match(name)}
    return {size: name for name, size in sizes.items() if isinstance(size, str) and size != name}


def _set_size(
    name: str, target: ast.expr, value: ast.expr, node: ast.stmt, vocabulary: Vocabulary
) -> SetSize | None:
    """Return what an assignment says of a size, None where it says nothing."""
    if isinstance(value, ast.Constant) and type(value.value) is int:
        says = name == "L" or (value.value == 1 and _SIZE.match(name))
        return SetSize(name, value.value, target, node) if says else None
    if not isinstance(node, ast.Assign) or not _SIZE.match(name):
        return None
    size = size_of_variable(name) if _is_measured(value) else size_of(value, vocabulary)
    return SetSize(name, size, target, node) if isinstance(size, str | Polynomial) else None


def _is_measured(value: ast.expr) -> bool:
    """Say whether a value is the length of an axis: `x.shape[2]`."""
    return (
        isinstance(value, ast.Subscript)
        and isinstance(value.value, ast.Attribute)
        and value.value.attr == "shape"
    )


def _is_of_others(one: SetSize) -> bool:
    """Say whether a size is set to others: what counts the examples is measured."""
    letters = (size_of_variable(one.name), *atoms(one.value))
    return "m" not in letters and letters[0] not in letters[1:]


def given_as_one(module: ast.Module) -> dict[ast.AST, frozenset[str]]:
    """Return, of functions that the program itself calls, the parameters that are 1 in every call."""
    functions: dict[str, list[tuple[_Function, int]]] = {}
    for name, function, first in _functions(module):
        functions.setdefault(name, []).append((function, first))
    calls: dict[str, list[ast.Call]] = {}
    for node in ast.walk(module):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in functions:
            calls.setdefault(node.func.id, []).append(node)
    found: dict[ast.AST, frozenset[str]] = {}
    for name, several in calls.items():
        if len(functions[name]) == 1:
            function, first = functions[name][0]
            ones = [_ones(call, function, first) for call in several]
            found[function] = frozenset.intersection(*ones)
    return found


def _functions(module: ast.Module) -> Iterator[tuple[str, _Function, int]]:
    """Yield what can be called by a name: the name, the function that runs, and its first argument that is given."""
    for node in ast.walk(module):
        if isinstance(node, ast.ClassDef):
            for one in node.body:
                if isinstance(one, _Function) and one.name == "__init__":
                    yield node.name, one, 1
        elif isinstance(node, _Function) and node.name != "__init__":
            yield node.name, node, 0


def _ones(call: ast.Call, function: _Function, first: int) -> frozenset[str]:
    """Return the parameters that a call gives as 1."""
    if any(isinstance(one, ast.Starred) for one in call.args):
        return frozenset()
    names = [one.arg for one in function.args.args]
    values: dict[str | None, ast.expr] = dict(zip(names[first:], call.args, strict=False))
    values.update((one.arg, one.value) for one in call.keywords)
    return frozenset(name for name in names if (value := values.get(name)) is not None and _is_one(value))


def _is_one(value: ast.expr) -> bool:
    return isinstance(value, ast.Constant) and type(value.value) is int and value.value == 1
