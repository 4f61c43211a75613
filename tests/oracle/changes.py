"""A part of a formula in, what it becomes by a slip of one kind out: a small function for each kind."""

from collections.abc import Callable, Iterator
from dataclasses import replace

from .brackets import associated_otherwise, brackets_dropped
from .network import Network, symbols
from .readings import is_product
from .tree import (
    Call,
    Derivative,
    Grouped,
    Kind,
    Name,
    Number,
    Place,
    Product,
    Sum,
    Total,
    Transposed,
    Tree,
    is_scalar,
    places,
)

Change = Callable[[Place, Network], Iterator[Tree]]
"""What a part of a formula may be changed to by a slip of one kind."""


def transpose_dropped(place: Place, _: Network) -> Iterator[Tree]:
    if isinstance(place.part, Transposed):
        yield place.part.body


def transpose_added(place: Place, _: Network) -> Iterator[Tree]:
    terms = (Name, Call, Derivative, Total, Grouped)
    around = place.parent
    if is_scalar(place.part) or isinstance(around, Transposed | Grouped):
        return
    if isinstance(place.part, terms) or is_product(place.part, Kind.MATRIX):
        yield Transposed(place.part)


def factors_swapped(place: Place, _: Network) -> Iterator[Tree]:
    if is_product(place.part, Kind.MATRIX):
        yield Product(Kind.MATRIX, place.part.right, place.part.left)


def product_exchanged(place: Place, _: Network) -> Iterator[Tree]:
    for kind, other in ((Kind.MATRIX, Kind.TIMES), (Kind.TIMES, Kind.MATRIX)):
        if is_product(place.part, kind):
            yield replace(place.part, kind=other)


def neighbouring_layer(place: Place, network: Network) -> Iterator[Tree]:
    if not isinstance(place.part, Name) or place.part.layer is None:
        return
    for layer in (place.part.layer - 1, place.part.layer + 1):
        neighbour = replace(place.part, layer=layer)
        if neighbour in symbols(network):
            yield neighbour


def axis_moved(place: Place, _: Network) -> Iterator[Tree]:
    if isinstance(place.part, Total) and place.part.axis is not None:
        yield replace(place.part, axis=1 - place.part.axis)


def keepdims_lost(place: Place, _: Network) -> Iterator[Tree]:
    if isinstance(place.part, Total) and place.part.keepdims:
        yield replace(place.part, keepdims=False)


def axis_lost(place: Place, _: Network) -> Iterator[Tree]:
    if isinstance(place.part, Total) and place.part.axis is not None:
        yield Total(place.part.body)


def sum_lost(place: Place, _: Network) -> Iterator[Tree]:
    if isinstance(place.part, Total) and place.part.axis is not None:
        yield _closed(place.part.body)


def sum_added(place: Place, _: Network) -> Iterator[Tree]:
    if place.parent is None and not any(isinstance(part.part, Total) for part in places(place.part)):
        yield Total(place.part, axis=1, keepdims=True)


def brackets_misplaced(place: Place, _: Network) -> Iterator[Tree]:
    yield from associated_otherwise(place.part)
    yield from brackets_dropped(place.part)


def factor_left_out(place: Place, _: Network) -> Iterator[Tree]:
    if is_product(place.part, Kind.MATRIX) or is_product(place.part, Kind.TIMES):
        yield from (_closed(place.part.left), _closed(place.part.right))


def term_left_out(place: Place, _: Network) -> Iterator[Tree]:
    if isinstance(place.part, Sum) and not isinstance(place.part.left, Number):
        yield from (place.part.left, _closed(place.part.right))


def another_letter(place: Place, network: Network) -> Iterator[Tree]:
    """W for A, Z for dZ: another symbol of the same layer."""
    part = place.part
    if isinstance(part, Name) and part in symbols(network):
        same = (name for name in symbols(network) if name.layer == part.layer and name != part)
        yield from same


def _closed(tree: Tree) -> Tree:
    """Keep a sum together where it takes another place."""
    return Grouped(tree) if isinstance(tree, Sum) else tree
