"""The format `github`: workflow commands, which GitHub shows as annotations on the lines of a pull request.

docs.github.com, "Workflow commands for GitHub Actions"; properties and the message are escaped as its toolkit does.
"""

from collections.abc import Iterable, Iterator

from shapelint.diagnostic import Diagnostic, Report
from shapelint.render.paths import relative
from shapelint.render.screen import Screen
from shapelint.render.visible import visible
from shapelint.source import Source


def render(reports: Iterable[Report], screen: Screen) -> Iterator[str]:
    """Yield `::error title=…,file=…,line=…,col=…,endLine=…,endColumn=…::message` for each finding."""
    for report in reports:
        for found in report.diagnostics:
            yield f"::{found.severity} {_properties(report.source, found)}::{_message(report.source, found)}\n"


def _properties(source: Source, found: Diagnostic) -> str:
    values: dict[str, object] = {"title": f"shapelint ({found.code})", "file": visible(relative(source.name))}
    if (
        source.text and not source.cells
    ):  # where a cell stands in the JSON of a notebook, no reader wants to know
        start, end = source.position(found.span.start), source.position(found.span.end)
        values |= {"line": start.row, "col": start.column, "endLine": end.row, "endColumn": end.column}
    return ",".join(f"{key}={_property(str(value))}" for key, value in values.items())


def _message(source: Source, found: Diagnostic) -> str:
    first = f"{source.where(found.span.start)}: " if source.text else ""
    lines = [visible(line) for line in found.sentences]
    return _data("\n".join([f"{visible(first)}{lines[0]}", *lines[1:]]))


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
