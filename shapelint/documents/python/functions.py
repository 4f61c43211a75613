"""The functions of a program in, the rule that each follows out: does it keep the shape of its first argument?

A body is followed as far as it is elementwise (`sigmoid`, `relu_backward`); what else it does cannot be told here.
"""

import ast
from collections.abc import Iterable, Iterator, Mapping

from shapelint.operators import ARRAYS, FUNCTIONS

# What an expression is to its function's first argument: a number, of the same shape, something that broadcasts
# against it (`keepdims=True`), unknown.
_NUMBER, _SAME, _KEPT, _UNKNOWN = "number", "same", "kept", "unknown"
LIKE_FIRST, SCALAR = "like_first", "scalar"


def functions(module: ast.Module) -> dict[str, str]:
    """Return the rules of a program's functions by name; `self.f` is a method."""
    found: dict[str, str] = {}
    for name, arguments, body in _defined(module, ""):
        rule = _Body(found, arguments).rule(body)
        found[name] = "unknown" if name in found and found[name] != rule else rule
    return {name: rule for name, rule in found.items() if rule != _UNKNOWN}


def _defined(
    node: ast.Module | ast.ClassDef, owner: str
) -> Iterator[tuple[str, ast.arguments, list[ast.stmt]]]:
    for statement in node.body:
        match statement:
            case ast.FunctionDef():
                yield f"{owner}{statement.name}", statement.args, statement.body
            case ast.ClassDef() if not owner:
                yield from _defined(statement, "self.")
            case ast.Assign(targets=[ast.Name(id=name)], value=ast.Lambda(args=arguments, body=value)):
                yield f"{owner}{name}", arguments, [ast.Return(value)]


class _Body:
    """Follows one body."""

    def __init__(self, known: Mapping[str, str], arguments: ast.arguments) -> None:
        self._known = known
        names = [
            one.arg for one in (*arguments.posonlyargs, *arguments.args) if one.arg not in ("self", "cls")
        ]
        self._values = dict.fromkeys(names, _UNKNOWN)
        for name, default in zip(reversed(names), reversed(arguments.defaults), strict=False):
            if isinstance(default, ast.Constant):
                self._values[name] = _NUMBER
        if names:
            self._values[names[0]] = _SAME
        self._returned: list[str] = []

    def rule(self, body: Iterable[ast.stmt]) -> str:
        """Return the rule of a function with this body."""
        self._block(body)
        if not self._returned or any(one != self._returned[0] for one in self._returned):
            return _UNKNOWN
        return {_SAME: LIKE_FIRST, _NUMBER: SCALAR}.get(self._returned[0], _UNKNOWN)

    def _block(self, body: Iterable[ast.stmt]) -> None:
        for statement in body:
            match statement:
                case ast.Assign(targets=[ast.Name(id=name)], value=value):
                    self._values[name] = self._value(value)
                case ast.AugAssign(target=ast.Name(id=name), value=value):
                    self._values[name] = _together([self._values.get(name, _UNKNOWN), self._value(value)])
                case ast.Return(value=ast.expr() as value):
                    self._returned.append(self._value(value))
                case ast.If(body=first, orelse=second):
                    self._block(first)
                    self._block(second)
                case (
                    ast.Assign(targets=[ast.Subscript()])
                    | ast.Assert()
                    | ast.Expr()
                    | ast.Raise()
                    | ast.Pass()
                ):
                    pass
                case ast.Assign(targets=targets):
                    for name in (
                        one.id for target in targets for one in ast.walk(target) if isinstance(one, ast.Name)
                    ):
                        self._values[name] = _UNKNOWN
                case _:
                    self._returned.append(_UNKNOWN)

    def _value(self, node: ast.expr) -> str:
        match node:
            case ast.Constant():
                return _NUMBER
            case ast.Name(id=name):
                return self._values.get(name, _UNKNOWN)
            case ast.BinOp(left=left, right=right) if not isinstance(node.op, ast.MatMult):
                return _together([self._value(left), self._value(right)])
            case ast.UnaryOp(operand=operand):
                return self._value(operand)
            case ast.Compare(left=left, comparators=[right]):
                return _together([self._value(left), self._value(right)])
            case ast.IfExp(body=first, orelse=second):
                return self._value(first) if self._value(first) == self._value(second) else _UNKNOWN
            case ast.Call():
                return self._call(node)
        return _UNKNOWN

    def _call(self, node: ast.Call) -> str:
        values = [self._value(argument) for argument in node.args]
        match node.func:
            case ast.Name(id=name):
                rule = self._known.get(name) or ("elementwise" if name in ("abs", "float", "max") else "")
            case ast.Attribute(value=ast.Name(id="self"), attr=attr):
                rule = self._known.get(f"self.{attr}", "")
            case ast.Attribute(value=value, attr=attr):
                if not isinstance(value, ast.Name) or value.id in self._values:
                    values.insert(0, self._value(value))
                    rule = ARRAYS.get(f".{attr}", "")
                else:
                    rule = ARRAYS.get(f"np.{attr}") or FUNCTIONS.get(f"np.{attr}", "")
            case _:
                rule = ""
        return _of_rule(rule, values, node)


def _of_rule(rule: str, values: list[str], node: ast.Call) -> str:
    if rule in ("elementwise", "as_it_is"):
        return _together(values)
    if rule == LIKE_FIRST:
        return values[0] if values else _UNKNOWN
    if rule == SCALAR:
        return _NUMBER
    if rule == "total" and values:
        kept = any(one.arg == "keepdims" for one in node.keywords)
        along = len(values) > 1 or any(one.arg == "axis" for one in node.keywords)
        return _KEPT if kept else _UNKNOWN if along else _NUMBER
    return _UNKNOWN


def _together(values: list[str]) -> str:
    """Return what an elementwise operation makes of its sides."""
    if not values or _UNKNOWN in values:
        return _UNKNOWN
    return _SAME if _SAME in values else _KEPT if _KEPT in values else _NUMBER
