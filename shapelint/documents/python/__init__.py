"""Programs: Python files, the cells of notebooks, the fences of Markdown. A source in, its contents out."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from shapelint.documents.contents import Contents, Scope
from shapelint.documents.directives import Directives, directives
from shapelint.documents.python.program import joined, program, speaks, without_magics
from shapelint.source import Source, Span

if TYPE_CHECKING:
    from shapelint.documents.percent import Notes

_CELLS = ".ipynb.py"  # the cells of code that JupyterLab sends as one document of Python
_NOTHING = Directives((), (), ())


def program_contents(source: Source) -> Contents:
    """Find out what is to be read of a Python file; of one that cannot be a network's, nothing."""
    text = source.text
    if "%%" in text and (found_notes := _notes(text)) is not None:
        scopes, shown, habits = found_notes
        code = program(text) if speaks(text) else None
        if code is not None:
            from shapelint.documents.python.contents import program_scopes

            scopes = (*scopes, *program_scopes(code.text, code.module, len(scopes)))
        fault = code.fault if code is not None else None
        return Contents(text, shown, scopes, directives(text), False, habits, fault, programs=_all(text))
    if not speaks(text):
        return Contents(text, text, (), _NOTHING, False, "", programs=_all(text))
    from shapelint.documents.python.contents import program_scopes  # most programs are about other things

    found = program(without_magics(text) if source.name.lower().endswith(_CELLS) else text)
    sections = tuple(program_scopes(found.text, found.module, 0))
    return Contents(text, text, sections, directives(text), False, "", found.fault, programs=_all(text))


def _all(text: str) -> tuple[Span, ...]:
    return (Span(0, len(text)),)


def _notes(text: str) -> "Notes | None":
    """Return what the cells of Markdown say of a notebook that is kept as a script; None where there are none."""
    from shapelint.documents.percent import notes  # few programs are notebooks

    return notes(text)


def scopes_in(text: str, stretches: Iterable[tuple[int, int]], first: int) -> tuple[list[Scope], str]:
    """Return the scopes of the stretches of a document that hold one program, and the text they stand in."""
    wanted = list(stretches)
    if not any(speaks(text[start:end]) for start, end in wanted):
        return [], ""
    from shapelint.documents.python.contents import program_scopes

    found = joined(text, wanted)
    return program_scopes(found.text, found.module, first), found.text
