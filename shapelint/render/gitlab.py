"""The format `gitlab`: the JSON of GitLab's code quality report, with fingerprints that survive moved lines.

docs.gitlab.com, "Code Quality report format".
"""

from collections.abc import Iterable, Iterator

from shapelint.diagnostic import ERROR, Diagnostic, Report
from shapelint.render.fingerprints import fingerprints
from shapelint.render.json_text import array
from shapelint.render.paths import relative
from shapelint.render.records import Record
from shapelint.render.screen import Screen
from shapelint.source import Source


def render(reports: Iterable[Report], screen: Screen) -> Iterator[str]:
    """Yield one array of all findings."""
    return array(_finding(one.source, *found) for one in reports for found in fingerprints(one))


def _finding(source: Source, found: Diagnostic, fingerprint: str) -> Record:
    place = f"{source.where(found.span.start).removeprefix(f'{source.name}:')}: " if source.cells else ""
    return {
        "description": place + " · ".join(found.sentences),
        "check_name": found.code,
        "fingerprint": fingerprint,
        "severity": "major" if found.severity == ERROR else "minor",
        "location": {"path": relative(source.name), "positions": _positions(source, found)},
    }


def _positions(source: Source, found: Diagnostic) -> Record:
    """Return the place; in a notebook its beginning, for rows count inside of a cell."""
    if source.cells:
        return {"begin": {"line": 1, "column": 1}, "end": {"line": 1, "column": 1}}
    start, end = source.position(found.span.start), source.position(found.span.end)
    return {
        "begin": {"line": start.row, "column": start.column},
        "end": {"line": end.row, "column": end.column},
    }
