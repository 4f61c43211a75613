"""Inputs become reports: each is read, checked, filtered and counted; with `-v` its reading is told."""

import sys
from argparse import Namespace
from collections.abc import Iterable, Iterator

from shapelint.cli.faults import Faults
from shapelint.cli.inputs import Input, content
from shapelint.cli.settings import Settings
from shapelint.diagnostic import Report
from shapelint.render.tally import Tally
from shapelint.render.visible import visible
from shapelint.selection import keep
from shapelint.source import Source


def reports(
    found: Iterable[Input], values: Namespace, settings: Settings, tally: Tally, faults: Faults
) -> Iterator[Report]:
    """Yield the report of each input; one that the program fails on is told and left out."""
    for read in found:
        report = _report(read, values, settings, faults)
        if report is not None:
            tally.add(report)
            yield report


def _report(read: Input, values: Namespace, settings: Settings, faults: Faults) -> Report | None:
    source = content(read, values)
    report = source if isinstance(source, Report) else _checked(read, source, settings, faults)
    if report is None:
        return None
    if values.verbose and report is not source:
        _tell(report)
    return report._replace(diagnostics=keep(report.diagnostics, settings.selection(read.name)))


def _checked(read: Input, source: Source, settings: Settings, faults: Faults) -> Report | None:
    from shapelint import check  # the engine: a run that finds nothing to read does not load it

    options = settings.options(read.name, read.walked)
    return faults.guard(read.name, lambda: check.check(source, options))


def _tell(report: Report) -> None:
    """Say on standard error how a file was understood, and what in it was left alone."""
    source = report.source
    why = f" ({report.why_convention})" if report.why_convention else ""
    lines = [f"{source.name}: convention {report.convention}, layout {report.layout}{why}"]
    for label in report.passed_over:
        row, column = source.position(label.span.start)
        lines.append(f"{source.name}:{row}:{column}: passed over: {label.message}")
    for line in lines:
        print(visible(line), file=sys.stderr)
