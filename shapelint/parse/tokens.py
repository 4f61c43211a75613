"""The lexer's decisions: raw tokens in, the tokens of the grammar out.

The terminals of the grammar find words and signs; what a word is depends on the names of the document
(`notation.md`, "What the lexer decides"), and `Names` knows those.
"""

from typing import Any, NamedTuple, Protocol

from shapelint.declared import Stated
from shapelint.operators import METHODS
from shapelint.parse.driver import Token
from shapelint.parse.tables import Table
from shapelint.patterns import lazy
from shapelint.symbol import UNDECLARED, WORD, Symbol
from shapelint.tree import Name, Number

# Words that begin a remark behind a formula.
_REMARKS = frozenset(
    [
        "where",
        "for",
        "with",
        "since",
        "because",
        "if",
        "when",
        "while",
        "in",
        "is",
        "are",
        "as",
        "and",
        "or",
        "so",
        "then",
        "thus",
        "hence",
        "see",
        "note",
        "here",
        "this",
        "the",
        "which",
        "that",
        "of",
        "to",
        "from",
        "by",
        "at",
        "on",
        "i.e",
        "e.g",
        "elementwise",
        "element",
    ]
)
_LONGEST_NUMBER = 10  # digits; a longer one is no axis and no size
_CALLS = frozenset(("FUNC", "METHOD"))
_STARTS = frozenset(("NAME", "NUM", "LPAR", "FUNC", "PREFIX", "LSQB", "NORM", "LBRACE"))
_OPERANDS = frozenset(("NAME", "NUM", "RPAR", "RSQB", "RBRACE", "TR", "SUPER"))

# A piece of a word: its kind, where it begins and ends in the word, its value (a Symbol, a rule, a text).
Piece = tuple[str, int, int, Any]


class Words(Protocol):
    """What the lexer asks of the document's names."""

    def pieces(self, word: str) -> list[Piece]:
        """Take a word apart: a NAME, NAMEs in a row, a NAME and its TR, or a PREFIX function."""

    def called(self, word: str) -> list[Piece]:
        """Take apart a word that a bracket follows: a FUNC, or what `pieces` gives."""

    def undeclared(self, word: str) -> Symbol:
        """Return the symbol of a word that nobody declared."""

    def symbol(self, raw: str) -> Symbol | None:
        """Return the symbol of a spelling that is known, None for others."""

    def version(self, symbol: Symbol, key: str) -> Symbol:
        """Return the symbol of one assignment of a known name in a program, which goes by a key of its own."""

    def derivative(self, above: Symbol, below: Symbol) -> Symbol:
        """Return what `above / below`, two gradients' spellings, stands for: `dJ/dZ1` is `dZ1`."""


class Tokens(NamedTuple):
    """The tokens of a stretch of text, the flags of its names joined, and where prose begins, if it does.

    `remark` is true where that is plainly a remark behind the formula (`… for all l`); `stated` are shapes
    that the formula states of its parts.
    """

    tokens: list[Token]
    flags: int
    prose: int | None
    remark: bool
    stated: tuple[Stated, ...] = ()


def tokenize(table: Table, text: str, start: int, end: int, words: Words) -> Tokens:
    """Decide what each word of a stretch of text is; stop where prose begins."""
    tokens: list[Token] = []
    flags = 0
    for match in table.scan(text[start:end]):  # a stretch alone: no terminal looks at what stands before it
        kind = match.lastgroup
        low, high = match.span(kind)
        first, last = low + start, high + start
        if kind == "WORD" or kind == "CALLED":
            word = text[first:last]
            if word == "dot" and _joins(tokens, text, last, end, words):
                tokens.append(("MUL", first, last, (first, last, word)))
                continue
            if _begins_with_transpose(tokens, word, first):
                tokens.append(("TR", first, first + 1, (first, first + 1, "T")))
                first, word = first + 1, word[1:]
            for piece in words.pieces(word) if kind == "WORD" else words.called(word):
                if piece[0] != "NAME":
                    tokens.append(_piece(piece, first, word))
                    continue
                symbol = piece[3]
                flags |= symbol.flags
                if symbol.flags & WORD and (prose := _prose(tokens, word, first)) is not None:
                    kept = [token for token in tokens if token[1] < prose]
                    return Tokens(kept, flags, prose, prose == first)
                name = Name(first + piece[1], first + piece[2], symbol)
                if len(tokens) > 1 and tokens[-1][0] == "SLASH":
                    name = _derivative(tokens, name, words)
                tokens.append(("NAME", name.start, name.end, name))
        elif kind != "BLANK" and kind != "COMMENT":
            tokens.append(_sign(kind, first, last, text[first:last], tokens))
    if any(token[0] == "PREFIX" for token in tokens):
        flags |= _without_factor(tokens, words)
    return Tokens(tokens, flags, None, False)


_FACTOR_AHEAD = lazy(r"[ \t]+[^\W_]|[ \t]+\(")


def _joins(tokens: list[Token], text: str, place: int, end: int, words: Words) -> bool:
    """Say whether the word `dot` stands between two factors as a sign does; to an LSTM it is the gradient of o."""
    if not tokens or tokens[-1][0] not in _OPERANDS or words.symbol("dot") is not None:
        return False
    return _FACTOR_AHEAD.match(text, place, end) is not None


def _begins_with_transpose(tokens: list[Token], word: str, start: int) -> bool:
    """A T between an index and a name, as in `W[2]TdZ[2]`, has lost its superscript: nothing begins in the middle."""
    if word[0] != "T" or len(word) == 1 or not word[1].isalpha():
        return False
    return bool(tokens) and tokens[-1][0] == "NAME" and tokens[-1][2] == start


def _piece(piece: Piece, place: int, word: str) -> Token:
    """Return the token of a piece of a word that is no name."""
    kind, low, high, value = piece
    start, end = place + low, place + high
    if kind == "NUM":
        return (kind, start, end, Number(start, end, int(value)))
    if kind == "FUNC" or kind == "PREFIX":
        return (kind, start, end, (start, end, word[low:high], value))
    return (kind, start, end, (start, end, value))


def _sign(kind: str, start: int, end: int, text: str, tokens: list[Token]) -> Token:
    """Return the token of what is no word."""
    if kind == "NUM":
        value = int(text) if text.isdigit() and len(text) < _LONGEST_NUMBER else None
        return (kind, start, end, Number(start, end, value))
    if kind == "METHOD":
        return (kind, start, end, (start, end, text, METHODS.get(text[1:], "unknown")))
    if kind == "PICK" and tokens and tokens[-1][0] in _CALLS:
        kind = "LPAR"
    elif kind == "NORMOPEN":
        last = next((token[0] for token in reversed(tokens) if token[0] in ("NORM", "ENDNORM")), "")
        kind = "ENDNORM" if last == "NORM" else "NORM"
    return (kind, start, end, (start, end, text))


def _prose(tokens: list[Token], word: str, start: int) -> int | None:
    """Say where a remark begins, if this word that is no name begins or continues one."""
    if not tokens or tokens[-1][0] not in _OPERANDS:
        return None
    kind, before, _, value = tokens[-1]
    if kind == "NAME" and value.symbol.flags & WORD:
        return before
    return start if word.lower() in _REMARKS else None


def _without_factor(tokens: list[Token], words: Words) -> int:
    """A listed function that no factor follows is a name: the sigma of batch norm. Return its flags."""
    flags = 0
    for place, (kind, start, end, callee) in enumerate(tokens):
        following = tokens[place + 1][0] if place + 1 < len(tokens) else ""
        if kind == "PREFIX" and following not in _STARTS:
            symbol = words.undeclared(callee[2])
            flags |= symbol.flags
            tokens[place] = ("NAME", start, end, Name(start, end, symbol))
    return flags


def _is_differential(symbol: Symbol) -> bool:
    """Say whether a name that nobody declared is spelled as a differential: `dz_i`, `dout`."""
    return bool(symbol.flags & UNDECLARED) and symbol.key[:1] == "d" and symbol.key[1:2].isalpha()


def _derivative(tokens: list[Token], below: Name, words: Words) -> Name:
    """A quotient of two `d` or `∂` names is a derivative, never a division."""
    kind, start, end, above = tokens[-2]
    if kind != "NAME":
        return below
    close = tokens[-1][1:3] == (end, below.start)  # `dz_i/dW_i` of the document's own names
    for symbol in (above.symbol, below.symbol):
        if not symbol.gradient and not (close and _is_differential(symbol)):
            return below
    del tokens[-2:]
    return Name(start, below.end, words.derivative(above.symbol, below.symbol))
