"""How a comment to shapelint is written in a document: `#` in text, `%` in LaTeX, `<!-- -->` in Markdown.

Inside of code and of displayed formulas a comment is that of their dialect: no HTML is read there.
"""

from typing import NamedTuple

from shapelint.documents.kinds import LATEX, OCTAVE, PYTHON, TEXT, kind
from shapelint.documents.regions import LATEX as LATEX_REGION
from shapelint.documents.regions import OCTAVE as OCTAVE_REGION
from shapelint.documents.regions import Region
from shapelint.source import Source


class Comment(NamedTuple):
    """What opens a comment and what closes it."""

    opens: str
    closes: str


HASH, PERCENT, HTML = Comment("# ", ""), Comment("% ", ""), Comment("<!-- ", " -->")


class Comments(NamedTuple):
    """The regions of a document that hold formulas, and how its comments are written elsewhere."""

    regions: tuple[Region, ...]
    elsewhere: Comment

    def inside(self, line_end: int) -> Comment:
        """Return how a comment is written at the end of a line that ends in a region."""
        for region in self.regions:
            if region.start <= line_end <= region.end:
                return PERCENT if region.dialect in (LATEX_REGION, OCTAVE_REGION) else HASH
        return self.elsewhere


def comments(source: Source) -> Comments:
    """Return how comments are written in a document."""
    what = kind(source.name)
    if what in (TEXT, PYTHON):
        return Comments((), HASH)
    if what == OCTAVE:
        return Comments((), PERCENT)
    from shapelint.documents.sections import found_in  # a file of formulas has no use for it

    return Comments(tuple(found_in(source, what).regions), PERCENT if what == LATEX else HTML)
