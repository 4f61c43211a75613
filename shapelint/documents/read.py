"""A source in, what is to be read of it out; its kind is that of its name. A file of formulas is one section."""

from typing import TYPE_CHECKING

from shapelint.documents.contents import NO_PARENT, Contents, Scope, speaks_numpy
from shapelint.documents.directives import directives
from shapelint.documents.kinds import PYTHON, TEXT, kind
from shapelint.documents.normal import layer_letters, normal, with_layers
from shapelint.documents.statements import statements
from shapelint.source import Source, Span

if TYPE_CHECKING:
    from shapelint.documents.recall import Recalled


def contents(source: Source, recalled: "Recalled | None" = None) -> Contents:
    """Find out what is to be read of a source; `recalled` are the pieces of the last version of a text."""
    what = kind(source.name)
    if what == PYTHON:
        from shapelint.documents.python import program_contents  # other files have no use for it

        return program_contents(source)
    if what != TEXT:
        from shapelint.documents.sections import document  # a file of formulas has no use for it

        return document(source, what)
    text = normal(source.text)
    text = with_layers(text, source.text, layer_letters(source.text))
    found = tuple(statements(text, 0, len(text)) if recalled is None else recalled.statements(text))
    habits = "\n".join(text[one.start : one.end] for one in found)
    scope = Scope(found, NO_PARENT, habits)
    numpy = (Span(0, len(text)),) if speaks_numpy(text, 0, len(text)) else ()
    return Contents(source.text, text, (scope,), directives(text), plain=True, habits=habits, numpy=numpy)
