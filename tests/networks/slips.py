"""Slips: what goes wrong in one line of a document, one change at a time."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cache

from .expression import Binary, Call, Expression, Name, Slice, Stack, Sum, Transpose, parts, rebuilt
from .layouts import Setting

DROPPED, ADDED, SWAPPED = "transpose dropped", "transpose added", "factors swapped"
STARRED, MULTIPLIED = "star for product", "product for star"
NEIGHBOUR, AXIS, KEEPDIMS = "neighbour", "other axis", "no keepdims"
EXTRA = "a factor too many"
ALL, UNSUMMED, SUMMED, STACKED, SLICED = (
    "no axis",
    "no sum",
    "a sum too many",
    "stacked otherwise",
    "no slice",
)


@dataclass(frozen=True, slots=True)
class Slip:
    """A right side with a slip in it."""

    kind: str
    value: Expression


def slips(tree: Expression, setting: Setting, known: Collection[str]) -> Iterator[Slip]:
    """Yield every slip in a right side; `known` are the names that have a value there."""
    known = [name for name in known if name not in setting.scalars and name not in ("lam", "keep_prob")]
    if not setting.is_scalar(tree):
        yield Slip(SUMMED, Sum(tree, 1 if setting.layout == "columns" else 0, True))
    yield from _inside(tree, setting, known)


def _inside(tree: Expression, setting: Setting, known: Collection[str]) -> Iterator[Slip]:
    yield from _here(tree, setting, known)
    inner = parts(tree)
    for place, part in enumerate(inner):
        if isinstance(tree, Transpose) and isinstance(part, Name):
            yield from _neighbours(part, known, Transpose)
            continue
        for slip in _inside(part, setting, known):
            yield Slip(slip.kind, rebuilt(tree, (*inner[:place], slip.value, *inner[place + 1 :])))


def _here(tree: Expression, setting: Setting, known: Collection[str]) -> Iterator[Slip]:
    match tree:
        case Transpose(of):
            yield Slip(DROPPED, of)
        case Name() if tree.id not in setting.scalars:
            yield Slip(ADDED, Transpose(tree))
            yield from _neighbours(tree, known, lambda name: name)
        case Call(of=of) if not setting.is_scalar(of):
            yield Slip(ADDED, Transpose(tree))
        case Binary("@", left, right):
            yield Slip(SWAPPED, Binary("@", right, left))
            yield Slip(EXTRA, Binary("@", tree, Transpose(right)))
            yield Slip(STARRED, Binary("*", left, right))
        case Binary("*", left, right) if not (setting.is_scalar(left) or setting.is_scalar(right)):
            yield Slip(MULTIPLIED, Binary("@", left, right))
        case Sum(of, None, _, mean):
            yield Slip(UNSUMMED, of)
            yield Slip(AXIS, Sum(of, 0 if setting.layout == "columns" else 1, True, mean))
        case Sum(of, axis, keep, mean):
            yield Slip(AXIS, Sum(of, 1 - axis, keep, mean))
            yield Slip(ALL, Sum(of, None, False, mean))
            yield Slip(UNSUMMED, of)
            if keep:
                yield Slip(KEEPDIMS, Sum(of, axis, False, mean))
        case Stack(first, second, axis):
            yield Slip(STACKED, Stack(first, second, 1 - axis))
            yield Slip(STACKED, Stack(second, first, axis))
        case Slice(of):
            yield Slip(SLICED, of)


def _neighbours(name: Name, known: Collection[str], wrapped) -> Iterator[Slip]:
    family = _family(name.id)
    for other in sorted(known):
        if other != name.id and _family(other) == family:
            yield Slip(NEIGHBOUR, wrapped(Name(other)))


@cache
def _family(name: str) -> tuple[str, str]:
    """Return what is alike in names that people take for each other: W1 and W2, A1 and X, Wq and Wk."""
    if name == "X":
        return "", "A"
    prefix, base = re.match(r"((?:[vs]_)?d(?=[A-Zabh]))?(.*)", name).groups()
    layered = re.fullmatch(r"([A-Za-z]+?)_?(\d|l|l1|l_1)", base)
    return prefix or "", layered[1] if layered else base[0]
