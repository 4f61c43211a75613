"""Repair a text: its report and the checker come in, the report of the repaired text comes out.

Every round is judged by checking its text again. Doing it twice changes nothing more, because a round
looks at nothing but the text, and the last one found nothing to write.
"""

from collections import Counter, deque
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import TypeAlias

from shapelint.diagnostic import Diagnostic, Report
from shapelint.fixing.edits import Test, edited, together
from shapelint.source import Source

# Of one round: enough to find a good repair among sixteen bad ones. Rounds need no limit, each has fewer findings.
MOST_TRIES = 32

_Check: TypeAlias = Callable[[Source], Report]
_Place: TypeAlias = tuple[str, int]


def repaired(report: Report, check: _Check, wanted: Test, unsafe: bool = False) -> Report:
    """Return the report of the text with its repairs written in.

    `check` judges a text, `wanted` says of a finding whether it may be repaired; `unsafe` takes the first
    repair of each whatever its applicability. A repair that takes its own finding not away, or brings
    another, is left.
    """
    while (better := _round(report, check, wanted, unsafe)) is not None:
        report = better
    return report


def _round(report: Report, check: _Check, wanted: Test, unsafe: bool) -> Report | None:
    """Write as many repairs as go together; return the report of the new text, None if none does any good."""
    for batch in islice(_batches(together(report, wanted, unsafe)), MOST_TRIES):
        after = check(edited(report.source, batch))
        if _lessens(report, after, batch):
            return after
    return None


def _batches(findings: Sequence[Diagnostic]) -> Iterator[Sequence[Diagnostic]]:
    """Yield all, then halves, quarters and so on: a bad repair is separated from the others in few steps."""
    waiting = deque([findings] if findings else [])
    while waiting:
        batch = waiting.popleft()
        yield batch
        if len(batch) > 1:
            middle = len(batch) // 2
            waiting.extend((batch[:middle], batch[middle:]))


def _lessens(before: Report, after: Report, batch: Sequence[Diagnostic]) -> bool:
    """Tell whether each repair took its finding away, and none brought a new one."""
    was, now = _places(before), _places(after)
    repaired_places = (_place(before.source, found) for found in batch)
    return now <= was and all(now[place] < was[place] for place in repaired_places)


def _places(report: Report) -> Counter[_Place]:
    return Counter(_place(report.source, found) for found in report.diagnostics)


def _place(source: Source, found: Diagnostic) -> _Place:
    """Return what stays of a finding when its line is edited: columns and shapes may change, rows do not."""
    return found.code, source.row(found.span.start)
