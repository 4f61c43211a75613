"""The rows of `functions.rows`: which functions there are, their values and derivatives; which costs."""

import os
from functools import lru_cache
from typing import NamedTuple

SOFTMAX = "softmax"  # along an axis, so no row: its rule stands in `rules`
# An activation that is not told, such as `g`: its derivative stays a letter.
UNTOLD = "g"
_UNTOLD_WORDS = frozenset(("g", "f", "h", "phi", "φ", "ϕ", "act", "activation", "G", "F", "psi", "ψ"))
_LIBRARIES = frozenset(("np", "numpy", "torch", "tf", "F", "math", "scipy", "special", "nn"))


class Row(NamedTuple):
    """A function, or a few that are one: its value and derivative at Z, the derivative by A = f(Z); "" if untold."""

    names: tuple[str, ...]
    value: str
    slope: str
    slope_of_value: str
    activation: bool  # its derivative is written with a prime

    @property
    def name(self) -> str:
        """The name that stands for all."""
        return self.names[0]


class Cost(NamedTuple):
    """A cost: the activation that goes with it, and its formula with A for what the network puts out."""

    name: str
    activation: str
    formula: str


@lru_cache(maxsize=1)
def _read() -> tuple[dict[str, Row], dict[str, Cost]]:
    functions: dict[str, Row] = {}
    costs: dict[str, Cost] = {}
    path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "functions.rows")
    with open(path, encoding="utf-8") as file:
        lines = [line.split("#")[0].rstrip() for line in file]
    activation = True
    for line in filter(None, lines):
        activation = activation and line != "elementary:"
        columns = [column.strip() for column in line.split(";")]
        if len(columns) == 4:
            row = Row(tuple(columns[0].split()), columns[1], columns[2], columns[3], activation)
            functions.update(dict.fromkeys(row.names, row))
        elif len(columns) == 3:
            costs[columns[0]] = Cost(columns[0], columns[1], columns[2])
    return functions, costs


def functions() -> dict[str, Row]:
    """Return the rows by every name."""
    return _read()[0]


def costs() -> dict[str, Cost]:
    """Return the costs by their names."""
    return _read()[1]


def named(word: str) -> str | None:
    """Return the name of the row that a word means, SOFTMAX, UNTOLD, or None for what nobody knows."""
    library, _, last = word.rpartition(".")
    if library and library.split(".")[0] not in _LIBRARIES:
        return None
    plain = last.lstrip("\\").replace("_", "")
    row = functions().get(last) or functions().get(plain) or functions().get(plain.lower())
    if row is not None:
        return row.name
    if plain == SOFTMAX:
        return SOFTMAX
    return UNTOLD if not library and plain in _UNTOLD_WORDS else None
