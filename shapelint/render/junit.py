"""The format `junit`: XML as test runners write it; a file is a suite, and a finding a failed test of it."""

from collections.abc import Iterable, Iterator
from xml.sax.saxutils import escape, quoteattr

from shapelint.diagnostic import Diagnostic, Report
from shapelint.render.paths import relative
from shapelint.render.screen import Screen
from shapelint.render.visible import visible
from shapelint.source import Source


def render(reports: Iterable[Report], screen: Screen) -> Iterator[str]:
    """Yield a suite for each file; one without findings has one test, which passes."""
    yield '<?xml version="1.0" encoding="utf-8"?>\n<testsuites name="shapelint">\n'
    for report in reports:
        yield from _suite(report)
    yield "</testsuites>\n"


def _suite(report: Report) -> Iterator[str]:
    name, found = _attribute(relative(report.source.name)), report.diagnostics
    number = max(len(found), 1)
    yield f'  <testsuite name={name} tests="{number}" failures="{len(found)}" errors="0" skipped="0">\n'
    if not found:
        yield f'    <testcase name="shapelint" classname={name} file={name}/>\n'
    for one in found:
        yield _failed(report.source, one, name)
    yield "  </testsuite>\n"


def _failed(source: Source, found: Diagnostic, name: str) -> str:
    where = source.where(found.span.start)
    label = _attribute(f"{found.code} at {where.removeprefix(f'{source.name}:')}")
    line = "" if source.cells else f' line="{source.position(found.span.start).row}"'
    text = "\n".join([visible(where), *map(visible, found.sentences)])
    return (
        f"    <testcase name={label} classname={name} file={name}{line}>\n"
        f'      <failure type="{found.severity}" message={_attribute(found.message)}>{escape(text)}</failure>\n'
        "    </testcase>\n"
    )


def _attribute(text: str) -> str:
    return quoteattr(visible(text))
