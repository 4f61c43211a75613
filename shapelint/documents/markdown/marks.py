"""What Markdown's writers put around the signs of a formula: in, as expressions; out, how they are to be read."""

import re
from collections.abc import Iterator

from shapelint.documents.regions import Overlay
from shapelint.documents.statements import PROMPT

_SPACES = r"&(?:nbsp|emsp|ensp|thinsp);"
BLANK = rf"(?:[ \t]|{_SPACES})*+"
MARKER = rf"(?:[ \t>]|{_SPACES})*+(?:(?:[-*•+–]|\(?\d{{1,3}}[.)]|{PROMPT})[ \t]+)*"
EMPHASIS = r"(?:\*{1,3}|_{1,3})?"

_ENTITY = re.compile(r"&(\w{2,6});")
_ENTITIES = {
    "nbsp": " ",
    "emsp": " ",
    "ensp": " ",
    "thinsp": " ",
    "lt": "<",
    "gt": ">",
    "middot": "·",
    "sdot": "·",
    "times": "×",
    "minus": "−",
    "part": "∂",
    "alpha": "α",
    "delta": "δ",
    "sigma": "σ",
}
_BEHIND = frozenset(("gt",))  # belongs to what is before it: `<t>`
_BREAK = re.compile(r"<br[ \t]*/?>", re.I)


def entities(text: str, start: int, end: int) -> Iterator[Overlay]:
    """Yield the characters that HTML's names stand for, with blanks to their length."""
    if text.find("&", start, end) < 0:
        return
    for match in _ENTITY.finditer(text, start, end):
        character = _ENTITIES.get(match[1])
        if character:
            size = len(match[0])
            yield Overlay(
                match.start(), character.ljust(size) if match[1] in _BEHIND else character.rjust(size)
            )


def breaks(text: str, start: int, end: int, read: str) -> Iterator[Overlay]:
    """Yield how `<br>` is read: as what ends a row."""
    for match in _BREAK.finditer(text, start, end):
        yield Overlay(match.start(), read.ljust(len(match[0])))
