"""What the output can show: a stream and the user's wish come in, out come colours, signs and width."""

import os
from typing import NamedTuple, TextIO

from shapelint.render import paint
from shapelint.render.visible import visible

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
    """What to draw with; the default is plain text with box characters, `WIDEST` columns wide."""

    colour: bool = False
    ascii_only: bool = False
    width: int = WIDEST

    @property
    def signs(self) -> Signs:
        """Return the signs to draw with."""
        return _ASCII if self.ascii_only else _BOXES

    def paint(self, text: str, role: str) -> str:
        """Return a text, which is safe already, in the colour of its role."""
        return paint.paint(text, role) if self.colour else text

    def say(self, text: str, role: str = "") -> str:
        """Return any text, made safe and one line, in the colour of its role."""
        return self.paint(visible(text, self.ascii_only), role)


def screen(stream: TextIO, colour: str) -> Screen:
    """Return what a stream can show; `colour` is auto, always or never."""
    terminal = stream.isatty()
    return Screen(
        colour=paint.wanted(colour, os.environ, terminal),
        ascii_only=not _has_boxes(stream.encoding or "ascii"),
        width=min(WIDEST, _columns(stream)) if terminal else WIDEST,
    )


def _has_boxes(encoding: str) -> bool:
    try:
        "".join(_BOXES).encode(encoding)
    except (UnicodeEncodeError, LookupError):
        return False
    return True


def _columns(stream: TextIO) -> int:
    try:
        return os.get_terminal_size(stream.fileno()).columns or WIDEST
    except (OSError, ValueError):
        return WIDEST
