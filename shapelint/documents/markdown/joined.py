"""The formulas of a paragraph in, out those that are one formula over mathematics and text, with blanks between.

`$db = \\frac{1}{m}$ np.sum($dZ$, axis=1)` is one: the text between is code. A word keeps formulas apart. One that
visibly goes on in what is no code ends behind an operator: nothing is said of half a formula.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from shapelint.documents.markdown.inline import MATH, Piece
from shapelint.documents.regions import Overlay

_CODE = re.compile(
    r"\s+|np\.[a-z_]+(?=`?\()|\.T\b|(?:axis|keepdims)(?=[ \t]*=)|(?:True|False|None)\b"
    r"|\d+[ \t]*/[ \t]*m\b|\d+(?:\.\d+)?|:=|[-=+*/@·×⋅∘⊙−≔←:()\[\],`]"
)
_SHAPE = re.compile(r"[ \t]*(?:\\left|\\big)?[ \t]*[(\[]|[ \t]*\\mathbb|[ \t]*R\^")
_RELATION = re.compile(r"[=≔←]")
_EQUATION = re.compile(r"=|\\(?:leftarrow|gets|coloneqq|in)\b")
_BRACED = re.compile(r"\{[^{}]*\}")  # the `=` of `\sum_{i=1}` relates nothing
# A shape that is said of a name: `$X$: 784 x 500`, `$W$ has shape (n_1, n_0)`, `$b$ is an $n_1 \times 1$ vector`.
_SAYS = (
    r"[ \t]*(?:(?:is[ \t]+|with[ \t]+|has[ \t]+|,[ \t]*)?(?:of[ \t]+|the[ \t]+)?"
    r"(?:shape|size|dimensions?|dims?)(?:[ \t]+of)?[ \t]*:?|:|is)[ \t]*(?:an?[ \t]+)?"
)
_SAYING = re.compile(_SAYS)
_SIZE = r"(?:\d{1,6}|(?![xyzijtfg]\b)[A-Za-z](?:_?\{?\w{1,6}\}?|\^?\{?\[[\w+-]{1,5}\]\}?)?)"
_SIZED = re.compile(
    rf"(?P<says>{_SAYS})(?:\([ \t]*{_SIZE}[ \t]*,[ \t]*{_SIZE}[ \t]*\)"
    rf"|{_SIZE}[ \t]*[x×][ \t]*{_SIZE}(?=[ \t]*(?:[.,;(]|matrix|vector|array|[\r\n]|$)))"
)
# A name and nothing else: `W^{[1]}`, `\\mathbf{b}_2`, `\\delta^{(l)}`.
_NAME = re.compile(
    r"\s*(?:\\[A-Za-z]+\s*\{?)?[A-Za-z]*\d{0,2}(?:\}|'|[_^](?:\w|\{[^{}=,]{1,12}\})|\[\w+\])*\s*"
)
_CROSSED = re.compile(r"[ \t]*[^=(,]{1,16}\\times[^=(,]{1,16}$")
_TRANSPOSED = re.compile(r"\.T\b")
_GOES_ON = re.compile(r"`?[ \t]*`?(?:np\.\w+\(?|[·@×⋅∘⊙]|(?<=[ \t])\*(?=[ \t]))")


class _Between(NamedTuple):
    """The code between two formulas: how many brackets are open behind it, and the code without blanks."""

    depth: int
    code: str


def joined(text: str, pieces: Sequence[Piece]) -> Iterator[tuple[Piece, list[Overlay]]]:
    """Yield each formula, and what in it is read as blanks, `$` and backticks, or as a colon: `has shape`."""
    index = 0
    while index < len(pieces):
        first, overlays, depth = pieces[index], list[Overlay](), 0
        last, relates = first, _relates(text, first)
        index += 1
        while last.kind == MATH and index < len(pieces):
            following = pieces[index]
            between = _between(text, last, following, depth)
            if between is None or not _belongs(text, between, following, relates):
                break
            overlays += _blanks(last.end, *_ticks(text, last.last, following.first), following.first)
            relates = relates or _relates(text, following) or _RELATION.search(between.code) is not None
            depth, last = between.depth, following
            index += 1
        beside = pieces[index] if index < len(pieces) else None
        if last is first and _is_math(text, first) and (said := _said_of(text, first, beside)):
            end, index, overlays = said.end, index + said.more, [Overlay(first.end, said.colon)]
        else:
            end = _end(text, last, depth, relates)
            overlays += _blanks(last.end, *_ticks(text, last.last, end)) if end > last.end else ()
        yield first._replace(end=end, last=max(end, last.last)), overlays


class _Said(NamedTuple):
    """A shape said of a name in words: how they are read, where it ends, and how many formulas more it takes."""

    colon: str
    end: int
    more: int


def _said_of(text: str, piece: Piece, following: Piece | None) -> _Said | None:
    """Read the shape that is said of a name behind it, in words or in the formula behind them."""
    if not _NAME.fullmatch(text, piece.start, piece.end):
        return None
    if (sized := _SIZED.match(text, piece.last)) is not None:
        return _Said(" :".ljust(sized.end("says") - piece.end), sized.end(), 0)
    if following is None or not _is_math(text, following):
        return None
    if not _SAYING.fullmatch(text, piece.last, following.first):
        return None
    if _SHAPE.match(text, following.start) or _CROSSED.fullmatch(text, following.start, following.end):
        return _Said(" :".ljust(following.start - piece.end), following.end, 1)
    return None


def _blanks(*places: int) -> list[Overlay]:
    return [Overlay(place, " ") for place in places]


def _between(text: str, last: Piece, following: Piece, depth: int) -> _Between | None:
    """Read the text between two formulas, None if that is no code."""
    if not _single(text, last) or not _is_math(text, following):
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
        return False
    if relates and not between.depth and not _RELATION.search(code) and _relates(text, following):
        return False  # two statements side by side, with a dash or nothing between
    if code:
        return True
    # side by side, on one line, is a product
    return relates and not between.code and _SHAPE.match(text, following.start) is None


def _relates(text: str, piece: Piece) -> bool:
    """Tell whether a formula has a relation outside of its indices."""
    return _EQUATION.search(_BRACED.sub("", text[piece.start : piece.end])) is not None


def _is_math(text: str, piece: Piece) -> bool:
    return piece.kind == MATH and _single(text, piece)


def _single(text: str, piece: Piece) -> bool:
    return text[piece.first] == "$"


def _ticks(text: str, start: int, end: int) -> Iterator[int]:
    """Yield the places of backticks: `np.sum` may be a code span."""
    return (place for place in range(start, end) if text[place] == "`")


def _end(text: str, last: Piece, depth: int, relates: bool) -> int:
    """Return where a formula ends: behind the brackets that are open, a transpose, an operator."""
    if not _is_math(text, last):
        return last.end
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
