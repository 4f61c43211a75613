"""A place in a document in, what is known of it out: a term's shape and how it came about, a code's page."""

import re
from collections.abc import Sequence

from lsprotocol import types

from shapelint.catalogue import page
from shapelint.codes import CODES
from shapelint.diagnostic import Term
from shapelint.server.client import Client
from shapelint.server.derivations import lines, may_be_gradient
from shapelint.server.document import Document
from shapelint.source import Span


def hover(document: Document, client: Client, position: types.Position) -> types.Hover | None:
    """Return the smallest term under the cursor with its shape, or a code's page, None where neither is."""
    places = document.places(client.encoding)
    offset = places.offset(position)
    formulas = document.shapes_within(Span(offset, offset))
    terms = [term for formula in formulas for term in formula.terms]
    here = [term for term in terms if term.span.start <= offset < term.span.end]
    if not here:
        return _code(document, client, offset)
    term = min(here, key=lambda one: one.span.end - one.span.start)
    derived = lines(document, term.text) if may_be_gradient(term) else []
    return types.Hover(_content(term, client, derived), places.range(term.span))


_WORD = re.compile(r"[a-z-]+")


def _code(document: Document, client: Client, offset: int) -> types.Hover | None:
    """Return the page of the code under the cursor, in a comment that silences it."""
    for silence in document.silences:
        if silence.span.start <= offset <= silence.span.end:
            for word in _WORD.finditer(document.source.text, *silence.span):
                if word.start() <= offset <= word.end() and word[0] in CODES:
                    kind = types.MarkupKind.Markdown if client.markdown else types.MarkupKind.PlainText
                    content = types.MarkupContent(kind, page(word[0]) or CODES[word[0]].fact)
                    return types.Hover(content, document.places(client.encoding).range(Span(*word.span())))
    return None


def _content(term: Term, client: Client, derived: Sequence[str]) -> types.MarkupContent:
    shown = [f"{term.text} : {shape_of(term)}"]
    if term.story and term.story != shape_of(term):
        shown.append(term.story)
    shown += ["", *derived] if derived else []
    if not client.markdown:
        return types.MarkupContent(types.MarkupKind.PlainText, "\n".join(shown))
    return types.MarkupContent(types.MarkupKind.Markdown, "\n".join(("```text", *shown, "```")))


def shape_of(term: Term) -> str:
    """Write a term's shape; "?" where it cannot be told."""
    if term.shape is None:
        return "?"
    if not term.shape:
        return "scalar"
    return f"({', '.join(term.shape)}{',' if len(term.shape) == 1 else ''})"
