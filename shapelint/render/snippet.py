"""The drawing of a diagnostic: the place, the source lines with their marks, and a gutter beside them."""

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

    def row(self, text: str = "", number: str = "") -> str:
        """Return a line of the drawing, behind a row number or none."""
        frame = self._frame(number, self._screen.signs.bar)
        return f"{frame} {text}" if text else frame

    def gap(self) -> str:
        """Return the line that stands for rows left out."""
        return self._frame("", self._screen.signs.gap)

    def note(self, text: str) -> str:
        """Return a line below the drawing."""
        return f"{self._frame('', '=')} {text}"

    def _frame(self, number: str, sign: str) -> str:
        return self._screen.paint(f"{number:>{self._digits}} {sign}", "frame")


def snippet(source: Source, diagnostic: Diagnostic, screen: Screen) -> tuple[Gutter, list[str]]:
    """Return the lines of the drawing, and the gutter that more lines may be put behind."""
    if not source.text:
        gutter = Gutter(1, screen)
        return gutter, [gutter.head(source.name)]
    rows = pieces(source, diagnostic)
    gutter = Gutter(len(str(max(rows))), screen)
    place = source.position(diagnostic.span.start)
    lines = [gutter.head(f"{source.name}:{place.row}:{place.column}"), gutter.row()]
    previous = min(rows)
    inner = screen._replace(width=screen.width - len(str(max(rows))) - len(" | "))
    for number, row in rows.items():
        lines += [gutter.gap()] if number > previous + 1 else []
        shown, *below = _row(source.line(number), row, diagnostic.severity, inner)
        lines += [gutter.row(shown, str(number)), *map(gutter.row, below)]
        previous = number
    return gutter, lines


def _row(text: str, row: list[Piece], role: str, screen: Screen) -> list[str]:
    """Draw one source line, and below it what is marked in it."""
    focus = min(row, key=lambda piece: (piece.sign != MARK, piece.start)).start
    shown = line(text, focus, screen)
    return [shown.text, *markers(shown, row, role, screen)]
