"""A document in, its sections out, each with the statements in its regions.

Everything outside of the regions is blank in the text that is read, so that nothing is found there by accident.
"""

from collections.abc import Iterator, Sequence

from shapelint.documents.contents import NO_PARENT, Contents, Scope, speaks_numpy
from shapelint.documents.directives import directives_of
from shapelint.documents.kinds import MARKDOWN, NOTEBOOK, PYTHON
from shapelint.documents.macros import definitions
from shapelint.documents.manner import in_manner, manner_of
from shapelint.documents.mathematics import statements as latex_statements
from shapelint.documents.normal import normal
from shapelint.documents.regions import CODE, LATEX, PLAIN, TOLD, Found, Heading, Region, reading
from shapelint.documents.statements import Statement, statements, statements_told
from shapelint.parse.latex import Macros, latex
from shapelint.source import Source, Span, spliced


def document(source: Source, kind: str) -> Contents:
    """Find out what is to be read of a document of a kind."""
    return _contents(source, found_in(source, kind))


def found_in(source: Source, kind: str) -> Found:
    """Return where formulas and comments are in a document of a kind."""
    if kind == PYTHON:
        return Found([Region(0, len(source.text), CODE)], [], [], [])
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
    numpy = tuple(
        Span(one.start, one.end)
        for one in found.regions
        if one.dialect == PLAIN and speaks_numpy(text, one.start, one.end)
    )
    return Contents(source.text, text, scopes, directives_of(source.text, found), False, habits, numpy=numpy)


def notes_of(original: str, found: Found) -> tuple[tuple[Scope, ...], str]:
    """Return the sections of what was found in a text, without its programs, and the text as it is read."""
    text = normal(reading(original, found)) if found.regions else ""
    text = in_manner(text, original, manner_of(original))
    macros = definitions(original) if found.regions else {}
    return tuple(_scopes(text, found, macros)), text


def _with_code(text: str, program: str, code: Sequence[tuple[int, int]]) -> str:
    """Return a text with a program in the places where it stands, as it is read."""
    return spliced(text, [(Span(start, end), program[start:end]) for start, end in code]) if program else text


def joined_parts(parts: Sequence[Found]) -> Found:
    """Return what was found in the parts of a text as what was found in it."""
    if len(parts) == 1:
        return parts[0]
    return Found(
        [one for part in parts for one in part.regions],
        [one for part in parts for one in part.headings],
        [one for part in parts for one in part.comments],
        [one for part in parts for one in part.overlays],
    )


def _scopes(text: str, found: Found, macros: Macros) -> Iterator[Scope]:
    """Give each section its statements; one without any is not kept, those in it stand in the one around.

    The columns of its tables are sections in it: they hold one way of writing beside another.
    """
    open_: list[tuple[int, int]] = [(0, NO_PARENT)]  # level and index of each section around the place
    number = 0
    for heading, regions in _sections(found):
        if heading is not None:
            while open_ and open_[-1][0] >= heading.level:
                open_.pop()
            open_.append((heading.level, open_[-1][1] if open_ else NO_PARENT))
        for column, own in _columns(text, regions, macros):
            yield Scope(tuple(own), open_[-1][1], _habits(text, own))
            if not column:
                open_[-1] = (open_[-1][0], number)
            number += 1


def _columns(text: str, regions: Sequence[Region], macros: Macros) -> Iterator[tuple[int, list[Statement]]]:
    """Yield what stands outside of tables, then the columns of tables, where there are statements."""
    columns: dict[int, list[Statement]] = {0: []}
    for region in regions:
        columns.setdefault(region.column, []).extend(_statements(text, region, macros))
    return ((column, columns[column]) for column in sorted(columns) if columns[column])


def _sections(found: Found) -> Iterator[tuple[Heading | None, list[Region]]]:
    regions = iter(found.regions)
    region = next(regions, None)
    heading: Heading | None = None
    for following in (*found.headings, None):
        own: list[Region] = []
        while region is not None and (following is None or region.start < following.start):
            own.append(region)
            region = next(regions, None)
        yield heading, own
        heading = following


def _statements(text: str, region: Region, macros: Macros) -> Iterator[Statement]:
    if region.dialect == CODE:
        return iter(())
    if region.dialect == LATEX:
        return latex_statements(text, region.start, region.end, macros)
    if region.dialect == TOLD:
        return statements_told(text, region.start, region.end, latex(macros))
    return statements(text, region.start, region.end)


def _habits(text: str, own: Sequence[Statement]) -> str:
    return "\n".join(one.spelled or text[one.start : one.end] for one in own)
