"""A LaTeX file in, its regions out: the mathematics, with the comments in it blanked.

A region is the inside of `$ $` and the like, and an environment with its `\\begin` and `\\end`; what is nested
belongs to the outermost. What nobody closed ends where the next formula on lines of its own begins, with its
paragraph if it stands in a line, and with its section at the latest: half-typed text hides nothing but itself.
"""

import re
from collections.abc import Iterator, Sequence

from shapelint.documents.braces import Braces
from shapelint.documents.regions import LATEX, TOLD, Comment, Found, Overlay, Region, with_told
from shapelint.documents.tex.tokens import BEGIN, DISPLAYS, DOLLAR, END, ENSURE, HEADING, TEXT, Token, tokens
from shapelint.documents.told import may_tell, told
from shapelint.source import Span, spliced

_BLANK_LINE = re.compile(r"(?:\r\n|\n|\r(?!\n))[ \t]*[\r\n]")
_DOLLARS = "$$"
_CLOSERS = {DOLLAR: DOLLAR, _DOLLARS: _DOLLARS, "(": ")"}


def scan(text: str, start: int, end: int) -> Found:
    """Find the regions, headings and comments of a stretch of LaTeX."""
    read = tokens(text, start, end)
    regions = [region for region in _Reader(text, end, read.tokens).regions() if region.start < region.end]
    regions = with_told(text, regions, list(_told(text, start, end, read.comments)))
    return Found(regions, read.headings, read.comments, list(_blanks(regions, read.comments)))


def _told(text: str, start: int, end: int, comments: Sequence[Comment]) -> Iterator[Region]:
    """Yield the words that say shapes, paragraph by paragraph."""
    if not may_tell(text, start, end):
        return
    words = spliced(
        text, [(Span(one.start - 1, one.end), " " * (one.end - one.start + 1)) for one in comments]
    )
    while start < end:
        blank = _BLANK_LINE.search(words, start, end)
        stop = end if blank is None else blank.start()
        if may_tell(words, start, stop):
            yield from (Region(one.start, one.end, TOLD) for one in told(words, start, stop))
        start = stop if blank is None else blank.end()


def _blanks(regions: Sequence[Region], comments: Sequence[Comment]) -> Iterator[Overlay]:
    """Blank out the comments that stand in regions, their `%` included."""
    following = iter(regions)
    region = next(following, None)
    for comment in comments:
        while region is not None and region.end < comment.end:
            region = next(following, None)
        if region is not None and region.start < comment.start:
            yield Overlay(comment.start - 1, " " * (comment.end - comment.start + 1))


class _Reader:
    """Reads tokens from left to right. What was looked for in vain is remembered, so that time stays linear."""

    def __init__(self, text: str, end: int, found: Sequence[Token]) -> None:
        self._text = text
        self._end = end
        self._tokens = found
        self._partners = _partners(found)
        self._braces = Braces(text, end)
        self._paragraph = -1  # the end of the paragraph that was looked for last
        self._unclosed: dict[str, int] = {}  # up to where there is no closer of a kind

    def regions(self) -> Iterator[Region]:
        place = 0
        for index, token in enumerate(self._tokens):
            if token.start >= place and token.kind in (DOLLAR, "(", "[", BEGIN, ENSURE):
                region, place = self._region(index)
                yield region

    def _region(self, index: int) -> tuple[Region, int]:
        """Return the region that a token opens, and where to go on."""
        token = self._tokens[index]
        if token.kind == ENSURE:
            return self._group(index)
        if token.kind in ("[", BEGIN):
            return self._display(index)
        if self._doubled(index):
            return self._between(index + 1, _DOLLARS, self._end)
        return self._between(index, token.kind, self._paragraph_end(token.end))

    def _display(self, index: int) -> tuple[Region, int]:
        """Read an environment or `\\[ \\]`, whose ends are known."""
        token = self._tokens[index]
        start = token.start if token.kind == BEGIN else token.end
        partner = self._partners.get(index)
        if partner is None:
            return self._cut(index, start, self._end)
        last = self._tokens[partner]
        return Region(start, last.end if token.kind == BEGIN else last.start, LATEX), last.end

    def _group(self, index: int) -> tuple[Region, int]:
        """Read the argument of `\\ensuremath`."""
        start = self._tokens[index].end
        limit = self._paragraph_end(start)
        closing = self._braces.closing(start - 1)
        if closing is None or closing > limit:
            return self._cut(index, start, limit)
        return Region(start, closing, LATEX), closing + 1

    def _between(self, index: int, opener: str, limit: int) -> tuple[Region, int]:
        """Read what stands between two `$`, two `$$`, or `\\(` and `\\)`."""
        start = self._tokens[index].end
        if start >= self._unclosed.get(opener, 0):
            last = self._closer(index + 1, _CLOSERS[opener], limit)
            if isinstance(last, Token):
                return Region(start, last.start, LATEX), last.end
            self._unclosed[opener] = last
        return self._cut(index, start, limit)

    def _closer(self, index: int, closer: str, limit: int) -> Token | int:
        """Find what ends a formula before the limit or a heading, or return how far there is nothing.

        A `$` in `\\text{ if $x$ }` ends nothing.
        """
        hidden = 0
        for place in range(index, len(self._tokens)):
            token = self._tokens[place]
            if token.start >= limit or token.kind == HEADING:
                return min(limit, token.start)
            if token.start < hidden:
                continue
            if token.kind == TEXT:
                hidden = self._text_end(token, limit)
            elif closer == _DOLLARS and self._doubled(place):
                return token._replace(end=token.end + 1)
            elif token.kind == closer:
                return token
        return limit

    def _cut(self, index: int, start: int, limit: int) -> tuple[Region, int]:
        """End what nobody closed: where a display or a section begins, at the limit otherwise."""
        place = index + 1
        while place < len(self._tokens) and self._tokens[place].start < limit:
            token = self._tokens[place]
            shown = token.kind in ("[", HEADING) or (token.kind == BEGIN and token.name in DISPLAYS)
            if shown or self._doubled(place):
                limit = token.start
            place += 1
        return Region(start, limit, LATEX), limit

    def _doubled(self, index: int) -> bool:
        """Tell whether a `$` is the first of a `$$`."""
        token, following = self._tokens[index], self._tokens[index + 1 : index + 2]
        return token.kind == DOLLAR and bool(following) and following[0][:2] == (DOLLAR, token.end)

    def _text_end(self, token: Token, limit: int) -> int:
        closing = self._braces.closing(token.end - 1)
        return closing if closing is not None and closing < limit else 0

    def _paragraph_end(self, place: int) -> int:
        if self._paragraph < place:
            match = _BLANK_LINE.search(self._text, place, self._end)
            self._paragraph = self._end if match is None else match.start()
        return self._paragraph


def _partners(found: Sequence[Token]) -> dict[int, int]:
    """Return the index of the closing token for each `\\[` and `\\begin` that is closed in its section."""
    partners: dict[int, int] = {}
    opened: list[tuple[str, int]] = []
    counts: dict[str, int] = {}
    for index, token in enumerate(found):
        name = token.name or {"]": "["}.get(token.kind, token.kind)
        if token.kind == HEADING:
            opened.clear()
            counts.clear()
        elif token.kind in ("[", BEGIN):
            opened.append((name, index))
            counts[name] = counts.get(name, 0) + 1
        elif token.kind in ("]", END) and counts.get(name):
            partners[_pop(opened, counts, name)] = index
    return partners


def _pop(opened: list[tuple[str, int]], counts: dict[str, int], name: str) -> int:
    """Take the last opening of a name from the stack; what was opened in it, nobody closed."""
    while True:
        last, index = opened.pop()
        counts[last] -= 1
        if last == name:
            return index
