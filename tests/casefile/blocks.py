"""Markdown in, its headings and fenced blocks with their places out; what they mean is not known here."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from casefile.failure import FormatError

HEADING = re.compile(r"(#{1,6})[ \t]+(.*?)[ \t]*#*$")
FENCE = re.compile(r"(`{3,}|~{3,})[ \t]*([^`]*?)[ \t]*$")


class Heading(NamedTuple):
    """`# title`, outside of blocks."""

    level: int
    title: str
    row: int


class Block(NamedTuple):
    """A fenced block; `start` and `end` are offsets in the file, with the line end of the closing fence."""

    kind: str
    words: tuple[str, ...]
    fence: str
    body: str
    start: int
    end: int
    row: int

    @property
    def text(self) -> str:
        """The body with LF, whatever the file has: a case means the same after a checkout elsewhere."""
        return self.body.replace("\r\n", "\n")


class Line(NamedTuple):
    """A line without its end, and the offset behind that end."""

    text: str
    row: int
    start: int
    end: int


def scan(text: str) -> Iterator[Heading | Block]:
    """Yield headings and blocks in their order; a fence stands at the beginning of its line."""
    lines = _lines(text)
    for line in lines:
        if opening := FENCE.match(line.text):
            yield _block(text, opening, line, lines)
        elif heading := HEADING.match(line.text):
            yield Heading(len(heading[1]), heading[2], line.row)


def _block(text: str, opening: re.Match[str], first: Line, lines: Iterator[Line]) -> Block:
    fence, (kind, *words) = opening[1], opening[2].split() or [""]
    for line in lines:
        if _closes(line.text, fence):
            body = text[first.end : line.start]
            return Block(kind, tuple(words), fence, body, first.start, line.end, first.row)
    raise FormatError(first.row, f"the block {opening[2]!r} has no end")


def _closes(line: str, fence: str) -> bool:
    closing = line.rstrip()
    return len(closing) >= len(fence) and not closing.strip(fence[0])


def _lines(text: str) -> Iterator[Line]:
    # only LF ends a line here: a form feed or U+2028 may be what a case is about
    start = 0
    for row, line in enumerate(text.split("\n"), 1):
        end = min(start + len(line) + 1, len(text))
        yield Line(line.removesuffix("\r"), row, start, end)
        start = end
