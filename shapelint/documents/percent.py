"""A notebook that is kept as a script in, its cells of Markdown out: `# %% [markdown]`, as Jupytext writes them."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from shapelint.documents.contents import Scope
from shapelint.documents.markdown import scan
from shapelint.documents.notes import notes_of
from shapelint.documents.regions import joined_parts
from shapelint.source import Span, spliced

_CELL = re.compile(r"^#[ \t]*%%(?P<words>[^\n]*)$", re.M)
_MARKDOWN = re.compile(r"\[(?:markdown|md)\]", re.I)
_QUOTES = re.compile(r'\A(\s*)(r?(?:"""|\'\'\'))(.*?)((?:"""|\'\'\')\s*)\Z', re.S)
_BLANK = re.compile(r"[^\n\r]")


class Notes(NamedTuple):
    """What is said between the cells of code: its sections, and the script with them as they are read."""

    scopes: tuple[Scope, ...]
    text: str
    habits: str


def notes(text: str) -> Notes | None:
    """Return what the cells of Markdown hold, None where there is none."""
    stretches = _stretches(text)
    if not stretches:
        return None
    shown = spliced(text, [(one, _uncommented(text[one.start : one.end])) for one in stretches])
    found = joined_parts([scan(shown, one.start, one.end) for one in stretches])
    scopes, read = notes_of(shown, found)
    habits = "\n".join(one.habits for one in scopes)
    return Notes(scopes, spliced(text, [(one, read[one.start : one.end]) for one in stretches]), habits)


def _stretches(text: str) -> Sequence[Span]:
    cells = list(_CELL.finditer(text))
    ends = [cell.start() for cell in cells[1:]]
    return [
        Span(cell.end() + 1, end)
        for cell, end in zip(cells, [*ends, len(text)], strict=False)  # no cell, no end
        if _MARKDOWN.search(cell["words"]) and cell.end() + 1 < end
    ]


def _uncommented(cell: str) -> str:
    """Blank out what makes Markdown a comment, or a string; a line of code in it is none of its text."""
    quoted = _QUOTES.match(cell)
    if quoted is not None:
        before, opening, inside, closing = quoted.groups()
        return f"{before}{' ' * len(opening)}{inside}{_BLANK.sub(' ', closing)}"
    return "\n".join(
        f" {line[1:]}" if line.startswith("#") else _BLANK.sub(" ", line) for line in cell.split("\n")
    )
