"""A stretch of Markdown in, its leaf blocks out: paragraphs, headings, code, HTML, tables, with their lines.

Lines are taken one after the other, as CommonMark describes it: which of the open quotes and list items go on,
which begin, and what the rest of the line is. Places in a line are columns, a tab ends at a multiple of four.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from shapelint.documents.markdown.displays import Displays
from shapelint.documents.markdown.openers import (
    BREAK,
    FENCE,
    HEADING,
    ITEM,
    REFERENCE,
    SETEXT,
    delimits,
    ends_with_blank,
    html,
)

PARAGRAPH, TITLE, FENCED, INDENTED, HTML, TABLE = "paragraph", "heading", "fence", "code", "html", "table"
_QUOTE = -1
_DEEPEST = 100  # containers in each other: more are text, so that no line costs more than its length
_OUTSIDE = re.compile(r"\S")


class Block(NamedTuple):
    """A leaf: from the beginning of its first line to the end of its last one.

    `lines` are the stretches of its text, without the markers of quotes and lists. `level` is of headings,
    `info` of fences.
    """

    kind: str
    start: int
    end: int
    lines: list[tuple[int, int]]
    level: int = 0
    info: str = ""


class Reader:
    """Reads blocks from a place at which none is open."""

    def __init__(self, text: str, start: int, end: int, displays: Displays) -> None:
        """Take the stretch, and what knows the formulas that go over its lines."""
        self.place = start
        self._text = text
        self._end = end
        self._displays = displays
        self._containers: list[int] = []
        self._empty = False  # the innermost item has had nothing but blanks
        self._kind = ""
        self._start = 0
        self._lines: list[tuple[int, int]] = []
        self._fence = ""
        self._indent = 0
        self._info = ""
        self._closing: re.Pattern[str] | None = None
        self._display = 0  # up to where a formula goes on that began in this paragraph
        self._after_blank = True
        self._done: list[Block] = []

    def blocks(self, beyond: int) -> Iterator[Block]:
        """Yield the blocks up to the first line behind `beyond` at which nothing is open."""
        text = self._text
        while self.place < self._end:
            start = self.place
            if self._after_blank and start > beyond and self._restarts(start):
                break
            line_end = text.find("\n", start, self._end)
            line_end = self._end if line_end < 0 else line_end
            self._line(start, line_end)
            self.place = line_end + 1
            if self._done:
                yield from self._done
                self._done.clear()
        self._close()
        yield from self._done
        self._done.clear()

    def _restarts(self, start: int) -> bool:
        rooted = self._kind in (FENCED, HTML) and not self._containers
        return not rooted and start >= self._display and _OUTSIDE.match(self._text, start) is not None

    def _line(self, start: int, end: int) -> None:
        """Read one line."""
        text = self._text
        place, column, base, matched = self._continued(start, end)
        blank = place >= end
        # behind a blank line with `>` the quote goes on
        self._after_blank = blank and text.find(">", start, end) < 0
        if matched == len(self._containers) and self._goes_on(start, end, place, column - base, blank):
            return
        lazy = self._kind == PARAGRAPH and matched < len(self._containers)
        if not lazy:
            self._leave(matched)
        while not blank:
            indent = column - base
            if indent > 3:
                if self._kind != PARAGRAPH:
                    self._leave(matched, True)
                    self._open(INDENTED, start, (self._behind(start, place, column, base + 4), end))
                    return
                break
            opened = self._container(place, column, end, matched, lazy)
            if opened is not None:
                lazy = False
                base = opened
                marker = text[place] == ">"
                matched = len(self._containers)
                width = 1 if marker else self._marker
                place, column = self._blanks(place + width, column + width, end)
                if not marker:
                    base = self._containers[-1] if place < end else column
                blank = place >= end
                self._empty = blank and not marker
                continue
            if self._leaf(start, place, end, indent, matched, lazy):
                return
            break
        self._text_line(start, place, end, blank, matched, lazy)

    def _continued(self, start: int, end: int) -> tuple[int, int, int, int]:
        """Return the first character behind the markers of what goes on, its column, that of the text, how many."""
        place, column = self._blanks(start, 0, end)
        base = matched = 0
        for container in self._containers:
            if container == _QUOTE:
                if place >= end or self._text[place] != ">" or column - base > 3:
                    break
                base = self._quoted(place, column, end)
                place, column = self._blanks(place + 1, column + 1, end)
            elif place >= end:
                if self._empty and matched == len(self._containers) - 1:
                    break
            elif column >= container:
                base = container
            else:
                break
            matched += 1
        return place, column, base, matched

    def _quoted(self, place: int, column: int, end: int) -> int:
        """Return the column at which the text behind a `>` begins."""
        return column + 2 if place + 1 < end and self._text[place + 1] in " \t" else column + 1

    def _blanks(self, place: int, column: int, end: int) -> tuple[int, int]:
        text = self._text
        while place < end and (character := text[place]) in " \t\r":
            column += 4 - column % 4 if character == "\t" else 1
            place += 1
        return place, column

    def _behind(self, start: int, place: int, column: int, wanted: int) -> int:
        """Return the place of a column in the blanks before a place."""
        while column > wanted and place > start and self._text[place - 1] in " \t":
            place -= 1
            column -= 1 if self._text[place] == " " else 4
        return place

    def _goes_on(self, start: int, end: int, place: int, indent: int, blank: bool) -> bool:
        """Give a line to the code, HTML, table or formula that is open; tell whether it took it."""
        if self._kind == FENCED:
            line = self._text[place:end].rstrip()
            if indent < 4 and len(line) >= len(self._fence) and not line.strip(self._fence[0]):
                self._close(end)
                return True
            self._lines.append((self._behind(start, place, indent, min(indent, self._indent)), end))
            return True
        if self._kind == HTML and self._closing is not None:
            return self._html_line(place, end, blank)
        if self._kind == INDENTED and (blank or indent > 3):
            self._lines.append((place if blank else self._behind(start, place, indent, 4), end))
            return True
        if self._kind == PARAGRAPH and start < self._display:
            self._lines.append((min(place, end), end))
            self._look_for_display(place, end)
            return True
        return False

    def _html_line(self, place: int, end: int, blank: bool) -> bool:
        assert self._closing is not None
        if ends_with_blank(self._closing):
            if blank:
                self._close()
                return False
            self._lines.append((place, end))
            return True
        self._lines.append((place, end))
        if self._closing.search(self._text, place, end):
            self._close(end)
        return True

    def _container(self, place: int, column: int, end: int, matched: int, lazy: bool) -> int | None:
        """Open a quote or an item that begins here; return the column of its text, None if there is none."""
        character = self._text[place]
        if matched >= _DEEPEST:
            return None
        if character == ">":
            self._leave(matched, True)
            self._containers.append(_QUOTE)
            return self._quoted(place, column, end)
        if character not in "-*+0123456789" or BREAK.match(self._text, place, end):
            return None
        match = ITEM.match(self._text, place, end)
        if match is None or (self._kind == PARAGRAPH and not lazy and not self._may_interrupt(match, end)):
            return None
        if self._kind == PARAGRAPH and not lazy and SETEXT.match(self._text, place, end):
            return None
        self._leave(matched, True)
        self._marker = match.end() - place
        after, reached = self._blanks(match.end(), column + self._marker, end)
        gap = reached - column - self._marker
        wide = after >= end or gap > 4
        self._containers.append(column + self._marker + (1 if wide else gap))
        return self._containers[-1]

    _marker = 0

    def _may_interrupt(self, match: re.Match[str], end: int) -> bool:
        """An empty item, or one that does not begin to count at 1, does not end a paragraph."""
        return match[1] in (None, "1") and bool(self._text[match.end() : end].strip())

    def _leaf(self, start: int, place: int, end: int, indent: int, matched: int, lazy: bool) -> bool:
        """Open a heading, fence or HTML block that begins here, or pass over a break."""
        text = self._text
        character = text[place]
        if character == "#" and (match := HEADING.match(text, place, end)):
            self._leave(matched, True)
            self._done.append(Block(TITLE, start, end, [(match.end(), end)], len(match[1])))
        elif character in "`~" and (match := FENCE.match(text, place, end)):
            self._leave(matched, True)
            self._open(FENCED, start)
            self._fence = match[1] or match[3]
            self._info = match[2] if match[1] else match[4]
            self._indent = indent
        elif character == "<" and (closing := html(text, place, end, self._kind == PARAGRAPH)):
            self._leave(matched, True)
            self._open(HTML, start, (place, end))
            self._closing = closing
            if not ends_with_blank(closing) and closing.search(text, place + 1, end):
                self._close(end)
        elif character in "=-" and self._kind == PARAGRAPH and not lazy and SETEXT.match(text, place, end):
            self._kind = TITLE
            self._close(end, 1 if character == "=" else 2)
        elif character in "*-_" and BREAK.match(text, place, end):
            self._leave(matched, True)
        else:
            return False
        return True

    def _text_line(self, start: int, place: int, end: int, blank: bool, matched: int, lazy: bool) -> None:
        """Take a line of text, or a blank one."""
        if blank:
            self._leave(matched, True)
            return
        self._empty = False
        if self._kind == TABLE:
            self._lines.append((place, end))
            return
        if self._kind != PARAGRAPH:
            self._leave(matched)
            if self._text[place] == "[" and REFERENCE.match(self._text, place, end):
                return
            self._open(PARAGRAPH, start)
        elif not lazy and self._text[place] in "|:-" and delimits(self._text, place, end, self._lines[-1]):
            self._table(place, end)
            return
        self._lines.append((place, end))
        self._look_for_display(place, end)

    def _look_for_display(self, place: int, end: int) -> None:
        if "$$" in self._text[place:end] or "\\" in self._text[place:end]:
            containers = bool(self._containers)
            if self._display < end:  # else the formula that is open goes on beyond this line
                self._display = self._displays.end(max(place, self._display), end, containers)

    def _table(self, place: int, end: int) -> None:
        """Take the last line of the paragraph as the heading of a table."""
        header = self._lines.pop()
        start = self._text.rfind("\n", 0, header[0]) + 1
        if self._lines:
            self._close()
        self._open(TABLE, max(start, self._start), header)
        self._lines.append((place, end))

    def _open(self, kind: str, start: int, *lines: tuple[int, int]) -> None:
        self._kind = kind
        self._start = start
        self._lines = list(lines)
        self._empty = False

    def _leave(self, matched: int, leaf: bool = False) -> None:
        """Close what does not go on: the leaf if it ends or stands in a container that ends."""
        if leaf or matched < len(self._containers) or self._kind == INDENTED:
            self._close()
        if matched < len(self._containers):
            del self._containers[matched:]
            self._empty = False

    def _close(self, end: int = -1, level: int = 0) -> None:
        """End the open leaf, with its last line if no other end is given."""
        if not self._kind:
            return
        lines = self._lines
        while self._kind == INDENTED and lines and not self._text[lines[-1][0] : lines[-1][1]].strip():
            lines.pop()
        if end < 0:
            end = (
                lines[-1][1]
                if lines
                else min(self._text.find("\n", self._start) % (self._end + 1), self._end)
            )
        self._done.append(Block(self._kind, self._start, end, lines, level, self._info.strip()))
        self._kind = self._info = ""
        self._lines = []
