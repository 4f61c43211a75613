"""Edits of the view in, the raw JSON with them out: only the characters of the edited stretches change."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from json import dumps
from operator import attrgetter
from typing import NamedTuple

from shapelint.source import Span, spliced

# What stands for one code point in a JSON string: two escapes may be the halves of one beyond U+FFFF.
_UNIT = re.compile(
    r"\\u[dD][89abAB][\da-fA-F]{2}\\u[dD][c-fC-F][\da-fA-F]{2}|\\u[\da-fA-F]{4}|\\.|[^\\]", re.DOTALL
)
# An escape, all of it for a character outside of ASCII: every writer escapes control characters.
_ESCAPE = re.compile(r"\\(?:u(?!00[0-7])[\da-fA-F]{4}|.)")
_SURROGATE = re.compile("[\ud800-\udfff]")
_START = attrgetter("start")


class Piece(NamedTuple):
    """One string of a cell's source: its stretch of the view, and that of the raw text inside the quotes."""

    start: int
    end: int
    raw: Span


def rewritten(raw: str, pieces: Sequence[Piece], edits: Iterable[tuple[Span, str]]) -> str:
    """Return the JSON of a notebook with other contents in these spans of its view.

    `pieces` are all strings of the view, in its order. An edit over several of them is written into the first.
    """
    raw_edits: list[tuple[Span, str]] = []
    maps: dict[Piece, Sequence[int]] = {}
    for span, content in sorted(edits):
        written = _literal(content, raw)
        for piece in _touched(pieces, span):
            places = maps.get(piece) or maps.setdefault(piece, _places(raw, piece))
            raw_edits.append(
                (Span(places[_inside(piece, span.start)], places[_inside(piece, span.end)]), written)
            )
            written = ""
    return spliced(raw, raw_edits)


def _touched(pieces: Sequence[Piece], span: Span) -> Iterator[Piece]:
    """Yield the string that a span begins in, and those that it reaches into."""
    index = bisect_right(pieces, span.start, key=_START) - 1
    yield from pieces[index : index + 1]
    for piece in islice(pieces, index + 1, None):
        if piece.start >= span.end:
            return
        yield piece


def _inside(piece: Piece, offset: int) -> int:
    return min(max(offset, piece.start), piece.end) - piece.start


def _places(raw: str, piece: Piece) -> Sequence[int]:
    """Return where in the raw text each character of a string begins; the last is the end."""
    start, end = piece.raw
    if (
        end - start == piece.end - piece.start
    ):  # every escape is longer than what it stands for: there is none
        return range(start, end + 1)
    return [*(unit.start() for unit in _UNIT.finditer(raw, start, end)), end]


def _literal(content: str, raw: str) -> str:
    """Write a content as the inside of a JSON string, in the way of the file."""
    if content.isascii() or not _escapes_letters(raw):
        # Half a character beyond U+FFFF has no UTF-8.
        return _SURROGATE.sub(lambda half: f"\\u{ord(half[0]):04x}", dumps(content, ensure_ascii=False)[1:-1])
    return dumps(content)[1:-1]


def _escapes_letters(raw: str) -> bool:
    """Say whether a file writes characters outside of ASCII as escapes; one that has none of them does not."""
    return raw.isascii() and any(
        escape[0][1:2] == "u" and len(escape[0]) > 2 for escape in _ESCAPE.finditer(raw)
    )
