"""Which rows a drawing shows and what is marked in them: a diagnostic comes in, pieces by row come out."""

from collections.abc import Iterator
from typing import NamedTuple

from shapelint.diagnostic import Diagnostic
from shapelint.source import Source, Span

MARK = "^"
LABEL = "-"
_MOST_ROWS = 4


class Piece(NamedTuple):
    """A marked stretch of one row of the whole text, `start` and `end` in code points from the row's beginning."""

    row: int
    start: int
    end: int
    sign: str
    message: str = ""


def pieces(source: Source, diagnostic: Diagnostic) -> dict[int, list[Piece]]:
    """Return what is marked in each row, the rows in order; without marks the span itself is marked."""
    rows: dict[int, list[Piece]] = {}
    for piece in sorted(_all(source, diagnostic)):
        rows.setdefault(piece.row, []).append(piece)
    return rows


def _all(source: Source, diagnostic: Diagnostic) -> Iterator[Piece]:
    for span in diagnostic.marks or (diagnostic.span,):
        yield from _split(source, span, MARK, "")
    for label in diagnostic.labels:
        yield from _split(source, label.span, LABEL, label.message)


def _split(source: Source, span: Span, sign: str, message: str) -> Iterator[Piece]:
    """Yield the piece of each row that a span is in; its message stands in the last one."""
    first = source.row(span.start)
    last = source.row(max(span.start, span.end - 1))
    for row in _shown(first, last):
        piece = _clip(source, span, row, sign)
        if row == last:
            yield piece._replace(message=message)
        elif piece.start < piece.end:
            yield piece


def _shown(first: int, last: int) -> list[int]:
    """Return the rows to show of a long statement: all of a few, else the two ends."""
    return [first, last] if last - first >= _MOST_ROWS else list(range(first, last + 1))


def _clip(source: Source, span: Span, row: int, sign: str) -> Piece:
    line = source.line_span(row)
    text = source.slice(line)
    indent = len(text) - len(text.lstrip())
    start = max(span.start - line.start, indent if span.start < line.start else 0)
    end = min(span.end - line.start, len(text.rstrip()) if span.end > line.end else len(text))
    return Piece(row, start, end, sign)
