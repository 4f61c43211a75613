"""Names that note what each reading asks of them: whether a word was assigned, and whether a name was read before.

A word has one meaning as long as these answers stay; then that of the last version of the document holds.
"""

from collections.abc import Collection
from typing import NamedTuple, TypeAlias

from shapelint.declared import Known
from shapelint.names import Names
from shapelint.parse.tokens import Piece
from shapelint.symbol import UNDECLARED, Flags, Layer, Symbol

# A question and its answer: the question's kind, the word or the key that it is about.
Answer: TypeAlias = tuple[str, str, bool]
_ASSIGNS, _READ, _BEFORE = "assigns", "read", "before"


class Met(NamedTuple):
    """A symbol that was met when a word was worked out, with its flags then; `new` where no word had met it before."""

    symbol: Symbol
    flags: Flags
    new: bool


class Meaning(NamedTuple):
    """What a word was found to be, the symbols that were met on the way, and what was asked."""

    pieces: list[Piece]
    met: tuple[Met, ...]
    answers: tuple[Answer, ...]


def _alike(one: Meaning, other: Meaning) -> bool:
    """Say whether a word means the same: which of two readings a symbol has may hang on who was read first."""
    return one.answers == other.answers and [_parts(met.symbol) for met in one.met] == [
        _parts(met.symbol) for met in other.met
    ]


def _parts(symbol: Symbol) -> tuple[str, str, Layer | None, bool]:
    return symbol.key, symbol.base, symbol.layer, symbol.gradient


class Asked(NamedTuple):
    """A word that a reading asked about, how, and what it was then."""

    how: int
    word: str
    meaning: Meaning


_PIECES, _CALLED, _UNDECLARED, _QUOTIENT = range(4)  # what the lexer asks, as `Words` names it


class NotingNames(Names):
    """The names of a section, with notes on what was asked; meanings of the last version are used where they hold."""

    def __init__(
        self,
        known: Known,
        assigned: frozenset[str],
        brackets: bool,
        code: bool = False,
        positions: Collection[int] = (),
        earlier: frozenset[str] = frozenset(),
        before: "NotingNames | None" = None,
    ) -> None:
        """Begin without notes; `before` are the names of the last version, under the same declarations."""
        super().__init__(known, assigned, brackets, code, positions, earlier)
        ways = brackets, positions
        alike = before is not None and (before.brackets, before.positions) == ways
        none: tuple[dict[str, Meaning], ...] = ({}, {}, {}, {})
        self._old = before._meanings if before is not None and alike else none
        self._meanings: tuple[dict[str, Meaning], ...] = ({}, {}, {}, {})
        self._samples: dict[str, tuple[Answer, ...]] = {}
        self._met: list[Met] | None = None  # while a word is worked out
        self._answers: list[Answer] = []
        self._asked: list[Asked] | None = None  # between `begin` and `asked`

    def begin(self) -> None:
        """Begin to note what is asked."""
        self._asked = []
        self._answers = []

    def asked(self) -> tuple[Asked, ...]:
        """Return what was asked since `begin`, and end the notes."""
        found, self._asked = tuple(self._asked or ()), None
        return found

    def answers(self) -> frozenset[Answer]:
        """Return the answers that were given since `begin`, those behind the meanings of words among them."""
        found = frozenset(self._answers)
        self._answers = []
        return found

    def again(self, symbol: Symbol) -> Symbol:
        """Return what a symbol of the last version is in this one."""
        return self._symbols.get(symbol.key, symbol)

    def mean_the_same(self, asked: tuple[Asked, ...]) -> bool:
        """Ask the same words again, as a reading would, and say whether each is what it was."""
        for how, word, meaning in asked:
            found = self._meanings[how].get(word)
            if found is meaning:
                continue
            if found is None:
                found = self._meaning(how, word)
            if found is not meaning and not _alike(found, meaning):
                return False
        return True

    def hold(self, answers: frozenset[Answer]) -> bool:
        """Say whether the answers are what they were."""
        return all(self._answer(kind, word) == answer for kind, word, answer in answers)

    def pieces(self, word: str) -> list[Piece]:
        """Take a word apart, as Names does."""
        return self._ask(_PIECES, word)

    def called(self, word: str) -> list[Piece]:
        """Take apart a word that a bracket follows, as Names does."""
        return self._ask(_CALLED, word)

    def undeclared(self, word: str) -> Symbol:
        """Return the symbol of a word that nobody declared."""
        found: Symbol = self._ask(_UNDECLARED, word)[0][3]
        return found

    def _ask(self, how: int, word: str) -> list[Piece]:
        meaning = self._meanings[how].get(word)
        if meaning is None:
            meaning = self._meaning(how, word)
        if self._asked is not None:
            self._asked.append(Asked(how, word, meaning))
        if self._met is not None:
            self._met += meaning.met
        self._answers += meaning.answers
        return meaning.pieces

    def _meaning(self, how: int, word: str) -> Meaning:
        """Find out what a word is, or recall it where every answer is the same again."""
        old = self._old[how].get(word)
        if old is not None and self._holds(old):
            for met in old.met:
                self._symbols.setdefault(met.symbol.key, met.symbol)
            found = old
        else:
            found = self._found(how, word)
        self._meanings[how][word] = found
        return found

    def _holds(self, meaning: Meaning) -> bool:
        for symbol, flags, new in meaning.met:
            if symbol.flags != flags or flags & UNDECLARED:
                return False  # learning about a name marks its symbol: each version has its own
            if self._symbols.get(symbol.key, symbol if new else None) is not symbol:
                return False  # the first word that means a name says which one it is
        return all(self._answer(kind, word) == answer for kind, word, answer in meaning.answers)

    def _found(self, how: int, word: str) -> Meaning:
        """Work a word out; what another word or a sample gave on the way counts with it."""
        outer = self._met, self._answers, self._asked
        met: list[Met] = []
        self._met, self._answers, self._asked = met, [], None
        try:
            pieces = self._work_out(how, word)
            return Meaning(
                pieces,
                tuple({one.symbol: one for one in reversed(met)}.values())[::-1],
                tuple(dict.fromkeys(self._answers)),
            )
        finally:
            self._met, self._answers, self._asked = outer

    def _work_out(self, how: int, word: str) -> list[Piece]:
        if how == _PIECES:
            return super().pieces(word)
        if how == _CALLED:
            return super().called(word)
        symbol = super().undeclared(word) if how == _UNDECLARED else self._quotient(word)
        return [("NAME", 0, len(word), symbol)]

    def _quotient(self, key: str) -> Symbol:
        return self._intern(key, key, None, False, 0)

    def derivative(self, above: Symbol, below: Symbol) -> Symbol:
        """Return what `above / below` stands for, as Names does; the quotient of two names is a name."""
        found = super().derivative(above, below)
        if found is not below:
            self._ask(_QUOTIENT, found.key)
        return found

    def _sample(self, base: str) -> Symbol | None:
        """Work a numbered word out, as Names does: who asks again later depends on the same answers."""
        if base not in self._samples:
            outer = self._met, self._answers
            self._met, self._answers = None, []
            super()._sample(base)
            self._samples[base] = tuple(self._answers)
            self._met, self._answers = outer
        self._answers += self._samples[base]
        return super()._sample(base)

    def _answer(self, kind: str, word: str) -> bool:
        if kind == _BEFORE:
            return super()._makes_before(word)
        return super()._assigns(word) if kind == _ASSIGNS else super()._has_read(word)

    def _assigns(self, word: str) -> bool:
        answer = super()._assigns(word)
        self._answers.append((_ASSIGNS, word, answer))
        return answer

    def _makes_before(self, word: str) -> bool:
        answer = super()._makes_before(word)
        self._answers.append((_BEFORE, word, answer))
        return answer

    def _has_read(self, key: str) -> bool:
        answer = super()._has_read(key)
        self._answers.append((_READ, key, answer))
        return answer

    def _intern(self, key: str, base: str, layer: Layer | None, gradient: bool, flags: Flags) -> Symbol:
        new = key not in self._symbols
        symbol = super()._intern(key, base, layer, gradient, flags)
        if self._met is not None:
            self._met.append(Met(symbol, symbol.flags, new))
        return symbol
