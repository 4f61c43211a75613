"""The format `full`: a diagnostic as a mentor would draw it, with the line, the marks and the repair."""

from collections.abc import Iterable, Iterator

from shapelint.diagnostic import Diagnostic, Report
from shapelint.render.screen import Screen
from shapelint.render.snippet import Gutter, snippet
from shapelint.source import Source


def render(reports: Iterable[Report], screen: Screen) -> Iterator[str]:
    """Yield each diagnostic, followed by an empty line."""
    for report in reports:
        for diagnostic in report.diagnostics:
            yield "\n".join(_lines(report.source, diagnostic, screen)) + "\n\n"


def _lines(source: Source, diagnostic: Diagnostic, screen: Screen) -> list[str]:
    gutter, drawing = snippet(source, diagnostic, screen)
    below = [*_notes(diagnostic, gutter, screen), *_repairs(diagnostic, gutter, screen)]
    between = [gutter.row()] if below and source.text else []
    return [_headline(diagnostic, screen), *drawing, *between, *below]


def _headline(diagnostic: Diagnostic, screen: Screen) -> str:
    name = screen.say(f"{diagnostic.severity}[{diagnostic.code}]", diagnostic.severity)
    return name + screen.say(f": {diagnostic.message}", "headline")


def _notes(diagnostic: Diagnostic, gutter: Gutter, screen: Screen) -> Iterator[str]:
    return (gutter.note(screen.say(note)) for note in diagnostic.notes)


def _repairs(diagnostic: Diagnostic, gutter: Gutter, screen: Screen) -> Iterator[str]:
    """Yield the first repair with its reason, and the others as `or`."""
    fixes = [diagnostic.fix] if diagnostic.fix else []
    for index, fix in enumerate([*fixes, *diagnostic.alternatives]):
        word, text = ("or:", fix.message) if index else ("help:", fix.reasoned)
        yield gutter.note(f"{screen.paint(word, 'help')} {screen.say(text)}")
