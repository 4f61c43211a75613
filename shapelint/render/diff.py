"""What repairs would change: two texts come in, a unified diff comes out, as `patch -p0` reads it."""

import re
from collections.abc import Iterable, Iterator, Sequence
from difflib import unified_diff
from io import StringIO
from itertools import islice

from shapelint.render.screen import Screen
from shapelint.render.visible import glyph, visible

_UNENDED = "\\ No newline at end of file\n"
_CONTEXT = 3
_FIRST_ROW = re.compile(r"([-+])(\d+)(?=[, ])")
_ROLES = {"-": "removed", "+": "good", "@": "label"}


def unified(name: str, before: str, after: str) -> Iterator[str]:
    """Yield the lines of the diff with their ends, byte for byte."""
    # A name with blanks ends at a tab, else `patch` takes its first word for it.
    label = visible(name) + ("\t" if " " in name else "")
    old, new = _lines(before), _lines(after)
    for index, window in enumerate(_windows(old, new)):
        lines = unified_diff(old[window], new[window], label, label, n=_CONTEXT)
        for line in islice(lines, 2 if index else 0, None):
            moved = _moved(line, window.start or 0) if line.startswith("@@") else line
            yield moved if line.endswith("\n") else f"{moved}\n{_UNENDED}"


def drawn(lines: Iterable[str], screen: Screen) -> Iterator[str]:
    """Yield the lines for people's eyes: coloured, and safe for a terminal."""
    for place, line in enumerate(lines):
        role = "headline" if place < 2 else _ROLES.get(line[0], "")
        text = "".join(glyph(character, screen.ascii_only) for character in line.rstrip("\r\n"))
        yield screen.paint(text, role) + "\n"


def _lines(text: str) -> list[str]:
    """Divide a text at LF only, as `patch` does; `splitlines` knows ten other ends of lines."""
    return list(StringIO(text, newline="\n"))


def _windows(old: Sequence[str], new: Sequence[str]) -> Iterator[slice]:
    """Yield what has to be compared: with as many lines as before, only the surroundings of changed ones.

    Repairs hardly ever change the number of lines, and `difflib` takes seconds for the outputs of a notebook.
    """
    if len(old) != len(new):
        yield slice(None)
        return
    changed = [row for row, (one, other) in enumerate(zip(old, new, strict=True)) if one != other]
    apart = 2 * _CONTEXT + 1
    first = next(iter(changed), 0)
    for row, following in zip(changed, (*changed[1:], len(old) + apart), strict=False):
        if following - row > apart:
            yield slice(max(first - _CONTEXT, 0), row + 1 + _CONTEXT)
            first = following


def _moved(line: str, rows: int) -> str:
    """Return the head of a hunk whose rows were counted from later in the file."""
    return _FIRST_ROW.sub(lambda found: f"{found[1]}{int(found[2]) + rows}", line)
