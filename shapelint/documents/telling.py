"""What words say of shapes in, declarations out, read in the notation that names and shapes are written in."""

from functools import lru_cache

from shapelint.declared import Declared
from shapelint.documents.told import Told, told
from shapelint.parse.declarations import Statement
from shapelint.parse.notation import PLAIN, Notation
from shapelint.source import Span


@lru_cache(maxsize=8)
def telling(latex: Notation | None) -> Notation:
    """Return the notation of words; `latex` is that of the mathematics in them, where a document has macros."""

    def declaration(text: str, start: int, end: int) -> Statement | None:
        one = next(told(text, start, end), None)
        return None if one is None else _read(one, Span(start, end), latex)

    return PLAIN._replace(declaration=declaration)


def _read(one: Told, span: Span, latex: Notation | None) -> Statement | None:
    """Read each pair of names and a shape as the declaration that it is."""
    declared: list[Declared] = []
    spellings: dict[str, str] = {}
    for pair in one.pairs:
        sign = (r"\in" if one.latex else "∈") if "^" in pair[1][:12] and "R" in pair[1][:9] else ":"
        written = f"{pair[0]} {sign} {pair[1]}"
        reading = _notation_of(one, latex).declaration(written, 0, len(written))
        if reading is None:
            return None
        declared += [each._replace(span=span) for each in reading.declared]
        spellings.update(reading.spellings)
    return Statement(tuple(declared), None, spellings)


def _notation_of(one: Told, latex: Notation | None) -> Notation:
    if not one.latex:
        return PLAIN
    from shapelint.parse.latex import latex as without_macros  # most texts have no LaTeX

    return latex or without_macros()
