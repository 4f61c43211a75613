"""A line with `<sup>` or `<sub>` in, the formula out that is typed into it, and how it is read: as LaTeX."""

import re
from collections.abc import Iterator

from shapelint.documents.markdown.marks import BLANK, breaks, entities
from shapelint.documents.regions import Overlay

RAISED = re.compile(r"<(/?)su([bp])>", re.I)
_RAISE = r"<su[bp]>[^<>\n]{1,24}</su[bp]>"
_STYLE = r"</?(?:b|i|em|strong|u|var)>"
_HUGS = rf"(?:[*_]{{1,3}}|{_STYLE}){{0,3}}"
_NAME = r"[∂𝜕𝝏]?[^\W\d_][\w'′]{0,20}"
_QUOTIENT = rf"[d∂]\w{{1,9}}[ \t]*/[ \t]*{_HUGS}"
_HEAD = re.compile(
    rf"(?<![\w*_∂]){_HUGS}(?:{_QUOTIENT})?{_NAME}{_HUGS}['′]?(?:{_HUGS}{_RAISE}{_HUGS})*['′]?{_HUGS}"
    rf"{BLANK}(?::=|≔|←|=(?!=)|∈|:[ \t]*(?=\())",
    re.I,
)
_PROSE = re.compile(
    r"[,.;]?[ \t]+(?=[A-Za-z]{2,}[ \t]+[A-Za-z]{2,})|[,;.][ \t]+(?=[A-Za-z]{3,}\b)|[ \t]+(?:where|and|with|for)\b"
    r"|[ \t]*[.,;]?[ \t\r]*(?:\n|\Z)"
)
_EMPHASIS = re.compile(r"(?<![\w*])(\*{1,3}|_{1,2})(?=[\w(])([^*_\n<>]{0,80}?[\w'′)])(\1)(?![\w*])")
_STYLED = re.compile(_STYLE, re.I)
_RUN = re.compile(r"[*_]{1,3}")


def raised(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Return the part of a line that is a formula."""
    head = _HEAD.search(text, start, end)
    if head is None:
        return None
    prose = _PROSE.search(text, head.end(), end)
    return head.start(), prose.start() if prose else end


def raised_overlays(text: str, start: int, end: int) -> list[Overlay]:
    """Return how `<sup>`, emphasis, the names of characters and `<br>` are read."""
    overlays = sorted(_overlays(text, start, end))
    run = _RUN.match(text, start, end)
    # emphasis around the whole formula
    if run and text.endswith(run[0], run.end(), end) and not (overlays and overlays[0].start == start):
        blanks = " " * len(run[0])
        return [Overlay(start, blanks), *overlays, Overlay(end - len(blanks), blanks)]
    return overlays


def as_read(text: str) -> str:
    """Return a formula that is typed with `<sup>` as LaTeX, place for place."""
    if not RAISED.search(text):
        return text
    pieces: list[str] = []
    place = 0
    for start, content in raised_overlays(text, 0, len(text)):
        if start >= place:
            pieces += (text[place:start], content)
            place = start + len(content)
    return "".join((*pieces, text[place:]))


def _overlays(text: str, start: int, end: int) -> Iterator[Overlay]:
    for match in RAISED.finditer(text, start, end):
        opening = "^{   " if match[2] in "pP" else "_{   "
        yield Overlay(match.start(), "     }" if match[1] else opening)
    for match in _EMPHASIS.finditer(text, start, end):
        yield Overlay(match.start(1), " " * len(match[1]))
        yield Overlay(match.start(3), " " * len(match[3]))
    for match in _STYLED.finditer(text, start, end):
        yield Overlay(match.start(), " " * len(match[0]))
    yield from entities(text, start, end)
    yield from breaks(text, start, end, "\\\\")
