"""What was found in a text in, its notes out: the sections with the statements in their regions."""

from collections.abc import Iterator, Sequence

from shapelint.documents.contents import NO_PARENT, Scope
from shapelint.documents.items import by_item
from shapelint.documents.macros import definitions
from shapelint.documents.manner import in_manner, manner_of
from shapelint.documents.mathematics import statements as latex_statements
from shapelint.documents.normal import normal
from shapelint.documents.regions import CODE, LATEX, OCTAVE, TOLD, Found, Heading, Region, reading
from shapelint.documents.statements import Statement, statements, statements_told
from shapelint.parse.latex import Macros, latex


def notes_of(original: str, found: Found) -> tuple[tuple[Scope, ...], str]:
    """Return the sections of what was found in a text, without its programs, and the text as it is read."""
    text = normal(reading(original, found)) if found.regions else ""
    text = in_manner(text, original, manner_of(original))
    macros = definitions(original) if found.regions else {}
    return tuple(_scopes(text, found, macros, original)), text


def _scopes(text: str, found: Found, macros: Macros, original: str) -> Iterator[Scope]:
    """Give each section its statements; one without any is not kept, those in it stand in the one around.

    The columns of its tables are sections in it: they hold one way of writing beside another. So are list items that
    declare one name each in its own way.
    """
    open_: list[tuple[int, int]] = [(0, NO_PARENT)]  # level and index of each section around the place
    number = 0
    for heading, regions in _sections(found):
        if heading is not None:
            while open_ and open_[-1][0] >= heading.level:
                open_.pop()
            open_.append((heading.level, open_[-1][1] if open_ else NO_PARENT))
        for column, own in _with_items(_columns(text, regions, macros), original):
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


def _with_items(
    columns: Iterator[tuple[int, list[Statement]]], original: str
) -> Iterator[tuple[int, list[Statement]]]:
    """Yield what stands in items with names of their own behind what stands outside of tables and of them."""
    for column, own in columns:
        outside, *inside = [own] if column else by_item(original, own)
        if outside:
            yield column, outside
        yield from ((-1, one) for one in inside)


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
    if region.dialect in (CODE, OCTAVE):
        return iter(())
    if region.dialect == LATEX:
        return latex_statements(text, region.start, region.end, macros)
    if region.dialect == TOLD:
        return statements_told(text, region.start, region.end, latex(macros))
    return statements(text, region.start, region.end)


def _habits(text: str, own: Sequence[Statement]) -> str:
    return "\n".join(one.spelled or text[one.start : one.end] for one in own)
