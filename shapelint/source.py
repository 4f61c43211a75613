"""A text and its places: in comes what a file holds, out come spans, rows and columns.

This is the only module that converts positions. Everything else speaks in spans: offsets into the
original text, in Unicode code points.
"""

from bisect import bisect_right
from typing import NamedTuple


class Span(NamedTuple):
    """A stretch of the original text, in code points: `start` is in it, `end` is not."""

    start: int
    end: int


class Position(NamedTuple):
    """A place as people count it: row and column from 1, the column in code points."""

    row: int
    column: int


class Source:
    """The text of one file (or cell) under the name it is reported by.

    `mark` is the byte-order mark that stood before the text, or "": places do not count it, writing keeps it.
    """

    __slots__ = ("_starts", "mark", "name", "text")

    def __init__(self, name: str, text: str, mark: str = "") -> None:
        """Take the text as it stands; lines are found when a position is first asked for."""
        self.name = name
        self.text = text
        self.mark = mark
        self._starts: list[int] | None = None

    def slice(self, span: Span) -> str:
        """Return the text of a span, as it stands in the file."""
        return self.text[span.start : span.end]

    def position(self, offset: int) -> Position:
        """Return row and column of an offset; one behind the end is the end."""
        starts = self._line_starts()
        row = bisect_right(starts, min(offset, len(self.text)))
        return Position(row, min(offset, len(self.text)) - starts[row - 1] + 1)

    def line_span(self, row: int) -> Span:
        """Return the span of a row (from 1), without its line end."""
        starts = self._line_starts()
        end = starts[row] if row < len(starts) else len(self.text)
        start = starts[row - 1]
        while end > start and self.text[end - 1] in "\r\n":
            end -= 1
        return Span(start, end)

    def line(self, row: int) -> str:
        """Return the text of a row (from 1), without its line end."""
        return self.slice(self.line_span(row))

    def _line_starts(self) -> list[int]:
        if self._starts is None:
            self._starts = _line_starts(self.text)
        return self._starts


def _line_starts(text: str) -> list[int]:
    """Return where each line begins; a line ends with LF, CRLF or CR, as editors count."""
    starts = [0]
    place = text.find("\n")
    if "\r" not in text:
        while place >= 0:
            starts.append(place + 1)
            place = text.find("\n", place + 1)
        return starts
    for index, character in enumerate(text):
        if character == "\n" or (character == "\r" and text[index + 1 : index + 2] != "\n"):
            starts.append(index + 1)
    return starts
