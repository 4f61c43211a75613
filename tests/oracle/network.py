"""The networks of the course: their symbols, the shape of each, and arrays to work formulas out with."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import numpy as np

from .tree import SCALARS, Name

Array = np.ndarray
Shape = tuple[int, ...]

UNITS = (3, 5, 7, 11)
"""Units n0, n1, … of the layers. Sizes that differ by name differ by value, and none is 1 by chance."""

EXAMPLES = 13
"""m; a prime that is no number of units."""


@dataclass(frozen=True, slots=True)
class Network:
    """A network in Ng's layout, examples in columns.

    With `one_example` the names of activations are written in lower case; they are single columns, unless
    `columns` says that all m are meant. `outputs` states another size for n[L], as `n2 = 1` does.
    """

    layers: int
    one_example: bool = False
    columns: int = 1
    outputs: int | None = None

    def units(self, layer: int) -> int:
        """Return n[layer]."""
        return self.outputs if self.outputs and layer == self.layers else UNITS[layer]

    def __str__(self) -> str:
        stated = f", n{self.layers} = {self.outputs}" if self.outputs else ""
        return f"{self.layers} layers, {'one example' if self.one_example else 'm examples'}{stated}"


def shape(name: Name, network: Network) -> Shape:
    """Return the shape of a symbol; a gradient has that of its object."""
    layer = network.layers if name.base in ("Y", "y") else name.layer
    match name.base:
        case base if base in SCALARS or base == "J":
            return ()
        case "W":
            return network.units(layer), network.units(layer - 1)
        case "b":
            return network.units(layer), 1
        case "z" | "a" | "y":
            return network.units(layer), network.columns
        case _:
            return network.units(layer), EXAMPLES


@cache
def array(name: Name, network: Network) -> Array:
    """Return numbers in (0, 1) of a symbol's shape: its own, so that no two symbols agree by chance."""
    if name.base == "m":
        return np.float64(EXAMPLES)
    seed = [ord(letter) for letter in f"{name.base}{name.layer}{name.gradient}"]
    return np.random.default_rng(seed).uniform(0.1, 0.9, shape(name, network))


@cache
def symbols(network: Network) -> tuple[Name, ...]:
    """Return every matrix that a formula may speak of: values and gradients, first to last layer, and Y."""
    return tuple(_symbols(network))


def _symbols(network: Network) -> Iterator[Name]:
    z, a, y = ("z", "a", "y") if network.one_example else ("Z", "A", "Y")
    yield Name(a, 0)
    yield Name(y)
    for layer in range(1, network.layers + 1):
        for base in ("W", "b", z, a):
            yield Name(base, layer)
            yield Name(base, layer, gradient=True)
