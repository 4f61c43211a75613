"""The notation of LaTeX: its grammar, and how its tokens are decided."""

from collections.abc import Sequence
from functools import lru_cache

from shapelint.declared import Stated
from shapelint.parse.declarations import Statement
from shapelint.parse.latex.declarations import read_declaration, read_equation, read_shapes, shape_of
from shapelint.parse.latex.item import Item
from shapelint.parse.latex.items import items
from shapelint.parse.latex.raw import NO_MACROS, Macros, raw
from shapelint.parse.latex.tokens import decide
from shapelint.parse.notation import Notation
from shapelint.parse.tokens import Tokens, Words
from shapelint.source import Span

# What lays a formula out and says nothing.
_LAYOUT = frozenset(("GAP", "AMP", "BREAK"))
GRAMMAR = "latex"
_UNKNOWN = "UNKNOWN"  # no formula ends before it, as one does before a stray sign in a text file
_ENDS = frozenset(("PROSE", "NEXT"))


def latex(macros: Macros = NO_MACROS) -> Notation:
    """Return the notation of LaTeX under a document's macros; under the same ones it is the same object."""
    return _latex(tuple(macros.items()))


@lru_cache(maxsize=8)
def _latex(pairs: tuple[tuple[str, str], ...]) -> Notation:
    macros: Macros = dict(pairs)

    def tokenize(text: str, start: int, end: int, words: Words) -> Tokens:
        found, prose = _formula_items(text, start, end, macros)
        decided = decide(found, words)
        tokens = [(_UNKNOWN, *token[1:]) if token[0] == "STRAY" else token for token in decided.tokens]
        return Tokens(tokens, decided.flags, prose, prose is not None, tuple(_stated(found)))

    def declaration(text: str, start: int, end: int) -> Statement | None:
        return read_declaration(text, start, end, macros)

    def equation(text: str, start: int, end: int) -> Statement | None:
        return read_equation(text, start, end, macros)

    def shapes(text: str, start: int, end: int) -> tuple[Stated, ...]:
        return read_shapes(text, start, end, macros)

    return Notation(GRAMMAR, tokenize, declaration, equation, shapes)


def _formula_items(text: str, start: int, end: int, macros: Macros) -> tuple[list[Item], int | None]:
    """Return the items up to where prose begins, and that place."""
    found: list[Item] = []
    for item in items(raw(text, start, end, macros)):
        if item.kind in _ENDS:
            if item.base[:1] == "(" and item.base[-1:] == ")":
                continue  # a remark: (elementwise)
            return found, item.start
        if item.kind not in _LAYOUT:
            found.append(item)
    return found, None


def _stated(found: Sequence[Item]) -> list[Stated]:
    """Return what stands under braces, where it is a shape."""
    out = []
    for item in found:
        if item.inside and (shape := shape_of(item.inside)) is not None:
            span = Span(item.inside[0].start, item.inside[-1].end)
            out.append(Stated(item.start, shape, span))
    return out
