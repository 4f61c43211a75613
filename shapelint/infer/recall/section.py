"""A section that recalls what the last version of it came to; what has changed is judged, and noted."""

from collections.abc import Hashable, Sequence
from typing import Any

from shapelint.declared import As
from shapelint.documents.statements import Statement
from shapelint.infer.environment import Found
from shapelint.infer.judged import Judged
from shapelint.infer.readings import open_flags
from shapelint.infer.recall.memory import Entry, Learnt, Memory, Note, Settled
from shapelint.infer.recall.names import NotingNames
from shapelint.infer.section import Section
from shapelint.names import Names
from shapelint.parse.formulas import Read
from shapelint.shapes import Shape
from shapelint.sizes import ANY, Unknown, resolve
from shapelint.source import Span, moved, spans
from shapelint.symbol import OUTPUT, UNDECLARED
from shapelint.tree import elsewhere

_LONGEST = 400  # characters of a formula whose tree is kept: what is deeper than that is read again


class RecallingSection(Section):
    """A section with a memory: it gives the same verdicts, and judges only what is new."""

    names: NotingNames
    recalls = True

    def __init__(self, memory: Memory, *arguments: Any) -> None:
        """Take a memory, and what a Section takes."""
        self._memory = memory
        self._entries: dict[int, Entry] = {}  # of this version, by where the statement begins
        super().__init__(*arguments)
        self._around = _shapes(self.found)

    def _named(self, assigned: frozenset[str]) -> Names:
        brackets, positions = self._has_brackets, self._positions
        self._sheet = self._memory.sheet((positions, self._circumstances(assigned, brackets)))
        names = NotingNames(
            self.known, assigned, brackets, self.code, positions, self.earlier, self._sheet.before()
        )
        self._sheet.keep_names(names)
        return names

    def _circumstances(self, assigned: frozenset[str], brackets: bool) -> Hashable:
        """Return all that a verdict depends on besides its formula and the others; places are none of it."""
        said = self.said
        related = {shape.word for one in said.declared for shape in one.shapes if isinstance(shape, As)}
        return (
            self.convention.name,
            self.triggered,
            self.numerator,
            self.star,
            brackets,
            "w" in self.facts.known.plain,
            tuple((one.word, one.layer, one.shapes) for one in said.declared),
            tuple((one.size, one.values) for one in said.equations),
            tuple(said.spellings.items()),
            frozenset(self.facts.known.plain),
            frozenset(related & assigned),
        )

    def read(self, statement: Statement) -> Read:
        """Read one statement, or recall its tree, with the symbols that its names have in this version."""
        entry = self._entries.get(statement.start)
        if entry is not None and entry.unread is not None:
            return _moved(entry.unread, statement).read or super().read(statement)
        if entry is None or entry.read is None:
            read = super().read(statement)
            if entry is not None:
                self._keep_read(entry, statement, read)
            return read
        key = (statement.start, statement.end, statement.head)
        found = self._reads.get(key)
        if found is None:
            start, found = entry.read
            assert found.formula is not None
            formula = elsewhere(found.formula, statement.start - start, self.names.again)
            found = self._reads[key] = found._replace(formula=formula)
        return found

    def _keep_read(self, entry: Entry, statement: Statement, read: Read) -> None:
        plain = read.formula is not None and not read.stated and not read.doubtful
        if plain and statement.end - statement.start <= _LONGEST:
            entry.read = statement.start, read

    def _first(self, statement: Statement) -> Judged:
        self._memory.go_on()
        key = self._key(statement)
        entry = self._sheet.find(key)
        if entry is None or not self.names.mean_the_same(entry.asked):
            return self._noted(key, statement)
        self._entries[statement.start] = entry
        if entry.unread is not None:
            return _moved(entry.unread, statement)
        if entry.flags & (OUTPUT | UNDECLARED):
            return Judged(statement, None, None, entry.flags)
        return self._recalled(statement, entry) or self._judged(statement, self.read(statement))

    def _noted(self, key: Hashable, statement: Statement) -> Judged:
        """Judge a statement that is new, and keep what its reading asked."""
        self.names.begin()
        read = self.read(statement)
        unread = Judged(statement, read, None, 0) if read.formula is None else None
        entry = self._entries[statement.start] = Entry(self.names.asked(), read.flags, unread)
        self._sheet.keep_entry(key, entry)
        self._keep_read(entry, statement, read)
        return self._of(statement, read)

    def _judged(self, statement: Statement, read: Read) -> Judged:
        judged = super()._judged(statement, read)
        entry, settled = self._entries.get(statement.start), self._settled_for(statement)
        plain = judged.read is None or not (judged.read.stated or judged.read.doubtful)
        if entry is not None and settled is not None and plain:
            entry.verdicts[settled] = judged._replace(read=None)
        return judged

    def _again(self, judged: Judged) -> Judged:
        entry = self._entries.get(judged.statement.start)
        recalled = self._recalled(judged.statement, entry) if entry is not None else None
        return recalled or super()._again(judged)

    def _recalled(self, statement: Statement, entry: Entry) -> Judged | None:
        """Return the verdict on a statement that was judged before, at its place."""
        settled = self._settled_for(statement)
        judged = entry.verdicts.get(settled) if settled is not None else None
        return None if judged is None else _moved(judged, statement)

    def _needed_last(self, statement: Statement, greatest: int) -> list[int]:
        entry, settled = self._entries[statement.start], self._settled_for(statement)
        if (greatest, settled) not in entry.last:
            entry.last[greatest, settled] = super()._needed_last(statement, greatest)
        return entry.last[greatest, settled]

    def _settled_for(self, statement: Statement) -> Settled | None:
        """Return what the other formulas settled for this one, None while a size of it is unknown."""
        entry = self._entries.get(statement.start)
        if entry is None:
            return None
        shapes: tuple[tuple[str, Shape], ...] = ()
        if entry.flags & UNDECLARED:
            met = (met for one in entry.asked for met in one.meaning.met if met.flags & UNDECLARED)
            keys = dict.fromkeys(one.symbol.object_key for one in met)
            shapes = _shapes({key: self.found[key] for key in keys if key in self.found})
            if any(isinstance(size, Unknown) and size is not ANY for _, shape in shapes for size in shape):
                return None
        return Settled(self.last, shapes, tuple(self.readings.settled.items()))

    def _learn(self, statements: Sequence[Statement]) -> None:
        entries = tuple(self._entries[one.start] for one in statements)
        recalled = self._sheet.learnt(entries, self.last, self._around)
        if recalled is not None:
            for key, shape, place, fitted in recalled.names:
                told = statements[place]
                self.found[key] = Found(shape, told.start, told.end, fitted=fitted)
                self.names.mark(key, open_flags(shape))
            return
        super()._learn(statements)
        places = {one.start: place for place, one in enumerate(statements)}
        names = tuple(
            (key, shape, places[self.found[key].start], self.found[key].fitted)
            for key, shape in _shapes(self.found)
            if self.found[key].start in places
        )
        if not any(isinstance(size, Unknown) for _, shape, *_ in names for size in shape):
            self._sheet.keep_learnt(Learnt(entries, self.last, self._around, names))

    def note(self, judged: Judged, kind: Hashable) -> Any:
        """Return what was noted about a formula under the same answers, at its place; None if nothing was."""
        self._memory.go_on()
        entry, key = self._entries.get(judged.statement.start), self._note_key(judged, kind)
        found = entry.notes.get(key) if entry is not None and key is not None else None
        if entry is None or found is None or not self.names.hold(found.answers):
            self.names.begin()
            return None
        return moved(found.content, judged.statement.start - found.start)

    def keep_note(self, judged: Judged, kind: Hashable, content: Any) -> None:
        """Note what was worked out about a formula since `note` was asked, unless it speaks of other places."""
        entry, key = self._entries.get(judged.statement.start), self._note_key(judged, kind)
        self.names.asked()
        inside = Span(judged.statement.start, judged.statement.end)
        if entry is None or key is None:
            return
        if all(inside.start <= one.start and one.end <= inside.end for one in spans(content)):
            entry.notes[key] = Note(inside.start, self.names.answers(), content)

    def _note_key(self, judged: Judged, kind: Hashable) -> Hashable:
        settled = self._settled_for(judged.statement)
        return None if settled is None or judged.statement.start in self.claims else (settled, kind)

    def _key(self, statement: Statement) -> Hashable:
        read = self.text[statement.start : statement.end + 1]  # the end of the text is a place of its own
        if self.text is self.original:
            return (read, statement.notation.grammar)
        return (read, statement.notation, self.original[statement.start : statement.end])


def _shapes(found: dict[str, Found]) -> tuple[tuple[str, Shape], ...]:
    return tuple((key, tuple(resolve(size) for size in one.shape)) for key, one in found.items())


def _moved(judged: Judged, statement: Statement) -> Judged:
    """Return what a statement came to, at its new place."""
    by = statement.start - judged.statement.start
    read, verdict = judged.read, judged.verdict
    if by and read is not None:
        read = read._replace(problem=moved(read.problem, by))
    if by and verdict is not None and (verdict.problems or verdict.outer or verdict.choices):
        verdict = verdict._replace(
            problems=moved(verdict.problems, by),
            outer=moved(verdict.outer, by),
            choices={place + (by if place >= 0 else -by): one for place, one in verdict.choices.items()},
        )
    return Judged(statement, read, verdict, judged.flags, judged.aside)
