"""The format `full`: a diagnostic as a mentor would draw it, with the line, the marks and the repair."""

from collections.abc import Iterable, Iterator

from shapelint.diagnostic import Diagnostic, Report
from shapelint.render.screen import Screen
from shapelint.render.snippet import Gutter, snippet
from shapelint.source import Source

_INDENT = 4  # of what goes on from a headline


def render(reports: Iterable[Report], screen: Screen) -> Iterator[str]:
    """Yield each diagnostic, followed by an empty line."""
    for report in reports:
        for diagnostic in report.diagnostics:
            yield "\n".join(_lines(report.source, diagnostic, screen)) + "\n\n"


def _lines(source: Source, diagnostic: Diagnostic, screen: Screen) -> list[str]:
    gutter, drawing = snippet(source, diagnostic, screen)
    below = [*_notes(diagnostic, gutter), *_repairs(diagnostic, gutter)]
    between = [gutter.row()] if below and source.text else []
    return [*_headline(diagnostic, screen), *drawing, *between, *below]


def _headline(diagnostic: Diagnostic, screen: Screen) -> list[str]:
    name = f"{diagnostic.severity}[{diagnostic.code}]"
    first, *more = screen.lines(f": {diagnostic.message}", "headline", len(name), _INDENT)
    return [screen.say(name, diagnostic.severity) + first, *more]


def _notes(diagnostic: Diagnostic, gutter: Gutter) -> Iterator[str]:
    for note in diagnostic.notes:
        yield from gutter.note(note)


def _repairs(diagnostic: Diagnostic, gutter: Gutter) -> Iterator[str]:
    """Yield the first repair with its reason, and the others as `or`."""
    fixes = [diagnostic.fix] if diagnostic.fix else []
    for index, fix in enumerate([*fixes, *diagnostic.alternatives]):
        word, text = ("or:", fix.message) if index else ("help:", fix.reasoned)
        yield from gutter.note(text, word)
