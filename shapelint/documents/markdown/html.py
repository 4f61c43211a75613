"""A block of HTML in, its comments and the lines of its cells, items and paragraphs out."""

import re
from collections.abc import Iterator

from shapelint.documents.markdown.blocks import Block
from shapelint.documents.regions import Comment

# What holds text in HTML, and what ends it: the tags of blocks, opening and closing.
_TEXTS = frozenset(("td", "th", "p", "li", "dd", "dt", "center", "summary"))
_TAG = re.compile(
    r"<(/?(?:td|th|tr|table|thead|tbody|p|li|ul|ol|dd|dt|dl|center|summary|details|div|h[1-6]|pre|script|style|img))"
    r"(?=[\s/>])[^<>]{0,400}>|<!--.*?(?:-->|\Z)",
    re.I | re.S,
)


def html_texts(text: str, block: Block) -> Iterator[tuple[int, list[tuple[int, int]]]]:
    """Yield the lines of each cell, item and paragraph of HTML, with the column of its table, 0 outside of one."""
    column = 0
    for tag in _TAG.finditer(text, block.start, block.end):
        name = (tag[1] or "").lower()  # of a comment, nothing
        if name in ("tr", "table"):
            column = 0
        if name not in _TEXTS:
            continue
        column += name in ("td", "th")
        following = _TAG.search(text, tag.end(), block.end)
        end = following.start() if following else block.end
        lines = [
            _stripped(text, *line) for line in _lines(text, tag.end(), end) if text[slice(*line)].strip()
        ]
        if lines:
            yield (block.start + column if name in ("td", "th") else 0), lines


def _lines(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end:
        line_end = text.find("\n", start, end)
        line_end = end if line_end < 0 else line_end
        yield start, line_end
        start = line_end + 1


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    """Return a line without the blanks around it."""
    line = text[start:end]
    return start + len(line) - len(line.lstrip()), start + len(line.rstrip())


def html_comments(text: str, start: int, end: int) -> Iterator[Comment]:
    """Yield the insides of the comments in a stretch of HTML."""
    while (opening := text.find("<!--", start, end)) >= 0:
        closing = text.find("-->", opening + 4, end)
        if closing < 0:
            return
        yield Comment(opening + 4, closing)
        start = closing + 3
