"""What is to be read of a document: statements by section, directives, the text as it is read."""

from typing import NamedTuple

from shapelint.documents.directives import Directives
from shapelint.documents.statements import Statement

NO_PARENT = -1


class Scope(NamedTuple):
    """A section: its own statements, and the section that it stands in, as an index (`NO_PARENT` for none).

    `habits` are the statements in the plain notation's spelling: what a writer's habits are looked up in.
    """

    statements: tuple[Statement, ...]
    parent: int
    habits: str


class Contents(NamedTuple):
    """A document, opened: `text` is what is read of the `original`, place for place.

    `scopes` are in the order of the text, those without a statement left out. `plain` is true where nothing but
    formulas is expected; `habits` are those of all scopes.
    """

    original: str
    text: str
    scopes: tuple[Scope, ...]
    directives: Directives
    plain: bool
    habits: str
