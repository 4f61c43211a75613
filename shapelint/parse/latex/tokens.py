"""The lexer's decisions for LaTeX: items in, the tokens of `grammar/latex.lark` out.

What a word is depends on the names of the document, as in `shapelint.parse.tokens`; `Names` knows those under
the plain notation's spellings.
"""

from collections.abc import Sequence
from typing import NamedTuple

from shapelint.operators import FUNCTIONS, METHODS
from shapelint.parse.driver import Token
from shapelint.parse.latex.commands import GREEK
from shapelint.parse.latex.item import WORD, Item
from shapelint.parse.tokens import Piece, Words
from shapelint.symbol import UNDECLARED, Flags, Symbol
from shapelint.tree import Name, Number

_LONGEST_NUMBER = 10  # digits; a longer one is no axis and no size
_KEYS = frozenset(("axis", "keepdims", "keepdim", "dim", "dtype", "out", "where", "initial", "ddof"))
_OPENING = frozenset(("LPAR", "LSQB", "LBRACE", "SLICE"))
_CLOSED = frozenset(("RPAR", "RSQB", "RBRACE"))
_LONGEST_SLICE = 40  # items in which a slice's colon is looked for
_MOST_LETTERS = 12  # of a run that is taken apart
LONGEST_RUN = 3  # letters that nobody knows: each is a factor of its own, as mathematics is set


class Decided(NamedTuple):
    """The tokens of a formula and the flags of its names joined."""

    tokens: list[Token]
    flags: Flags


def decide(found: Sequence[Item], words: Words) -> Decided:
    """Decide what each item is."""
    decider = _Decider(found, words)
    decider.run()
    return Decided(decider.tokens, decider.flags)


class _Decider:
    def __init__(self, found: Sequence[Item], words: Words) -> None:
        self.tokens: list[Token] = []
        self.flags: Flags = 0
        self._items = found
        self._words = words
        self._place = 0
        self._open: list[str] = []
        self._norm = False

    def run(self) -> None:
        while self._place < len(self._items):
            item, after = self._items[self._place], self._ahead(1)
            if item.kind == WORD:
                self._place += self._word(item, after)
            elif item.kind == "BAR":
                self._place += self._bar(item, after)
            else:
                if item.kind != "MUL" or item.base != "." or after is not None:  # else a full stop
                    self._sign(item)
                self._place += 1

    def _ahead(self, steps: int) -> Item | None:
        place = self._place + steps
        return self._items[place] if place < len(self._items) else None

    def _word(self, item: Item, after: Item | None) -> int:
        """Decide about a word; return how many items are used up."""
        if self._open and item.base in _KEYS and after is not None and after.base == "=":
            self.tokens.append(("KEY", item.start, after.end, (item.start, after.end, f"{item.base}=")))
            return 2
        if (after is not None and after.kind == "LPAR") or item.scripts.primes:
            self._called(item)
            return 1
        if item.scripts.power and (used := self._power_call(item)):
            return used
        self._names(item)
        return 1

    def _power_call(self, item: Item) -> int:
        """`\\tanh^2(z)`: a function, its power, then its bracket; return how many items that is."""
        number, bracket = self._ahead(2), self._ahead(3)
        if number is None or number.kind != "NUM" or bracket is None or bracket.kind != "LPAR":
            return 0
        piece = self._words.called(f"{item.spelling}^{number.base[:1]}")[0]
        if piece[0] != "FUNC" or item.base not in FUNCTIONS:
            return 0
        self._function(item, piece)
        return 3

    def _called(self, item: Item) -> None:
        """A word before a bracket, or one with a prime: a function, or a factor."""
        piece = self._words.called(_called(item, item.spelling))[0]
        if piece[0] == "FUNC":
            if item.base in FUNCTIONS or _is_word(item.base) or not self._split(item, True):
                self._function(item, piece)
        elif item.scripts.primes:
            self._add(item.start, item.end, self._words.undeclared(f"{item.base}prime"))
        else:
            self._names(item)

    def _function(self, item: Item, piece: Piece) -> None:
        callee = (item.start, item.end, item.base, piece[3])
        self.tokens.append(("FUNC", item.start, item.end, callee))

    def _names(self, item: Item) -> None:
        """A word that is no function: a name, or several in a row."""
        pieces = self._words.pieces(item.spelling)
        kind, _, _, symbol = pieces[0]
        if kind == "PREFIX":
            callee = (item.start, item.end, item.base, symbol)
            self.tokens.append(("PREFIX", item.start, item.end, callee))
        elif len(pieces) > 1 and not item.scripts.below and not item.scripts.above:
            self._run(item, pieces)
        elif (len(pieces) == 1 and not symbol.flags & UNDECLARED) or not self._split(item, False):
            if len(pieces) > 1:
                self._run(item, pieces)
            else:
                self._add(item.start, item.end, symbol)
        self._transposed(item)

    def _transposed(self, item: Item) -> None:
        place = item.scripts.transposed
        if place is not None:
            self.tokens.append(("TR", place[0], item.end, (place[0], item.end, "T")))

    def _add(self, start: int, end: int, symbol: Symbol) -> None:
        self.flags |= symbol.flags
        self.tokens.append(("NAME", start, end, Name(start, end, symbol)))

    def _run(self, item: Item, pieces: Sequence[Piece]) -> None:
        """Letters that are several names: `WX`; the last of them bears the scripts."""
        for number, (kind, low, high, value) in enumerate(pieces):
            start, end = min(item.start + low, item.end), min(item.start + high, item.end)
            if number == len(pieces) - 1:
                end = item.end
            if kind == "NAME":
                self._add(start, end, value)
            else:
                self.tokens.append((kind, start, end, (start, end, value)))

    def _split(self, item: Item, called: bool) -> bool:
        """Take a run of letters apart of which the last bears the scripts: `WA^{[0]}`, `dAg'(Z)`."""
        base = item.base
        if not 1 < len(base) <= _MOST_LETTERS or not base.isalpha() or base in GREEK:
            return False
        for cut in range(1, len(base)):
            left = self._words.pieces(base[:cut])
            if any(piece[0] != "NAME" or piece[3].flags & UNDECLARED for piece in left):
                continue
            if base[cut:].islower() and len(base) > cut + 1 and base[cut] != "d" and not called:
                continue  # `dWaxt` is no product of `dWa` and `xt`
            right = self._tail(item, base[cut:], called)
            if right is None:
                continue
            middle = min(item.start + cut, item.end)
            self._run(item._replace(end=middle), left)
            if right[0] == "FUNC":
                self.tokens.append(("FUNC", middle, item.end, (middle, item.end, base[cut:], right[3])))
            else:
                self._add(middle, item.end, right[3])
            return True
        return not called and len(base) <= LONGEST_RUN and self._letters(item)

    def _letters(self, item: Item) -> bool:
        """Take a short run apart letter by letter, if one of them is a name: `Wu`."""
        symbols = [self._words.pieces(letter)[0][3] for letter in item.base[:-1]]
        last = self._words.pieces(item.base[-1] + item.scripts.below + item.scripts.above)
        if len(last) != 1 or last[0][0] != "NAME" or not all(isinstance(one, Symbol) for one in symbols):
            return False
        symbols.append(last[0][3])
        if all(one.flags & UNDECLARED for one in symbols):
            return False
        for place, symbol in enumerate(symbols):
            end = item.end if place == len(symbols) - 1 else min(item.start + place + 1, item.end)
            self._add(min(item.start + place, item.end), end, symbol)
        return True

    def _tail(self, item: Item, base: str, called: bool) -> Piece | None:
        """Read the last letters of a run as a function of the table, or as a known name."""
        spelling = base + item.scripts.below + item.scripts.above
        if called:
            known = base in FUNCTIONS
            return self._words.called(_called(item, spelling))[0] if known else None
        pieces = self._words.pieces(spelling)
        is_known = len(pieces) == 1 and pieces[0][0] == "NAME" and not pieces[0][3].flags & UNDECLARED
        return pieces[0] if is_known else None

    def _bar(self, item: Item, after: Item | None) -> int:
        """`\\|x\\|` and `||x||` are norms; one bar stands between the parts of a stack."""
        double = item.base == "|" and after is not None and after.base == "|" and after.start <= item.end + 1
        if item.base != "‖" and not double:
            self._sign(item)
            return 1
        self._norm = not self._norm
        end = after.end if double and after is not None else item.end
        kind = "NORM" if self._norm else "ENDNORM"
        self.tokens.append((kind, item.start, end, (item.start, end, "‖")))
        return 2 if double else 1

    def _sign(self, item: Item) -> None:
        kind, start, end, text = item.kind, item.start, item.end, item.base
        if kind == "NUM":
            value = int(text) if text.isdigit() and len(text) < _LONGEST_NUMBER else None
            self.tokens.append((kind, start, end, Number(start, end, value)))
        elif kind == "METHOD":
            rule = METHODS.get(text[1:], "unknown")
            self.tokens.append((kind, start, end, (start, end, text, rule)))
        elif kind == "DOTTED":
            self._dotted(item)
        elif kind == "DERIVATIVE":  # the Jacobian of a chain rule: its shape cannot be told
            above, _, below = text.partition("/")
            symbol = self._words.derivative(self._words.undeclared(above), self._words.undeclared(below))
            self.tokens.append(("NAME", start, end, Name(start, end, symbol)))
        else:
            if kind in _OPENING:
                self._open.append(kind)
            elif kind in _CLOSED and self._open:
                self._open.pop()
            if kind == "LSQB" and self._is_slice(item):
                kind = "SLICE"
            self.tokens.append((kind, start, end, (start, end, text)))

    def _dotted(self, item: Item) -> None:
        piece = self._words.called(item.base)[0]
        if piece[0] == "FUNC":
            self._function(item, piece)
        else:
            self._sign(item._replace(kind="STRAY"))

    def _is_slice(self, item: Item) -> bool:
        """`W_f[:, n_a:]`: glued to a name, with a colon inside."""
        before = self.tokens[-1] if self.tokens else None
        if before is None or before[0] not in ("NAME", "RSQB", "TR", "RPAR") or before[2] != item.start:
            return False
        for other in self._items[self._place : self._place + _LONGEST_SLICE]:
            if other.kind == "RSQB":
                return False
            if other.kind == "COLON":
                return True
        return False


_SHORTEST_WORD = 3


def _is_word(base: str) -> bool:
    """Say whether letters before a bracket are a word, `vec(AXB)`, with no function at their end: `xsin(z)`."""
    ends = any(base[cut:] in FUNCTIONS for cut in range(1, len(base)))
    return len(base) >= _SHORTEST_WORD and base.islower() and not ends


def _called(item: Item, spelling: str) -> str:
    """Return the spelling of a function: its layer is one in any brackets."""
    return spelling.replace("^(", "[").replace(")", "]") + "'" * item.scripts.primes
