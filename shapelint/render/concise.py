"""The format `concise`: one line for each diagnostic, `[*]` where a safe repair is at hand."""

from collections.abc import Iterable, Iterator

from shapelint.diagnostic import Diagnostic, Report
from shapelint.render.screen import Screen
from shapelint.source import Source


def render(reports: Iterable[Report], screen: Screen) -> Iterator[str]:
    """Yield `formulas.txt:3:7: error[inner-sizes] [*] message` for each diagnostic."""
    for report in reports:
        for diagnostic in report.diagnostics:
            yield _line(report.source, diagnostic, screen)


def _line(source: Source, diagnostic: Diagnostic, screen: Screen) -> str:
    place = screen.say(f"{source.where(diagnostic.span.start)}:")
    code = screen.say(f"{diagnostic.severity}[{diagnostic.code}]", diagnostic.severity)
    safe = diagnostic.fix is not None and diagnostic.fix.applicability == "safe"
    mark = screen.paint("[*]", "help") + " " if safe else ""
    return f"{place} {code} {mark}{screen.say(diagnostic.message)}\n"
