"""What is being typed: the edits of a document come in, what its reader is shown meanwhile comes out.

A formula that is half typed is not wrong yet. So what is new in the line of the last edit is held back, until an edit
or the cursor is in another line, the document is saved, or nothing was typed for a moment. Until then the other lines
show what they showed before: half a line says nothing of them, and what is open above it may be closed in it. The
protocol tells no cursor: the line of an edit is that of its end, and questions that editors ask where the cursor
stands tell where it went.
"""

import re
from collections.abc import Callable, Sequence
from copy import copy
from typing import NamedTuple

from lsprotocol import types

from shapelint.server.document import Document

NOWHERE = -1
Found = list[types.Diagnostic]
_UNFINISHED = ("syntax", "unreadable")  # what has an end that may still be written, further down
_LINE_END = re.compile(r"\r\n|\r|\n")


class Typed(NamedTuple):
    """A line that is being typed: its number, from 0, and the last version that was judged before.

    `whole` is the last version that nobody was typing in: what is open above the line may be closed in it.
    """

    line: int
    before: Document
    whole: Document


class Shown(NamedTuple):
    """What a reader is shown, and whether something else is there and waits."""

    found: Found
    waits: bool = False


class _Change(NamedTuple):
    """How many lines at the two ends of a text stayed as they were, and how many the texts have."""

    above: int
    below: int
    old: int
    new: int

    def moved(self, line: int) -> int | None:
        """Return where a line of the old text is in the new one, None for one that changed."""
        if line < self.above:
            return line
        return line + self.new - self.old if line >= self.old - self.below else None


def typed(old: Document, new: Document, before: Typed | None, line: int | None = None) -> Typed | None:
    """Return the line that is being typed after an edit; None where the text is as its writer wants it for now.

    That is so after more was put in, or replaced, than a line, and before it is known what is shown at all. `line` says
    which line it is, `NOWHERE` for a cell beside the one that is being typed.
    """
    text, now = old.text, new.text
    start = _common(text, now)
    end = len(now) - _common(text[start:][::-1], now[start:][::-1])
    put = now[start:end]
    if put.strip() and _LINE_END.search(put):
        return None
    line = len(_LINE_END.findall(now, 0, end)) if line is None else line
    if before is not None and (line == before.line or not _is_known(old)):
        return before._replace(line=line)
    return Typed(line, old, before.whole if before else old) if _is_known(old) else None


def shown(document: Document, now: Typed | None, delay: int, found: Callable[[Document], Found]) -> Shown:
    """Return what is shown of a document; with a delay of 0 the line that is typed is shown as it is.

    `found` gives all that there is in a version; only those that somebody has asked for are known.
    """
    everything = found(document)
    if now is None:
        return Shown(everything)
    before = _Before(now.before, document, found)
    whole = before if now.whole is now.before else _Before(now.whole, document, found)
    kept: Found = []
    for one in everything:
        known = whole if one.code in _UNFINISHED else before
        if _key(one) in known.keys or (_touches(one, now.line) and (not delay or known.said(one))):
            kept.append(one)
    there = {_key(one) for one in everything}
    # What half a line made go away is there again when the line is whole.
    stayed = [one for one in before.stays if one.code not in _UNFINISHED]
    stayed += [one for one in whole.stays if one.code in _UNFINISHED]
    gone = [one for one in stayed if delay and _key(one) not in there and not _touches(one, now.line)]
    ordered = sorted([*kept, *gone], key=lambda one: (one.range.start.line, one.range.start.character))
    return Shown(ordered, len(kept) < len(everything) or bool(gone))


class _Before:
    """What was found in an earlier version, where it stands in the new one."""

    def __init__(self, old: Document, new: Document, found: Callable[[Document], Found]) -> None:
        """Move what stands in lines that stayed as they were."""
        self._found = found(old) if old.text.strip() else []
        change = _change(old.text, new.text)
        moved = [(one, change.moved(one.range.start.line)) for one in self._found]
        self.stays = [_at(one, line) for one, line in moved if line is not None]
        self.keys = {_key(one) for one in self.stays}

    def said(self, one: types.Diagnostic) -> bool:
        """Tell whether the same was said before, wherever it was."""
        return any(_said(one) == _said(other) for other in self._found)


def _touches(found: types.Diagnostic, line: int) -> bool:
    return found.range.start.line <= line <= found.range.end.line


def _key(found: types.Diagnostic) -> tuple[object, ...]:
    return found.range.start.line, found.range.start.character, *_said(found)


def _said(found: types.Diagnostic) -> tuple[object, ...]:
    """Return what a finding says first: the notes and the repair below it change with the rest of the line."""
    return found.code, found.message.partition("\n")[0]


def _at(found: types.Diagnostic, line: int) -> types.Diagnostic:
    """Return a finding where its line stands now."""
    by = line - found.range.start.line
    if not by:
        return found
    start, end = found.range.start, found.range.end
    moved = copy(found)
    moved.range = types.Range(
        types.Position(start.line + by, start.character), types.Position(end.line + by, end.character)
    )
    return moved


def _change(old: str, new: str) -> _Change:
    before, after = _LINE_END.split(old), _LINE_END.split(new)
    above = _common(before, after)
    below = _common(before[above:][::-1], after[above:][::-1])
    return _Change(above, below, len(before), len(after))


def _common(one: Sequence[str], other: Sequence[str]) -> int:
    """Return how many items two sequences begin with in common."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if one[low:middle] == other[low:middle] else (low, middle - 1)
    return low


def _is_known(document: Document) -> bool:
    """Tell whether somebody has asked for what is found in a version: an old one is not worked out any more."""
    return "report" in document.__dict__ or not document.text.strip()
