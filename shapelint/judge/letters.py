"""Letters for the sizes of a draft: a convention's, the document's own, or one of the alphabet that nobody uses."""

from itertools import chain, count

from shapelint.judge.draft import Draft
from shapelint.judge.hints import loose, word_of
from shapelint.judge.scalars import sums_gradients
from shapelint.judge.scopes import Scope
from shapelint.sizes import (
    ANY,
    Polynomial,
    Size,
    Unknown,
    add,
    atoms,
    is_one_or_all,
    layer_of,
    replace,
    resolve,
)

_CHOICE = "k"  # the conventions' letter for one example or all


class Letters:
    """Gives every size a letter: a convention's, the document's own, or one of the alphabet that nobody uses."""

    def __init__(self, draft: Draft) -> None:
        """Find out which letters are taken."""
        self._draft = draft
        self._used = {loose(key)[:2] for scope in draft.network.scopes for key in scope.symbols}
        self._alphabet = chain("pqrsuvdhk", "abcefgij", (f"s{number}" for number in count(1)))
        self._names: dict[int, str] = {}
        self._open: set[int] = set()
        self._places: dict[int, bool] | None = None
        self._several: dict[int, bool] = {}
        self._spelled: dict[str, str] = {}
        self._marks: dict[int, dict[object, frozenset[object]]] = {}
        self._preferred: dict[tuple[int, object], str] = {}
        for scope in draft.network.scopes:
            for letter, size in draft.letters[scope.number].items():
                value = resolve(size)
                if isinstance(value, Unknown):
                    known = self._names.setdefault(id(value), letter)
                    if _ranks(letter) and not _ranks(known):
                        self._names[id(value)] = letter
                elif isinstance(value, str) and value != letter and _ranks(letter):
                    self._preferred.setdefault((scope.number, value), letter)

    def marks_in(self, scope: Scope) -> dict[object, frozenset[object]]:
        """Return the components of the letters that shapes in a scope have."""
        return self._marks.setdefault(scope.number, {})

    def _mark(self, scope: Scope, name: str, size: Size) -> str:
        marks = self.marks_in(scope)
        marks[name] = marks.get(name, frozenset()) | self._draft.store.marks_of(size)
        return name

    def size(self, scope: Scope, size: Size) -> Size:
        """Return a size in letters; ANY where nothing keeps it apart from others."""
        value = self._draft.store.value(size)
        if value is ANY:
            return ANY
        if isinstance(value, Unknown) and (found := self._sum(scope, value)) is not None:
            return found
        if isinstance(value, Unknown):
            marks = self._draft.store.marks_of(value)
            name = self._names.get(id(value))
            if name is None:
                if not marks:
                    return ANY
                if self._is_open(value):
                    return f"·{_CHOICE}"
                name = self._names[id(value)] = f"«{len(self._names) + 1}»"
                self._spelled[name] = self._free()
            return self._mark(scope, name, value)
        if isinstance(value, str):
            for one in scope.chain():
                preferred = self._preferred.get((one.number, value))
                if preferred is not None:
                    return self._mark(scope, preferred, value)
            if is_one_or_all(value) and self._has_several(scope):
                self._mark(scope, "m", value)
            return self._mark(scope, value, value)
        if isinstance(value, Polynomial):
            return replace(value, {atom: self.size(scope, atom) for atom in atoms(value)})
        if isinstance(value, int) and value != 1 and (marks := self._draft.store.marks_of(value)):
            self.marks_in(scope)[value] = marks
        return value

    def _sum(self, scope: Scope, value: Unknown) -> Size | None:
        """Return a size that is a sum in letters, None for any other."""
        parts = None if id(value) in self._open else self._draft.store.parts(value)
        if parts is None:
            return None
        self._open.add(id(value))  # a sum that is a part of itself has no letters
        found = add(self.size(scope, parts[0]), self.size(scope, parts[1]))
        self._open.discard(id(value))
        return found

    def _is_open(self, size: Unknown) -> bool:
        """Say whether a size only counts the examples of names that people write for one example, and for all."""
        if self._places is None:
            self._places = {}
            for (number, key), shape in self._draft.store.shapes.items():
                symbol = self._draft.network.scopes[number].symbols.get(key)
                word = word_of(symbol) if symbol is not None else ""  # an attribute may have a second name
                axis = self._draft.worlds[number].examples_axis
                for place, one in enumerate(shape or ()):
                    single = (
                        place == axis
                        and len(shape or ()) == 2
                        and (self._draft.one_or_all or _is_of_one(word))
                    )
                    value = resolve(one)
                    if isinstance(value, Unknown):
                        self._places[id(value)] = self._places.get(id(value), True) and single
        return not self._draft.network.code and self._places.get(id(size), False)

    def _has_several(self, scope: Scope) -> bool:
        """Say whether a section, or one that it goes on from, adds up over examples: one or all are m there."""
        known = self._several.get(scope.number)
        if known is None:
            known = self._several[scope.number] = any(map(sums_gradients, scope.chain()))
        return known

    def _free(self) -> str:
        return next(letter for letter in self._alphabet if letter not in self._used)

    def said(self, scope: Scope) -> tuple[dict[str, Size], dict[str, str]]:
        """Return which letters turned out to be another, and how sizes are spelled."""
        equal: dict[str, Size] = {}
        spellings = dict(self._spelled)
        for one in reversed(list(scope.chain())):
            for letter, size in self._draft.letters[one.number].items():
                value = self.size(scope, size)
                if value != letter and not isinstance(value, Unknown):
                    equal[letter] = value
                    if isinstance(value, str) and _ranks(value) and not _ranks(letter):
                        spellings[value] = one.section.facts.spellings.get(letter, letter)
                elif isinstance(own := resolve(size), str) and own != letter and not is_one_or_all(own):
                    equal[own] = letter
                    spellings[letter] = one.section.facts.spellings.get(own, own)
                else:
                    equal.pop(letter, None)  # it is its own again, whatever it is around
        return equal, spellings


def _is_of_one(word: str) -> bool:
    """Say whether a name is a single lower-case letter, whatever stands below it: `x_i`, `h`, `w_j`."""
    head = word.lstrip("d")[:1] or word[:1]
    return head.islower() and len(word.partition("[")[0]) <= 3


def _ranks(letter: str) -> bool:
    """Say whether a letter is a convention's, which is written where a document's own turned out to be the same."""
    return layer_of(letter) is not None or letter == "m"
