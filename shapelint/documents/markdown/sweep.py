"""A stretch of Markdown in, what stands in its blocks out; prose that cannot matter is not read line by line.

Around a place that can matter blocks are read from the last line before it at which nothing can be open (it is
not indented, and a blank line stands before it) to the next such line. Headings and fences in the first column
are where they are whatever stands around them, and are read at once.
"""

import re

from shapelint.documents.markdown import fences
from shapelint.documents.markdown.blocks import Block, Reader
from shapelint.documents.markdown.displays import Displays
from shapelint.documents.markdown.leaves import Leaves, read
from shapelint.documents.markdown.streams import Streams
from shapelint.documents.regions import Heading, Region

_CLOSING = {
    "`": re.compile(r"\n {0,3}(`{3,})[ \t\r]*(?=\n|\Z)"),
    "~": re.compile(r"\n {0,3}(~{3,})[ \t\r]*(?=\n|\Z)"),
}
_INDENTED = re.compile(r"[ \t\r\n]*(?<![^\n])(?: {4}| {0,3}\t)[ \t]*[^\s]")
_LETTER = re.compile(r"[^\W\d_]")
_BLANK_LINES = ("\n\n", "\n\r\n")


def sweep(text: str, start: int, end: int, found: Leaves) -> None:
    """Add what is found from `start` to `end`."""
    _Sweep(text, start, end, found).run(start)


def thorough(text: str, start: int, end: int, found: Leaves) -> None:
    """Add what is found, reading every line: what `sweep` does faster."""
    for block in Reader(text, start, end, Displays(text, end)).blocks(end):
        read(text, block, found)


class _Sweep:
    """Goes from one place that can matter to the next."""

    def __init__(self, text: str, start: int, end: int, found: Leaves) -> None:
        self._text = text
        self._end = end
        self._found = found
        self._streams = Streams(text, start, end)
        self._displays = Displays(text, end)

    def run(self, start: int) -> None:
        # No expression looks for a block on the first line: it is read unless it can only be a paragraph.
        place = start if _LETTER.match(self._text, start, self._end) else self._blocks(start, start)
        while place < self._end:
            structure = self._streams.next_structure(place)
            inside = self._streams.next(place)
            if min(structure, inside) > self._end:
                return
            place = self._from(place, structure, inside)

    def _from(self, place: int, structure: int, inside: int) -> int:
        """Read what stands next, return where to go on: at the beginning of a line at which nothing is open."""
        match = self._streams.structure
        if structure <= inside and match is not None:
            if match.lastgroup == "heading" and inside >= match.end():
                self._found.headings.append(Heading(structure, len(match["heading"])))
                return self._behind(match.end() + 1)
            if match.lastgroup == "info":
                return self._behind(self._fence(match))
            if match.lastgroup == "heading":
                return self._blocks(structure, structure)
        event = min(structure, inside)
        return self._behind(self._blocks(self._restart(place, event), event))

    def _behind(self, place: int) -> int:
        """Read indented code at once, which needs no blank line behind a heading, a fence or a link's definition."""
        return self._blocks(place, place) if _INDENTED.match(self._text, place, self._end) else place

    def _restart(self, place: int, event: int) -> int:
        """Return the last line up to an event at which nothing can be open."""
        return max(place, *(self._behind_blank(blank, place, event) for blank in _BLANK_LINES))

    def _behind_blank(self, blank: str, place: int, event: int) -> int:
        text, size = self._text, len(blank)
        found = event + 1
        while (found := text.rfind(blank, place, found + size - 1)) >= 0:
            if found + size <= event and not text[found + size].isspace():
                return found + size
        return place

    def _blocks(self, start: int, beyond: int) -> int:
        reader = Reader(self._text, start, self._end, self._displays)
        for block in reader.blocks(beyond):
            read(self._text, block, self._found)
        return reader.place

    def _fence(self, match: re.Match[str]) -> int:
        """Read a fence in the first column; return where the line behind it begins."""
        text, end = self._text, self._end
        size = len(match["fence"])
        closings = _CLOSING[match["fence"][0]].finditer(text, match.end(), end)
        closing = next((closing for closing in closings if len(closing[1]) >= size), None)
        last = closing.start() if closing else end - text.endswith("\n", match.end(), end)
        dialect = fences.dialect(match["info"])
        first = fences.inside(text, match["info"], match.end() + 1, last) if dialect else last
        if text[first:last].strip():
            self._found.regions.append(Region(first, last, dialect))
        return closing.end() + 1 if closing else end + 1


def blocks(text: str) -> list[Block]:
    """Return the leaf blocks of a whole text, in its order."""
    return list(Reader(text, 0, len(text), Displays(text, len(text))).blocks(len(text)))
