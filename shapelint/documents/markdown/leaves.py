"""A block in, its regions, headings, comments and overlays out."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from shapelint.documents.markdown import fences
from shapelint.documents.markdown.blocks import FENCED, HTML, INDENTED, TABLE, TITLE, Block
from shapelint.documents.markdown.html import html_comments, html_texts
from shapelint.documents.markdown.inline import CODE, COMMENT, DISPLAY, MATH, Inline, Piece
from shapelint.documents.markdown.joined import joined
from shapelint.documents.markdown.marks import entities
from shapelint.documents.markdown.openers import cells
from shapelint.documents.markdown.raised import RAISED, raised, raised_overlays
from shapelint.documents.markdown.typed import ESCAPE, Run, escapes
from shapelint.documents.normal import normal
from shapelint.documents.quoted import unmarked
from shapelint.documents.regions import LATEX, PLAIN, TOLD, Comment, Heading, Overlay, Region, with_told
from shapelint.documents.sentences import formulas, may_hold
from shapelint.documents.told import may_tell, told

_HTML_HEADING = re.compile(r"<h([1-6])(?=[\s>])", re.I)
_CODE = re.compile("<(?:pre|script|style|textarea)(?=[\\s>])", re.I)
_SAYS = re.compile("[=:∈←≔]|<-")
_PIPE = re.compile(r"\\\|")
_MATH_ESCAPE = re.compile(r"\\(.)", re.S)


class Leaves(NamedTuple):
    """What was found so far, to be filled."""

    regions: list[Region]
    headings: list[Heading]
    comments: list[Comment]
    overlays: list[Overlay]


def read(text: str, block: Block, found: Leaves) -> None:
    """Add what stands in a block."""
    if block.kind in (FENCED, INDENTED):
        _code(text, block, found)
    elif block.kind == HTML:
        _html(text, block, found)
    elif block.kind == TABLE:
        for number, (start, end) in enumerate(block.lines):
            if number != 1:
                _row(text, block.start + 1, start, end, found)
    else:
        if block.kind == TITLE:
            found.headings.append(Heading(_first(text, block), block.level))
        if block.lines:
            _text(text, block.lines, found, 0)


def _row(text: str, first: int, start: int, end: int, found: Leaves) -> None:
    """Read a row of a table: a name beside its shape, and what stands in the cells.

    Each column of each table has a number of its own: no table has more columns than characters.
    """
    rows = [one for one in _told(text, start, end) if text.find("|", one.start, one.end) >= 0]
    for column, cell in enumerate(cells(text, start, end), first):
        inside = next((one for one in rows if one.start <= cell[0] < one.end), None)
        if inside is None:
            _text(text, [cell], found, column)
        elif inside.start == cell[0]:
            found.regions.append(inside)


def _told(text: str, start: int, end: int) -> Iterator[Region]:
    """Yield the words that say shapes in a stretch."""
    if may_tell(text, start, end):
        yield from (Region(one.start, one.end, TOLD) for one in told(text, start, end))


def _first(text: str, block: Block) -> int:
    """Return where the text of a heading begins, or its `#`."""
    place = block.lines[0][0]
    while place > block.start and text[place - 1] == "#":
        place -= 1
    return place


def _code(text: str, block: Block, found: Leaves) -> None:
    dialect = PLAIN if block.kind == INDENTED else fences.dialect(block.info)
    if dialect and block.lines:
        end = block.lines[-1][1]
        start = fences.inside(text, block.info, block.lines[0][0], end)
        if not text[start:end].strip():
            return
        region = Region(start, end, dialect)
        found.regions.append(region)
        found.overlays.extend(_inside(_markers(text, block.lines), region))


def _html(text: str, block: Block, found: Leaves) -> None:
    if not _CODE.match(text, block.lines[0][0]):
        found.comments.extend(html_comments(text, block.start, block.end))
        for heading in _HTML_HEADING.finditer(text, block.start, block.end):
            found.headings.append(Heading(heading.start(), int(heading[1])))
        for column, lines in html_texts(text, block):
            inside = found._replace(headings=[], comments=[])  # those were found already
            _text(text, lines, inside, column)


def _markers(text: str, lines: Sequence[tuple[int, int]]) -> list[Overlay]:
    """Return blanks for the markers of quotes at the beginnings of the lines behind the first."""
    places = ((before + 1, place) for (_, before), (place, _) in zip(lines, lines[1:], strict=False))  # noqa: RUF007
    return [Overlay(start, " " * (place - start)) for start, place in places if text[start:place].strip()]


def _start(overlay: Overlay) -> int:
    return overlay.start


def _inside(markers: Sequence[Overlay], region: Region) -> Sequence[Overlay]:
    first = bisect_left(markers, region.start, key=_start)
    return markers[first : bisect_left(markers, region.end, key=_start)]


def _text(text: str, lines: list[tuple[int, int]], found: Leaves, column: int) -> None:
    """Read a paragraph, a heading, a cell."""
    base, end = lines[0][0], lines[-1][1]
    own = _without_markers(text, lines)
    pieces = list(Inline(own).pieces())
    for piece in pieces:
        if piece.kind == COMMENT:
            found.comments.append(Comment(base + piece.start, base + piece.end))
    targets = dict(_targets(own, pieces))
    maths = [
        piece
        for piece in pieces
        if piece.kind in (MATH, DISPLAY) and piece not in targets and own[piece.start : piece.end].strip()
    ]
    regions: list[tuple[Region, list[Overlay]]] = []
    for piece, code in targets.items():
        region = Region(base + piece.start, base + code.end, PLAIN)
        regions.append((region, [Overlay(base + place, " ") for place in _marks(own, piece, code)]))
    for piece, read in joined(own, maths):
        region = Region(base + piece.start, base + piece.end, LATEX)
        regions.append((region, _math_overlays(text, region, read, base, column)))
    for piece in pieces:
        if piece.kind == CODE and _SAYS.search(own, piece.start, piece.end):
            region = Region(base + piece.start, base + piece.end, PLAIN)
            regions.append((region, _pipes(text, region, column)))
    taken = [(base + piece.first, base + piece.last, piece.kind == COMMENT) for piece in pieces]
    regions += _typed(text, lines, taken, column)
    regions.sort()
    if not column:  # a cell says a shape beside a name, and holds no sentences
        regions = _with_told(own, base, regions, text)
    markers = _markers(text, lines)
    place = base
    for region, overlays in regions:
        if region.start >= place and region.end <= end:
            found.regions.append(region._replace(column=column))
            found.overlays.extend(sorted([*overlays, *_inside(markers, region)]))
            place = region.end


# A target, alone or with its relation, that the notation of text files reads as well: `$dW^{[1]} =$`.
_TARGET = re.compile(r"\s*[^\W\d][\w^{}\[\]']{0,20}\s*(?P<relation>:?=)?\s*")

_RELATED = re.compile(r"(?<!axis)(?<!keepdims)(?<!dim)[ ]?=")


def _targets(own: str, pieces: Sequence[Piece]) -> Iterator[tuple[Piece, Piece]]:
    """Yield what is given a value by the code behind it: `$dW =$ `np.dot(dZ, A.T)``."""
    for piece, code in pairwise(pieces):
        if piece.kind != MATH or code.kind != CODE or _RELATED.search(own, code.start, code.end):
            continue
        target = _TARGET.fullmatch(own, piece.start, piece.end)
        between = own[piece.last : code.first].strip()
        if target is not None and (between in ("=", ":=") if target["relation"] is None else not between):
            yield piece, code


def _marks(own: str, piece: Piece, code: Piece) -> Iterator[int]:
    """Yield the places of the dollars and backticks between a target and its value."""
    return (place for place in range(piece.end, code.start) if own[place] in "$`")


def _with_told(
    own: str, base: int, regions: list[tuple[Region, list[Overlay]]], text: str
) -> list[tuple[Region, list[Overlay]]]:
    """Put the words that say shapes between the formulas of a paragraph."""
    said = [one._replace(start=base + one.start, end=base + one.end) for one in _told(own, 0, len(own))]
    if not said:
        return regions
    read = dict(regions)
    found = []
    for one in with_told(text, [region for region, _ in regions], said):
        own_escapes = escapes(text, one.start, one.end) if one.dialect == TOLD else ()
        found.append((one, read.get(one, list(own_escapes))))
    return found


def _without_markers(text: str, lines: list[tuple[int, int]]) -> str:
    """Return the text of a paragraph, of the same length, with blanks for the markers of quotes."""
    pieces: list[str] = []
    place = lines[0][0]
    for start, end in lines:
        pieces += ("" if place == start else "\n" + " " * (start - place - 1), text[start:end])
        place = end
    return "".join(pieces)


def _math_overlays(
    text: str, region: Region, read: Sequence[Overlay], base: int, column: int
) -> list[Overlay]:
    overlays = [Overlay(base + one.start, one.text) for one in read]
    if "\\" in text[region.start : region.end]:
        for match in _MATH_ESCAPE.finditer(text, region.start, region.end):
            if match[1] in ("_", "*") or (column and match[1] == "|"):
                overlays.append(Overlay(match.start(), " " + match[1]))
    return overlays


def _pipes(text: str, region: Region, column: int) -> list[Overlay]:
    """In a cell a bar is written with a backslash, in code too."""
    if not column:
        return []
    return [Overlay(match.start(), " |") for match in _PIPE.finditer(text, region.start, region.end)]


def _typed(
    text: str, lines: list[tuple[int, int]], taken: list[tuple[int, int, bool]], column: int
) -> Iterator[tuple[Region, list[Overlay]]]:
    """Find formulas that are typed without delimiters, in the lines in which nothing but a comment was found."""
    run = Run(text)
    pieces = iter(taken)
    piece = next(pieces, None)
    for start, line_end in lines:
        while piece is not None and piece[1] <= start:
            piece = next(pieces, None)
        end = line_end
        if piece is not None and piece[2] and not text[piece[1] : line_end].strip():
            end = min(end, piece[0])  # a comment behind the formula
        if piece is None or piece[0] >= end:
            parts = list(_raised_parts(text, start, end))
            if not parts and run.takes(start, end):
                continue
            yield from _regions(text, run, column)
            for part in parts:
                region = Region(*part, LATEX)
                yield region, sorted(raised_overlays(text, *part) + _pipes(text, region, column))
            if not parts:
                yield from _in_sentences(text, start, line_end, taken, column)
        else:
            yield from _regions(text, run, column)
            yield from _in_sentences(text, start, line_end, taken, column)
    yield from _regions(text, run, column)


def _in_sentences(
    text: str, start: int, end: int, taken: Sequence[tuple[int, int, bool]], column: int
) -> Iterator[tuple[Region, list[Overlay]]]:
    """Find the formulas in the words of a line, between what is mathematics or code already."""
    if not may_hold(text, start, end):
        return
    place = start
    for first, last, is_comment in taken[bisect_left(taken, start, key=_last) :]:
        if first >= end:
            break
        yield from _sentence(text, place, first, is_comment, column)
        place = last
    yield from _sentence(text, place, end, True, column)


def _sentence(
    text: str, start: int, end: int, ends: bool, column: int
) -> Iterator[tuple[Region, list[Overlay]]]:
    """Find the formulas in words; one may go on in what stands behind them, unless something `ends` there."""
    if start >= end:
        return
    for found in formulas(_typed_text(text, start, end), 0, end - start):
        region = Region(start + found.start, start + found.end, PLAIN)
        if ends or text[region.end : end].strip():
            yield (
                region,
                [*escapes(text, *region[:2]), *entities(text, *region[:2]), *_pipes(text, region, column)],
            )


def _typed_text(text: str, start: int, end: int) -> str:
    """Return words as they are read, of the same length."""
    words = text[start:end]
    if "\\" in words:
        words = ESCAPE.sub(lambda match: " " + match[0][1], words)
    return normal(unmarked(words))


def _last(piece: tuple[int, int, bool]) -> int:
    return piece[1]


def _raised_parts(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the formulas with `<sup>` in a line; the first may be written without, behind it is prose."""
    if text.find("<", start, end) < 0 or not RAISED.search(text, start, end):
        return
    while (part := raised(text, start, end)) is not None and part[0] < part[1]:
        yield part
        start = part[1]
        if not RAISED.search(text, start, end):
            return


def _regions(text: str, run: Run, column: int) -> Iterator[tuple[Region, list[Overlay]]]:
    for start, end, overlays in run.taken():
        region = Region(start, end, PLAIN)
        yield region, overlays + _pipes(text, region, column)
