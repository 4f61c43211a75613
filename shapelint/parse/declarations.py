"""Statements about sizes and shapes: text in, declarations and equations out."""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from shapelint.declared import As, Declared, Template
from shapelint.parse.driver import Token, UnreadError, run
from shapelint.parse.tables import table
from shapelint.sizes import Size, add, layer_size, multiply, write_size
from shapelint.source import Span
from shapelint.spelling import index, spelled
from shapelint.symbol import Layer

_KEYWORDS = {"or": "OR", "as": "AS", "scalar": "SCALAR"}
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
    spellings: dict[str, str] = {}
    found = _read("declaration", text, start, end, spellings)
    if found is None:
        return None
    names, shapes = found
    span, said = Span(start, end), text[start:end].strip()
    declared = tuple(Declared(word, layer, shapes, span, said) for word, layer in names)
    return Statement(declared, None, spellings)


def read_equation(text: str, start: int, end: int) -> Statement | None:
    """Read a statement about sizes, such as `n_h = n1`; None where it is none."""
    spellings: dict[str, str] = {}
    found = _read("equation", text, start, end, spellings)
    if found is None:
        return None
    size, values = found
    return Statement((), Equation(size, tuple(values), Span(start, end)), spellings)


def read_shape(text: str, start: int, end: int) -> tuple[Size, ...] | None:
    """Read a shape alone, such as the claim `(n1, m)` behind a formula; None where it is none."""
    found = _read("declaration", "_:" + text[start:end], 0, 2 + end - start, {})
    if (
        found is None
        or len(found[1]) != 1
        or not isinstance(found[1][0], tuple)
        or isinstance(found[1][0], As)
    ):
        return None
    return found[1][0]


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


def _read(rule: str, text: str, start: int, end: int, spellings: dict[str, str]) -> Any:
    grammar = table("declaration")
    tokens = _tokens(text, start, end, rule == "equation", spellings)
    try:
        return run(grammar, rule, tokens, end, _REDUCTIONS)
    except UnreadError as unread:
        problem = unread
    kept = [token for token in tokens if token[1] < problem.start]
    if len(kept) == len(tokens) or problem.found not in ("SIZE", "NAME", "COMMA", "STRAY", "LPAR"):
        return None
    try:  # a remark behind a declaration
        return run(grammar, rule, kept, end, _REDUCTIONS)
    except UnreadError:
        return None


def _tokens(text: str, start: int, end: int, said: bool, spellings: dict[str, str]) -> list[Token]:
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
            tokens.append(
                ("INTEGER", first, last, int(word) if word.isdigit() and len(word) < 10 else f"«{word}»")
            )
        elif kind != "WORD":
            said = said or kind in _SAYS
            tokens.append((kind, first, last, word))
        elif not said and word == "is":
            said = True
            tokens.append(("IS", first, last, word))
        elif not said or (tokens and tokens[-1][0] == "AS"):
            parts = spelled(word)
            tokens.append(("NAME", first, last, _name(parts.word, parts.layer)))
        elif word in _KEYWORDS and tokens:
            tokens.append((_KEYWORDS[word], first, last, word))
        elif word == "x" and tokens and tokens[-1][0] in ("SIZE", "INTEGER", "RPAR"):
            tokens.append(("TIMES", first, last, word))
        else:
            size = size_of_word(word)
            if isinstance(size, str):
                spellings.setdefault(size, word)
            tokens.append(("SIZE", first, last, size))
    return tokens


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


def _shape(*parts: Any) -> Template:
    """`(a, b)`, `(a,)`, `R^{a×b}`, `R^{a}`: the sizes are a list, or the one part that is no sign."""
    dims = next((part for part in parts if isinstance(part, list)), None)
    if dims is not None:
        return tuple(dims)
    return (parts[2] if len(parts) == 4 and parts[1] == "{" else parts[1],)


def _declaration(
    names: Sequence[Any], _says: str, shapes: Sequence[Template]
) -> tuple[Any, tuple[Template, ...]]:
    return names, tuple(shapes)


_REDUCTIONS: dict[str, Callable[..., Any]] = {
    "declaration": _declaration,
    "equation": lambda size, _sign, values: (size, values),
    "first": lambda item: [item],
    "list": _list,
    "shape": _shape,
    "crossed": tuple,
    "vector": lambda _reals, size: (size,),
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
