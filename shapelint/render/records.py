"""The contract of the JSON formats: reports and analyses come in, plain records come out.

The same keys are always there; rows and columns count from 1, columns in code points, ends are exclusive.
In a notebook every place says its cell: a label may stand in another one than the finding.

`world` says how a document is laid out, `{"examples": "columns" | "rows", "weights": "out_in" | "in_out", "numbered":
"reaches" | "leaves"}`, null where a convention of one's own does not tell; `convention` is the nearest that has a name.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from shapelint.codes import url
from shapelint.diagnostic import Diagnostic, Edit, Fix, FormulaShapes, Label, Report, Term, Traits
from shapelint.source import Source, Span

Record = dict[str, Any]


def findings(reports: Iterable[Report]) -> Iterator[Record]:
    """Yield a record for each diagnostic of all files."""
    for report in reports:
        for diagnostic in report.diagnostics:
            yield _finding(report, diagnostic)


def formulas(analyses: Iterable[tuple[Source, tuple[FormulaShapes, ...]]]) -> Iterator[Record]:
    """Yield a record for each formula of all files."""
    for source, shapes in analyses:
        for formula in shapes:
            yield _formula(source, formula)


def _finding(report: Report, diagnostic: Diagnostic) -> Record:
    source = report.source
    return {
        "code": diagnostic.code,
        "severity": diagnostic.severity,
        "message": diagnostic.message,
        "filename": source.name,
        "cell": source.cell(diagnostic.span.start),
        "convention": report.convention,
        "world": _world(report.world),
        "url": url(diagnostic.code),
        **_place(source, diagnostic.span),
        "term": diagnostic.term,
        "cause": diagnostic.cause,
        "labels": [_label(source, label) for label in diagnostic.labels],
        "notes": list(diagnostic.notes),
        "fix": _fix(source, diagnostic.fix) if diagnostic.fix else None,
        "alternatives": [_fix(source, fix) for fix in diagnostic.alternatives],
    }


def _formula(source: Source, formula: FormulaShapes) -> Record:
    return {
        "filename": source.name,
        "cell": source.cell(formula.span.start),
        "convention": formula.convention,
        "world": _world(formula.world),
        **_place(source, formula.span),
        "text": formula.text,
        "status": formula.status,
        "reason": formula.reason or None,
        "target": _shape(formula.target),
        "terms": [_term(source, term) for term in formula.terms],
    }


def _world(world: Traits | None) -> dict[str, str] | None:
    return None if world is None else world._asdict()


def _term(source: Source, term: Term) -> Record:
    return {"text": term.text, "shape": _shape(term.shape), **_place(source, term.span)}


def _shape(shape: tuple[str, ...] | None) -> list[str] | None:
    return None if shape is None else list(shape)


def _label(source: Source, label: Label) -> Record:
    return {**_place(source, label.span), "message": label.message}


def _fix(source: Source, fix: Fix) -> Record:
    return {
        "message": fix.message,
        "applicability": fix.applicability,
        "edits": [_edit(source, edit) for edit in fix.edits],
    }


def _edit(source: Source, edit: Edit) -> Record:
    return {**_place(source, edit.span), "content": edit.content}


def _place(source: Source, span: Span) -> Record:
    places = {"location": _position(source, span.start), "end_location": _position(source, span.end)}
    return {"cell": source.cell(span.start), **places} if source.cells else places


def _position(source: Source, offset: int) -> dict[str, int]:
    return source.position(offset)._asdict()
