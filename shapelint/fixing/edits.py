"""The edits of repairs: a report comes in, those that can be written together come out, then the edited text."""

from collections.abc import Callable, Iterable
from typing import TypeAlias

from shapelint.diagnostic import Diagnostic, Fix, Report
from shapelint.source import Source

Test: TypeAlias = Callable[[Diagnostic], bool]


def together(report: Report, wanted: Test, unsafe: bool) -> tuple[Diagnostic, ...]:
    """Return the findings whose repairs touch no line twice, in their order.

    A line is the most that one formula can be sure to have for itself: a second repair of a formula was
    made for the text before the first one, and waits for the next round.
    """
    taken: set[int] = set()
    chosen = []
    for diagnostic in report.diagnostics:
        fix = diagnostic.fix
        if fix is None or not applies(fix, unsafe) or not wanted(diagnostic):
            continue
        rows = set(_rows(report.source, fix))
        if taken.isdisjoint(rows):
            taken |= rows
            chosen.append(diagnostic)
    return tuple(chosen)


def applies(fix: Fix, unsafe: bool) -> bool:
    """Tell whether a repair may be written."""
    return bool(fix.edits) and (unsafe or fix.applicability == "safe")


def edited(source: Source, repaired: Iterable[Diagnostic]) -> Source:
    """Return the source with the repairs of these findings; every character outside of them stays."""
    return source.edited(edit for found in repaired if found.fix for edit in found.fix.edits)


def _rows(source: Source, fix: Fix) -> range:
    first = min(edit.span.start for edit in fix.edits)
    last = max(edit.span.end for edit in fix.edits)
    return range(source.row(first), source.row(last) + 1)
