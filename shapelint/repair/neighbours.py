"""What may stand in the place of a name: the same name one layer on or back, a part of a stacked size."""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple, TypeAlias

from shapelint.infer.environment import Environment
from shapelint.repair.costs import ABSENT, FAR, LAYER, SLICE, Edit
from shapelint.repair.expressions import ATOM, Atom, Expression, Transposed
from shapelint.repair.hand import Hand
from shapelint.shapes import Shape, settled, transposed
from shapelint.sizes import Polynomial, add, atoms, write_size
from shapelint.symbol import Symbol
from shapelint.tree import Name, Node, Power, Range, Slice, Transpose, bare

_LETTER = re.compile(r"([lL])(\s*[+-]\s*\d+)?(?=[^lL]*$)")
_INPUTS = frozenset(("X", "x"))
_MOST_LAYERS = 8  # layers of a document that are tried in the place of one


class Near(NamedTuple):
    """Another expression for a leaf, its shape, and the edit that leads there."""

    expression: Expression
    shape: Shape
    edit: Edit


Others: TypeAlias = Callable[[Node], tuple[Near, ...]]


def no_others(node: Node) -> tuple[Near, ...]:
    """Return nothing: no other name of the document may stand in the place of a leaf."""
    return ()


def anything(name: str) -> bool:
    """Say that a name may be used."""
    return True


def near(
    node: Node,
    environment: Environment,
    text: str,
    spellings: Mapping[str, str],
    hand: Hand,
    is_there: Callable[[str], bool] = anything,
) -> tuple[Near, ...]:
    """Return what may stand in the place of a name or of its transpose; `spellings` is how sizes are written.

    A name has to be one that `is_there`.
    """
    inner = bare(node.child) if isinstance(node, Transpose) else node
    if isinstance(inner, Slice):
        beyond = _beyond(inner, environment, text)
        if isinstance(node, Transpose):
            return tuple(
                Near(Transposed(one.expression), transposed(one.shape) or (), one.edit) for one in beyond
            )
        return beyond
    name = inner.base if isinstance(inner, Power) and inner is node else inner
    if not isinstance(name, Name):
        return ()
    source = hand.plain(text[name.start : name.end])
    found = (
        *_layers(name.symbol, source, environment, hand, is_there),
        *_parts(name.symbol, source, environment, spellings),
    )
    if not isinstance(node, Transpose):
        return found
    return tuple(Near(Transposed(one.expression), transposed(one.shape) or (), one.edit) for one in found)


def _layers(
    symbol: Symbol, source: str, environment: Environment, hand: Hand, is_there: Callable[[str], bool]
) -> Iterator[Near]:
    """Yield the name one layer on and one back, then those of the other layers of the document; X is A[0]."""
    beside = tuple(_beside(symbol, source, hand))
    far = _further(symbol, source, environment, hand)
    for spelling, edit in (*((one, LAYER) for one in beside), *((one, FAR) for one in far)):
        other = environment.names.symbol(hand.spelling(spelling))
        shape = settled(environment.shape(other)) if other is not None else None
        if other is None or not shape:
            continue
        if other.layer is not None and not other.layer.base and not _exists(other, environment):
            continue
        yield Near(Atom(spelling, ATOM, None, False), shape, edit if is_there(spelling) else ABSENT)


def _exists(symbol: Symbol, environment: Environment) -> bool:
    """Layers are numbered from 1 to L, and A[0] is X."""
    assert symbol.layer is not None
    last = environment.reading.last
    lowest = 0 if symbol.base in ("A", "a") else 1
    return lowest <= symbol.layer.offset and (last is None or symbol.layer.offset <= last)


def _beside(symbol: Symbol, source: str, hand: Hand) -> Iterator[str]:
    if symbol.base in _INPUTS:
        yield hand.inputs(source, 1)
        return
    if symbol.layer is None:
        return
    if symbol.layer.base == "":
        for number in (symbol.layer.offset - 1, symbol.layer.offset + 1):
            if number == 0 and symbol.base in ("A", "a"):
                yield hand.features(source)
            elif number >= 0:
                yield hand.at_layer(source, str(symbol.layer.offset), str(number))
    elif symbol.layer.base in ("l", "L") and _LETTER.search(source):
        for offset in (symbol.layer.offset - 1, symbol.layer.offset + 1):
            index = f"{symbol.layer.base}{offset:+d}" if offset else symbol.layer.base
            yield _LETTER.sub(index, source)
    elif symbol.layer.base == "λ":
        if source.endswith("_prev"):
            yield source.removesuffix("_prev")
        elif symbol.base in ("A", "a") and (before := hand.before(source)):
            yield before


def _further(symbol: Symbol, source: str, environment: Environment, hand: Hand) -> Iterator[str]:
    """Yield the name at the layers of the document that are two and more steps off."""
    layer = 0 if symbol.base in _INPUTS else None
    if symbol.layer is not None and symbol.layer.base == "":
        layer = symbol.layer.offset
    if layer is None:
        return
    for number in sorted(environment.names.layers(), key=lambda one: (-one, one))[:_MOST_LAYERS]:
        if abs(number - layer) < 2 or number < 1:
            continue
        if symbol.base in _INPUTS:
            yield hand.inputs(source, number)
        else:
            yield hand.at_layer(source, str(layer), str(number))
    if layer > 1 and symbol.base in ("A", "a"):
        yield hand.features(source)


def _beyond(part: Slice, environment: Environment, text: str) -> tuple[Near, ...]:
    """Return what lies on the other side of a seam: `Wf[:, n_a:]` for `Wf[:, :n_a]`."""
    name = bare(part.child)
    shape = settled(environment.shape(name.symbol)) if isinstance(name, Name) else None
    bounded = [
        (axis, item)
        for axis, item in enumerate(part.items)
        if isinstance(item, Range) and (item.low is None) != (item.high is None)
    ]
    if shape is None or len(shape) != 2 or len(bounded) != 1 or bounded[0][0] >= len(shape):
        return ()
    axis, item = bounded[0]
    bound = item.low or item.high
    assert bound is not None
    size, seam = shape[axis], text[bound.start : bound.end].strip()
    known = [one for one in atoms(size) if isinstance(size, Polynomial)]
    first = next((one for one in known if _is_first(one, environment, seam)), None)
    if first is None:
        return ()
    rest = add(size, first, -1)
    low = item.low is None  # what was in front of the seam becomes what is behind it
    new = f"{seam}:" if low else f":{seam}"
    written = text[part.start : item.start] + new + text[item.end : part.end]
    found = (*shape[:axis], rest if low else first, *shape[axis + 1 :])
    return (Near(Atom(written, ATOM, None, False), found, SLICE),)


def _is_first(atom: str, environment: Environment, seam: str) -> bool:
    """Say whether a size is the one that stands at the seam."""
    stated = environment.stated(("na",)) if seam.replace("_", "") == "na" else environment.stated((seam,))
    return stated == (atom,) or atom.replace("_", "") == seam.replace("_", "")


def _parts(
    symbol: Symbol, source: str, environment: Environment, spellings: Mapping[str, str]
) -> Iterator[Near]:
    """Yield both parts of a matrix whose columns are a sum of two sizes, such as the gates' weights."""
    shape = environment.shape(symbol)
    if not shape or len(shape) != 2 or not isinstance(shape[1], Polynomial) or len(shape[1]) != 2:
        return
    names = [monomial[0] for monomial, factor in shape[1] if factor == 1 and len(monomial) == 1]
    if len(names) != 2:
        return
    first, second = sorted(names, key=lambda name: name.startswith("n["))
    seam = write_size(first, spellings)
    yield Near(Atom(f"{source}[:, :{seam}]", ATOM, None, False), (shape[0], first), SLICE)
    yield Near(Atom(f"{source}[:, {seam}:]", ATOM, None, False), (shape[0], second), SLICE)
