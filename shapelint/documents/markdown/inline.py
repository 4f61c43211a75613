"""The text of a paragraph in, its mathematics and code spans out.

From left to right, what begins first hides what is in it: code, mathematics, comments, tags, addresses.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator
from typing import NamedTuple

from shapelint.documents.markdown.displays import ENVIRONMENT

CODE, MATH, DISPLAY, COMMENT, OTHER = "code", "math", "display", "comment", "other"

_TOKEN = re.compile(
    r"(?P<ticks>`+)|(?P<ghost>\$`)|(?P<dollars>\$\$)|(?P<dollar>\$)|(?P<doubled>\\\\[\[(])|(?P<single>(?<![\w^\])'\\])\\[\[(])"
    rf"|\\begin\{{(?P<name>{ENVIRONMENT})\}}|\\(?:.|\Z)|(?P<comment><!--)|(?P<bracket>\]\()|(?P<angle><)"
    r"|(?P<address>(?:(?<=\bhttp)|(?<=\bhttps))://)",
    re.S,
)
# What a token begins with: one expression for single characters is far faster than the tokens.
_FIRST = re.compile(r"[`$\\<\]:]")
_TAG = re.compile(
    r"<(?:[A-Za-z][A-Za-z0-9+.-]{1,31}:[^\s<>]*|[\w.+-]{1,64}@[\w.-]+|/?[A-Za-z][A-Za-z0-9-]*(?:[\s/][^<>$]*)?)>"
)
_ADDRESS = re.compile(r"[^\s<>)|]*")
_DESTINATION = re.compile(
    r"""\]\([ \t]*(?:<[^<>\n]*>|[^\s()<$]*(?:\([^\s()]*\)[^\s()]*|\$[^\s()]*)*)(?=[ \t\n]*[)"'(])"""
)
_CLOSING = {"dollars": re.compile(r"\\.|(\$\$)", re.S), "dollar": re.compile(r"\\.|(\$)|\n[ \t]*\n", re.S)}
_CLOSER = {"ghost": "`$", "comment": "-->"}
_FORMULA = re.compile(r"[=\\^_]")


class Piece(NamedTuple):
    """A stretch, with its delimiters from `first` to `last`."""

    kind: str
    first: int
    start: int
    end: int
    last: int


class Inline:
    """Reads one paragraph, heading or cell."""

    def __init__(self, text: str) -> None:
        """Take its text."""
        self._text = text
        self._missing: set[str] = set()
        self._ticks: dict[int, list[int]] | None = None

    def pieces(self) -> Iterator[Piece]:
        """Yield what is there, in its order."""
        place = 0
        while first := _FIRST.search(self._text, place):
            match = _TOKEN.match(self._text, first.start())
            place = match.end() if match else first.end()
            piece = match and self._piece(match)
            if piece is not None:
                place = piece.last
                if piece.kind != OTHER:
                    yield piece

    def _piece(self, match: re.Match[str]) -> Piece | None:
        """Return what a token opens."""
        group = match.lastgroup
        if group is None:
            return None
        if group in _READERS:
            return _READERS[group](self, match)
        if group == "name":
            closer = f"\\end{{{match['name']}}}"
            piece = self._until(match, closer, DISPLAY)
            return piece and piece._replace(start=piece.first, end=piece.last)
        if group in _CLOSER:
            return self._until(match, _CLOSER[group], COMMENT if group == "comment" else DISPLAY)
        closer = match[0][:-1] + (")" if match[0][-1] == "(" else "]")
        return self._until(match, closer, MATH)

    def _until(self, match: re.Match[str], closer: str, kind: str) -> Piece | None:
        closing = -1 if closer in self._missing else self._text.find(closer, match.end())
        if closing < 0:
            self._missing.add(closer)
            return None
        return Piece(kind, match.start(), match.end(), closing, closing + len(closer))

    def _code(self, match: re.Match[str]) -> Piece | None:
        if self._ticks is None:
            self._ticks = {}
            for run in re.finditer("`+", self._text):
                self._ticks.setdefault(len(run[0]), []).append(run.start())
        size = match.end() - match.start()
        runs = self._ticks.get(size, [])
        index = bisect_left(runs, match.end())
        if index == len(runs):
            return None
        return Piece(CODE, match.start(), match.end(), runs[index], runs[index] + size)

    def _dollar(self, match: re.Match[str]) -> Piece | None:
        """Read `$…$`; amounts of money are none."""
        start = match.end()
        closing = self._closing("dollar", start)
        if closing <= start:
            return None
        text = self._text
        inside, following = text[start:closing], text[closing + 1 : closing + 2]
        tight = not inside[0].isspace() and not inside[-1].isspace()
        # a `$` with a blank before it ends a formula unless something begins with it: a word, `$$`
        loose = _FORMULA.search(inside) and inside.strip() and not (following.isalnum() or following == "$")
        if following.isdigit() or not (tight or loose):
            return None
        return Piece(MATH, match.start(), start, closing, closing + 1)

    def _dollars(self, match: re.Match[str]) -> Piece | None:
        closing = self._closing("dollars", match.end())
        if closing < 0:
            return None
        return Piece(DISPLAY, match.start(), match.end(), closing, closing + 2)

    def _closing(self, kind: str, start: int) -> int:
        """Return where the next `$` or `$$` stands that no backslash is before, -1 if there is none."""
        if kind in self._missing:
            return -1
        for match in _CLOSING[kind].finditer(self._text, start):
            if match[1]:
                return match.start()
            if match[0][0] == "\n":
                return -1
        self._missing.add(kind)
        return -1

    def _passed(self, match: re.Match[str]) -> Piece | None:
        """Pass over a tag, an address."""
        pattern = {"angle": _TAG, "bracket": _DESTINATION}.get(match.lastgroup or "", _ADDRESS)
        passed = pattern.match(self._text, match.start())
        return passed and Piece(
            OTHER, match.start(), match.end(), match.end(), max(passed.end(), match.end())
        )


_READERS = {
    "ticks": Inline._code,
    "dollar": Inline._dollar,
    "dollars": Inline._dollars,
    "bracket": Inline._passed,
    "angle": Inline._passed,
    "address": Inline._passed,
}
