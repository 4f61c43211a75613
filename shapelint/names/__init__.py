"""A word of this document in, its pieces out, each with its symbol.

The order of the questions is that of `notation.md`, "Names": a name that something spells out is never
taken apart; then base and layer; then a gradient; then a run of names; then a name that nobody declared.
"""

import re
from collections.abc import Collection

from shapelint.declared import Known
from shapelint.names.entries import PAIR, is_pair
from shapelint.names.runs import run_of
from shapelint.names.symbols import Symbols
from shapelint.operators import FUNCTIONS, PREFIXES, TELLING
from shapelint.parse.tokens import Piece
from shapelint.spelling import DIGITS
from shapelint.symbol import UNDECLARED, Symbol

_CALLEE = re.compile(r"(?P<name>[^'²^]*(?:\^?\{?\[[^\]]*\]\}?)?)(?P<prime>\^?'[^^²]*)?(?P<power>\^\d|²)?$")
_NUMBERED = re.compile(r"([A-Za-z]+)_?([1-9]\d{0,5}|0)$", re.ASCII)
_LONGEST_WORD = 120


class Names(Symbols):
    """The names of one section: what they are is asked once for each spelling."""

    def __init__(
        self,
        known: Known,
        assigned: frozenset[str],
        brackets: bool,
        code: bool = False,
        positions: Collection[int] = (),
        earlier: frozenset[str] = frozenset(),
    ) -> None:
        """Begin with what is declared and what is assigned (canonical words) in the section, and in `earlier` ones."""
        super().__init__(known, assigned, brackets, code, positions, earlier)
        self._pieces: dict[str, list[Piece]] = {}
        self._called: dict[str, list[Piece]] = {}

    def pieces(self, word: str) -> list[Piece]:
        """Take a word apart: a NAME, NAMEs in a row, a NAME and its TR, or a PREFIX function."""
        found = self._pieces.get(word)
        if found is None:
            long = len(word) > _LONGEST_WORD  # nobody's name: its parts are not looked for
            found = [("NAME", 0, len(word), self._unknown(word))] if long else self._find_pieces(word)
            self._pieces[word] = found
        return found

    def called(self, word: str) -> list[Piece]:
        """Take apart a word that a bracket follows: a FUNC, or what `pieces` gives."""
        found = self._called.get(word)
        if found is None:
            found = self._called[word] = (
                self._find_called(word) if len(word) <= _LONGEST_WORD else self.pieces(word)
            )
        return found

    def _find_pieces(self, word: str) -> list[Piece]:
        if is_pair(word, self.positions) and (pair := self._pair(word)) is not None:
            return [("NAME", 0, len(word), pair)]
        if (match := _NUMBERED.match(word)) and (symbol := self._numbered(match[1], match[2])) is not None:
            return [("NAME", 0, len(word), symbol)]
        if (one := self._entry(word)) is not None:
            return [("NAME", 0, len(word), one)]
        parts = self._spelled(word)
        whole = len(word) - parts.transposed
        symbol = self._known_symbol(parts)
        if symbol is None and word in PREFIXES:
            return [("PREFIX", 0, len(word), FUNCTIONS[word])]
        if symbol is None and (run := run_of(word, self._part)):
            return run
        if symbol is None:
            symbol = self._undeclared_gradient(parts) or self.undeclared(word)
        pieces: list[Piece] = [("NAME", 0, whole, symbol)]
        if parts.transposed:
            pieces.append(("TR", whole, len(word), word[whole:]))
        return pieces

    def _pair(self, word: str) -> Symbol | None:
        """Return the symbol of a name with two positions below it, None where it is declared as it stands.

        An entry, a block or the way between two layers: its shape cannot be told, and is not learnt from its uses.
        """
        parts = self._spelled(word)
        if (match := DIGITS.match(parts.word)) is None:
            return None
        for base in (match[1], match[1].removeprefix("d")):
            own = f"{base}{match[2]}"
            if own in self.known.plain or own in self.known.layered:
                return None
            if (base, int(match[2])) in self.known.single:
                return None
        gradient = match[1][0] == "d" and match[1][1:2].isupper()
        return self._intern(f"{match[1]}_{match[2]}", PAIR, None, gradient, 0)

    def _find_called(self, word: str) -> list[Piece]:
        match = _CALLEE.match(word)
        if match is None:
            return self.pieces(word)
        name, prime, power = match["name"], match["prime"], match["power"]
        parts = self._spelled(name)
        rule = (
            FUNCTIONS.get(name) or FUNCTIONS.get(parts.word) or FUNCTIONS.get(parts.word.rstrip("0123456789"))
        )
        if rule is None and (
            self._known_symbol(parts) is not None or (not prime and run_of(name, self._part))
        ):
            return self._factor(name, prime, power)
        if rule is None:
            telling = any(part in parts.word.lower() for part in TELLING)
            rule = "elementwise" if prime or telling else "unknown"
        return [("FUNC", 0, len(word), rule)]

    def _factor(self, name: str, prime: str | None, power: str | None) -> list[Piece]:
        """A name, not a function, stands before a bracket: `a(1-a)`, `W2'(A2 - Y)`, `A1^2(1-A1)`."""
        pieces, end = list(self.pieces(name)), len(name)
        if prime:
            pieces.append(("TR", end, end + len(prime), prime))
            end += len(prime)
        if power == "²":
            pieces.append(("SUPER", end, end + 1, power))
        elif power:
            pieces += [("POW", end, end + 1, "^"), ("NUM", end + 1, end + 2, power[1:])]
        return pieces

    def _part(self, word: str, start: int, end: int) -> Piece | None:
        """Return the matrix or the transpose that a part of a run is, None where it is neither."""
        text = word[start:end]
        if text.startswith("_") or text.endswith("_"):
            return None  # `W_z` is one name
        if text == "T" and start:
            return ("TR", start, end, text)
        symbol = self._known_symbol(self._spelled(text)) if text[0].isalpha() else None
        if symbol is None or symbol.flags & UNDECLARED or not self._is_matrix(symbol):
            return None
        return ("NAME", start, end, symbol)

    def _is_matrix(self, symbol: Symbol) -> bool:
        declared = self.declared(symbol)
        return declared is not None and any(shape for shape in declared.shapes)

    def _unknown(self, word: str) -> Symbol:
        return self._intern(word, word, None, False, UNDECLARED)
