"""A text of formulas, taken apart again after an edit: only the lines that changed, and those beside them."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from operator import attrgetter

from shapelint.documents.statements import Piece, Statement, pieces
from shapelint.source import Span

_START = attrgetter("start")
_AROUND = 2  # pieces before an edit that are read again: a statement looks at the line behind it


class Recalled:
    """The pieces of the last version of a text."""

    def __init__(self) -> None:
        """Begin with an empty text."""
        self._text = ""
        self._pieces: list[Piece] = []

    def statements(self, text: str) -> Iterator[Statement]:
        """Find the statements of a text, as `statements` does."""
        self._pieces = self._again(text)
        self._text = text
        return (one for piece in self._pieces for one in piece.statements)

    def _again(self, text: str) -> list[Piece]:
        before, old = self._pieces, self._text
        prefix = _common(old, text)
        suffix = min(_common_end(old, text), len(old) - prefix, len(text) - prefix)
        by = len(text) - len(old)
        kept = max(bisect_right(before, prefix, key=_START) - _AROUND, 0)
        found = before[:kept]
        for piece in pieces(text, before[kept].start if kept < len(before) else 0, len(text)):
            if piece.start >= len(text) - suffix:
                place = bisect_left(before, piece.start - by, key=_START)
                if place < len(before) and before[place].start == piece.start - by:
                    found += before[place:] if not by else [_moved(one, by) for one in before[place:]]
                    break
            found.append(piece)
        return found


def _moved(piece: Piece, by: int) -> Piece:
    return Piece(piece.start + by, tuple(_moved_statement(one, by) for one in piece.statements))


def _moved_statement(one: Statement, by: int) -> Statement:
    start, end = one.target
    return one._replace(
        start=one.start + by, end=one.end + by, value=one.value + by, target=Span(start + by, end + by)
    )


def _common(one: str, other: str) -> int:
    """Return how many characters two texts begin with alike."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def _common_end(one: str, other: str) -> int:
    """Return how many characters two texts end with alike."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[len(one) - middle : len(one) - low] == other[len(other) - middle : len(other) - low]:
            low = middle
        else:
            high = middle - 1
    return low
