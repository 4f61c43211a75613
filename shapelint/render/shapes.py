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
    yield from (screen.say(line.expandtabs(4), "headline") for line in formula.text.splitlines() or [""])
    names = [screen.say(term.text) for term in formula.terms]
    column = max((size for size in map(width, names) if size <= _LONGEST), default=0) + _GAP
    last = len(names) - 1
    for index, (name, term) in enumerate(zip(names, formula.terms, strict=True)):
        verdict = _verdict(formula, screen) if index == last else ""
        yield f"{_INDENT}{_padded(name, column)}{screen.say(_shape(term))}{verdict}"
    if not names:
        yield _INDENT + _verdict(formula, screen).strip()


def _padded(name: str, column: int) -> str:
    """Fill a name up to the column of the shapes; a long one has a line for itself."""
    if width(name) > column - _GAP:
        return f"{name}\n{_INDENT}{' ' * column}"
    return name + " " * (column - width(name))


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


def _verdict(formula: FormulaShapes, screen: Screen) -> str:
    role = {"ok": "good", "faulty": "error"}.get(formula.status, "")
    text = formula.verdict or ("" if formula.terms else formula.status)
    return "  " + screen.say(text, role) if text else ""
