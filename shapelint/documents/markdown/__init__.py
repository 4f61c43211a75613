"""A stretch of Markdown in, its regions, headings and comments out."""

import re

from shapelint.documents.markdown.leaves import Leaves
from shapelint.documents.markdown.sweep import sweep
from shapelint.documents.regions import Found

# Before a blank line `---` is a rule between paragraphs.
_FRONT_MATTER = re.compile(r"---[ \t]*\r?\n(?![ \t\r]*\n)(?:.*\n)*?(?:---|\.\.\.)[ \t]*\r?(?:\n|\Z)")


def scan(text: str, start: int, end: int) -> Found:
    """Find the regions, headings and comments of a stretch of Markdown: of a file, of a cell."""
    found = Leaves([], [], [], [])
    matter = _FRONT_MATTER.match(text, 0, end) if start == 0 else None
    sweep(text, matter.end() if matter else start, end, found)
    return Found(*found)
