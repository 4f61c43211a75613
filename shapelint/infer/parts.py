"""The parts of a document in, sections under a convention out: each is judged once under each convention."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from itertools import accumulate
from operator import or_
from typing import TYPE_CHECKING, Any, NamedTuple

from shapelint.conventions import convention
from shapelint.declared import Convention
from shapelint.documents.claims import Claim
from shapelint.documents.contents import NO_PARENT, Contents
from shapelint.documents.statements import Statement
from shapelint.infer.choose import Build, Layout, Sheet
from shapelint.infer.facts import Said
from shapelint.infer.layouts import flipped
from shapelint.infer.section import Section, assigned_words

if TYPE_CHECKING:
    from shapelint.infer.recall.memory import Memory


class Settings(NamedTuple):
    """How formulas are understood: None and "" where nobody chose."""

    convention: str | None
    own_convention: Convention | None
    layout: str | None
    star: str


class Part(NamedTuple):
    """The formulas of one section of a document under one setting.

    `habits` are those of the section, `parent` is the part that the names around it come from, `star` the
    reading of `*`, `claims` what is claimed of the formulas, by where they begin, `code` is true in a program.
    """

    statements: tuple[Statement, ...]
    said: Said
    habits: str
    parent: int
    settings: Settings
    star: str
    claims: Mapping[int, Claim]
    code: bool = False
    aliases: tuple[tuple[str, str], ...] = ()
    family: int | None = None


class Parts:
    """All parts of a document, and what was worked out about them so far."""

    def __init__(self, contents: Contents, parts: Sequence[Part], memory: "Memory | None" = None) -> None:
        """Begin with nothing worked out; a memory recalls the last version of the document."""
        self._memory = memory
        self._contents = contents
        self._parts = parts
        self._sheets: dict[tuple[int, Layout, str], Sheet] = {}

    def under(self, star: str) -> Build:
        """Return what judges a part under a convention, with `*` read so."""
        return lambda place, layout: self._sheet(place, layout, star)

    def _sheet(self, place: int, layout: Layout, star: str) -> Sheet:
        key = (place, layout, star)
        if key not in self._sheets:
            part = self._parts[place]
            around = None if part.parent == NO_PARENT else self._sheet(part.parent, layout, star).section
            own = part.settings.own_convention
            used = own if own is not None and own.name == layout.convention else convention(layout.convention)
            section = self._section(
                part.code,
                self._contents.text,
                part.statements,
                part.said,
                flipped(used, layout.flipped) if layout.flipped else used,
                layout.numerator,
                star,
                part.claims,
                self._written(part),
                self._contents.habits,
                self._contents.original,
                frozenset() if part.code else self._earlier[place],
                around,
            )
            section.aliases, section.family = part.aliases, part.family
            self._sheets[key] = Sheet(section, section.judge())
        return self._sheets[key]

    @property
    def plain(self) -> bool:
        """Say whether nothing but formulas is expected in the document."""
        return self._contents.plain

    def parent(self, place: int) -> int:
        """Return the number of the part around another, NO_PARENT for none."""
        return self._parts[place].parent

    def _section(self, code: bool, *arguments: Any) -> Section:
        if self._memory is None or code:
            return Section(
                *arguments
            )  # a program's statements hang together by its variables: all of it is judged
        from shapelint.infer.recall.section import RecallingSection  # a single check has no use for it

        return RecallingSection(self._memory, *arguments)

    @cached_property
    def _earlier(self) -> Sequence[frozenset[str]]:
        """The words that the notes before each part assign."""
        words = (frozenset() if one.code else assigned_words(one.statements, False) for one in self._parts)
        start: frozenset[str] = frozenset()
        return list(accumulate(words, or_, initial=start))

    def _written(self, part: Part) -> str:
        """Return the formulas of a part and of those around it, in the plain notation's spelling."""
        written = [part.habits]
        while part.parent != NO_PARENT:
            part = self._parts[part.parent]
            written.append(part.habits)
        return "\n".join(written)
