"""The format `sarif`: SARIF 2.1.0, the exchange format of code scanning, with help, related places and repairs.

docs.oasis-open.org, "Static Analysis Results Interchange Format (SARIF) Version 2.1.0". Columns are code points.
"""

from collections.abc import Iterable, Iterator
from json import JSONEncoder

from shapelint import __version__
from shapelint.catalogue import page
from shapelint.codes import CODES, OFF, Code
from shapelint.diagnostic import ERROR, Diagnostic, Edit, Fix, Report
from shapelint.render.fingerprints import fingerprints
from shapelint.render.json_text import array
from shapelint.render.paths import uri
from shapelint.render.records import Record
from shapelint.render.screen import Screen
from shapelint.source import Source, Span

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_NUMBERS = {name: number for number, name in enumerate(CODES)}
_encode = JSONEncoder().encode


def render(reports: Iterable[Report], screen: Screen) -> Iterator[str]:
    """Yield one log with one run; its results are written as the reports come in."""
    driver = {"name": "shapelint", "version": __version__, "rules": [_rule(code) for code in CODES.values()]}
    yield f'{{"$schema": {_encode(_SCHEMA)}, "version": "2.1.0", "runs": [{{\n'
    yield f'"tool": {_encode({"driver": driver})},\n"columnKind": "unicodeCodePoints",\n"results": '
    yield from array(_result(one.source, *found) for one in reports for found in fingerprints(one))
    yield "}]}\n"


def _rule(code: Code) -> Record:
    text = page(code.name) or code.fact
    told = {
        "id": code.name,
        "shortDescription": {"text": code.fact},
        "help": {"text": text, "markdown": text},
        "defaultConfiguration": {"level": "error" if code.severity == ERROR else "warning"},
    }
    if code.severity == OFF:
        told["defaultConfiguration"] = {"level": "note", "enabled": False}
    return told


def _result(source: Source, found: Diagnostic, fingerprint: str) -> Record:
    fixes = [found.fix, *found.alternatives] if found.fix else []
    result: Record = {
        "ruleId": found.code,
        "ruleIndex": _NUMBERS[found.code],
        "level": found.severity if found.severity == ERROR else "warning",
        "message": {"text": "\n".join(found.sentences)},
        "locations": [_location(source, found.span)],
        "partialFingerprints": {"shapelint/v1": fingerprint},
    }
    if found.labels:
        result["relatedLocations"] = [
            _location(source, label.span) | {"message": {"text": label.message}} for label in found.labels
        ]
    if fixes and not source.cells:  # a change of a cell is another one in the JSON around it
        result["fixes"] = [_fix(source, fix) for fix in fixes]
    return result


def _location(source: Source, span: Span) -> Record:
    """Return a place; a place in a cell has no rows of the file, and is named."""
    artifact = {"artifactLocation": {"uri": uri(source.name)}}
    if source.cells:
        named = source.where(span.start).removeprefix(f"{source.name}:")
        return {"physicalLocation": artifact, "logicalLocations": [{"name": named, "kind": "member"}]}
    return {"physicalLocation": artifact | ({"region": _region(source, span)} if source.text else {})}


def _region(source: Source, span: Span) -> Record:
    start, end = source.position(span.start), source.position(span.end)
    return {
        "startLine": start.row,
        "startColumn": start.column,
        "endLine": end.row,
        "endColumn": end.column,
    }


def _fix(source: Source, fix: Fix) -> Record:
    changed = {
        "artifactLocation": {"uri": uri(source.name)},
        "replacements": [_replacement(source, edit) for edit in fix.edits],
    }
    return {"description": {"text": fix.reasoned}, "artifactChanges": [changed]}


def _replacement(source: Source, edit: Edit) -> Record:
    return {"deletedRegion": _region(source, edit.span), "insertedContent": {"text": edit.content}}
