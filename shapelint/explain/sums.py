"""A matrix product of a way back in, the two sums out that say what it adds up: the line forward, and the line back.

Units of the layer have the letter i, those of the layer before j, examples k. What the way back adds up decides which
factor stands transposed: a matrix product adds over the second index of its left factor and the first of its right.
"""

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


def back_through(hand: Hand, weight: Side, gradient: Side, columns: bool) -> tuple[str, ...]:
    """Return the two lines about `W2.T @ dZ2`; nothing where the names do not tell what is made of what."""
    layer = gradient.symbol.layer
    names = _names(hand, gradient, layer)
    if names is None:
        return ()
    linear, activation = names
    # Of Wᵀ dZ the weight's first index is summed, of W dZ the second; in rows it stands on the other side.
    summed = 0 if weight.turned == columns else 1
    entry = (_UNIT, _BEFORE) if summed == 0 else (_BEFORE, _UNIT)
    weighted = _entry(weight.name, *entry)
    return (
        _forward(linear, weighted, activation, columns),
        f"backward: {_of_example(f'd{activation}', _BEFORE, columns)} = Σ_{_UNIT} "
        f"{_of_example(gradient.name, _UNIT, columns)} {weighted}; the sum runs over {_UNIT}, "
        f"the {_ORDINALS[summed]} index of `{weight.name}`, {_stands(weight.turned)}",
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
    return (
        _forward(names[0], weighted, activation.name, columns),
        f"backward: {_entry(f'd{weight}', *entry)} = Σ_{_EXAMPLE} {_of_example(gradient.name, _UNIT, columns)} "
        f"{_of_example(activation.name, _BEFORE, columns)}; the sum runs over {_EXAMPLE}, the examples: {told}",
    )


def _forward(linear: str, weighted: str, activation: str, columns: bool) -> str:
    factors = (weighted, _of_example(activation, _BEFORE, columns))
    written = " ".join(factors if columns else factors[::-1])
    return f"forward, entry by entry: {_of_example(linear, _UNIT, columns)} = Σ_{_BEFORE} {written}"


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


def _of_example(name: str, unit: str, columns: bool) -> str:
    return _entry(name, *((unit, _EXAMPLE) if columns else (_EXAMPLE, unit)))


def _entry(name: str, row: str, column: str) -> str:
    return f"{name}_{{{row}{column}}}" if "^" in name or "_{" in name else f"{name}_{row}{column}"


def _stands(turned: bool) -> str:
    return "so it stands transposed" if turned else "which is inside already: it stands as it is"
