"""A formula whose shapes cannot be told in, the line out that declares the name it lacks: `H : (n1, m)`.

The shape is one that fits, else one to begin with, for the writer to put right. What is offered was tried: the name is
known with it, and nothing is wrong that was not before.
"""

import re
from collections.abc import Iterator

from shapelint.check import Options, check
from shapelint.diagnostic import ERROR, Diagnostic, Edit, Undeclared
from shapelint.documents.kinds import LATEX, TEXT, kind
from shapelint.documents.regions import PLAIN, Region
from shapelint.source import Source, Span

_SHAPES = ("(n1, m)", "(n1, n0)", "(n2, n1)", "(n1, 1)", "scalar")
_SIZE = re.compile(r"n(\d{1,3})$")
_MARKERS = re.compile(r"[ \t>]*")


def declaring(source: Source, options: Options, diagnostic: Diagnostic) -> Edit | None:
    """Return the edit that declares the name a formula lacks, None where none would tell its shape."""
    if diagnostic.undeclared is None:
        return None
    return next(
        (edit for edit in _candidates(source, diagnostic) if _helps(source, options, diagnostic, edit)), None
    )


def _candidates(source: Source, diagnostic: Diagnostic) -> Iterator[Edit]:
    assert diagnostic.undeclared is not None
    shape = diagnostic.undeclared.shape
    for one in (shape,) if shape else _SHAPES:
        yield from _declarations(source, diagnostic.undeclared, one, diagnostic.span.start)


def _declarations(source: Source, undeclared: Undeclared, shape: str, start: int) -> Iterator[Edit]:
    """Yield ways of declaring a shape for the formula at a place."""
    latex = f"${source.slice(undeclared.written)} {_in_latex(shape)}$\n"
    plain = f"{undeclared.name} : {shape}"
    what = kind(source.name)
    region = None if what == TEXT else _region(source, what, start)
    if what == TEXT or (
        region is not None and region.dialect == PLAIN and _line(source, start) >= region.start
    ):
        yield _above(source, start, plain)
    if region is None:
        return
    place = _block(source, region)
    if what == LATEX:
        yield _above(source, place, latex)
    else:
        yield _above(source, place, f"`{plain}`\n")
        yield _above(source, place, latex)


def _in_latex(shape: str) -> str:
    r"""Write a shape as LaTeX does: `\in \mathbb{R}^{n^{[1]} \times m}`."""
    sizes = [_SIZE.sub(r"n^{[\1]}", size.strip()) for size in shape.strip("()").split(",")]
    product = r" \times ".join(filter(None, sizes))
    return rf"\in \mathbb{{R}}^{{{product}}}"


def _region(source: Source, what: str, place: int) -> Region | None:
    from shapelint.documents.sections import found_in  # a file of formulas has no use for it

    return next((one for one in found_in(source, what).regions if one.start <= place <= one.end), None)


def _block(source: Source, region: Region) -> int:
    """Return where the line begins on which the delimiter of a region stands."""
    return _line(source, len(source.text[: region.start].rstrip()))


def _line(source: Source, place: int) -> int:
    return source.line_span(source.row(place)).start


def _above(source: Source, place: int, words: str) -> Edit:
    """Put words on a line of their own above a place; a quote's markers and the indent go with them."""
    row = source.row(place)
    start = source.line_span(row).start
    found = _MARKERS.match(source.text, start, start + len(source.line(row)))
    markers = found.group() if found else ""
    lines = "".join(f"{markers}{line}".rstrip() + "\n" for line in words.split("\n"))
    return Edit(Span(start, start), lines)


def _helps(source: Source, options: Options, diagnostic: Diagnostic, edit: Edit) -> bool:
    """Say whether with an edit this name is no longer what a formula lacks, and nothing new is wrong."""
    name = diagnostic.undeclared and diagnostic.undeclared.name
    before, after = (
        check(one, options).diagnostics for one in (source, source.edited([(edit.span, edit.content)]))
    )
    lacking = [
        [one for one in found if one.undeclared and one.undeclared.name == name] for found in (before, after)
    ]
    wrong = [[one for one in found if one.severity == ERROR] for found in (before, after)]
    return len(lacking[1]) < len(lacking[0]) and len(wrong[1]) <= len(wrong[0])
