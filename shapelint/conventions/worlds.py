"""Worlds: how a document lays out its examples, its weights and its numbers, each by itself.

The conventions that users name are four of the worlds; the others follow from them by turning the weights round, or by
giving a weight the number of the layer that it leaves.
"""

from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import NamedTuple

from shapelint.conventions import convention
from shapelint.declared import As, Convention, Declared, Group, Template
from shapelint.sizes import Size, layer_of, layer_size
from shapelint.symbol import Layer


class World(NamedTuple):
    """Three traits: examples in columns or rows, weights out × in or in × out, numbered by which layer."""

    columns: bool
    out_in: bool
    leaves: bool

    @property
    def examples_axis(self) -> int:
        """Return the axis along which the examples lie."""
        return 1 if self.columns else 0


NG = World(columns=True, out_in=True, leaves=False)
_NAMED = {
    NG: "ng",
    World(columns=False, out_in=False, leaves=False): "rows",
    World(columns=False, out_in=True, leaves=False): "pytorch",
    World(columns=True, out_in=True, leaves=True): "ufldl",
}
WORLDS = (
    *_NAMED,
    World(columns=False, out_in=False, leaves=True),
    World(columns=True, out_in=False, leaves=False),
)
_NEAREST = {
    World(columns=False, out_in=False, leaves=True): "rows",
    World(columns=False, out_in=True, leaves=True): "pytorch",
    World(columns=True, out_in=False, leaves=False): "ng",
    World(columns=True, out_in=False, leaves=True): "ufldl",
}


def world_of(name: str) -> World:
    """Return the world of a convention that users name; another is their own, in which examples are columns."""
    return next((world for world, one in _NAMED.items() if one == name), NG)


def nearest(world: World) -> str:
    """Return the known convention that is nearest to a world: itself where it has a name."""
    return _NAMED.get(world) or _NEAREST[world]


@lru_cache(maxsize=16)
def convention_of(world: World) -> Convention:
    """Return what names mean in a world."""
    name = _NAMED.get(world)
    if name is not None:
        found = convention(name)
        return found if world.columns else _with_cells(found, world)
    if world.leaves and world.columns:
        return _changed(convention("ufldl"), _turned)
    base = convention(_NEAREST[world])
    return _changed(base, _renumbered if world.leaves else _turned)


def _with_cells(rows: Convention, world: World) -> Convention:
    """Return a convention in rows with what only Ng's layout writes down, and with the choices that this leaves."""
    choices = {**convention("ng").choices, **rows.choices}
    return rows._replace(groups=(*rows.groups, *_cells(world)), choices=choices)


def _cells(world: World) -> Iterator[Group]:
    """Yield the groups that only Ng's layout writes down, laid out in rows: recurrent cells."""
    for group in convention("ng").groups:
        if "Waa" in group.triggers:
            declared = tuple(_in_rows(one, world.out_in) for one in group.declared)
            yield group._replace(declared=declared)


def _in_rows(declared: Declared, out_in: bool) -> Declared:
    if out_in and declared.word.startswith("W"):
        return declared
    shapes: list[Template] = [_reversed(shape) for shape in declared.shapes]
    if declared.word.startswith("b") and isinstance(shapes[0], tuple) and not isinstance(shapes[0], As):
        shapes.append(shapes[0][1:])  # a row of one axis
    return declared._replace(shapes=tuple(shapes))


_WEIGHTS = frozenset("W")
_RENUMBERED = frozenset(("W", "b"))


def _changed(base: Convention, change: Callable[[Declared], Declared]) -> Convention:
    declared = tuple(change(one) for one in base.declared)
    groups = tuple(group._replace(declared=tuple(map(change, group.declared))) for group in base.groups)
    return base._replace(declared=declared, groups=groups, formulas=())


def _turned(declared: Declared) -> Declared:
    if declared.word not in _WEIGHTS or declared.layer is None:
        return declared
    return declared._replace(shapes=tuple(_reversed(shape) for shape in declared.shapes))


def _reversed(shape: Template) -> Template:
    return shape if shape is None or isinstance(shape, As) else shape[::-1]


def _renumbered(declared: Declared) -> Declared:
    """A weight has the number of the layer that it leaves, and the inputs are layer 1."""
    if declared.word in _RENUMBERED and declared.layer is not None:
        return declared._replace(shapes=tuple(_on(shape) for shape in declared.shapes))
    if declared.word in ("X", "x") and declared.layer is None:
        return declared._replace(shapes=tuple(_on(shape) for shape in declared.shapes))
    return declared


def _on(shape: Template) -> Template:
    return shape if shape is None or isinstance(shape, As) else tuple(map(_next, shape))


def _next(size: Size) -> Size:
    layer = layer_of(size) if isinstance(size, str) else None
    return size if layer is None else layer_size(Layer(layer.base, layer.offset + 1))
