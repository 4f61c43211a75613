"""What the output can show: a stream and the user's wish come in, out come colours, signs and width.

Sentences are wrapped where the width is known: on a terminal, and where the user says it with COLUMNS. In a pipe or a
file it is not, and a sentence stays one line: there it is searched, compared and folded by what shows it in the end.
"""

import os
from typing import NamedTuple, TextIO

from shapelint.render import paint
from shapelint.render.visible import visible
from shapelint.render.wrap import wrapped

WIDEST = 120


class Signs(NamedTuple):
    """The signs that a drawing is made of."""

    corner: str = "┌─"
    branch: str = "├─"
    bar: str = "│"
    gap: str = "·"
    ellipsis: str = "…"
    rule: str = "──"


_BOXES = Signs()
_ASCII = Signs("-->", ":::", "|", ":", "...", "--")


class Screen(NamedTuple):
    """What to draw with; the default is plain text with box characters, `WIDEST` columns wide.

    Lines of a source are cut at `width` columns, sentences are wrapped at `room`; they are not where it is 0.
    """

    colour: bool = False
    ascii_only: bool = False
    width: int = WIDEST
    room: int = 0

    @property
    def signs(self) -> Signs:
        """Return the signs to draw with."""
        return _ASCII if self.ascii_only else _BOXES

    def narrower(self, columns: int) -> "Screen":
        """Return the screen that is left beside a margin."""
        return self._replace(width=self.width - columns, room=max(self.room - columns, 1) if self.room else 0)

    def paint(self, text: str, role: str) -> str:
        """Return a text, which is safe already, in the colour of its role."""
        return paint.paint(text, role) if self.colour else text

    def say(self, text: str, role: str = "") -> str:
        """Return any text, made safe and one line, in the colour of its role."""
        return self.paint(visible(text, self.ascii_only), role)

    def lines(self, text: str, role: str = "", lead: int = 0, indent: int = 0) -> list[str]:
        """Return any text made safe, in lines that fit behind `lead` columns and then behind `indent` blanks."""
        safe = visible(text, self.ascii_only)
        return [self.paint(line, role) for line in wrapped(safe, self.room, lead, indent)]


def screen(stream: TextIO, colour: str) -> Screen:
    """Return what a stream can show; `colour` is auto, always or never."""
    terminal = stream.isatty()
    columns = min(WIDEST, columns_of(stream))
    return Screen(
        colour=paint.wanted(colour, os.environ, terminal),
        ascii_only=not _has_boxes(stream.encoding or "ascii"),
        width=columns or WIDEST,
        room=columns,
    )


def columns_of(stream: TextIO) -> int:
    """Return how many columns a stream shows: what COLUMNS says, else a terminal's; 0 if nothing tells."""
    said = os.environ.get("COLUMNS", "")
    if said.isascii() and said.isdigit() and int(said[:9]):
        return int(said[:9])
    return _columns(stream) if stream.isatty() else 0


def _has_boxes(encoding: str) -> bool:
    try:
        "".join(_BOXES).encode(encoding)
    except (UnicodeEncodeError, LookupError):
        return False
    return True


def _columns(stream: TextIO) -> int:
    try:
        return os.get_terminal_size(stream.fileno()).columns
    except (OSError, ValueError):
        return 0
