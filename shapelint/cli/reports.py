"""Inputs become reports: each is read, checked, repaired if asked, filtered and counted; `-v` tells its reading."""

import sys
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from shapelint.cli.checked import checked
from shapelint.cli.faults import Faults
from shapelint.cli.given import refuse_others
from shapelint.cli.inputs import Input
from shapelint.cli.progress import Progress
from shapelint.cli.replay import Journal
from shapelint.cli.settings import Settings
from shapelint.cli.values import Values
from shapelint.diagnostic import FAULTY, OK, UNDETERMINED, UNREAD, Report
from shapelint.render.tally import Tally
from shapelint.render.visible import visible
from shapelint.selection import Selection, keep

if TYPE_CHECKING:
    from shapelint.cli.fixes import Fixes


def reports(
    found: Sequence[Input],
    values: Values,
    settings: Settings,
    tally: Tally,
    faults: Faults,
    journal: Journal,
) -> Iterator[Report]:
    """Yield the report of each input, in their order; one that the program fails on is told and left out."""
    fixes = _fixes(values, settings, faults)
    progress = Progress(len(found), not values.quiet)
    try:
        for read, before, refused in checked(found, values, settings, faults, journal):
            progress.step(read.name)
            if before is None:
                continue
            if read.given:
                refuse_others(before)
            if values.verbose and not _is_refused(before):
                _tell(before)
            after = fixes.settle(read, before) if fixes and not refused else before
            selection = settings.selection(read.name)
            report = _selected(after, selection)
            tally.add(report, _selected(before, selection))
            if report.diagnostics:
                progress.make_room()
            yield report
    finally:
        progress.clear()


def _fixes(values: Values, settings: Settings, faults: Faults) -> "Fixes | None":
    if not (values.fix or values.add_ignore or values.diff):
        return None
    from shapelint.cli.fixes import Fixes

    return Fixes(values, settings, faults)


def _selected(report: Report, selection: Selection) -> Report:
    return report._replace(diagnostics=keep(report.diagnostics, selection))


def _is_refused(report: Report) -> bool:
    """Tell whether nothing of a file was read."""
    return any(found.code == "unreadable" for found in report.diagnostics)


_BOXES = {OK: "right", FAULTY: "wrong", UNDETERMINED: "open", UNREAD: "not read", "": "passed over"}


def _tell(report: Report) -> None:
    """Say on standard error how a file was understood: what became of each formula, and what was left alone and why."""
    tell_world(report)
    for span, status, words in sorted(report.listed):
        _print(f"{report.source.where(span.start)}: {_BOXES[status]}: {words}")


def tell_world(report: Report) -> None:
    """Say on standard error under which convention a file was read, how it is laid out, and which lines say so."""
    name = report.source.name
    why = f" ({report.why_convention})" if report.why_convention else ""
    _print(f"{name}: convention {report.convention}, layout {report.layout}{why}")
    for sentence in report.understood:
        _print(f"{name}: {sentence}")


def _print(line: str) -> None:
    print(visible(line), file=sys.stderr)
