"""What shapelint says of a document, against its label."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from shapelint.check import check
from shapelint.diagnostic import ERROR, Diagnostic
from shapelint.source import Source, spliced

from .documents import Document
from .expression import Expression
from .labels import HARMLESS, OPEN, RIGHT, WRONG
from .mutants import Mutant
from .reading import UnreadError, read
from .values import evaluate, run

MISSED, RIGHT_TOLD, HARMLESS_TOLD, BAD_REPAIR = "missed", "right line told", "false", "bad repair"
OTHER_REPAIR, UNSAFE_REPAIR = "another repair", "wrong and safe"


@dataclass(frozen=True)
class Outcome:
    """A document and what was said: `faults` are the ways in which that was wrong."""

    document: Document
    said: tuple[Diagnostic, ...]
    told_rows: tuple[int, ...]
    found: bool
    repaired: bool
    faults: tuple[str, ...]


def outcome(document: Document) -> Outcome:
    """Check a document and compare."""
    source = Source(document.manner.name, document.text)
    said = tuple(found for found in check(source).diagnostics if found.severity == ERROR)
    rows = tuple(source.row(found.span.start) for found in said)
    if document.verdict in (RIGHT, HARMLESS):
        return Outcome(document, said, rows, False, False, (HARMLESS_TOLD,) if said else ())
    if isinstance(document, Mutant):
        return _ran(document, said, rows)
    found = document.row in rows
    repaired = found and _repaired(document, said[rows.index(document.row)])
    faults = []
    if document.verdict == WRONG:
        faults += [MISSED] * (not found)
        faults += [RIGHT_TOLD] * any(row != document.row for row in rows)
        faults += [BAD_REPAIR] * (found and not repaired)
        first = said[rows.index(document.row)].fix if found else None
        faults += [OTHER_REPAIR] * (first is not None and not repaired)
        faults += [UNSAFE_REPAIR] * (first is not None and not repaired and first.applicability == "safe")
    return Outcome(document, said, rows, found, repaired, tuple(faults))


def _ran(document: Mutant, said: tuple[Diagnostic, ...], rows: tuple[int, ...]) -> Outcome:
    """Compare what is said of a program that was run: every row that NumPy refuses may be told."""
    found = bool(document.expected & {*rows})
    faults = [MISSED] * (not found) + [RIGHT_TOLD] * bool({*rows} - {document.changed, *document.faulty})
    return Outcome(document, said, rows, found, False, tuple(faults))


def _repaired(document: Document, said: Diagnostic) -> bool:
    """Return whether the first repair gives the line the value that it had."""
    if said.fix is None:
        return False
    text = spliced(document.text, [(edit.span, edit.content) for edit in said.fix.edits])
    was, now = document.text.splitlines(), text.splitlines()
    if len(was) != len(now):
        return False
    if any(a != b for row, (a, b) in enumerate(zip(was, now, strict=True), 1) if row != document.row):
        return False
    return same_value(document, now[document.row - 1])


def same_value(document: Document, written: str) -> bool:
    """Return whether a line as it is written has the value of the original."""
    done = run(document.setting)
    try:
        tree = parsed(document, written)
        value = evaluate(tree, done.before[document.index], document.manner.notes)
    except (UnreadError, ValueError, IndexError, KeyError, TypeError):
        return False
    original = done.made[document.index]
    if _either_way(document) or np.ndim(original) == 0:
        value, original = np.reshape(value, -1), np.reshape(original, -1)
    return np.shape(value) == np.shape(original) and bool(np.allclose(value, original))


def _either_way(document: Document) -> bool:
    """Return whether the line is about a bias that may have one axis or two, for nothing says which."""
    setting = document.setting
    of = setting.object(setting.lines[document.index].target)
    bias = of in setting.leaves and setting.leaves[of].kind == "b"
    return bias and setting.layout != "columns" and not document.manner.stated


def parsed(document: Document, written: str) -> Expression:
    """Read the right side of a line as it is written."""
    examples = 1 if document.setting.layout == "columns" else 0
    right = document.manner.right_side(written)
    return read(right, document.manner.spellings(document.setting), 1 - examples, examples)


@dataclass(frozen=True)
class Row:
    """A row of the table: how many documents, and how many of each fault."""

    wrong: int
    silent: int
    repairable: int
    faults: Counter[str]

    @property
    def cells(self) -> tuple[str, ...]:
        """Return the columns as they are shown."""
        return (
            str(self.wrong),
            _share(self.faults[MISSED], self.wrong),
            _share(self.faults[RIGHT_TOLD], self.wrong),
            str(self.silent),
            _share(self.faults[HARMLESS_TOLD], self.silent),
            _share(self.repairable - self.faults[BAD_REPAIR], self.repairable),
            _share(self.faults[OTHER_REPAIR], self.repairable),
            str(self.faults[UNSAFE_REPAIR]),
        )


HEAD = (
    "wrong",
    "missed",
    "right line told",
    "silent",
    "told",
    "first repair right",
    "another",
    "wrong, safe",
)


def row(outcomes: Iterable[Outcome]) -> Row:
    """Count outcomes; what is open counts nowhere."""
    kept = [each for each in outcomes if each.document.verdict != OPEN]
    wrong = [each for each in kept if each.document.verdict == WRONG]
    faults = Counter(fault for each in kept for fault in each.faults)
    repairable = sum(each.found and not isinstance(each.document, Mutant) for each in wrong)
    return Row(len(wrong), len(kept) - len(wrong), repairable, faults)


def _share(part: int, whole: int) -> str:
    return f"{part} ({100 * part / whole:.0f}%)" if whole and part else str(part)
