"""A section in, its world out: the one that it was solved in, or what its convention declares of X and W.

A world is here the tuple that it is: where nothing is solved, `conventions.worlds` is not loaded.
"""

from typing import TypeAlias

from shapelint.declared import As, Convention, Declared
from shapelint.infer.section import Section
from shapelint.shapes import Shape
from shapelint.sizes import Size, layer_of
from shapelint.symbol import Layer

# Examples are columns, weights out × in and numbered by the layer that they leave: as `World`.
AnyWorld: TypeAlias = tuple[bool, bool, bool]

_EXAMPLES = "m"


def world_of_section(section: Section) -> AnyWorld | None:
    """Return how a section is laid out, None where a convention of one's own does not tell."""
    return section.solution.world if section.solution is not None else declared_world(section.convention)


def declared_world(convention: Convention) -> AnyWorld | None:
    """Return the world that a convention declares, None where its X and W do not tell."""
    found = {word: one for word in "WXAZ" if (one := _matrix(convention, word)) is not None}
    weight = found.pop("W", None)
    if weight is None:
        return None
    sides = weight[1]
    inputs = found["X"][1] if "X" in found else None
    columns = next((shape[1] == _EXAMPLES for _, shape in reversed(found.values()) if _tells(shape)), None)
    if columns is None and inputs is not None and sum(size in sides for size in inputs) == 1:
        columns = inputs[0] in sides  # the size that X shares with W is no number of examples
    left, right = map(_layer, sides)
    if left is not None and right is not None and left.base == right.base:
        out_in = None if left.offset == right.offset else left.offset > right.offset
    elif inputs is not None and columns is not None and sides[0] != sides[1]:
        units = inputs[0 if columns else 1]
        out_in = units == sides[1] if units in sides else None
    else:
        out_in = None
    if columns is None or out_in is None:
        return None
    layer, outer = weight[0].layer, left if out_in else right
    leaves = layer is not None and outer is not None and outer == Layer(layer.base, layer.offset + 1)
    return columns, out_in, leaves


def _matrix(convention: Convention, word: str) -> tuple[Declared, Shape] | None:
    """Return the declaration of a name as a matrix, with its shape."""
    for one in convention.declared:
        shape = one.shapes[0]
        if one.word == word and isinstance(shape, tuple) and not isinstance(shape, As) and len(shape) == 2:
            return one, shape
    return None


def _tells(shape: Shape) -> bool:
    """Say whether a shape tells along which axis the examples lie."""
    return (shape[0] == _EXAMPLES) != (shape[1] == _EXAMPLES)


def _layer(size: Size) -> Layer | None:
    return layer_of(size) if isinstance(size, str) else None
