"""A shape said behind a formula: `Z1 = W1 X + b1  # (n1, m)`, with or without the `#`."""

import re
from typing import NamedTuple

from shapelint.declared import Stated
from shapelint.documents.statements import Statement
from shapelint.parse.declarations import read_shape
from shapelint.parse.notation import PLAIN
from shapelint.patterns import lazy
from shapelint.shapes import Shape
from shapelint.sizes import atoms, layer_of
from shapelint.source import Span

_IN_COMMENT = lazy(
    r"[#%\s]*+(?:(?:of\s+)?(?:shape|size|dims?|dimensions?)\b\s*)?[:=→>-]*\s*"
    r"(?P<shape>\([^()]*(?:\([^()]*\)[^()]*)*\)|[^\s()]+\s+[x×]\s+[^\s()]+)\s*\.?\s*$"
)
_TO_US = lazy(r"#[ \t]*shapelint[ \t]*:")  # behind the claim, another comment
_BEHIND = lazy(
    r"(?<=[\s])(?:[→:]\s*|->\s*|=>\s*)?"
    r"(?P<shape>\([^()=]+,[^()=]*\)|\([^()=\s]{1,12}[ \t]*(?:×|[ \t]x[ \t])[ \t]*[^()=\s]{1,12}\))\s*\.?\s*$"
)
_ARROW = lazy(
    r"(?<=[\s])(?:→|->|=>|:)[ \t]*(?P<shape>[^()=\s>]{1,12}[ \t]*(?:×|[ \t]x[ \t])[ \t]*[^()=\s]{1,12})\s*\.?\s*$"
)
# Behind an arrow a shape may stand in square brackets, as programs print it.
_PRINTED = lazy(r"(?<=[\s])(?:→|->|=>)[ \t]*(?:torch\.Size\()?(?P<shape>\[[\w \t+\-,]{1,40}\])\)?\s*\.?\s*$")
_SIZES = lazy(r"n$|n[_\[^{\dlLxyahHWC]|m$|T[_xy]|k$|\d+$|batch|N$|D$|d$|p$|h$")


class Claim(NamedTuple):
    """What is claimed, its place, and where the formula itself ends; `leaves` are its terms' shapes, in order."""

    shape: Shape
    span: Span
    end: int
    leaves: tuple[Stated, ...] = ()


def claimed(text: str, statement: Statement) -> Claim | None:
    """Return what is claimed about a formula, behind it or below it."""
    if statement.stated is None:
        plain = statement.notation is PLAIN
        return claim(text, statement.value, statement.end) if plain else None
    first, *leaves = statement.notation.shapes(text, *statement.stated) or (None,)
    if first is None or not all(_are_sizes(one.shape) for one in (first, *leaves)):
        return None
    return Claim(first.shape, first.span, statement.end, tuple(leaves))


def claim(text: str, start: int, end: int) -> Claim | None:
    """Return the claim behind a formula that stands from `start` to `end` (comments included)."""
    comment = text.find("#", start, end)
    if comment >= 0:
        if (to_us := _TO_US.search(text, comment, end)) is not None:
            end = to_us.start()
        match = _IN_COMMENT.match(text, comment, end)
        return _read(text, match, comment) if match else claim(text, start, comment)
    if (arrow := _arrow(text, start, end)) is not None:
        return _read(text, arrow, arrow.start())
    if text.rfind(")", start, end) < 0 or not text[start:end].rstrip(" .\t").endswith(")"):
        return None
    opening = text.rfind("(", start, end)
    if text[opening - 1] not in " \t(-" or (match := _BEHIND.search(text, start, end)) is None:
        return None
    before = text[start : match.start()].rstrip()
    if not before or before[-1] in "=+-*/@·,([^" or _opens_call(before):
        return None
    return _read(text, match, match.start())


def _arrow(text: str, start: int, end: int) -> re.Match[str] | None:
    """Find sizes behind an arrow: `-> n1 x m`."""
    if text.find("]", start, end) >= 0 and (printed := _PRINTED.search(text, start, end)) is not None:
        return printed
    if text.find(" x ", start, end) < 0 and text.find("×", start, end) < 0:
        return None
    return _ARROW.search(text, start, end)


def _opens_call(before: str) -> bool:
    """`np.sum (dZ, 1)` is a call, not a claim."""
    word = re.search(r"[\w.]+$", before)
    return word is not None and (word.group().startswith("np.") or word.group() in ("sum", "max", "dot"))


def _read(text: str, match: re.Match[str], end: int) -> Claim | None:
    said = match["shape"]
    if said.startswith("["):
        said = f"({said[1:-1]})"
    shape = read_shape(said, 0, len(said))
    if shape is None or not _are_sizes(shape):
        return None
    return Claim(shape, Span(match.start("shape"), match.end("shape")), end)


def _are_sizes(shape: Shape) -> bool:
    return all(_is_size(atom) for size in shape for atom in atoms(size))


def _is_size(atom: str) -> bool:
    return (
        layer_of(atom) is not None or atom.startswith("«") or bool(_SIZES.match(atom)) or atom in ("na", "Tx")
    )
