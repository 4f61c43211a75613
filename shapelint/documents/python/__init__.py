"""Programs: Python files, the cells of notebooks, the fences of Markdown. A source in, its contents out."""

from collections.abc import Iterable

from shapelint.documents.contents import Contents, Scope
from shapelint.documents.directives import Directives, directives
from shapelint.documents.python.program import joined, program, speaks, without_magics
from shapelint.source import Source

_CELLS = ".ipynb.py"  # the cells of code that JupyterLab sends as one document of Python
_NOTHING = Directives((), (), ())


def program_contents(source: Source) -> Contents:
    """Find out what is to be read of a Python file; of one that cannot be a network's, nothing."""
    text = source.text
    if not speaks(text):
        return Contents(text, text, (), _NOTHING, False, "")
    from shapelint.documents.python.contents import program_scopes  # most programs are about other things

    found = program(without_magics(text) if source.name.lower().endswith(_CELLS) else text)
    sections = tuple(program_scopes(found.text, found.module, 0))
    return Contents(text, text, sections, directives(text), False, "", found.fault)


def scopes_in(text: str, stretches: Iterable[tuple[int, int]], first: int) -> tuple[list[Scope], str]:
    """Return the scopes of the stretches of a document that hold one program, and the text they stand in."""
    wanted = list(stretches)
    if not any(speaks(text[start:end]) for start, end in wanted):
        return [], ""
    from shapelint.documents.python.contents import program_scopes

    found = joined(text, wanted)
    return program_scopes(found.text, found.module, first), found.text
