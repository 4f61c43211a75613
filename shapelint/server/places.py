"""Offsets of a source in, positions of the protocol out, and back, in the units that the client counts.

A position that does not exist is the nearest one that does: clients send them while they are typing.
"""

from lsprotocol import types

from shapelint.source import Cell, Source, Span

_LARGEST_UNIT = 0xFFFF  # above it a character takes two units of UTF-16


class Places:
    """The places of one text in one encoding."""

    def __init__(self, source: Source, encoding: str) -> None:
        """Take a text, and one of the encodings "utf-8", "utf-16" and "utf-32"."""
        self._source = source
        self._units = _UNITS[encoding]

    def position(self, offset: int) -> types.Position:
        """Return the row from 0 and the column in units of an offset."""
        row = self._source.row(offset)
        line = self._source.line_span(row)
        before = self._source.text[line.start : max(line.start, min(offset, line.end))]
        return types.Position(row - 1, sum(map(self._units, before)) if not before.isascii() else len(before))

    def range(self, span: Span) -> types.Range:
        """Return the range of a span."""
        return types.Range(self.position(span.start), self.position(span.end))

    def offset(self, position: types.Position) -> int:
        """Return the offset of a position; what lies in the middle of a character is its beginning."""
        if position.line < 0:
            return 0
        if position.line >= self._source.rows:
            return len(self._source.text)
        line = self._source.line_span(position.line + 1)
        if self._source.text[line.start : line.end].isascii():
            return min(line.start + max(position.character, 0), line.end)
        units = 0
        for place in range(line.start, line.end):
            units += self._units(self._source.text[place])
            if units > position.character:
                return place
        return line.end

    def span(self, found: types.Range) -> Span:
        """Return the span of a range; a reversed one is turned round."""
        start, end = self.offset(found.start), self.offset(found.end)
        return Span(min(start, end), max(start, end))


class CellPlaces(Places):
    """The places of one cell of a notebook: rows count from its beginning, and no place is outside of it."""

    def __init__(self, source: Source, encoding: str, cell: Cell) -> None:
        """Take the notebook's joined text, and the cell."""
        super().__init__(source, encoding)
        self._cell = cell
        self._first = source.row(cell.start) - 1

    def position(self, offset: int) -> types.Position:
        """Return the row in the cell from 0 and the column in units of an offset."""
        found = super().position(min(max(offset, self._cell.start), self._cell.end))
        return types.Position(found.line - self._first, found.character)

    def offset(self, position: types.Position) -> int:
        """Return the offset in the notebook's text of a position in the cell."""
        inside = types.Position(max(position.line, 0) + self._first, position.character)
        return min(max(super().offset(inside), self._cell.start), self._cell.end)


def _utf8(character: str) -> int:
    return len(character.encode("utf-8", "surrogatepass"))


def _utf16(character: str) -> int:
    return 2 if ord(character) > _LARGEST_UNIT else 1


def _utf32(_character: str) -> int:
    return 1


_UNITS = {"utf-8": _utf8, "utf-16": _utf16, "utf-32": _utf32}
ENCODINGS = tuple(_UNITS)
