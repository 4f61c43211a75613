"""What NumPy makes of a line, with a different prime for every size."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np

from .expression import (
    Binary,
    Call,
    Expression,
    Name,
    Negative,
    Number,
    Positive,
    Power,
    Slice,
    Stack,
    Sum,
    Transpose,
)
from .layouts import Setting

PRIMES = (3, 5, 7, 11, 13, 17, 19, 23)
_NUMBERS = {"eps": 0.1, "lam": 0.3, "keep_prob": 0.8, "alpha": 0.05, "eta": 0.05, "learning_rate": 0.05}
Values = Mapping[str, Any]


def _sigmoid(z: Any) -> Any:
    return 1 / (1 + np.exp(-z))


FUNCTIONS: dict[str, Callable[[Any], Any]] = {
    "sigmoid": _sigmoid,
    "tanh": np.tanh,
    "g": np.tanh,
    "relu": lambda z: np.maximum(0, z),
    "exp": np.exp,
    "log": np.log,
    "sqrt": np.sqrt,
    "tanh_prime": lambda z: 1 - np.tanh(z) ** 2,
    "g_prime": lambda z: 1 - np.tanh(z) ** 2,
    "relu_prime": lambda z: np.asarray(z) > 0,
    "sigmoid_prime": lambda z: _sigmoid(z) * (1 - _sigmoid(z)),
}


def softmax(z: Any, axis: int | None) -> Any:
    """Return the softmax along an axis."""
    e = np.exp(z - np.max(z, axis=axis, keepdims=True))
    return e / np.sum(e, axis=axis, keepdims=True)


def evaluate(tree: Expression, values: Values, notes: bool = False) -> Any:
    """Return the value of an expression, as NumPy does, or raise ValueError.

    In `notes` a number beside a matrix scales it, and a shape of (1, 1) is no obstacle.
    """
    match tree:
        case Name(id):
            return values[id]
        case Number(text):
            return float(text)
        case Transpose(of):
            return np.transpose(evaluate(of, values, notes))
        case Binary(sign, left, right):
            return _combined(sign, evaluate(left, values, notes), evaluate(right, values, notes), notes)
        case Negative(of):
            return -evaluate(of, values, notes)
        case Power(of, exponent):
            return evaluate(of, values, notes) ** float(exponent)
        case Positive(of):
            return evaluate(of, values, notes) > 0
        case Stack(first, second, axis):
            return np.concatenate(
                (evaluate(first, values, notes), evaluate(second, values, notes)), axis=axis
            )
    return _applied(tree, evaluate(tree.of, values, notes), values)


def _applied(tree: Expression, value: Any, values: Values) -> Any:
    """Return what a function, a sum or a slice makes of a value."""
    match tree:
        case Call("softmax", _, axis):
            return softmax(value, axis)
        case Call(function):
            return FUNCTIONS[function](value)
        case Sum(_, axis, keep, mean):
            return (np.mean if mean else np.sum)(value, axis=axis, keepdims=keep)
        case Slice(_, axis, low, high):
            part = slice(values[low] if low else None, values[high] if high else None)
            if np.ndim(value) != 2:
                raise ValueError("a slice of something without two axes")
            return value[part] if axis == 0 else value[:, part]
    raise TypeError(tree)


def _combined(sign: str, a: Any, b: Any, notes: bool) -> Any:
    match sign:
        case "@" if notes and (np.ndim(a) == 0 or np.ndim(b) == 0):
            return a * b
        case "@":
            return np.matmul(a, b)
        case "*":
            return a * b
        case "/":
            return a / b
        case "+":
            return a + b
    return np.subtract(a, b, dtype=float)


@dataclass(frozen=True)
class Run:
    """What every line of a setting makes: the values before each line, and the value of each."""

    before: tuple[dict[str, Any], ...]
    made: tuple[Any, ...]
    shapes: dict[str, tuple[int, ...]]


@cache
def sizes_of(setting: Setting) -> dict[str, int]:
    """Return a prime for every size."""
    return dict(zip(setting.sizes, PRIMES, strict=False))


@cache
def start(setting: Setting) -> dict[str, Any]:
    """Return values of the leaves. They are drawn in columns, so that layouts have the same ones."""
    random = np.random.default_rng(7)
    sizes = sizes_of(setting)
    values: dict[str, Any] = {**_NUMBERS, **sizes}
    for name, leaf in setting.network.leaves.items():
        if leaf.kind == "s":
            continue
        drawn = random.standard_normal(tuple(_size(axis, sizes) for axis in leaf.shape))
        if name in ("Y", "y"):
            drawn = softmax(drawn, 0) if drawn.shape[0] > 1 else _sigmoid(drawn)
        drawn = drawn.T if setting.flips(name) else drawn
        values[name] = drawn.reshape(-1) if len(setting.leaves[name].shape) == 1 else drawn
    for name in setting.leaves.keys() - setting.network.leaves.keys():
        values[name] = np.abs(random.standard_normal(values[setting.object(name)].shape))
    return values


def _size(axis: str, sizes: Mapping[str, int]) -> int:
    return sum(sizes[part] if part in sizes else int(part) for part in axis.split("+"))


@cache
def run(setting: Setting) -> Run:
    """Run all lines of a setting."""
    values = dict(start(setting))
    before, made = [], []
    for line in setting.lines:
        before.append(dict(values))
        values[line.target] = evaluate(line.value, values)
        made.append(values[line.target])
    shapes = {name: np.shape(value) for name, value in values.items()}
    return Run(tuple(before), tuple(made), shapes)
