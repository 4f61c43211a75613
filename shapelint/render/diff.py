"""What repairs would change: two texts come in, a unified diff comes out, as `patch -p0` reads it."""

from collections.abc import Iterable, Iterator
from difflib import unified_diff
from io import StringIO

from shapelint.render.screen import Screen
from shapelint.render.visible import glyph, visible

_UNENDED = "\\ No newline at end of file\n"
_ROLES = {"-": "removed", "+": "good", "@": "label"}


def unified(name: str, before: str, after: str) -> Iterator[str]:
    """Yield the lines of the diff with their ends, byte for byte."""
    # A name with blanks ends at a tab, else `patch` takes its first word for it.
    label = visible(name) + ("\t" if " " in name else "")
    for line in unified_diff(_lines(before), _lines(after), label, label):
        yield line if line.endswith("\n") else f"{line}\n{_UNENDED}"


def drawn(lines: Iterable[str], screen: Screen) -> Iterator[str]:
    """Yield the lines for people's eyes: coloured, and safe for a terminal."""
    for place, line in enumerate(lines):
        role = "headline" if place < 2 else _ROLES.get(line[0], "")
        text = "".join(glyph(character, screen.ascii_only) for character in line.rstrip("\r\n"))
        yield screen.paint(text, role) + "\n"


def _lines(text: str) -> list[str]:
    """Divide a text at LF only, as `patch` does; `splitlines` knows ten other ends of lines."""
    return list(StringIO(text, newline="\n"))
