"""A text in, its shadow out: as long, with marks around mathematics and code, and blanks for layout."""

import re

from shapelint.patterns import lazy

OPEN, CLOSE = "\ue000", "\ue001"  # around mathematics and code

_LAYOUT = lazy(
    r"\\times(?![A-Za-z])|\\(?:left|right|big|Big|bigl|bigr|displaystyle|text)(?![A-Za-z])|\\[,;:! ]|[\n\r\t~]|\*\*"
)
_MATHS = lazy(
    r"\$([^$\n]{1,200})\$|\\\((.{1,200}?)\\\)|``?([^`\n]{1,60})``?|(?<![\w)\]}'])'([^'\n]{1,40})'(?![\w'])"
)


def shadow_of(text: str) -> str:
    """Return a text of the same length with marks around mathematics and code, and without what lays it out."""
    text = _LAYOUT.sub(lambda match: ("×" if match[0] == r"\times" else " ").ljust(len(match[0])), text)
    return _MATHS.sub(_marked, text)


def _marked(match: re.Match[str]) -> str:
    inside = match[match.lastindex or 0]
    size = (len(match[0]) - len(inside)) // 2
    return " " * (size - 1) + OPEN + inside + CLOSE + " " * (size - 1)
