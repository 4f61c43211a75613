"""The variables of one scope, statement by statement: which assignment the name that is read there comes from.

A variable that is assigned again is another one from there on. Where two ways through the program meet with
different ones, or a loop goes round, nothing is known of it: such a name begins with `?`.
"""

import ast
import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from shapelint.documents.python.pairs import pairs
from shapelint.parse.python.words import OPAQUE, variable
from shapelint.symbol import PARAMETER, VERSION, is_kept

Values = dict[str, str]
_VARIABLES = (ast.Name, ast.Attribute, ast.Subscript)
# A name of the notation, whose shape is held against what it is given: `db1 = dZ1`.
_OF_A_LAYER = re.compile(r"d?[A-Za-z]+_?\d+$|d[A-Za-z]$")


class Step(NamedTuple):
    """A statement of a scope, with what its variables are called: where they are read, and where it assigns."""

    node: ast.stmt
    loads: Values
    stores: Values


class Variables:
    """Walks through the body of one scope."""

    def __init__(self, scope: str, attributes: Values, shared: Values) -> None:
        """Begin with what is one variable everywhere, `self.x`, `params["x"]`, and what the module shares."""
        self._scope = scope
        self._count = 0
        self._values: Values = {**shared, **attributes}
        self._attributes = attributes
        self._journals: list[Values] = []  # what each branch around this place has changed, as it was before
        self.steps: list[Step] = []
        self.assigned: set[str] = set()
        self.inner: list[ast.stmt] = []
        self.aliases: list[tuple[str, str]] = []  # attributes that are a variable under a second name

    def walk(self, arguments: ast.arguments | None, body: Iterable[ast.stmt]) -> None:
        """Go through the parameters and the statements."""
        if arguments is not None:
            for argument in _arguments(arguments):
                if argument.arg not in ("self", "cls"):
                    self._set(argument.arg, f"{argument.arg}{PARAMETER}{self._scope}0")
        self._block(body)

    def _assign(self, name: str) -> str:
        if name in self._attributes:
            return self._attributes[name]
        self._count += 1
        self.assigned.add(name)
        self._set(name, f"{name}{VERSION}{self._scope}{self._count}")
        return self._values[name]

    def _set(self, name: str, value: str) -> None:
        """Give a variable another name, and note what it was for the branches that end here."""
        if self._journals:
            self._journals[-1].setdefault(name, self._values.get(name, ""))
        self._values[name] = value

    def _forget(self, names: Iterable[str]) -> None:
        for name in names:
            if name not in self._attributes:
                self._set(name, OPAQUE + name)

    def _start(self, name: str) -> None:
        """A variable begins with a number, or with nothing: what becomes of it is not told."""
        if name not in self._attributes:
            self._set(name, f"{OPAQUE}={name}")

    def _block(self, body: Iterable[ast.stmt]) -> bool:
        """Go through statements; return whether the way ends in them (`return`, `raise`, `break`)."""
        return any(map(self._statement, body))

    def _statement(self, node: ast.stmt) -> bool:
        match node:
            case ast.Assign() | ast.AnnAssign() | ast.AugAssign():
                self._assignment(node)
            case ast.If():
                return self._branches([node.body, node.orelse])
            case ast.For() | ast.AsyncFor():
                self._loop([node.target], [*node.body, *node.orelse])
            case ast.While():
                self._loop([], [*node.body, *node.orelse])
            case ast.With() | ast.AsyncWith():
                self._forget(name for item in node.items for name in variables_of([item.optional_vars]))
                return self._block(node.body)
            case ast.Try():
                self._branches([[*node.body, *node.orelse], *(handler.body for handler in node.handlers), []])
                return self._block(node.finalbody)
            case ast.Match():
                self._branches([*(case.body for case in node.cases), []])
            case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
                self._forget([node.name])
                self.inner.append(node)
            case ast.Return() | ast.Raise() | ast.Break() | ast.Continue():
                self.steps.append(Step(node, self._read_in(node), {}))
                return True
            case _:
                self.steps.append(Step(node, self._read_in(node), {}))
        return False

    def _assignment(self, node: ast.Assign | ast.AnnAssign | ast.AugAssign) -> None:
        loads = self._read_in(node)
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        stores: Values = {}
        for name in variables_of(targets):
            if name in self._attributes and not isinstance(node, ast.AugAssign):
                self._note_alias(node, name)
            if isinstance(node, ast.AugAssign):
                self._keep(name, stores)
            elif isinstance(node, ast.AnnAssign) and node.value is None:
                continue
            elif is_update(node, name):
                self._keep(name, stores)  # `W = W - rate * dW` keeps its shape
            elif (value := self._alias(node, name)) is not None and is_kept(value):
                stores[name] = self._assign(name)  # `theta = params["theta"]`
                self.aliases.append((stores[name], value))
            elif value is not None:
                self._set(name, value)
                self.assigned.add(name)
                stores[name] = value
            elif _is_start(node.value):
                self._start(name)  # `total = 0`, and then it grows
                stores[name] = self._values.get(name, OPAQUE + name)
            else:
                stores[name] = self._assign(name)
        self.steps.append(Step(node, loads, stores))

    def _keep(self, name: str, stores: Values) -> None:
        """A variable that is changed stays what it is; one that comes from elsewhere has its own name."""
        if name in self._values:
            stores[name] = self._values[name]

    def _note_alias(self, node: ast.stmt, name: str) -> None:
        """`self.x = x`: both names are one, where the attribute has no other value."""
        key = self._attributes[name]
        for target, value in pairs(node):
            if variable(target) == name and (other := variable(value)) is not None:
                known = self._values.get(other, "")
                if known and not known.startswith(OPAQUE) and not key.startswith(OPAQUE):
                    self.aliases.append((key, known))

    def _alias(self, node: ast.stmt, name: str) -> str | None:
        """Return what a variable is called that is another under a second name: `A_prev = A`."""
        for target, value in pairs(node):
            if variable(target) == name and (other := variable(value)) is not None:
                known = self._values.get(other, "")
                if (
                    known
                    and not known.startswith(OPAQUE)
                    and not _OF_A_LAYER.match(name)
                    and name not in self._attributes
                ):
                    return known
        return None

    def _read_in(self, node: ast.stmt) -> Values:
        """Return what the variables in a statement are called where it begins."""
        found = (variable(one) for one in ast.walk(node) if isinstance(one, _VARIABLES))
        return {name: self._values[name] for name in found if name is not None and name in self._values}

    def _branches(self, bodies: list[list[ast.stmt]]) -> bool:
        """Go through each body by itself; where they differ nothing is known behind them."""
        ends = [changed for body in bodies if (changed := self._branch(body)) is not None]
        if not ends:
            return True
        for name in dict.fromkeys(name for changed in ends for name in changed):
            before = self._values.get(name, "")
            values = {changed.get(name, before) for changed in ends}
            if len(values) == 1:
                self._set(name, values.pop())
            else:
                self._forget([name])
        return False

    def _branch(self, body: list[ast.stmt]) -> Values | None:
        """Go through a body and come back; return what it has changed, None where the way ends in it."""
        self._journals.append({})
        ended = self._block(body)
        before = self._journals.pop()
        changed = {name: self._values[name] for name in before}
        for name, value in before.items():
            if value:
                self._values[name] = value
            else:
                del self._values[name]
        return None if ended else changed

    def _loop(self, targets: list[ast.expr], body: list[ast.stmt]) -> None:
        """A variable that a loop assigns may come from the turn before; behind it, from before the loop."""
        for name in variables_of(targets):
            self._assign(name)
        changed = [name for name in dict.fromkeys(_changed(body)) if name in self._values]
        self._forget(changed)
        self._block(body)
        self._forget(changed)


def is_update(node: ast.stmt, name: str) -> bool:
    """Say whether an assignment adds something to a variable, or mixes it in: `W = W - rate * dW`, `v = b * v + dW`.

    A sum that has the variable itself as a term keeps its shape; what is made of itself and its gradient should.
    """
    if not isinstance(node, ast.Assign) or len(node.targets) != 1 or variable(node.targets[0]) != name:
        return False
    if isinstance(node.value, ast.BinOp) and any(_is_multiple(term, name) for term in _terms(node.value)):
        return True
    used = {variable(one) for one in ast.walk(node.value) if isinstance(one, _VARIABLES)}
    owner, dot, word = name.rpartition(".")
    return name in used and bool({f"d{word}", f"{owner}{dot}d{word}"} & used)


def _terms(value: ast.expr) -> Iterator[ast.expr]:
    """Yield the terms of a sum, nothing of anything else."""
    if isinstance(value, ast.BinOp) and isinstance(value.op, ast.Add | ast.Sub):
        for side in (value.left, value.right):
            if isinstance(side, ast.BinOp) and isinstance(side.op, ast.Add | ast.Sub):
                yield from _terms(side)
            else:
                yield side


def _is_multiple(term: ast.expr, name: str) -> bool:
    """Say whether a term is a variable, or the variable times something beside it: `b * v`."""
    match term:
        case ast.BinOp(left=left, op=ast.Mult(), right=right):
            return _is_multiple(left, name) or _is_multiple(right, name)
    return variable(term) == name


def _is_start(value: ast.expr | None) -> bool:
    """Say whether a value is one that a sum begins with: a number, None, an empty list."""
    while isinstance(value, ast.UnaryOp):
        value = value.operand
    if isinstance(value, ast.List) and is_written_out(value):
        return False
    return is_repeated(value) or isinstance(value, ast.Constant | ast.List | ast.Dict | ast.ListComp)


def is_repeated(value: ast.expr | None) -> bool:
    """Say whether a value is a list with a place for each layer, to be filled: `[0] * k`."""
    match value:
        case ast.BinOp(left=left, op=ast.Mult(), right=right):
            return any(isinstance(side, ast.List) and len(side.elts) < 2 for side in (left, right))
    return False


def is_written_out(node: ast.expr) -> bool:
    """Say whether a list is rows of numbers, or one of two numbers and more: an array for all that multiplies it."""
    rows = node.elts if isinstance(node, ast.List) else []
    if len(rows) > 1 and all(map(_is_number, rows)):
        return True
    lists = [one for one in rows if isinstance(one, ast.List) and one.elts and all(map(_is_number, one.elts))]
    return bool(lists) and len(lists) == len(rows) and len({len(one.elts) for one in lists}) == 1


def _is_number(node: ast.expr) -> bool:
    value = node.operand if isinstance(node, ast.UnaryOp) else node
    return isinstance(value, ast.Constant) and isinstance(value.value, int | float)


def _changed(body: Iterable[ast.stmt]) -> Iterator[str]:
    """Yield the variables that statements give another value; one that is updated in place stays what it is."""
    for statement in body:
        for node in ast.walk(statement):
            if isinstance(node, ast.Assign):
                yield from (name for name in variables_of(node.targets) if not is_update(node, name))
            elif isinstance(node, ast.AnnAssign | ast.For):
                yield from variables_of([node.target])


def variables_of(targets: Iterable[ast.expr | None]) -> Iterator[str]:
    """Yield the variables among the targets of an assignment."""
    for target in targets:
        if isinstance(target, ast.Tuple | ast.List):
            yield from variables_of(target.elts)
        elif isinstance(target, ast.Starred):
            yield from variables_of([target.value])
        elif target is not None and (name := variable(target)) is not None:
            yield name


def _arguments(arguments: ast.arguments) -> list[ast.arg]:
    found = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]
    return [*found, *(one for one in (arguments.vararg, arguments.kwarg) if one is not None)]
