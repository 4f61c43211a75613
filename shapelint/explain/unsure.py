"""The words for a formula that could not be checked: what of it nothing tells, and what would tell it."""

from collections.abc import Callable, Iterator
from typing import Any

from shapelint.diagnostic import Diagnostic, Label, Undeclared
from shapelint.explain.context import Context, diagnostic, shown
from shapelint.explain.phrases import line_at
from shapelint.infer.judged import Judged
from shapelint.infer.section import Section
from shapelint.infer.untold import fitting, maker, untold
from shapelint.parse.notation import PYTHON
from shapelint.problems import Undetermined
from shapelint.shapes import Shape
from shapelint.source import Span


def open_because(section: Section, judged: Judged, extent: Span) -> Undetermined:
    """Return what of an open formula nothing tells, and what would tell it."""
    found = untold(section, judged)
    if found is None:
        return Undetermined(extent, "", judged.statement.target)
    if found.symbol is None:
        return Undetermined(extent, "", found.span)
    made = None if found.fitted else maker(section, judged, found.symbol)
    name = shown(found.symbol.object_key)
    shape = fitting(section, judged, found)
    return Undetermined(extent, name, found.span, shape, found.fitted, made)


def _undetermined(context: Context, problem: Undetermined) -> Diagnostic:
    found = diagnostic(
        "undetermined",
        f"the shapes of this formula cannot be told: {in_words(context, problem)}",
        problem.span,
        context=context,
        labels=() if problem.made is None else (Label(problem.made, f"`{problem.name}` is made here"),),
        notes=tuple(_advice(context, problem)),
    )
    if not problem.name:
        return found
    code = context.notation.grammar == PYTHON  # where nothing is declared by a line of its own
    shape = "" if problem.shape is None or code else _shape(context, problem.shape)
    return found._replace(undeclared=Undeclared(problem.name, problem.written, shape))


def in_words(context: Context, problem: Undetermined) -> str:
    """Say what of an open formula nothing tells."""
    written = _short(context.source.slice(problem.written))
    if not problem.name:
        return f"nothing says what `{written}` gives"
    if problem.made is not None:
        place = line_at(context.source, problem.made.start)
        return f"{place} makes `{written}` of what has no known shape"
    if problem.fitted:
        return f"nothing but this formula says what shape `{written}` has"
    return f"nothing says what shape `{written}` has"


SCALAR = "scalar"
_LONGEST = 40  # characters of a part that is named


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1]}…"


def _advice(context: Context, problem: Undetermined) -> Iterator[str]:
    """Say what would tell the shapes."""
    if not problem.name or problem.made is not None:
        return
    if context.notation.grammar == PYTHON:
        yield "say it in the docstring, or in a comment behind the line that makes it"
    else:
        yield "declare it, or write the line that makes it"


def suggested(found: Diagnostic) -> Diagnostic:
    """Name the shape that would fit; only for one with which nothing is wrong."""
    assert found.undeclared is not None
    name, _, shape = found.undeclared
    what = " if it is a number" if shape == SCALAR else ", which would fit"
    return found._replace(notes=(f"declare it, such as `{name} : {shape}`{what}",))


def _shape(context: Context, shape: Shape) -> str:
    return context.shape(shape) if shape else SCALAR


WORDS: dict[type, Callable[[Context, Any], Diagnostic]] = {Undetermined: _undetermined}
