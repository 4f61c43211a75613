"""A place in a document in, what is known of the term there out: its shape, and how that came about."""

from lsprotocol import types

from shapelint.diagnostic import Term
from shapelint.server.client import Client
from shapelint.server.document import Document
from shapelint.source import Span


def hover(document: Document, client: Client, position: types.Position) -> types.Hover | None:
    """Return the smallest term under the cursor with its shape, None where there is no formula."""
    places = document.places(client.encoding)
    offset = places.offset(position)
    formulas = document.shapes_within(Span(offset, offset))
    terms = [term for formula in formulas for term in formula.terms]
    here = [term for term in terms if term.span.start <= offset < term.span.end]
    if not here:
        return None
    term = min(here, key=lambda one: one.span.end - one.span.start)
    return types.Hover(_content(term, client), places.range(term.span))


def _content(term: Term, client: Client) -> types.MarkupContent:
    lines = [f"{term.text} : {shape_of(term)}"]
    if term.story and term.story != shape_of(term):
        lines.append(term.story)
    if not client.markdown:
        return types.MarkupContent(types.MarkupKind.PlainText, "\n".join(lines))
    return types.MarkupContent(types.MarkupKind.Markdown, "\n".join(("```text", *lines, "```")))


def shape_of(term: Term) -> str:
    """Write a term's shape; "?" where it cannot be told."""
    if term.shape is None:
        return "?"
    if not term.shape:
        return "scalar"
    return f"({', '.join(term.shape)}{',' if len(term.shape) == 1 else ''})"
