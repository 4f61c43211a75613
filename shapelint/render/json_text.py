"""The formats `json` (one array over all files) and `jsonl` (one record a line).

Only ASCII is written, so that every encoding can carry it and no character of a file reaches a terminal raw.
"""

from collections.abc import Iterable, Iterator
from json import JSONEncoder

from shapelint.diagnostic import FormulaShapes, Report
from shapelint.render.records import Record, findings, formulas
from shapelint.render.screen import Screen
from shapelint.source import Source

_encode = JSONEncoder().encode


def finding_array(reports: Iterable[Report], screen: Screen) -> Iterator[str]:
    """Yield one array of all findings."""
    return array(findings(reports))


def finding_lines(reports: Iterable[Report], screen: Screen) -> Iterator[str]:
    """Yield each finding as a line."""
    return lines(findings(reports))


def formula_array(
    analyses: Iterable[tuple[Source, tuple[FormulaShapes, ...]]], screen: Screen
) -> Iterator[str]:
    """Yield one array of all formulas."""
    return array(formulas(analyses))


def formula_lines(
    analyses: Iterable[tuple[Source, tuple[FormulaShapes, ...]]], screen: Screen
) -> Iterator[str]:
    """Yield each formula as a line."""
    return lines(formulas(analyses))


def array(records: Iterable[Record]) -> Iterator[str]:
    """Yield one JSON array, a record a line, as the records come in."""
    before = "["
    for record in records:
        yield f"{before}\n{_encode(record)}"
        before = ","
    yield "[]\n" if before == "[" else "\n]\n"


def lines(records: Iterable[Record]) -> Iterator[str]:
    """Yield each record as a line of its own."""
    return (f"{_encode(record)}\n" for record in records)
