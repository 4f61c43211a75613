"""Reports become what a person or a machine reads: the table of output formats.

A format is a row here, `module.function`: the function takes reports (or analyses) and a Screen and
yields the output piece by piece. The module is imported when its format is asked for.
"""

from collections.abc import Callable, Iterable, Iterator
from importlib import import_module
from itertools import chain

from shapelint.diagnostic import FormulaShapes, Report
from shapelint.render.screen import Screen
from shapelint.source import Source

REPORTS = {
    "full": "full.render",
    "concise": "concise.render",
    "json": "json_text.finding_array",
    "jsonl": "json_text.finding_lines",
    "sarif": "sarif.render",
    "github": "github.render",
    "gitlab": "gitlab.render",
    "junit": "junit.render",
}

SHAPES = {
    "full": "shapes.render",
    "json": "json_text.formula_array",
    "jsonl": "json_text.formula_lines",
}

# The formats that people read: a summary goes with them. Counts are written in these and as JSON.
FOR_PEOPLE = ("full", "concise")
COUNTED = (*FOR_PEOPLE, "json", "jsonl")

Analysis = tuple[Source, tuple[FormulaShapes, ...]]


def findings(reports: Iterable[Report], output_format: str, screen: Screen) -> Iterator[str]:
    """Yield the findings of all files in a format of `REPORTS`, as the reports come in."""
    if (
        output_format in FOR_PEOPLE
    ):  # nothing is written of a report without findings, and nothing loaded for it
        reports = (report for report in reports if report.diagnostics)
        first = next(reports, None)
        return (
            iter(()) if first is None else _renderer(REPORTS[output_format])(chain((first,), reports), screen)
        )
    return _renderer(REPORTS[output_format])(reports, screen)


def analyses(shapes: Iterable[Analysis], output_format: str, screen: Screen) -> Iterator[str]:
    """Yield the analysis of all formulas in a format of `SHAPES`, as the analyses come in."""
    return _renderer(SHAPES[output_format])(shapes, screen)


def _renderer(row: str) -> Callable[[object, Screen], Iterator[str]]:
    module, function = row.split(".")
    renderer: Callable[[object, Screen], Iterator[str]]
    renderer = getattr(import_module(f"shapelint.render.{module}"), function)
    return renderer
