"""The formulas of a document in, its symbols and the shapes behind its targets out."""

from lsprotocol import types

from shapelint.diagnostic import FormulaShapes, Term
from shapelint.server.client import Client
from shapelint.server.document import Document
from shapelint.server.hover import shape_of


def symbols(document: Document, client: Client) -> list[types.DocumentSymbol]:
    """Return a symbol for each formula: its target, with the shape."""
    places = document.places(client.encoding)
    found = []
    for formula in document.shapes:
        target = _target(formula)
        if target is not None:
            found.append(
                types.DocumentSymbol(
                    name=target.text or "formula",
                    detail=shape_of(target),
                    kind=types.SymbolKind.Variable,
                    range=places.range(formula.span),
                    selection_range=places.range(target.span),
                )
            )
    return found


def hints(document: Document, client: Client, found: types.Range) -> list[types.InlayHint]:
    """Return the shapes behind the targets of the formulas in a range."""
    places = document.places(client.encoding)
    span = places.span(found)
    return [
        types.InlayHint(places.position(target.span.end), f": {shape_of(target)}", types.InlayHintKind.Type)
        for formula in document.shapes_within(span)
        if (target := _target(formula)) is not None and target.shape is not None
    ]


def _target(formula: FormulaShapes) -> Term | None:
    """The target's line is the one that stands at the formula's beginning and is the last of its analysis."""
    return next((term for term in reversed(formula.terms) if term.span.start == formula.span.start), None)
