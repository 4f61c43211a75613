"""A text and its places: in comes what a file holds, out come spans, rows and columns.

This is the only module that converts positions. Everything else speaks in spans: offsets into the
original text, in Unicode code points.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from operator import attrgetter
from typing import Any, NamedTuple, TypeVar


class Span(NamedTuple):
    """A stretch of the original text, in code points: `start` is in it, `end` is not."""

    start: int
    end: int


_Record = TypeVar("_Record")


def moved(record: _Record, by: int) -> _Record:
    """Return a record, or a tuple of them, with every span in it so many characters further on."""
    found: Any = record
    if isinstance(found, Span):
        found = Span(found.start + by, found.end + by)
    elif hasattr(found, "_make"):
        found = found._make(moved(part, by) for part in found)
    elif type(found) is tuple:
        found = tuple(moved(part, by) for part in found)
    return found  # type: ignore[no-any-return]  # the same type as it came in


def spans(record: object) -> Iterator[Span]:
    """Yield every span in a record, or in a tuple of them."""
    if isinstance(record, Span):
        yield record
    elif isinstance(record, tuple):
        for part in record:
            yield from spans(part)


class Position(NamedTuple):
    """A place as people count it: row and column from 1, the column in code points."""

    row: int
    column: int


class Cell(NamedTuple):
    """A cell of a notebook: its stretch of the joined text, its number from 1 over all cells, and its kind."""

    start: int
    end: int
    number: int
    kind: str


_START = attrgetter("start")


class Source:
    """The text of one file under the name it is reported by.

    `mark` is the byte-order mark that stood before the text, or "": places do not count it, writing keeps it.
    `cells` are those of a notebook, in their order; `text` joins theirs, and positions count inside of them.
    """

    __slots__ = ("_starts", "cells", "mark", "name", "text")

    def __init__(self, name: str, text: str, mark: str = "", cells: Sequence[Cell] = ()) -> None:
        """Take the text as it stands; lines are found when a position is first asked for."""
        self.name = name
        self.text = text
        self.mark = mark
        self.cells = cells
        self._starts: list[int] | None = None

    @property
    def raw(self) -> str:
        """Return what the file holds behind the mark: the text itself, unless it is read out of something else."""
        return self.text

    def edited(self, edits: Iterable[tuple[Span, str]]) -> "Source":
        """Return a source of the same kind with other contents in these spans; everything else stays."""
        return Source(self.name, spliced(self.text, edits), self.mark)

    def slice(self, span: Span) -> str:
        """Return the text of a span, as it stands in the file."""
        return self.text[span.start : span.end]

    def position(self, offset: int) -> Position:
        """Return row and column of an offset, in a notebook inside its cell; one behind the end is the end."""
        cell = self._cell(offset)
        offset = min(offset, cell.end if cell else len(self.text))
        row = self.row(offset)
        column = offset - self._line_starts()[row - 1] + 1
        return Position(row - self.row(cell.start) + 1 if cell else row, column)

    def cell(self, offset: int) -> int | None:
        """Return the number of the cell that an offset is in, None where the file has no cells."""
        cell = self._cell(offset)
        return cell.number if cell else None

    def where(self, offset: int) -> str:
        """Return a place as it is written: `formulas.txt:3:7`, `notebook.ipynb:cell 2:3:7`."""
        row, column = self.position(offset)
        cell = self.cell(offset)
        return f"{self.name}:{row}:{column}" if cell is None else f"{self.name}:cell {cell}:{row}:{column}"

    def row(self, offset: int) -> int:
        """Return the row of an offset in the whole text, over all cells: no two places share one by chance."""
        return bisect_right(self._line_starts(), min(offset, len(self.text)))

    @property
    def rows(self) -> int:
        """Return the number of rows of the whole text; what stands behind the last line's end is one."""
        return len(self._line_starts())

    def line_span(self, row: int) -> Span:
        """Return the span of a row of the whole text (from 1), without its line end."""
        starts = self._line_starts()
        end = starts[row] if row < len(starts) else len(self.text)
        start = starts[row - 1]
        while end > start and self.text[end - 1] in "\r\n":
            end -= 1
        return Span(start, end)

    def line(self, row: int) -> str:
        """Return the text of a row of the whole text (from 1), without its line end."""
        return self.slice(self.line_span(row))

    def _cell(self, offset: int) -> Cell | None:
        """Return the cell of an offset; what stands between two belongs to the one before."""
        index = bisect_right(self.cells, offset, key=_START)
        return self.cells[max(index - 1, 0)] if self.cells else None

    def _line_starts(self) -> list[int]:
        if self._starts is None:
            self._starts = list(self._cell_starts()) if self.cells else _line_starts(self.text)
        return self._starts

    def _cell_starts(self) -> Iterator[int]:
        """Yield where the lines begin: cell by cell, for a CR at the end of one is no CRLF with what joins them."""
        behind = 0
        for cell in self.cells:
            yield from range(behind, cell.start)
            yield from (cell.start + start for start in _line_starts(self.text[cell.start : cell.end]))
            behind = cell.end + 1


def spliced(text: str, edits: Iterable[tuple[Span, str]]) -> str:
    """Return a text with other contents in these spans, which do not overlap."""
    pieces: list[str] = []
    place = 0
    for span, content in sorted(edits):
        pieces += (text[place : span.start], content)
        place = span.end
    return "".join((*pieces, text[place:]))


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
