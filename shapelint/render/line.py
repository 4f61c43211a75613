"""A line of a source as it is drawn: its text comes in, out come what is shown and every character's column.

A line that is too long is cut around the place of interest.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from shapelint.render.screen import Screen
from shapelint.render.visible import glyph
from shapelint.render.width import width

_LEAST = 20


class Line(NamedTuple):
    """What is shown, and the column where each character from `first` on begins; the last is the end."""

    text: str
    columns: Sequence[int]
    first: int = 0

    def column(self, offset: int) -> int:
        """Return the column of a character of the line; one that was cut off is at the cut."""
        return self.columns[min(max(offset - self.first, 0), len(self.columns) - 1)]


def line(text: str, focus: int, screen: Screen) -> Line:
    """Draw a line of text in the width of the screen, so that the character at `focus` is seen."""
    if len(text) <= screen.width and text.isascii() and text.isprintable():
        return Line(text, range(len(text) + 1))
    start, end = _window(text, min(focus, len(text)), max(screen.width, _LEAST), screen)
    before = screen.signs.ellipsis if start > 0 else ""
    after = screen.signs.ellipsis if end < len(text) else ""
    glyphs = [glyph(character, screen.ascii_only) for character in text[start:end]]
    return Line(before + "".join(glyphs) + after, _columns(glyphs, width(before)), start)


def _columns(glyphs: Iterable[str], column: int) -> list[int]:
    columns = [column]
    for shown in glyphs:
        column += width(shown)
        columns.append(column)
    return columns


def _window(text: str, focus: int, room: int, screen: Screen) -> tuple[int, int]:
    """Return the stretch to show: all of it if there is room, else more behind the focus than before it."""
    if len(text) <= room and _fitting(text, room, screen)[0] == len(text):
        return 0, len(text)
    room -= 2 * width(screen.signs.ellipsis)
    lead, used = _fitting(text[max(0, focus - room) : focus][::-1], room // 3, screen)
    behind, used_behind = _fitting(text[focus : focus + room], room - used, screen)
    if focus + behind == len(text):  # the end of the line is in sight: the rest of the room goes before it
        lead, _ = _fitting(text[max(0, focus - room) : focus][::-1], room - used_behind, screen)
    return focus - lead, focus + behind


def _fitting(text: str, room: int, screen: Screen) -> tuple[int, int]:
    """Return how many characters from the beginning fit into the room, and the columns that they take."""
    used = 0
    for count, character in enumerate(text):
        wide = width(glyph(character, screen.ascii_only))
        if used + wide > room:
            return count, used
        used += wide
    return len(text), used
