"""A formula and the names of its section in, the layers out that its names without a layer may have."""

from shapelint.declared import As
from shapelint.names import Names
from shapelint.sizes import atoms, layer_of
from shapelint.symbol import Layer, Symbol
from shapelint.tree import Formula, Name, Node, walk

OPEN_LAYER = Layer("l", 0)


def possible_layers(formula: Formula, names: Names, last: int | None) -> list[Layer]:
    """Return what the layer of names without one may be: a layer that the formula names, or one beside it."""
    named: dict[Layer, None] = {}
    for node in walk(formula.parts):
        if isinstance(node, Name):
            for layer in own_layers(node.symbol, names, last):
                named.setdefault(layer)
    beside = [Layer(one.base, one.offset + step) for step in (0, 1, -1) for one in reversed(named)]
    lowest = 1 if any(_is_weight(node) for node in walk(formula.parts)) else 0  # layer 0 has no weights
    possible = [layer for layer in beside if layer.base or layer.offset >= lowest]
    return list(dict.fromkeys(possible)) or [OPEN_LAYER]


def own_layers(symbol: Symbol, names: Names, last: int | None) -> list[Layer]:
    """Return the layers that a name speaks of itself: its own, or those of its sizes."""
    declared = names.declared(symbol)
    if declared is None or not declared.shapes[0]:
        return []  # the 1 of beta1 is no layer
    if symbol.layer is not None:
        return [] if symbol.layer.base == "λ" else [_numbered(symbol.layer, last)]
    if isinstance(declared.shapes[0], As):
        return []
    indices = (layer_of(atom) for size in declared.shapes[0] or () for atom in atoms(size))
    return [_numbered(index, last) for index in indices if index is not None]


def is_forward_step(formula: Formula) -> bool:
    """Say whether a formula goes a layer forward without saying which: it makes a Z, or has a W and no gradient."""
    target = formula.parts[0]
    if isinstance(target, Name):
        return _is_of_any_layer(target.symbol)
    names = [node.symbol for node in walk(formula.parts) if isinstance(node, Name)]
    return any(one.base == "W" for one in names) and not any(one.gradient for one in names)


def _is_of_any_layer(symbol: Symbol) -> bool:
    """Say whether a name is Z or z, of the layer that the formula is about."""
    return symbol.base in ("Z", "z") and not symbol.gradient and symbol.layer == Layer("λ", 0)


def _numbered(layer: Layer, last: int | None) -> Layer:
    if layer.base == "L" and last is not None:
        return Layer("", last + layer.offset)
    return layer


def _is_weight(node: Node) -> bool:
    return isinstance(node, Name) and node.symbol.base in ("W", "b") and node.symbol.layer == Layer("λ", 0)
