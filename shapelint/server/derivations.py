"""A place in a document in, where the gradient there comes from out: a few lines for a hover, all steps for a page."""

from typing import TYPE_CHECKING

from shapelint.diagnostic import Term
from shapelint.render.screen import Screen
from shapelint.server.document import Document
from shapelint.source import Span

if TYPE_CHECKING:
    from shapelint.explain.derivation import Teller

_GRADIENTS = (
    "d",
    "∂",
    "\\partial",
    "\\frac{\\partial",
    "\\frac{d",
    "delta",
    "δ",
    "\\delta",
    "nabla",
    "\\nabla",
)


def may_be_gradient(term: Term) -> bool:
    """Say whether a term may be the name of a gradient: only then is anything derived."""
    return term.text.startswith(_GRADIENTS)


def gradient_at(document: Document, place: int) -> str:
    """Return the gradient under the cursor, else the one that the formula there is of; "" where neither is."""
    for formula in document.shapes_within(Span(place, place)):
        here = [term for term in formula.terms if term.span.start <= place <= term.span.end]
        here.sort(key=lambda term: term.span.end - term.span.start)
        for term in (*here, *formula.terms[-1:]):
            if may_be_gradient(term) and document.step(term.text) is not None:
                return term.text
    return ""


def lines(document: Document, text: str) -> list[str]:
    """Return the line that a gradient goes back through, entry by entry, the chain rule, and what it comes to."""
    found = document.step(text)
    if found is None:
        return []
    told = _teller(document).told(found)
    formula = f"{told.target} = {told.formula}"
    return [line for line in (told.forward, *told.entries[:1], formula) if line]


def page(document: Document, place: int) -> str:
    """Return all steps to the gradient at a place, "" where there is none."""
    text = gradient_at(document, place)
    last = document.step(text) if text else None
    if last is None or document.derivation is None:
        return ""
    from shapelint.render.derivation import Shown, full

    teller = _teller(document)
    told = tuple(map(teller.told, document.derivation.all.needed([last.key])))
    shown = Shown(document.source.name, "", teller.layout, told, (), (), ())
    return "".join(full([shown], Screen())).rstrip()


def _teller(document: Document) -> "Teller":
    from shapelint.calculus.inside import notation_of
    from shapelint.explain.derivation import Teller

    assert document.derivation is not None
    return Teller(document.derivation, notation_of(document.derivation.network), document.everything.layout)
