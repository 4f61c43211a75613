"""A row of characters to draw on: texts are put at columns, a line for the screen comes out."""

from itertools import groupby
from operator import itemgetter

from shapelint.render.screen import Screen


class Canvas:
    """One line being drawn; later strokes cover earlier ones."""

    __slots__ = ("_cells",)

    def __init__(self) -> None:
        """Begin with an empty line."""
        self._cells: list[tuple[str, str]] = []

    def put(self, column: int, text: str, role: str) -> None:
        """Write a text from a column on; only the last text of a line may hold wide characters."""
        blanks = column + len(text) - len(self._cells)
        self._cells.extend([(" ", "")] * blanks)
        self._cells[column : column + len(text)] = [(character, role) for character in text]

    def line(self, screen: Screen) -> str:
        """Return the line in the screen's colours."""
        runs = groupby(self._cells, key=itemgetter(1))
        return "".join(screen.paint("".join(text for text, _ in run), role) for role, run in runs)
