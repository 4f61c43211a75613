"""What is to be read of a document: statements by section, directives, the text as it is read."""

from typing import NamedTuple

from shapelint.documents.directives import Directives
from shapelint.documents.statements import Statement
from shapelint.patterns import lazy
from shapelint.problems import NoPython, TooDeep
from shapelint.source import Span

NO_PARENT = -1


class Scope(NamedTuple):
    """A section: its own statements, and the section that it stands in, as an index (`NO_PARENT` for none).

    `habits` are the statements in the plain notation's spelling: what a writer's habits are looked up in. `code`
    is true for a scope of a program, in which `aliases` are pairs of names that are one; `family` is the number of the
    scopes that it works together with, None where nothing says with which.
    """

    statements: tuple[Statement, ...]
    parent: int
    habits: str
    code: bool = False
    aliases: tuple[tuple[str, str], ...] = ()
    family: int | None = None


class Contents(NamedTuple):
    """A document, opened: `text` is what is read of the `original`, place for place.

    `scopes` are in the order of the text, those without a statement left out. `plain` is true where nothing but
    formulas is expected; `habits` are those of all scopes, `fault` is where a program is none. In the
    stretches of `numpy` formulas are lines of NumPy: `*` is elementwise there, whatever it is elsewhere. `programs` are
    the stretches that hold a program.
    """

    original: str
    text: str
    scopes: tuple[Scope, ...]
    directives: Directives
    plain: bool
    habits: str
    fault: NoPython | TooDeep | None = None
    numpy: tuple[Span, ...] = ()
    programs: tuple[Span, ...] = ()


_NUMPY = lazy(r"\b(?:np|numpy)\.[a-z]+\(")


def speaks_numpy(text: str, start: int, end: int) -> bool:
    """Say whether a stretch calls functions of NumPy."""
    return _NUMPY.search(text, start, end) is not None
