"""A matrix product of a way back in, the two sums out that say what it adds up: the line forward, and the line back.

Units of the layer have the letter i, those of the layer before j, examples k. What the way back adds up decides which
factor stands transposed: a matrix product adds over the second index of its left factor and the first of its right.
"""

from collections.abc import Callable
from typing import NamedTuple

from shapelint.repair.hand import Hand
from shapelint.symbol import Layer, Symbol

_UNIT, _BEFORE, _EXAMPLE = "i", "j", "k"
_ACTIVATIONS = frozenset(("A", "a", "X", "x", "H", "h"))
_ORDINALS = ("first", "second")


class Side(NamedTuple):
    """A factor of a product: its text, the name in it without its transpose, and what that is."""

    text: str
    name: str
    symbol: Symbol

    @property
    def turned(self) -> bool:
        """Say whether it stands transposed."""
        return self.text != self.name


def side(hand: Hand, text: str, symbol: Symbol) -> Side:
    """Return a factor of a product."""
    return Side(text, hand.untransposed(text), symbol)


def back_through(hand: Hand, weight: Side, gradient: Side, columns: bool, single: bool) -> tuple[str, ...]:
    """Return the two lines about `W2.T @ dZ2`; nothing where the names do not tell what is made of what.

    With `single` there is one example, which needs no letter: `dz2_i`.
    """
    layer = gradient.symbol.layer
    names = _names(hand, gradient, layer)
    if names is None:
        return ()
    linear, activation = names
    # Of Wᵀ dZ the weight's first index is summed, of W dZ the second; in rows it stands on the other side.
    summed = 0 if weight.turned == columns else 1
    entry = (_UNIT, _BEFORE) if summed == 0 else (_BEFORE, _UNIT)
    weighted = _entry(weight.name, *entry)
    of = _of_one if single else _of_column if columns else _of_row
    return (
        _forward(linear, weighted, activation, columns, of),
        f"backward: {of(f'd{activation}', _BEFORE)} = Σ_{_UNIT} {of(gradient.name, _UNIT)} {weighted}; "
        f"the sum runs over {_UNIT}, the {_ORDINALS[summed]} index of `{weight.name}`, {_stands(weight.turned)}",
    )


def over_examples(hand: Hand, left: Side, right: Side, weight: str, columns: bool) -> tuple[str, ...]:
    """Return the two lines about `dZ1 @ X.T`, the gradient of a weight."""
    gradient, activation = (left, right) if left.symbol.gradient else (right, left)
    names = _names(hand, gradient, gradient.symbol.layer)
    if names is None or activation.symbol.base not in _ACTIVATIONS:
        return ()
    entry = (_UNIT, _BEFORE) if gradient is left else (_BEFORE, _UNIT)
    weighted = _entry(weight, *entry)
    turned = next((one for one in (left, right) if one.turned), None)
    told = "it stands inside already"
    if turned is not None:
        told = f"the {_ORDINALS[1 if columns else 0]} index of `{turned.name}`, {_stands(True)}"
    of = _of_column if columns else _of_row
    return (
        _forward(names[0], weighted, activation.name, columns, of),
        f"backward: {_entry(f'd{weight}', *entry)} = Σ_{_EXAMPLE} {of(gradient.name, _UNIT)} "
        f"{of(activation.name, _BEFORE)}; the sum runs over {_EXAMPLE}, the examples: {told}",
    )


def _forward(
    linear: str, weighted: str, activation: str, columns: bool, of: Callable[[str, str], str]
) -> str:
    factors = (weighted, of(activation, _BEFORE))
    written = " ".join(factors if columns else factors[::-1])
    return f"forward, entry by entry: {of(linear, _UNIT)} = Σ_{_BEFORE} {written}"


def _names(hand: Hand, gradient: Side, layer: Layer | None) -> tuple[str, str] | None:
    """Return how Z of a layer and A of the one before are written, from the gradient by Z."""
    if gradient.symbol.base not in ("Z", "z") or layer is None or layer.base == "λ":
        return None
    linear = hand.object_of(gradient.name)
    before = Layer(layer.base, layer.offset - 1)
    if not linear or linear == gradient.name or str(layer) not in linear or "(" in linear:
        return None
    if before == Layer("", 0):
        return linear, "X" if gradient.symbol.base == "Z" else "x"
    head, _, rest = linear.rpartition(str(layer))
    return linear, f"{head}{before}{rest}".replace("Z", "A").replace("z", "a")


def _of_column(name: str, unit: str) -> str:
    return _entry(name, unit, _EXAMPLE)


def _of_row(name: str, unit: str) -> str:
    return _entry(name, _EXAMPLE, unit)


def _of_one(name: str, unit: str) -> str:
    return _entry(name, unit)


def _entry(name: str, *letters: str) -> str:
    below = "".join(letters)
    return f"{name}_{{{below}}}" if "^" in name or "_{" in name else f"{name}_{below}"


def _stands(turned: bool) -> str:
    return "so it stands transposed" if turned else "which is inside already: it stands as it is"
