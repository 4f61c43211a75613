"""The formulas of a paragraph in, out those that are one formula over mathematics and text, with blanks between.

`$db = \\frac{1}{m}$ np.sum($dZ$, axis=1)` is one: the text between is code. A word keeps formulas apart. One that
visibly goes on in what is no code ends behind an operator: nothing is said of half a formula.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from shapelint.documents.markdown.inline import MATH, Piece

_CODE = re.compile(
    r"\s+|np\.[a-z_]+(?=`?\()|\.T\b|(?:axis|keepdims)(?=[ \t]*=)|(?:True|False|None)\b"
    r"|\d+[ \t]*/[ \t]*m\b|\d+(?:\.\d+)?|:=|[-=+*/@·×⋅∘⊙−≔←:()\[\],`]"
)
_SHAPE = re.compile(r"[ \t]*(?:\\left|\\big)?[ \t]*[(\[]|[ \t]*\\mathbb|[ \t]*R\^")
_RELATION = re.compile(r"[=≔←]")
_EQUATION = re.compile(r"=|\\(?:leftarrow|gets|coloneqq|in)\b")
_BRACED = re.compile(r"\{[^{}]*\}")  # the `=` of `\sum_{i=1}` relates nothing
# A shape behind a name: `$X$: 784 x 500`
_SIZED = re.compile(
    r"[ \t]*:[ \t]*[^\W_]\w{0,5}[ \t]*[x×][ \t]*[^\W_]\w{0,5}(?=[ \t]*[.,;]?[ \t\r]*(?:\n|$))"
)
_TRANSPOSED = re.compile(r"\.T\b")
_GOES_ON = re.compile(r"`?[ \t]*`?(?:np\.\w+\(?|[·@×⋅∘⊙]|(?<=[ \t])\*(?=[ \t]))")


class _Between(NamedTuple):
    """The code between two formulas: how many brackets are open behind it, and the code without blanks."""

    depth: int
    code: str


def joined(text: str, pieces: Sequence[Piece]) -> Iterator[tuple[Piece, list[int]]]:
    """Yield each formula, with the places inside of it that are read as blanks: of `$` and backticks."""
    index = 0
    while index < len(pieces):
        first, blanks, depth = pieces[index], list[int](), 0
        last, relates = first, _relates(text, first)
        index += 1
        while last.kind == MATH and index < len(pieces):
            following = pieces[index]
            between = _between(text, last, following, depth)
            if between is None or not _belongs(text, between, following, relates):
                break
            blanks += (last.end, *_ticks(text, last.last, following.first), following.first)
            relates = relates or _relates(text, following) or _RELATION.search(between.code) is not None
            depth, last = between.depth, following
            index += 1
        end = _end(text, last, depth, relates)
        if end > last.end:
            blanks += (last.end, *_ticks(text, last.last, end))
        yield first._replace(end=end, last=max(end, last.last)), blanks


def _between(text: str, last: Piece, following: Piece, depth: int) -> _Between | None:
    """Read the text between two formulas, None if that is no code."""
    if following.kind != MATH or not _single(text, last) or not _single(text, following):
        return None
    place, code = last.last, ""
    while place < following.first:
        match = _CODE.match(text, place, following.first)
        if match is None:
            return None
        depth += (match[0] in "([") - (match[0] in ")]")
        if depth < 0 or (match[0] == "," and not depth):
            return None
        code += match[0].strip() or ("\n" if "\n" in match[0] else "")
        place = match.end()
    return _Between(depth, code)


def _belongs(text: str, between: _Between, following: Piece, relates: bool) -> bool:
    """Tell whether a formula goes on with the one before, behind the code between them."""
    code = between.code.strip()
    if code == ":":
        return _SHAPE.match(text, following.start) is not None
    if relates and not between.depth and not _RELATION.search(code) and _relates(text, following):
        return False  # two statements side by side, with a dash or nothing between
    if code:
        return True
    # side by side, on one line, is a product
    return relates and not between.code and _SHAPE.match(text, following.start) is None


def _relates(text: str, piece: Piece) -> bool:
    """Tell whether a formula has a relation outside of its indices."""
    return _EQUATION.search(_BRACED.sub("", text[piece.start : piece.end])) is not None


def _single(text: str, piece: Piece) -> bool:
    return text[piece.first] == "$"


def _ticks(text: str, start: int, end: int) -> Iterator[int]:
    """Yield the places of backticks: `np.sum` may be a code span."""
    return (place for place in range(start, end) if text[place] == "`")


def _end(text: str, last: Piece, depth: int, relates: bool) -> int:
    """Return where a formula ends: behind the brackets that are open, a transpose, an operator."""
    if last.kind != MATH or not _single(text, last):
        return last.end
    if not depth and not relates and (sizes := _SIZED.match(text, last.last)):
        return sizes.end()
    place = _closed(text, last.last, depth) if depth else last.last
    transposed = _TRANSPOSED.match(text, place)
    place = transposed.end() if transposed else place
    going = _GOES_ON.match(text, place) if relates and place else None
    place = going.end() if going else place
    return place if place > last.last else last.end


def _closed(text: str, place: int, depth: int) -> int:
    """Return where the brackets are closed that are open behind the last formula, 0 if code does not close them."""
    while depth and (match := _CODE.match(text, place)):
        depth += (match[0] in "([") - (match[0] in ")]")
        place = match.end()
    return 0 if depth else place
