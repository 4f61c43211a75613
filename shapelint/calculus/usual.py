"""The forward pass of a convention, written out: for a document that does not have its own, or none at all."""

import re
from typing import NamedTuple

from shapelint.calculus.functions import costs
from shapelint.conventions import CONVENTIONS, DEFAULT, convention

USUAL_COST = "cross-entropy"
_INDEX = re.compile(r"\[l([+-]\d+)?\]")
_BESIDE = re.compile(r"(?<=[\]T]) (?=[A-Z])")  # two factors side by side
_USUAL_LAYERS = 2


class Usual(NamedTuple):
    """What a network is taken for: its convention, how many layers, the activation of the hidden ones, the cost."""

    convention: str = DEFAULT
    layers: int = _USUAL_LAYERS
    activation: str = ""
    cost: str = USUAL_COST


def usual(name: str) -> Usual:
    """Return what a document of a convention is taken for where it does not say."""
    return Usual(name if name in CONVENTIONS else DEFAULT)


def lines_of(usual: Usual) -> str:
    """Return the formulas of a network with numbered layers, a line each."""
    linear = _linear(usual.convention)
    lines: list[str] = []
    for layer in range(1, usual.layers + 1):
        line = _INDEX.sub(lambda found, layer=layer: str(layer + _number(found[1])), linear)  # type: ignore[misc]
        if layer == 1:
            line = re.sub(rf"\bA{1 + _offset(linear, 'A')}\b", "X", line)
        number = str(layer + _offset(linear, "Z"))
        hidden = usual.activation or f"g{number}"
        lines += [line, f"A{number} = {_activated(usual, hidden, f'Z{number}', layer == usual.layers)}"]
    return "\n".join([*lines, cost_line(usual, f"A{number}")])


def general_lines(usual: Usual) -> str:
    """Return the formulas of layer l, of the next one, and of the last one, L."""
    linear = _linear(usual.convention)
    own = _shifted(linear, "l", -_offset(linear, "Z"))
    hidden = usual.activation or "g[l]"
    return "\n".join(
        [
            own,
            f"A[l] = {hidden}(Z[l])",
            _shifted(linear, "l", 1 - _offset(linear, "Z")),
            _shifted(linear, "L", -_offset(linear, "Z")),
            f"A[L] = {_activated(usual, hidden, 'Z[L]', True)}",
            cost_line(usual, "A[L]"),
        ]
    )


def cost_line(usual: Usual, output: str) -> str:
    """Return the line of the cost of what a network puts out."""
    return "J = " + re.sub(r"\bA\b", output, costs()[usual.cost].formula)


def _activated(usual: Usual, hidden: str, argument: str, last: bool) -> str:
    activation = costs()[usual.cost].activation if last else hidden
    return argument if activation == "identity" else f"{activation}({argument})"


def _linear(name: str) -> str:
    """Return how a convention computes Z, with a sign for the matrix product."""
    formulas = convention(name if name in CONVENTIONS else DEFAULT).formulas
    return _BESIDE.sub(" @ ", next(one for one in formulas if one.startswith("Z[")))


def _offset(linear: str, name: str) -> int:
    match = re.search(rf"{name}\[l([+-]\d+)?\]", linear)
    return _number(match[1]) if match is not None else 0


def _number(offset: str | None) -> int:
    return int(offset or 0)


def _shifted(linear: str, letter: str, by: int) -> str:
    def index(found: re.Match[str]) -> str:
        offset = _number(found[1]) + by
        return f"[{letter}{offset:+d}]" if offset else f"[{letter}]"

    return _INDEX.sub(index, linear)
