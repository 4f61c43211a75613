"""The oracle of derivatives: a forward pass as NumPy runs it, and central differences of what it comes to."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from shapelint.calculus.derivatives import MEAN, Derivative, Scale, derivatives, tops
from shapelint.calculus.evaluate import evaluate
from shapelint.calculus.expressions import Node
from shapelint.calculus.forward import network_of
from shapelint.calculus.network import EARLIER, GRADIENT, Network, plain_key
from shapelint.check import Options, examine
from shapelint.sizes import Polynomial, Size
from shapelint.source import Source

_PRIMES = (3, 5, 2, 7, 11, 13, 17)
_STEP = 1e-6
_STACK = re.compile(r"\[([\w* ]+); (\w+)\]")


def network(text: str, name: str = "formulas.txt", options: Options | None = None) -> Network:
    """Return the forward pass of a text."""
    judged = examine(Source(name, text), options or Options()).judged
    assert judged is not None
    return network_of(judged[1])


def _softmax(axis: int) -> Callable[[Any], Any]:
    def softmax(z: Any, axis: int = axis) -> Any:
        e = np.exp(z - z.max(axis=axis, keepdims=True))
        return e / e.sum(axis=axis, keepdims=True)

    return softmax


def _generic(a: float, b: float, c: float) -> Callable[[Any], Any]:
    return lambda x: a * x + b * np.sin(c * x) + 0.09 * x * x


def _untold(layer: str) -> Callable[[Any], Any]:
    seed = sum(map(ord, layer)) % 9
    return _generic(0.61 + 0.07 * seed, 0.23 + 0.05 * seed, 1.3 + 0.21 * seed)


def functions(axis: int) -> dict[str, Any]:
    """Return what a forward pass may call, softmax along an axis."""
    return {
        "np": np,
        "sigmoid": lambda z: 1 / (1 + np.exp(-z)),
        "relu": lambda z: np.maximum(0, z),
        "leaky_relu": lambda z: np.where(z > 0, z, 0.01 * z),
        "softplus": lambda z: np.log1p(np.exp(z)),
        "elu": lambda z: np.where(z > 0, z, np.exp(z) - 1),
        "swish": lambda z: z / (1 + np.exp(-z)),
        "tanh": np.tanh,
        "exp": np.exp,
        "log": np.log,
        "sqrt": np.sqrt,
        "softmax": _softmax(axis),
        "g": _untold(""),
        **{f"g{layer}": _untold(str(layer)) for layer in range(9)},
    }


class Run:
    """A forward pass with numbers in it: the leaves are drawn by their names, the lines are run by NumPy."""

    def __init__(self, found: Network, seed: int = 0) -> None:
        """Draw the leaves of a network and find the gradients that are given from outside."""
        self.network = found
        self.sizes: dict[str, int] = {"m": 4}
        generator = np.random.default_rng(seed)
        self.leaves = {
            key: self._drawn(key, shape, generator)
            for key, shape in sorted(found.shapes.items())
            if key not in found.lines and key[:1] != GRADIENT and not re.fullmatch(r"m|n\w*|np", key)
        }
        self.weights = {key: self._drawn(key, found.shapes[key], generator) for key in tops(found)}
        columns = next((s for k, s in found.shapes.items() if k[:1] in "ZzAa" and len(s) == 2), (1, "m"))
        self.functions = functions(1 if columns[0] == "m" else 0)

    def _drawn(self, key: str, shape: tuple[Size, ...], generator: np.random.Generator) -> Any:
        values = generator.uniform(0.2, 0.9, [self.size(size) for size in shape])
        if key[:1] in "WwbU":
            values *= generator.choice((-1, 1), values.shape)
        if key[:1] in "Yy" and len(shape) == 2:
            axis = 1 if shape[0] == "m" else 0
            if values.shape[axis] > 1:
                values /= values.sum(axis=axis, keepdims=True)  # softmax wants labels that add up to 1
        return values

    def size(self, size: Size) -> int:
        """Return the number that a size is, a prime of its own for each letter."""
        if isinstance(size, int):
            return size
        if isinstance(size, Polynomial):
            return sum(
                factor * int(np.prod([self.size(atom) for atom in monomial])) for monomial, factor in size
            )
        assert isinstance(size, str)
        if size not in self.sizes:
            self.sizes[size] = _PRIMES[len(self.sizes) - 1]
        return self.sizes[size]

    def cost(self, moved: dict[str, Any]) -> float:
        """Return the cost, with something added to names: to leaves, and to what lines make."""
        space: dict[str, Any] = {"m": self.size("m"), "n_a": self.size("na")}
        for key, value in self.leaves.items():
            space[self.word(key)] = value + moved.get(key, 0.0)
        self.values = {key: space[self.word(key)] for key in self.leaves}
        for key in self.network.lines:
            exec(self.program(key), {**self.functions}, space)
            name = self.word(key)
            space[name] = space[name] + moved.get(key, 0.0)
            self.values[key] = space[name]
        if self.network.cost is not None:
            return float(np.sum(space[self.word(self.network.cost)]))
        return float(sum(np.sum(self.weights[key] * space[self.word(key)]) for key in self.weights))

    def word(self, key: str) -> str:
        """Return how the text writes a name."""
        return self.network.words[plain_key(key)]

    def program(self, key: str) -> str:
        """Return a line as NumPy runs it."""
        return _STACK.sub(r"np.concatenate((\1, \2))", self.network.lines[key].text)

    def difference(self, key: str) -> Any:
        """Return the derivative of the cost by a name, by central differences."""
        self.cost({})
        value = np.asarray(self.values[key], dtype=float)
        found = np.zeros(value.shape)
        for place in np.ndindex(*value.shape):
            step = np.zeros(value.shape)
            step[place] = _STEP
            found[place] = (self.cost({key: step}) - self.cost({key: -step})) / (2 * _STEP)
        return found


class Values:
    """The values of names for `evaluate`: of a run, and of the gradients that were worked out so far."""

    def __init__(self, run: Run, gradients: dict[str, Any]) -> None:
        self.run, self.gradients = run, gradients

    def name(self, key: str) -> Any:
        found = self.gradients[key] if key in self.gradients else self.run.values[key]
        array = np.asarray(found, dtype=float)
        return float(array) if array.ndim == 0 else np.atleast_2d(array).tolist()

    def size(self, size: Size) -> int:
        return self.run.size(size)

    def activation(self, layer: str) -> str:
        return "g"


def evaluated(node: Node, run: Run, gradients: dict[str, Any]) -> Any:
    """Return the value of a formula over the values of a run."""
    return np.asarray(evaluate(node, Values(run, gradients)))


def compared(found: Network, scale: Scale = MEAN) -> Iterator[tuple[Derivative, Any, Any]]:
    """Yield each derivative with its value and what central differences say, of ∂J/∂x times the power of m."""
    run = Run(found)
    run.cost({})
    gradients = {GRADIENT + key: value for key, value in run.weights.items()}
    if found.cost is None:
        gradients = {key: value * _power(run, scale, found, key[1:]) for key, value in gradients.items()}
    for key, one in derivatives(found, scale).items():
        if key not in run.values or (EARLIER in key and key not in found.lines):
            continue
        got = evaluated(one.value, run, gradients)
        wanted = run.difference(key) * _power(run, scale, found, key)
        run.cost({})
        gradients[GRADIENT + key] = got
        yield one, got, wanted


def _power(run: Run, scale: Scale, found: Network, key: str) -> float:
    return float(run.size("m")) ** scale.of(found.shape(key) or ())


def agree(got: Any, wanted: Any, tolerance: float = 1e-6) -> bool:
    """Say whether two values are the same but for rounding, a spread value being each of its entries."""
    wanted = np.asarray(wanted)
    got = np.broadcast_to(got, wanted.shape) if got.ndim <= wanted.ndim else got.reshape(wanted.shape)
    return bool(np.abs(got - wanted).max() <= tolerance * (1e-3 + np.abs(wanted).max()))
