"""Statements about sizes and shapes: text in, declarations and equations out."""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from shapelint.declared import As, Declared, Template
from shapelint.parse.driver import Token, UnreadError, run
from shapelint.parse.prose import is_remark
from shapelint.parse.tables import table
from shapelint.patterns import lazy
from shapelint.sizes import Size, add, atoms, layer_size, multiply, replace, write_size
from shapelint.source import Span
from shapelint.spelling import index, spelled
from shapelint.symbol import Layer

KEYWORDS = {"or": "OR", "as": "AS", "scalar": "SCALAR"}
_SAYS = ("COLON", "IS", "ELEMENT", "SHAPE_OF", "EQUALS")
# Sizes that have a name and a layer: n_x inputs, n_y outputs.
_ALIASES = {"nx": Layer("", 0), "ny": Layer("L", 0)}


class Equation(NamedTuple):
    """`n_h = n1`, `L = 2`, and in a convention `k = 1 or m`: a size, its values, its place."""

    size: Size
    values: tuple[Size, ...]
    span: Span


class Statement(NamedTuple):
    """What one statement declares, and how it spells its sizes (canonical name → as written)."""

    declared: tuple[Declared, ...]
    equation: Equation | None
    spellings: dict[str, str]


def read_declaration(text: str, start: int, end: int) -> Statement | None:
    """Read a declaration, such as `Z1, A1 : (n1, m)`; None where it is none."""
    words = Words({})
    return declaration_of(_tokens(text, start, end, False, words), Span(start, end), text, words)


def read_equation(text: str, start: int, end: int) -> Statement | None:
    """Read a statement about sizes, such as `n_h = n1`; None where it is none."""
    words = Words({})
    if _ARRAYS.search(text, start, end):
        return None  # `m = X.shape[1]`, `m = len(X)`: of an array, which is no size
    return equation_of(_tokens(text, start, end, True, words), Span(start, end), words)


_ARRAYS = lazy(r"\.shape\b|[A-Za-z]{2}\(")


def declaration_of(tokens: Sequence[Token], span: Span, text: str, words: "Words") -> Statement | None:
    """Read the tokens of a declaration that stands in a text at a span."""
    found = _read("declaration", tokens, span.end)
    if found is None:
        return None
    names, shapes = found
    said = text[span.start : span.end].strip()
    general = ((word, _of_every_layer(layer, tuple(shapes))) for word, layer in names)
    declared = tuple(Declared(word, *found, span, said) for word, found in general if found is not None)
    return Statement(declared, None, words.spellings)


def _of_every_layer(
    layer: Layer | None, shapes: tuple[Template, ...]
) -> tuple[Layer | None, tuple[Template, ...]] | None:
    """What `h[l-1]` is said to be holds of every layer: `h[l-1] : (n[l-1], 1)` is `h[l] : (n[l], 1)`.

    None where a size goes with the layer that is not written as one of a layer: `d_l`.
    """
    if layer is None or layer.base != "l" or not layer.offset:
        return layer, shapes
    by = layer.offset
    if any(
        "[l" in atom and not atom.startswith("n[")
        for shape in shapes
        if isinstance(shape, tuple) and not isinstance(shape, As)
        for size in shape
        for atom in atoms(size)
    ):
        return None

    def moved(size: Size) -> Size:
        values: dict[str, Size] = {}
        for atom in atoms(size):
            name, _, inside = atom.partition("[")
            of = index(inside[:-1]) if inside.endswith("]") else None
            if of is not None and of.base == "l":
                values[atom] = f"{name}[{Layer('l', of.offset - by)}]"
        return replace(size, values) if values else size

    return Layer("l", 0), tuple(
        tuple(map(moved, shape)) if isinstance(shape, tuple) and not isinstance(shape, As) else shape
        for shape in shapes
    )


def equation_of(tokens: Sequence[Token], span: Span, words: "Words") -> Statement | None:
    """Read the tokens of a statement about sizes."""
    found = _read("equation", tokens, span.end)
    if found is None:
        return None
    size, values = found
    return Statement((), Equation(size, tuple(values), span), words.spellings)


def read_shape(text: str, start: int, end: int) -> tuple[Size, ...] | None:
    """Read a shape alone, such as the claim `(n1, m)` behind a formula; None where it is none."""
    said = "_:" + text[start:end]
    return shape_of_tokens(_tokens(said, 0, len(said), False, Words({})), len(said))


def shape_of_tokens(tokens: Sequence[Token], end: int) -> tuple[Size, ...] | None:
    """Read the tokens of `name : shape` and return the shape."""
    found = _read("declaration", tokens, end)
    if (
        found is None
        or len(found[1]) not in (1, 2)
        or not isinstance(found[1][0], tuple)
        or isinstance(found[1][0], As)
    ):
        return None
    return found[1][0]


_NO_SIZES = frozenset(("W", "Z", "A", "dW", "dZ", "dA"))


def size_of_word(raw: str) -> Size:
    """Return the size that a word names: `n1` `n_1` `n[1]` are n[1], `n_x` is n[0], `n_a` is itself."""
    parts = spelled(raw)
    if parts.layer is not None and parts.word == "n":
        return layer_size(parts.layer)
    if parts.word in _ALIASES:
        return layer_size(_ALIASES[parts.word])
    if parts.word[0] == "n" and parts.word[1:].isdigit():
        return layer_size(Layer("", int(parts.word[1:])))
    if parts.word in ("nl", "nL") and (layer := index(parts.word[1:])):
        return layer_size(layer)
    return parts.word if parts.layer is None else f"{parts.word}[{parts.layer}]"


def _read(rule: str, tokens: Sequence[Token], end: int) -> Any:
    grammar = table("declaration")
    try:
        return run(grammar, rule, tokens, end, _REDUCTIONS)
    except UnreadError as unread:
        problem = unread
    kept = [token for token in tokens if token[1] < problem.start]
    opened = _open_bracket(kept)
    if opened and problem.found in ("NAME", "AS", "STRAY"):
        kept = kept[:opened]  # `10 x m (as A[2])`
    elif len(kept) == len(tokens) or problem.found not in ("SIZE", "NAME", "COMMA", "STRAY", "LPAR"):
        return None
    try:  # a remark behind a declaration
        return run(grammar, rule, kept, end, _REDUCTIONS)
    except UnreadError:
        return None


def _open_bracket(tokens: Sequence[Token]) -> int:
    """Return the place of the first bracket that is still open, behind a whole size; else 0."""
    depth = opened = 0
    for place, token in enumerate(tokens):
        if token[0] == "LPAR":
            opened = opened if depth else place
            depth += 1
        elif token[0] == "RPAR":
            depth -= 1
    return opened if depth > 0 and opened and tokens[opened - 1][0] in ("SIZE", "INTEGER") else 0


class Words(NamedTuple):
    """How a statement's words become tokens, and how it spells its sizes."""

    spellings: dict[str, str]

    def name(self, start: int, end: int, word: str) -> Token:
        """Return the token of a name that is declared."""
        parts = spelled(word)
        return ("NAME", start, end, _name(parts.word, parts.layer))

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


def _tokens(text: str, start: int, end: int, said: bool, words: Words) -> list[Token]:
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
        elif tokens and tokens[-1][0] == "IS" and word in _FILLERS:
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


def _opaque(left: Size, _sign: str, right: Size) -> Size:
    return f"«{_grouped(left)}/{_grouped(right)}»"


def _grouped(size: Size) -> str:
    text = write_size(size).strip("«»")
    return f"({text})" if "+" in text or "-" in text or "*" in text else text


def _list(left: Any, *rest: Any) -> list[Any]:
    return [*left, rest[-1]] if isinstance(left, list) else [left, rest[-1]]


def _same(_as: str, name: tuple[str, Layer | None]) -> As:
    return As(*name)


def _times(left: Size, *rest: Any) -> Size:
    return multiply(left, rest[-1])


def _shape(*parts: Any) -> Any:
    """`(a, b)`, `(a,)`, `R^{a×b}`, `R^{a}`: the sizes are a list, or the one part that is no sign."""
    dims = next((part for part in parts if isinstance(part, list)), None)
    if dims is not None:
        return tuple(dims)
    if len(parts) == 4 and parts[1] == "{":
        return _Vector(parts[2])
    return (parts[1],)


def _declaration(names: Sequence[Any], _says: str, shapes: Sequence[Any]) -> tuple[Any, tuple[Template, ...]]:
    found: list[Template] = []
    for shape in shapes:
        found += [(shape.size, 1), (shape.size,)] if isinstance(shape, _Vector) else [shape]
    return names, tuple(found)


class _Vector(NamedTuple):
    """`R^n`: a column in mathematics, and rank 1 to many who write code."""

    size: Size


_REDUCTIONS: dict[str, Callable[..., Any]] = {
    "declaration": _declaration,
    "equation": lambda size, _sign, values: (size, values),
    "first": lambda item: [item],
    "list": _list,
    "shape": _shape,
    "crossed": tuple,
    "vector": lambda _reals, size: _Vector(size),
    "scalar": lambda *_parts: (),
    "same": _same,
    "unsaid": lambda _mark: None,
    "add": lambda left, _sign, right: add(left, right),
    "subtract": lambda left, _sign, right: add(left, right, -1),
    "multiply": _times,
    "opaque": _opaque,
    "minus": lambda _sign, size: multiply(-1, size),
    "group": lambda _open, size, _close: size,
}
