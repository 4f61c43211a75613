"""A source in, what is to be read of it out; its kind is that of its name. A file of formulas is one section."""

from bisect import bisect_right
from collections.abc import Sequence
from typing import TYPE_CHECKING

from shapelint.documents.contents import NO_PARENT, Contents, Scope, speaks_numpy
from shapelint.documents.directives import directives
from shapelint.documents.kinds import OCTAVE, PYTHON, TEXT, kind
from shapelint.documents.manner import in_manner, manner_of
from shapelint.documents.normal import normal
from shapelint.documents.quoted import latex_in, unmarked
from shapelint.documents.statements import Statement, statements, statements_told
from shapelint.source import Source, Span, spliced

if TYPE_CHECKING:
    from shapelint.documents.recall import Recalled


def contents(source: Source, recalled: "Recalled | None" = None, given: bool = False) -> Contents:
    """Find out what is to be read of a source; `recalled` are the pieces of the last version of a text.

    With `given` each line of a text is meant as a formula, an expression alone, too.
    """
    what = kind(source.name)
    if what == PYTHON:
        from shapelint.documents.python import program_contents  # other files have no use for it

        return program_contents(source)
    if what == OCTAVE:
        from shapelint.documents.octave import octave_contents  # other files have no use for it

        return octave_contents(source)
    if what != TEXT:
        from shapelint.documents.sections import document  # a file of formulas has no use for it

        return document(source, what)
    return _text(source, recalled, given)


def _text(source: Source, recalled: "Recalled | None", given: bool) -> Contents:
    """Read a file of formulas, or of sentences with formulas in them."""
    latex = latex_in(source.text)
    words = _without(unmarked(source.text), latex)
    manner = manner_of(source.text)
    text = in_manner(normal(words), source.text, manner)
    found = tuple(statements(text, 0, len(text)) if recalled is None else recalled.statements(text))
    if latex:
        text = spliced(
            text,
            [(one, in_manner(normal(part := source.slice(one)), part, manner)) for one in latex],
        )
        found = _with_latex(text, found, latex)
        text, found = _with_told(source.text, text, found)
    if given:
        from shapelint.documents.expressions import expressions  # formulas of files are set to something

        found = tuple(sorted([*found, *expressions(text, found)], key=lambda one: one.start))
    habits = "\n".join(one.spelled or text[one.start : one.end] for one in found)
    scope = Scope(found, NO_PARENT, habits)
    numpy = (Span(0, len(text)),) if speaks_numpy(text, 0, len(text)) else ()
    return Contents(source.text, text, (scope,), directives(text), plain=True, habits=habits, numpy=numpy)


def _without(text: str, spans: Sequence[Span]) -> str:
    """Return a text with blanks for stretches of it, and for the dollars around them."""
    return spliced(text, [(Span(start - 1, end + 1), " " * (end - start + 2)) for start, end in spans])


def _with_told(original: str, text: str, found: Sequence[Statement]) -> tuple[str, tuple[Statement, ...]]:
    """Read shapes that are said in words of what stands in dollars."""
    words, told, start = normal(original), list[Statement](), 0
    for line in words.splitlines(keepends=True):
        if "$" in line or "\\" in line:
            told += statements_told(words, start, start + len(line.rstrip()))
        start += len(line)
    if not told:
        return text, tuple(found)
    text = spliced(text, [(Span(one.start, one.end), words[one.start : one.end]) for one in told])
    return text, _among(found, [Span(one.start, one.end) for one in told], told)


def _with_latex(text: str, found: Sequence[Statement], spans: Sequence[Span]) -> tuple[Statement, ...]:
    """Put the statements in LaTeX between the others; one that goes on over LaTeX cannot be read as it is."""
    from shapelint.documents.mathematics import (
        statements as latex_statements,
    )  # a file of formulas has no use for it

    own = [one._replace(loose=True) for span in spans for one in latex_statements(text, *span, {})]
    return _among(found, spans, own)


def _among(
    found: Sequence[Statement], spans: Sequence[Span], own: Sequence[Statement]
) -> tuple[Statement, ...]:
    """Put the statements of stretches, in their order, among those that touch none of them."""
    ends = [span.end for span in spans]
    rest = []
    for one in found:
        following = bisect_right(ends, one.start)  # the first stretch that ends behind its beginning
        if following == len(spans) or spans[following].start >= one.end:
            rest.append(one)
    return tuple(sorted([*rest, *own], key=lambda one: one.start))
