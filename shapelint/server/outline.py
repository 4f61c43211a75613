"""The formulas of a document in, its symbols and the shapes behind its targets out."""

from collections.abc import Iterator

from lsprotocol import types

from shapelint.diagnostic import FormulaShapes, Term
from shapelint.explain.phrases import shape_text
from shapelint.server.client import Client
from shapelint.server.document import Document
from shapelint.server.hover import shape_of
from shapelint.source import Span


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
    """Return the shapes behind the targets of the formulas in a range, and behind names that nobody declares."""
    places = document.places(client.encoding)
    span = places.span(found)
    shown = {
        target.span.end: shape_of(target)
        for formula in document.shapes_within(span)
        if (target := _target(formula)) is not None and target.shape is not None
    }
    for name, shape in _undeclared(document, span):
        shown.setdefault(name.end, shape)
    return [
        types.InlayHint(places.position(end), f": {shape}", types.InlayHintKind.Type)
        for end, shape in sorted(shown.items())
    ]


def _undeclared(document: Document, span: Span) -> Iterator[tuple[Span, str]]:
    """Yield the names whose shapes follow from their uses alone, where they are first used, with their shapes."""
    names = document.names
    seen: set[tuple[str, int]] = set()
    for one in names.all if names is not None else ():
        key = (one.key, id(one.section))
        if not one.found or one.shape is None or key in seen or names is None:
            continue
        seen.add(key)
        touches = one.span.start <= span.end and span.start <= one.span.end
        if touches and not names.origins(one):
            yield one.span, shape_text(one.shape, one.section.facts.spellings)


def _target(formula: FormulaShapes) -> Term | None:
    """The target's line is the one that stands at the formula's beginning and is the last of its analysis."""
    return next((term for term in reversed(formula.terms) if term.span.start == formula.span.start), None)
