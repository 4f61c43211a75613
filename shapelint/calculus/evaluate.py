"""An expression and the values of its names in, its value out: matrices are lists of rows, scalars are floats.

No library is needed for it. A value of one axis is a single row here, which is how it is broadcast.
"""

import math
import operator
from collections.abc import Callable
from functools import lru_cache, reduce
from typing import Protocol, TypeAlias

from shapelint.calculus.expressions import (
    ADD,
    CALL,
    COMPARE,
    DIV,
    JOIN,
    MAT,
    MUL,
    NEG,
    NUM,
    ONES,
    PAD,
    PART,
    POW,
    SIZE,
    TOTAL,
    TURN,
    VAR,
    Node,
)
from shapelint.calculus.functions import SOFTMAX, UNTOLD
from shapelint.calculus.slopes import slope, value_of
from shapelint.sizes import Size

Matrix: TypeAlias = list[list[float]]
Value: TypeAlias = float | Matrix


class MisfitError(ValueError):
    """Values that do not go together, or a function that has no value there."""


class Values(Protocol):
    """The values of names, and the numbers that sizes are."""

    def name(self, key: str) -> Value:
        """Return the value of a name. Raises MisfitError where it has none."""

    def size(self, size: Size) -> int:
        """Return the number that a size is."""

    def activation(self, layer: str) -> str:
        """Return the function that stands for an activation which is not told, at a layer."""


def evaluate(node: Node, values: Values) -> Value:
    """Return what an expression comes to. Raises MisfitError."""
    return _RULES[node.op](node, values)


def entrywise(function: Callable[[float, float], float], left: Value, right: Value) -> Value:
    """Return a function of two values, entry by entry, broadcast as NumPy does. Raises MisfitError."""
    if isinstance(left, float):
        if isinstance(right, float):
            return function(left, right)
        return [[function(left, one) for one in row] for row in right]
    if isinstance(right, float):
        return [[function(one, right) for one in row] for row in left]
    rows, columns = (max(len(left), len(right)), max(len(left[0]), len(right[0])))
    for one in (left, right):
        if len(one) not in (1, rows) or len(one[0]) not in (1, columns):
            raise MisfitError
    return [list(map(function, *_wide(left, right, row, columns))) for row in range(rows)]


def _wide(left: Matrix, right: Matrix, row: int, columns: int) -> list[list[float]]:
    sides = [one[row if len(one) > 1 else 0] for one in (left, right)]
    return [side if len(side) == columns else side * columns for side in sides]


def each(function: Callable[[float], float], value: Value) -> Value:
    """Return a function of a value, entry by entry."""
    return function(value) if isinstance(value, float) else [list(map(function, row)) for row in value]


def transposed(value: Value) -> Value:
    """Return the transpose."""
    return value if isinstance(value, float) else [list(column) for column in zip(*value, strict=True)]


def matrix_product(left: Value, right: Value) -> Value:
    """Return the matrix product; a scalar scales. Raises MisfitError."""
    if isinstance(left, float) or isinstance(right, float):
        return entrywise(operator.mul, left, right)
    if len(left[0]) != len(right):
        raise MisfitError
    columns = list(zip(*right, strict=True))
    return [[sum(map(operator.mul, row, column)) for column in columns] for row in left]


def _guarded(function: Callable[[float], float]) -> Callable[[float], float]:
    def guarded(number: float) -> float:
        try:
            return function(number)
        except (ValueError, OverflowError, ZeroDivisionError):
            raise MisfitError from None

    return guarded


_BASIC: dict[str, Callable[[float], float]] = {
    name: _guarded(function)
    for name, function in {
        "exp": math.exp,
        "log": math.log,
        "sqrt": math.sqrt,
        "sin": math.sin,
        "cos": math.cos,
        "tanh": math.tanh,
    }.items()
}


@lru_cache(maxsize=64)
def untold(layer: str, order: int) -> Callable[[float], float]:
    """Return a smooth function that no other layer has, or its derivative: it stands for one that is not told."""
    seed = sum(map(ord, layer)) % 9
    a, b, c = 0.61 + 0.07 * seed, 0.23 + 0.05 * seed, 1.3 + 0.21 * seed
    if order == 0:
        return lambda x: a * x + b * math.sin(c * x) + 0.09 * x * x
    return lambda x: a + b * c * math.cos(c * x) + 0.18 * x


class _Argument:
    """The value of Z in the formula of a row."""

    def __init__(self, value: Value, values: Values) -> None:
        self._value, self._values = value, values

    def name(self, key: str) -> Value:
        if key != "Z[λ]" and key[:1] != "Z":
            raise MisfitError(key)
        return self._value

    def size(self, size: Size) -> int:
        return self._values.size(size)

    def activation(self, layer: str) -> str:
        return self._values.activation(layer)


def _call(node: Node, values: Values) -> Value:
    function, argument = node.data, evaluate(node.args[0], values)
    if function.name == SOFTMAX:
        if function.order:
            raise MisfitError
        return _softmax(argument, function.axis)
    name = values.activation(function.layer) if function.name == UNTOLD else function.name
    if function.order > 1:
        raise MisfitError
    if name == UNTOLD:
        return each(untold(function.layer, function.order), argument)
    if not function.order and name in _BASIC:
        return each(_BASIC[name], argument)
    row = slope(name) if function.order else value_of(name)
    if row is None:
        raise MisfitError(name)
    found = evaluate(row, _Argument(argument, values))
    return (
        found
        if isinstance(argument, float) or not isinstance(found, float)
        else each(lambda _: found, argument)
    )


def _softmax(value: Value, axis: int | None) -> Value:
    if isinstance(value, float):
        raise MisfitError
    rows = transposed(value) if axis == 0 else value
    assert not isinstance(rows, float)
    powers = [[math.exp(min(one, 300.0)) for one in row] for row in rows]
    found: Value = [[one / sum(row) for one in row] for row in powers]
    return transposed(found) if axis == 0 else found


def _folded(function: Callable[[float, float], float]) -> Callable[[Node, Values], Value]:
    def folded(node: Node, values: Values) -> Value:
        return reduce(
            lambda left, right: entrywise(function, left, right), (evaluate(one, values) for one in node.args)
        )

    return folded


def _divided(left: float, right: float) -> float:
    try:
        return left / right
    except ZeroDivisionError:
        raise MisfitError from None


def _raised(base: float, exponent: float) -> float:
    try:
        found: float | complex = base**exponent
    except (ZeroDivisionError, OverflowError):
        raise MisfitError from None
    if isinstance(found, complex):
        raise MisfitError
    return found


_SIGNS: dict[str, Callable[[float, float], bool]] = {
    ">": operator.gt,
    ">=": operator.ge,
    "==": operator.eq,
    "!=": operator.ne,
}


def _compare(node: Node, values: Values) -> Value:
    sign = _SIGNS.get(node.data)
    if sign is None:
        raise MisfitError
    left, right = (evaluate(one, values) for one in node.args)
    return entrywise(lambda one, other: float(sign(one, other)), left, right)


def _total(node: Node, values: Values) -> Value:
    value = evaluate(node.args[0], values)
    if isinstance(value, float):
        return value
    if node.data.axis is None:
        return float(sum(map(sum, value)))
    return [[sum(row)] for row in value] if node.data.axis == 1 else [[sum(column) for column in zip(*value)]]  # noqa: B905


def _ones(node: Node, values: Values) -> Value:
    return each(lambda _: 1.0, evaluate(node.args[0], values))


def _part(node: Node, values: Values) -> Value:
    value, told = evaluate(node.args[0], values), node.data
    if isinstance(value, float):
        raise MisfitError
    low, high = values.size(told.low), values.size(told.high)
    return value[low:high] if told.axis == 0 else [row[low:high] for row in value]


def _pad(node: Node, values: Values) -> Value:
    value, told = evaluate(node.args[0], values), node.data
    if isinstance(value, float):
        raise MisfitError
    before = values.size(told.low)
    after = values.size(told.whole) - values.size(told.high)
    if told.axis == 1:
        return [[0.0] * before + row + [0.0] * after for row in value]
    blank = [0.0] * len(value[0])
    return [blank[:] for _ in range(before)] + value + [blank[:] for _ in range(after)]


def _join(node: Node, values: Values) -> Value:
    parts = [evaluate(one, values) for one in node.args]
    if any(isinstance(one, float) for one in parts):
        raise MisfitError
    if node.data == 0:
        return [row for part in parts for row in part]  # type: ignore[union-attr]  # no part is a float
    return [[one for row in rows for one in row] for rows in zip(*parts, strict=True)]


def _number(node: Node, values: Values) -> Value:
    return float(node.data)


_RULES: dict[str, Callable[[Node, Values], Value]] = {
    VAR: lambda node, values: values.name(node.data),
    NUM: _number,
    SIZE: lambda node, values: float(values.size(node.data)),
    ADD: _folded(operator.add),
    MUL: _folded(operator.mul),
    DIV: _folded(_divided),
    POW: _folded(_raised),
    NEG: lambda node, values: each(operator.neg, evaluate(node.args[0], values)),
    MAT: lambda node, values: matrix_product(*(evaluate(one, values) for one in node.args)),
    TURN: lambda node, values: transposed(evaluate(node.args[0], values)),
    COMPARE: _compare,
    CALL: _call,
    TOTAL: _total,
    ONES: _ones,
    PART: _part,
    PAD: _pad,
    JOIN: _join,
}
