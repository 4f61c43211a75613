"""The words of a statement about sizes and shapes in, its tokens out: a name before the colon, a size behind it."""

from typing import NamedTuple

from shapelint.parse.driver import Token
from shapelint.parse.prose import is_remark
from shapelint.parse.tables import table
from shapelint.sizes import Size, layer_size
from shapelint.spelling import index, spelled
from shapelint.symbol import Layer

KEYWORDS = {"or": "OR", "as": "AS", "scalar": "SCALAR"}
_SAYS = ("COLON", "IS", "ELEMENT", "SHAPE_OF", "EQUALS")
# Sizes that have a name and a layer: n_x inputs, n_y outputs.
_ALIASES = {"nx": Layer("", 0), "ny": Layer("L", 0)}
_NO_SIZES = frozenset(("W", "Z", "A", "dW", "dZ", "dA"))


def size_of_word(raw: str) -> Size:
    """Return the size that a word names: `n1` `n_1` `n[1]` are n[1], `d_l` is n[l], `n_x` is n[0], `n_a` is itself."""
    parts = spelled(raw)
    if parts.layer is not None and (parts.word == "n" or (len(parts.word) == 1 and parts.layer.base)):
        return layer_size(parts.layer)  # `d_l` is that of a layer, too
    if parts.word in _ALIASES:
        return layer_size(_ALIASES[parts.word])
    if parts.word[0] == "n" and parts.word[1:].isdigit():
        return layer_size(Layer("", int(parts.word[1:])))
    if parts.word in ("nl", "nL") and (layer := index(parts.word[1:])):
        return layer_size(layer)
    return parts.word if parts.layer is None else f"{parts.word}[{parts.layer}]"


class Words(NamedTuple):
    """How a statement's words become tokens, and how it spells its sizes."""

    spellings: dict[str, str]

    def name(self, start: int, end: int, word: str) -> Token:
        """Return the token of a name that is declared."""
        parts = spelled(word)
        timed = f"{parts.word}t" if parts.time and parts.layer is None else parts.word
        return ("NAME", start, end, _name(timed, parts.layer))  # `x_t` is not `x`

    def size(self, start: int, end: int, word: str) -> Token:
        """Return the token of a size."""
        size = size_of_word(word)
        if isinstance(size, str):
            if spelled(word).layer is not None and spelled(word).word in _NO_SIZES:
                return self.name(start, end, word)  # a remark, `10 x m (A[2])`
            self.spellings.setdefault(size, word)
        return ("SIZE", start, end, size)


def integer(start: int, end: int, word: str) -> Token:
    """Return the token of a number."""
    value = int(word) if word.isdigit() and len(word) < 10 else f"«{word}»"
    return ("INTEGER", start, end, value)


_WHOLE = frozenset(("SIZE", "INTEGER", "RPAR"))
_FILLERS = frozenset(("of", "shape", "size", "dimension", "dimensions", "dims"))  # `W1 has shape (n1, n0)`
_KINDS = frozenset(("matrix", "vector", "array", "column", "row", "tensor"))  # what a shape is one of


def tokens_of(text: str, start: int, end: int, said: bool, words: Words) -> list[Token]:
    """Decide what each word is: a name before `:`, a size behind it."""
    grammar = table("declaration")
    tokens: list[Token] = []
    for match in grammar.scan(text, start, end):
        kind = match.lastgroup
        first, last = match.span(kind)
        word = text[first:last]
        if kind in ("BLANK", "COMMENT"):
            continue
        if kind == "NUM":
            tokens.append(integer(first, last, word))
        elif kind == "EQUALS" and not said:  # `A0 = X = (n0, m)`
            said = text[last:end].lstrip().startswith("(")
            tokens.append(("SHAPE_OF" if said else "COMMA", first, last, word))
        elif kind != "WORD":
            said = said or kind in _SAYS
            tokens.append((kind, first, last, word))
        elif not said and word in ("is", "has"):
            said = True
            tokens.append(("IS", first, last, word))
        elif tokens and tokens[-1][0] in ("IS", "COLON") and word in _FILLERS and _says_more(text, last, end):
            continue
        elif not said or (tokens and tokens[-1][0] == "AS"):
            tokens.append(words.name(first, last, word))
        elif word in KEYWORDS and tokens:
            tokens.append((KEYWORDS[word], first, last, word))
        elif tokens and tokens[-1][0] in _WHOLE:
            tokens += _behind(first, last, word, words)
        else:
            tokens.append(words.size(first, last, word))
    return _braced(tokens)


def _says_more(text: str, place: int, end: int) -> bool:
    """Say whether a shape stands behind a word that calls it one; a size may be called size."""
    return text[place:end].strip() != ""


def _behind(start: int, end: int, word: str, words: Words) -> list[Token]:
    """Decide what a word behind a whole size is: a cross, `n1 x n0 matrix`, or one more factor."""
    if word == "x":
        return [("TIMES", start, end, word)]
    if word in _KINDS or is_remark(word):
        return [("STRAY", start, end, word)]
    return crossed_number(start, end, word) or [words.size(start, end, word)]


def _braced(tokens: list[Token]) -> list[Token]:
    """`R^(n1×n0)` is `R^{n1×n0}`."""
    for place in range(len(tokens) - 4):
        if tokens[place][0] == "REALS" and tokens[place + 1][0] == "LPAR":
            close = next((i for i in range(place + 2, len(tokens)) if tokens[i][0] == "RPAR"), 0)
            if any(token[0] in ("TIMES", "COMMA") for token in tokens[place + 2 : close]):
                tokens[place + 1] = ("LBRACE", *tokens[place + 1][1:3], "{")
                tokens[close] = ("RBRACE", *tokens[close][1:3], "}")
    return tokens


def crossed_number(start: int, end: int, word: str) -> list[Token]:
    """Read the rest of `64x784` behind its first number, nothing where it is none."""
    if word[0] != "x" or not word[1:].isdigit():
        return []
    return [("TIMES", start, start + 1, "x"), integer(start + 1, end, word[1:])]


def _name(word: str, layer: Layer | None) -> tuple[str, Layer | None]:
    """`W2` and `W[2]` declare one name; what follows the letters is the layer."""
    digits = len(word) - len(word.rstrip("0123456789"))
    if layer is None and 0 < digits < len(word):
        return word[:-digits], Layer("", int(word[-digits:]))
    return word, layer
