"""The readings of a formula, the likeliest first: which layer it is of, one example or all, which of several shapes.

What a formula leaves open its flags say; what a size with a choice turned out to be is settled for a whole section.
"""

import re
from collections.abc import Mapping
from itertools import product

from shapelint.declared import Convention
from shapelint.infer.environment import Reading
from shapelint.infer.layers import OPEN_LAYER, is_forward_step, possible_layers
from shapelint.names import Names
from shapelint.shapes import Shape
from shapelint.sizes import Size, atoms, is_one_or_all
from shapelint.symbol import BATCH, CHOICE, LAYERLESS, SINGLE, Flags
from shapelint.tree import Formula

_ALL_EXAMPLES = re.compile(r"\b[XYAZ]\d?\b|\bm\b|\b(?:sum|mean)\(")


class Readings:
    """The readings that the formulas of a section have under one convention."""

    def __init__(self, names: Names, convention: Convention, code: bool, written: str) -> None:
        """Begin with nothing settled; `written` is what stands in the section and around it."""
        self.settled: dict[str, Size] = {}
        self._names = names
        self._convention = convention
        self._code = code
        self._written = written

    def of(self, formula: Formula, flags: Flags, last: int | None) -> list[Reading]:
        """Return the readings of a formula that leaves open what its flags say, where `last` is the last layer."""
        if not flags & (LAYERLESS | SINGLE | CHOICE):
            return [self.usual(last)]
        layers = possible_layers(formula, self._names, last) if flags & LAYERLESS else [OPEN_LAYER]
        columns = [self._columns("m")]
        if flags & SINGLE and not flags & BATCH:
            columns = list(dict.fromkeys(self._nth_columns(place) for place in (0, 1)))
        picks = (0, 1, 2) if flags & CHOICE else (0,)
        forward = flags & LAYERLESS and (self._code or is_forward_step(formula))
        behind = (False, True) if forward else (False,)
        return [
            Reading(last, layer, column, pick, back)
            for back, pick, layer, column in product(behind, picks, layers, columns)
        ]

    def usual(self, last: int | None) -> Reading:
        """Return the reading of a formula that leaves nothing open."""
        return Reading(last, OPEN_LAYER, self._columns("m"), 0)

    def _columns(self, value: Size) -> tuple[tuple[str, Size], ...]:
        return tuple((size, value) for size in self._convention.choices)

    def _nth_columns(self, place: int) -> tuple[tuple[str, Size], ...]:
        return tuple(
            (size, self.settled.get(size, values[min(place, len(values) - 1)]))
            for size, values in self._choices.items()
        )

    @property
    def _choices(self) -> Mapping[str, tuple[Size, ...]]:
        """A program that speaks of X or m, or sums up, has all examples in x and z1, too: there m is tried first."""
        choices = self._convention.choices
        if not self._code or not _ALL_EXAMPLES.search(self._written):
            return choices
        return {size: ("m", *(value for value in values if value != "m")) for size, values in choices.items()}


def open_flags(shape: Shape) -> Flags:
    """Return what a formula has to settle that uses a name of this shape."""
    flags = 0
    for size in shape:
        for atom in atoms(size):
            flags |= SINGLE if is_one_or_all(atom) else LAYERLESS if atom.startswith("n[λ") else 0
    return flags
