"""What was found out about the last version of a document, by what it depends on.

A statement is recalled if its text is the same, every word in it means the same, and what the other formulas of its
section settle is the same: the last layer, shapes of names that nobody declared, one example or all.
"""

from collections.abc import Hashable
from typing import Any, NamedTuple

from shapelint.documents.recall import Recalled
from shapelint.infer.judged import Judged
from shapelint.infer.recall.names import Answer, Asked, NotingNames
from shapelint.parse.formulas import Read
from shapelint.shapes import Shape
from shapelint.symbol import Flags


class OutdatedError(Exception):
    """The version that is being judged is no longer the newest one: nobody waits for the verdicts."""


class Settled(NamedTuple):
    """What the other formulas of a section settled for one of them."""

    last: int | None
    shapes: tuple[tuple[str, Shape], ...]
    columns: tuple[tuple[str, Hashable], ...]


class Note(NamedTuple):
    """Something that was worked out about a formula that began at `start`, with the answers that it hangs on."""

    start: int
    answers: frozenset[Answer]
    content: Any


class Entry:
    """A statement: what its reading asked, and all that was found out about it, each at the place where it stood."""

    __slots__ = ("asked", "flags", "last", "notes", "read", "unread", "verdicts")

    def __init__(self, asked: tuple[Asked, ...], flags: Flags, unread: Judged | None) -> None:
        """Begin with the reading alone; `unread` is what came of it where it is no formula."""
        self.asked = asked
        self.flags = flags
        self.unread = unread
        self.read: tuple[int, Read] | None = None  # where it stood, and its tree
        self.verdicts: dict[Settled, Judged] = {}
        self.last: dict[Hashable, list[int]] = {}
        self.notes: dict[Hashable, Note] = {}


class Learnt(NamedTuple):
    """What statements taught about names that nobody declared: each name, its shape, which statement taught it.

    The last word on each is whether only its use there tells it (`Found.fitted`).
    """

    statements: tuple[Entry, ...]
    last: int | None
    around: tuple[tuple[str, Shape], ...]
    names: tuple[tuple[str, Shape, int, bool], ...]


class Sheet:
    """The statements under the same declarations, convention and layout; of the last version and of this one."""

    def __init__(self, before: "Sheet | None") -> None:
        """Begin with what the last version had."""
        self._old: dict[Hashable, Entry] = before._new if before is not None else {}
        self._new: dict[Hashable, Entry] = {}
        self._old_names = list(before._names) if before is not None else []
        self._names: list[NotingNames] = []
        self._old_learnt = before._learnt if before is not None else []
        self._learnt: list[Learnt] = []

    def before(self) -> NotingNames | None:
        """Return the names of a section of the last version that no other section took over yet."""
        return self._old_names.pop(0) if self._old_names else None

    def keep_names(self, names: NotingNames) -> None:
        """Keep the names of a section for the next version."""
        self._names.append(names)

    def find(self, key: Hashable) -> Entry | None:
        """Return what is known of a statement with this text."""
        entry = self._new.get(key)
        if entry is None and (entry := self._old.get(key)) is not None:
            self._new[key] = entry
        return entry

    def keep_entry(self, key: Hashable, entry: Entry) -> None:
        """Keep what was found out about a statement."""
        self._new[key] = entry

    def learnt(
        self, statements: tuple[Entry, ...], last: int | None, around: tuple[tuple[str, Shape], ...]
    ) -> Learnt | None:
        """Return what these statements taught in the last version."""
        found = next((one for one in self._old_learnt if one[:3] == (statements, last, around)), None)
        if found is not None:
            self._learnt.append(found)
        return found

    def keep_learnt(self, learnt: Learnt) -> None:
        """Keep what the statements of a section taught."""
        self._learnt.append(learnt)


class Memory:
    """What is recalled of one document. It belongs to one document under the same options, and to one thread.

    `wanted` is the version that somebody waits for (None: any); it is set from other threads. `pieces` are those
    of a text of formulas.
    """

    def __init__(self) -> None:
        """Begin without anything to recall."""
        self.wanted: object = None
        self.pieces = Recalled()
        self._version: object = None
        self._old: dict[Hashable, Sheet] = {}
        self._new: dict[Hashable, Sheet] = {}

    def begin(self, version: object) -> None:
        """Begin to judge another version: what this one does not use is forgotten after it."""
        self._version = version
        self._old, self._new = self._new, {}

    def go_on(self) -> None:
        """Raise OutdatedError where somebody waits for another version than the one that is judged."""
        if self.wanted is not None and self.wanted is not self._version:
            raise OutdatedError

    def sheet(self, circumstances: Hashable) -> Sheet:
        """Return what is known under these circumstances."""
        sheet = self._new.get(circumstances)
        if sheet is None:
            sheet = self._new[circumstances] = Sheet(self._old.get(circumstances))
        return sheet
