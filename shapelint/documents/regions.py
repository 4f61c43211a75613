"""What a reader of documents finds in a text: where formulas may stand, headings, and places for directives.

Every kind of document ends in these records; what stands outside of the regions is never read as a formula.
"""

from collections.abc import Sequence
from typing import NamedTuple

# The dialects of a region: the notation of text files, LaTeX's mathematics, programs of Python and of Octave, and
# words that say a shape.
PLAIN, LATEX, CODE, OCTAVE, TOLD = "plain", "latex", "code", "octave", "told"


class Region(NamedTuple):
    """A stretch that may hold formulas, in one dialect; its delimiters (`$`, fences, markers) are outside.

    `column` tells the columns of tables apart and is 0 elsewhere: tables hold one way of writing beside another.
    """

    start: int
    end: int
    dialect: str
    column: int = 0


class Heading(NamedTuple):
    """Where a section begins: it ends at the next heading of its level (from 1, the outermost) or above."""

    start: int
    level: int


class Comment(NamedTuple):
    """The inside of a comment, in which the author may speak to shapelint: behind `<!--`, behind `%`."""

    start: int
    end: int


class Overlay(NamedTuple):
    """Characters that are read as others: `text` is as long as the stretch it covers, so that places stay."""

    start: int
    text: str


class Found(NamedTuple):
    """All of it, each list in the order of the text; regions do not overlap, overlays lie inside of regions."""

    regions: Sequence[Region]
    headings: Sequence[Heading]
    comments: Sequence[Comment]
    overlays: Sequence[Overlay]


def reading(text: str, found: Found) -> str:
    """Return a text of the same length with the regions as they are to be read, and blanks everywhere else."""
    pieces: list[str] = []
    place = 0
    overlays = iter(found.overlays)
    overlay = next(overlays, None)
    for region in found.regions:
        pieces.append(" " * (region.start - place))
        place = region.start
        while overlay is not None and overlay.start < region.end:
            pieces += (text[place : overlay.start], overlay.text)
            place = overlay.start + len(overlay.text)
            overlay = next(overlays, None)
        pieces.append(text[place : region.end])
        place = region.end
    pieces.append(" " * (len(text) - place))
    return "".join(pieces)


def with_told(text: str, regions: Sequence[Region], told: Sequence[Region]) -> list[Region]:
    """Put stretches of words that say shapes between the others.

    They take the mathematics in them. Where one stands in a line that is read as it is, or runs into a formula, it is
    left out.
    """
    kept: list[Region] = []
    others = list(regions)
    place = 0
    for one in told:
        while place < len(others) and others[place].end <= one.start:
            kept.append(others[place])
            place += 1
        last = place
        while last < len(others) and others[last].start < one.end:
            last += 1
        if all(_gives_way(text, other, one) for other in others[place:last]):
            kept.append(one)
            place = last
    return kept + others[place:]


def _gives_way(text: str, other: Region, one: Region) -> bool:
    if one.start <= other.start and other.end <= one.end:
        return True
    return other.dialect == LATEX and other.start >= one.start and "=" not in text[other.start : other.end]


def joined_parts(parts: Sequence[Found]) -> Found:
    """Return what was found in the parts of a text as what was found in it."""
    if len(parts) == 1:
        return parts[0]
    return Found(
        [one for part in parts for one in part.regions],
        [one for part in parts for one in part.headings],
        [one for part in parts for one in part.comments],
        [one for part in parts for one in part.overlays],
    )
