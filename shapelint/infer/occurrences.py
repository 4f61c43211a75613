"""A judged document in, every name in it out: where it stands, and whether it is declared, assigned or used there.

Names are one if they have one key and their sections share names: one is the other, or stands around it.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from shapelint.declared import As
from shapelint.documents.contents import Contents
from shapelint.documents.statements import DECLARATION, Statement
from shapelint.infer.document import Document
from shapelint.infer.judged import Judged
from shapelint.infer.section import Section
from shapelint.shapes import MaybeShape, settled
from shapelint.source import Span
from shapelint.symbol import UNDECLARED, Symbol
from shapelint.tree import Name, Node, Slice, Transpose, bare, walk

DECLARED, ASSIGNED, USED = "declared", "assigned", "used"


class Occurrence(NamedTuple):
    """A name at a place: its key and that of its object (itself, but for gradients), and what is done there.

    `found` is true where its shape follows from its uses alone.
    """

    span: Span
    key: str
    object_key: str
    role: str
    section: Section
    shape: MaybeShape
    found: bool


class Occurrences:
    """The names of a document, in the order of its text."""

    def __init__(self, contents: Contents, document: Document) -> None:
        """Collect them all."""
        self.all = tuple(sorted(_all(contents, document), key=lambda one: one.span))
        self._by_key: dict[str, list[Occurrence]] = {}
        for one in self.all:
            self._by_key.setdefault(one.key, []).append(one)

    def at(self, place: int) -> Occurrence | None:
        """Return the name at a place, the longest where several touch it."""
        here = [one for one in self.all if one.span.start <= place <= one.span.end]
        return max(here, key=lambda one: (one.span.start, one.span.end), default=None)

    def same(self, name: Occurrence, key: str | None = None) -> list[Occurrence]:
        """Return every occurrence of a name, or of another key as that name's section sees it."""
        found = self._by_key.get(key or name.key, ())
        return [one for one in found if _share(one.section, name.section)]

    def origins(self, name: Occurrence) -> list[Occurrence]:
        """Return where a name is declared, else first assigned; of a gradient that is neither, its object."""
        for key in dict.fromkeys((name.key, name.object_key)):
            found = self.same(name, key)
            declared = [one for one in found if one.role == DECLARED]
            if declared:
                return declared
            if assigned := next((one for one in found if one.role == ASSIGNED), None):
                return [assigned]
        return []


def _share(one: Section, other: Section) -> bool:
    return any(above is other for above in _around(one)) or any(above is one for above in _around(other))


def _around(section: Section | None) -> Iterator[Section]:
    while section is not None:
        yield section
        section = section.around


def _all(contents: Contents, document: Document) -> Iterator[Occurrence]:
    sections = [stretch.chosen.section for stretch in document.stretches]
    for stretch in document.stretches:
        for judged in stretch.chosen.judged:
            yield from _of_formula(stretch.chosen.section, judged)
    for scope in contents.scopes:
        for statement in scope.statements:
            if statement.kind == DECLARATION and (section := _speaker(sections, statement)) is not None:
                yield from _of_declaration(section, statement)


def _speaker(sections: Sequence[Section], statement: Statement) -> Section | None:
    """Return the first section in which a declaration holds."""
    spans = (Span(statement.start, statement.end),)
    return next((one for one in sections if any(said.span in spans for said in one.said.declared)), None)


def _of_formula(section: Section, judged: Judged) -> Iterator[Occurrence]:
    if judged.verdict is None:
        return
    formula = section.read(judged.statement).formula
    if formula is None:
        return
    target = _target(formula.parts[0])
    environment = section.environment(judged.verdict.reading)
    for node in walk(formula.parts):
        if isinstance(node, Name):
            role = ASSIGNED if node is target else USED
            yield _occurrence(section, node, role, settled(environment.shape(node.symbol)))


def _target(node: Node) -> Node:
    while isinstance(node, Transpose | Slice):
        node = node.child
    return bare(node)


def _of_declaration(section: Section, statement: Statement) -> Iterator[Occurrence]:
    start, end = statement.target
    for kind, _, _, value in statement.notation.tokenize(section.text, start, end, section.names).tokens:
        if kind == "NAME" and isinstance(value, Name):
            yield _occurrence(section, value, DECLARED, _declared(section, value.symbol))


def _declared(section: Section, symbol: Symbol) -> MaybeShape:
    declared = section.names.declared(symbol)
    shape = declared.shapes[0] if declared is not None else None
    return None if isinstance(shape, As) else shape


def _occurrence(section: Section, node: Name, role: str, shape: MaybeShape) -> Occurrence:
    symbol = node.symbol
    found = bool(symbol.flags & UNDECLARED)
    key = symbol.key if found or not symbol.gradient else f"d{symbol.object_key}"
    key = (
        key if found or symbol.gradient else symbol.object_key
    )  # every assignment of a known name is that name
    return Occurrence(Span(node.start, node.end), key, symbol.object_key, role, section, shape, found)
