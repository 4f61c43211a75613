"""The drawing of a diagnostic: the place, the source lines with their marks, and a gutter beside them."""

from collections.abc import Iterable

from shapelint.diagnostic import Diagnostic
from shapelint.render.line import line
from shapelint.render.markers import markers
from shapelint.render.pieces import MARK, Piece, pieces
from shapelint.render.screen import Screen
from shapelint.source import Source


class Gutter:
    """The column of row numbers, as wide as the greatest of them."""

    __slots__ = ("_digits", "_screen")

    def __init__(self, digits: int, screen: Screen) -> None:
        """Make room for row numbers of so many digits."""
        self._digits = digits
        self._screen = screen

    def head(self, place: str) -> str:
        """Return the line that names the place."""
        return f"{self._frame('', self._screen.signs.corner)} {self._screen.say(place)}"

    def branch(self, place: str) -> str:
        """Return the line that names a second place, from which on the rows are another cell's."""
        return f"{self._frame('', self._screen.signs.branch)} {self._screen.say(place)}"

    def row(self, text: str = "", number: str = "") -> str:
        """Return a line of the drawing, behind a row number or none."""
        frame = self._frame(number, self._screen.signs.bar)
        return f"{frame} {text}" if text else frame

    def gap(self) -> str:
        """Return the line that stands for rows left out."""
        return self._frame("", self._screen.signs.gap)

    def note(self, text: str, word: str = "") -> list[str]:
        """Return the lines of a sentence below the drawing; a word before it says what it is for."""
        before = f"{self._frame('', '=')} " + (f"{self._screen.paint(word, 'help')} " if word else "")
        lead = self._digits + len(" = ") + (len(word) + 1 if word else 0)
        first, *more = self._screen.lines(text, lead=lead, indent=lead)
        return [before + first, *more]

    def _frame(self, number: str, sign: str) -> str:
        return self._screen.paint(f"{number:>{self._digits}} {sign}", "frame")


def snippet(source: Source, diagnostic: Diagnostic, screen: Screen) -> tuple[Gutter, list[str]]:
    """Return the lines of the drawing, and the gutter that more lines may be put behind."""
    if not source.text:
        gutter = Gutter(1, screen)
        return gutter, [gutter.head(source.name)]
    rows = pieces(source, diagnostic)
    digits = len(str(max(_number(source, row) for row in rows)))
    gutter = Gutter(digits, screen)
    inner = screen.narrower(digits + len(" | "))
    lines = [gutter.head(source.where(diagnostic.span.start)), gutter.row()]
    for index, cell in enumerate(_cells(source, rows, diagnostic)):
        first = source.line_span(cell[0]).start + rows[cell[0]][0].start
        lines += [gutter.row(), gutter.branch(source.where(first)), gutter.row()] if index else []
        for before, row in zip((cell[0], *cell), cell, strict=False):
            lines += [gutter.gap()] if row > before + 1 else []
            shown, *below = _row(source.line(row), rows[row], diagnostic.severity, inner)
            lines += [gutter.row(shown, str(_number(source, row))), *map(gutter.row, below)]
    return gutter, lines


def _number(source: Source, row: int) -> int:
    """Return the number that a row has in its cell."""
    return source.position(source.line_span(row).start).row


def _cells(source: Source, rows: Iterable[int], diagnostic: Diagnostic) -> list[list[int]]:
    """Divide rows by their cells, that of the finding first; a file without cells is one."""
    cells: dict[int | None, list[int]] = {source.cell(diagnostic.span.start): []}
    for row in rows:
        cells.setdefault(source.cell(source.line_span(row).start), []).append(row)
    return [cell for cell in cells.values() if cell]


def _row(text: str, row: list[Piece], role: str, screen: Screen) -> list[str]:
    """Draw one source line, and below it what is marked in it."""
    focus = min(row, key=lambda piece: (piece.sign != MARK, piece.start)).start
    shown = line(text, focus, screen)
    return [shown.text, *markers(shown, row, role, screen)]
