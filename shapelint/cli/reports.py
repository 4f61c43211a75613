"""Inputs become reports: each is read, checked, repaired if asked, filtered and counted; `-v` tells its reading."""

import sys
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from shapelint.cli.faults import Faults
from shapelint.cli.inputs import Input, content
from shapelint.cli.settings import Settings
from shapelint.cli.values import Values
from shapelint.diagnostic import Report
from shapelint.render.tally import Tally
from shapelint.render.visible import visible
from shapelint.selection import Selection, keep
from shapelint.source import Source

if TYPE_CHECKING:
    from shapelint.cli.fixes import Fixes


def reports(
    found: Iterable[Input], values: Values, settings: Settings, tally: Tally, faults: Faults
) -> Iterator[Report]:
    """Yield the report of each input; one that the program fails on is told and left out."""
    fixes = _fixes(values, settings, faults)
    for read in found:
        source = content(read, values)
        before = source if isinstance(source, Report) else _checked(read, source, settings, faults)
        if before is None:
            continue
        if values.verbose and not _is_refused(before):
            _tell(before)
        after = fixes.settle(read, before) if fixes and before is not source else before
        selection = settings.selection(read.name)
        report = _selected(after, selection)
        tally.add(report, _selected(before, selection))
        yield report


def _fixes(values: Values, settings: Settings, faults: Faults) -> "Fixes | None":
    if not (values.fix or values.add_ignore or values.diff):
        return None
    from shapelint.cli.fixes import Fixes

    return Fixes(values, settings, faults)


def _selected(report: Report, selection: Selection) -> Report:
    return report._replace(diagnostics=keep(report.diagnostics, selection))


def _checked(read: Input, source: Source, settings: Settings, faults: Faults) -> Report | None:
    from shapelint import check  # the engine: a run that finds nothing to read does not load it

    options = settings.options(read.name, read.walked)
    return faults.guard(read.name, lambda: check.check(source, options))


def _is_refused(report: Report) -> bool:
    """Tell whether nothing of a file was read."""
    return any(found.code == "unreadable" for found in report.diagnostics)


def _tell(report: Report) -> None:
    """Say on standard error how a file was understood: what was read, and what was left alone and why."""
    source = report.source
    why = f" ({report.why_convention})" if report.why_convention else ""
    lines = [f"{source.name}: convention {report.convention}, layout {report.layout}{why}"]
    said = [(label, "passed over") for label in report.passed_over] + [
        (label, "read") for label in report.read
    ]
    for label, what in sorted(said):
        lines.append(f"{source.where(label.span.start)}: {what}: {label.message}")
    for line in lines:
        print(visible(line), file=sys.stderr)
