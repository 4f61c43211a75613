"""The lines of a paragraph in, the formulas out that are typed into them without delimiters, with their overlays.

A run of lines that begin with a name and a relation, and of those that go on with them, is one region. In these
lines `*` is a product, but where it stands around the target or the whole line.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from shapelint.documents.markdown.marks import BLANK, EMPHASIS, MARKER, breaks, entities
from shapelint.documents.regions import Overlay
from shapelint.documents.statements import DASHED, SIZED

_INDEX = (
    r"(?:\\?\^?\\?\[[^\]\n=]{1,12}\]|\^?\{[^}\n=]{1,16}\}|\\?_\{[^}\n=]{1,12}\}|\\?_\w|\^\([^)\n=]{1,6}\)|\^?<[^>\n=]{1,8}>"
    r"|\([^()=\n]{0,40}\)|\^\w|⁽[^⁾\n]{1,8}⁾|\.T|\.grad\b|['′’*²³¹⁰⁴-⁹⁻ᵀ~])"
)
_WORD = rf"(?:self\.|∇_\{{?[^\W_][\w\[\]]{{0,8}}\}}?[ \t]?|[∂𝜕𝝏∇])?[^\W\d][\w∂]{{0,30}}+{_INDEX}{{0,6}}+(?:(?<=\])T)?"
_SIZES = (
    r"\([ \t]*[\w^]|\\?\[[ \t]*(?:[nm]\w?\b|\d{1,5},[ \t]*[nm])"
    r"|[\w\[\]^{}]{1,12}(?:[ \t]+(?:x|by)[ \t]+|[ \t]*×[ \t]*)[\w(]"
    r"|(?:[A-Z]\d?|[nmhd]\d?|\d{1,6})x(?:[A-Z]\d?|[nmhd]\d?|\d{1,6})\b|[nm]\w?\*[nm]\w?[ \t\r]*$"
)
_RELATION = rf"(?:\.shape)?{BLANK}(?:{DASHED}|:=|≔|<-|←|∈|[+\-*/]=(?!=)|[=＝](?![=>])|:[ \t]*(?={_SIZES}))"
# A line that begins with a formula, or with the declaration of a shape.
LINE = re.compile(
    rf"{MARKER}(?:{EMPHASIS}[A-Za-z][\w \t]{{0,40}}+:{EMPHASIS}[ \t]+(?={EMPHASIS}{_WORD}[^\n:]{{0,20}}=))?"
    rf"(?!{SIZED}){EMPHASIS}{_WORD}(?:[ \t]*/[ \t]*[d∂]{_WORD})?(?:[ \t]*,[ \t]*{_WORD}){{0,6}}{EMPHASIS}{_RELATION}",
    re.M,
)
ESCAPE = re.compile(r"\\[*_\[\]]")
_CONTINUED = re.compile(r"[ \t>]*(?:[@·⊙∘×=⋅−]|[-+*/][ \t]*[^\W\d][\w'.]*(?:[^\w ]|[ ]*[^\w ]|\s*$))")
_EMPHASISED = re.compile(
    rf"{MARKER}(?P<run>\*{{1,3}}|_{{1,3}})(?=[^\s*_])"
    r"(?P<inside>(?:[^*_\n]|(?<=[ \t\\])\*|(?<=\\)_|(?<=\w)_(?=[\w{]))*+)(?P=run)(?![\w*])"
)


class Run:
    """The lines of a formula, or of several, that stand below each other."""

    def __init__(self, text: str) -> None:
        """Take the text."""
        self._text = text
        self._lines: list[tuple[int, int]] = []
        self._depth = 0  # brackets that are open in the last formula

    def takes(self, start: int, end: int) -> bool:
        """Take a line if it begins a formula or goes on with the one before."""
        if LINE.match(self._text, start, end):
            self._depth = 0
        elif not self._lines or not (self._depth > 0 or self._continues(start, end)):
            return False
        self._depth += _depth(self._text, start, end)
        self._lines.append((start, end))
        return True

    def _continues(self, start: int, end: int) -> bool:
        """Tell whether a line goes on with the formula on the line before."""
        last = self._text[slice(*self._lines[-1])].rstrip()[-1:]
        return (last != "" and last in "+-*/@·⊙∘×=⋅−(,") or _CONTINUED.match(
            self._text, start, end
        ) is not None

    def taken(self) -> Iterator[tuple[int, int, list[Overlay]]]:
        """Yield where the run stands and how it is read, if there is one, and begin another."""
        lines, text = self._lines, self._text
        if lines:
            end = lines[-1][0] + len(text[slice(*lines[-1])].rstrip())
            yield lines[0][0], end, sorted(_overlays(text, lines, end))
        self._lines = []


def escapes(text: str, start: int, end: int) -> Iterator[Overlay]:
    """Yield blanks for the backslashes before signs of Markdown."""
    return (Overlay(match.start(), " " + match[0][1]) for match in ESCAPE.finditer(text, start, end))


def _depth(text: str, start: int, end: int) -> int:
    pairs = ("()", "[]", "{}")
    return sum(text.count(pair[0], start, end) - text.count(pair[1], start, end) for pair in pairs)


def _overlays(text: str, lines: Sequence[tuple[int, int]], end: int) -> Iterator[Overlay]:
    start = lines[0][0]
    yield from escapes(text, start, end)
    yield from entities(text, start, end)
    yield from breaks(text, start, end, "\n")
    for (_, before), _ in pairwise(lines):
        line_end = text.find("\n", before)
        if text[before:line_end].strip():  # a comment between two lines
            yield Overlay(before, " " * (line_end - before))
    for line in lines:
        match = _EMPHASISED.match(text, line[0], min(line[1], end))
        if match:
            yield from (
                Overlay(place, " " * len(match["run"])) for place in (match.start("run"), match.end("inside"))
            )
