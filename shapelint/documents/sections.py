"""A document in, its sections out, each with the statements in its regions.

Everything outside of the regions is blank in the text that is read, so that nothing is found there by accident.
"""

from collections.abc import Sequence

from shapelint.documents.contents import Contents, speaks_numpy
from shapelint.documents.directives import directives_of
from shapelint.documents.kinds import MARKDOWN, NOTEBOOK, PYTHON
from shapelint.documents.kinds import OCTAVE as OCTAVE_FILE
from shapelint.documents.notes import notes_of
from shapelint.documents.regions import CODE, OCTAVE, PLAIN, Found, Region, joined_parts
from shapelint.source import Source, Span, spliced


def document(source: Source, kind: str) -> Contents:
    """Find out what is to be read of a document of a kind."""
    return _contents(source, found_in(source, kind))


def found_in(source: Source, kind: str) -> Found:
    """Return where formulas and comments are in a document of a kind."""
    if kind in (PYTHON, OCTAVE_FILE):
        return Found([Region(0, len(source.text), CODE if kind == PYTHON else OCTAVE)], [], [], [])
    if kind in (MARKDOWN, NOTEBOOK):
        from shapelint.documents.markdown import scan

        if kind == MARKDOWN:
            return _noted(source.text, scan(source.text, 0, len(source.text)))
        return joined_parts(
            [
                Found([Region(cell.start, cell.end, CODE)], [], [], [])
                if cell.kind == CODE
                else _noted(source.text, scan(source.text, cell.start, cell.end))
                for cell in source.cells
            ]
        )
    from shapelint.documents.tex import scan as scan_tex

    return scan_tex(source.text, 0, len(source.text))


def _noted(text: str, found: Found) -> Found:
    """Read fences of Python that are none, but formulas or a session at a console, line by line as they stand."""
    if not any(one.dialect == CODE for one in found.regions):
        return found
    from shapelint.documents.python.mended import is_notes  # most documents hold no programs

    regions = [
        one._replace(dialect=PLAIN) if one.dialect == CODE and is_notes(_whole_lines(text, one)) else one
        for one in found.regions
    ]
    return found._replace(regions=regions)


def _whole_lines(text: str, region: Region) -> str:
    """Return what stands in a region, with blanks for what stands before it on its first line."""
    column = region.start - text.rfind("\n", 0, region.start) - 1
    return " " * column + text[region.start : region.end]


def _contents(source: Source, found: Found) -> Contents:
    scopes, text = notes_of(source.text, found)
    habits = "\n".join(one.habits for one in scopes)
    code = [(region.start, region.end) for region in found.regions if region.dialect == CODE]
    if code:
        from shapelint.documents.python import scopes_in  # most documents hold no programs

        programs, program = scopes_in(source.text, code, len(scopes))
        scopes, text = (*scopes, *programs), _with_code(text, program, code)
    octave = [(region.start, region.end) for region in found.regions if region.dialect == OCTAVE]
    if octave:
        from shapelint.documents.octave import octave_scopes  # hardly any document holds Octave

        programs, program = octave_scopes(source.text, octave, len(scopes))
        scopes, text = (*scopes, *programs), _with_code(text, program, octave)
    numpy = tuple(
        Span(one.start, one.end)
        for one in found.regions
        if one.dialect == PLAIN and speaks_numpy(text, one.start, one.end)
    )
    return Contents(
        source.text,
        text,
        scopes,
        directives_of(source.text, found),
        False,
        habits,
        numpy=numpy,
        programs=tuple(Span(*one) for one in code),
    )


def _with_code(text: str, program: str, code: Sequence[tuple[int, int]]) -> str:
    """Return a text with a program in the places where it stands, as it is read."""
    return spliced(text, [(Span(start, end), program[start:end]) for start, end in code]) if program else text
