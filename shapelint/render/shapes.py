"""The format `full` of `shapelint shapes`: the analysis of each formula, as a mentor would write it."""

from collections.abc import Iterable, Iterator

from shapelint.diagnostic import FormulaShapes, Term
from shapelint.render.screen import Screen
from shapelint.render.width import width
from shapelint.source import Source

_INDENT = " " * 6
_GAP = 5
_LONGEST = 40  # of a term that has its shape beside it


def render(analyses: Iterable[tuple[Source, tuple[FormulaShapes, ...]]], screen: Screen) -> Iterator[str]:
    """Yield the formulas with their terms, an empty line between them; a file's name where it changes."""
    previous: str | None = None
    between = ""
    for source, formulas in analyses:
        for formula in formulas:
            if previous not in (None, source.name):
                yield f"\n{screen.signs.rule} {screen.say(source.name)}\n"
            yield between + "\n".join(_lines(formula, screen)) + "\n"
            previous, between = source.name, "\n"


def _lines(formula: FormulaShapes, screen: Screen) -> Iterator[str]:
    """Yield the formula, each term with its shape, and the verdict behind the last one, the target."""
    for line in formula.text.splitlines() or [""]:
        yield from screen.lines(line.expandtabs(4), "headline", indent=2 * len(_INDENT))
    names = [screen.say(term.text) for term in formula.terms]
    longest = min(_LONGEST, screen.room // 3) if screen.room else _LONGEST
    column = max((size for size in map(width, names) if size <= longest), default=0) + _GAP
    lines = [
        line
        for name, term in zip(names, formula.terms, strict=True)
        for line in _term(name, _shape(term), column, screen)
    ]
    yield from lines[:-1]
    yield from _judged(lines[-1] if lines else "", formula, len(_INDENT) + column, screen)


def _term(name: str, shape: str, column: int, screen: Screen) -> Iterator[str]:
    """Yield a name and, from a column on, its shape; a long name has lines for itself."""
    indent = len(_INDENT) + column
    first, *more = screen.lines(shape, lead=indent, indent=indent)
    if width(name) > column - _GAP:
        yield from screen.lines(_INDENT + name, indent=2 * len(_INDENT))
        name = ""
    yield f"{_INDENT}{name}{' ' * (column - width(name))}{first}"
    yield from more


def _judged(line: str, formula: FormulaShapes, indent: int, screen: Screen) -> list[str]:
    """Return the last line and the verdict behind it, or below it where it does not fit."""
    role = {"ok": "good", "faulty": "error"}.get(formula.status, "")
    verdict = formula.verdict or ("" if formula.terms else formula.status)
    if not verdict:
        return [line]
    line = f"{line}  " if line else _INDENT
    if not screen.room or width(line) + width(verdict) <= screen.room:
        return [line + screen.say(verdict, role)]
    indent = indent if line.strip() else len(_INDENT)
    first, *more = screen.lines(verdict, role, indent, indent)
    below = [" " * indent + first, *more]
    return [line.rstrip(), *below] if line.strip() else below


def _shape(term: Term) -> str:
    """Return how a term's shape came about, or the shape alone."""
    if term.story:
        return term.story
    match term.shape:
        case None:
            return "?"
        case ():
            return "scalar"
        case (size,):
            return f"({size},)"
        case sizes:
            return f"({', '.join(sizes)})"
