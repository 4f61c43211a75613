"""Statements about sizes and shapes: text in, declarations and equations out."""

import re
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from shapelint.declared import As, Declared, Template
from shapelint.parse.declared_words import Words, tokens_of
from shapelint.parse.driver import Token, UnreadError, run
from shapelint.parse.tables import table
from shapelint.patterns import lazy
from shapelint.sizes import Size, add, atoms, multiply, replace, write_size
from shapelint.source import Span
from shapelint.symbol import Layer


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
    shown = _result(text, start, end) if _WORKED_OUT.search(text, start, end) else text
    if shown is None:
        return None
    words = Words({})
    said = _usual(shown[start:end])
    tokens = [
        (kind, low + start, high + start, value)
        for kind, low, high, value in tokens_of(said, 0, len(said), False, words)
    ]
    return declaration_of(tokens, Span(start, end), text, words)


# What lists of shapes write for a colon, a cross and round brackets: `X - (m, n0)`, `m by n0`, `MxN`, `[m, n0]`.
_COUNT = r"(?:n[\w\[\]^{}]{0,8}|[mhdk]\d?|[A-Z]\d?|\d{1,6})(?![\w(])"
_DASHED = lazy(r"(?<=[ \t])(?:-{1,3}|~)(?=[ \t]*[(\[])")
_BY = lazy(rf"(?<=[\w)\]}}])[ \t]+by(?=[ \t]+{_COUNT})")
_GLUED = lazy(r"(?<![\w.])([A-Z]\d?|[nmhdk]\d?|\d{1,6})x(?=(?:[A-Z]\d?|[nmhdk]\d?|\d{1,6})(?![\w(^]))")
_STARRED = lazy(r"(:[ \t]*(?:n[\w\[\]]{0,8}|[mhdkA-Z]\d?))\*(?=(?:n[\w\[\]]{0,8}|[mhdkA-Z]\d?)[ \t]*\Z)")
_SQUARE = lazy(rf"\[([ \t]*{_COUNT}[ \t]*(?:,|x|×)[ \t]*{_COUNT}[ \t]*)\](?=[ \t.]*(?:\#[^\n]*)?\Z)")


def _usual(said: str) -> str:
    """Write a declaration with a colon, crosses and round brackets, place for place."""
    if "~" in said or " -" in said:
        said = _DASHED.sub(lambda match: ":".ljust(len(match[0])), said, count=1)
    if " by " in said:
        said = _BY.sub(lambda match: match[0].replace("by", "× "), said)
    if "x" in said:
        said = _GLUED.sub(r"\1×", said)
    if "*" in said:
        said = _STARRED.sub(r"\1×", said)
    if "[" in said and (square := _SQUARE.search(said)) is not None and any(map(str.isalpha, square[1])):
        said = f"{said[: square.start()]}({square[1]}){said[square.end() :]}"
    return said


# Shapes that are multiplied or added, `z2: (N, H) @ (H, D) + (1, D) → (N, D)`: the shape is what comes out.
_WORKED_OUT = lazy(r"\)[ \t]{0,9}[@+*·×][ \t]{0,9}\(")
_ARROW = lazy(r"→|->|=>|⇒")


def _result(text: str, start: int, end: int) -> str | None:
    """Blank out all between a name and the result of what its shape is worked out of, None where none is shown."""
    arrows = list(_ARROW.finditer(text, start, end))
    colon = text.find(":", start, end)
    if not arrows or colon < 0:
        return None
    behind = arrows[-1].end()
    return f"{text[: colon + 1]}{' ' * (behind - colon - 1)}{text[behind:]}"


def read_equation(text: str, start: int, end: int) -> Statement | None:
    """Read a statement about sizes, such as `n_h = n1`; None where it is none."""
    words = Words({})
    if _ARRAYS.search(text, start, end):
        return None  # `m = X.shape[1]`, `m = len(X)`: of an array, which is no size
    return equation_of(tokens_of(text, start, end, True, words), Span(start, end), words)


_ARRAYS = lazy(r"\.shape\b|[A-Za-z]{2}\(")


def declaration_of(tokens: Sequence[Token], span: Span, text: str, words: Words) -> Statement | None:
    """Read the tokens of a declaration that stands in a text at a span."""
    found = _read("declaration", tokens, span.end)
    if found is None:
        return None
    names, shapes = found
    said = text[span.start : span.end].strip()
    declared = tuple(_at_l(Declared(word, layer, shapes, span, said)) for word, layer in names)
    return Statement(declared, None, words.spellings)


_COUNTED = re.compile(r"\[l([+-]\d{1,6})?\]$")


def _at_l(declared: Declared) -> Declared:
    """`a[l-1] : (n[l-1], 1)` says that a[l] is (n[l], 1)."""
    step = declared.layer.offset if declared.layer is not None and declared.layer.base == "l" else 0
    shapes = [
        tuple(_moved(size, -step) for size in shape)
        for shape in declared.shapes
        if isinstance(shape, tuple) and not isinstance(shape, As)
    ]
    if not step or len(shapes) < len(declared.shapes):
        return declared
    return declared._replace(layer=Layer("l", 0), shapes=tuple(shapes))


def _moved(size: Size, step: int) -> Size:
    """Return a size with its layers that are counted from l moved."""
    values: dict[str, Size] = {}
    for atom in atoms(size):
        if (match := _COUNTED.search(atom)) is not None:
            values[atom] = f"{atom[: match.start()]}[{Layer('l', int(match[1] or 0) + step)}]"
    return replace(size, values)


def equation_of(tokens: Sequence[Token], span: Span, words: Words) -> Statement | None:
    """Read the tokens of a statement about sizes."""
    found = _read("equation", tokens, span.end)
    if found is None:
        return None
    size, values = found
    return Statement((), Equation(size, tuple(values), span), words.spellings)


def read_shape(text: str, start: int, end: int) -> tuple[Size, ...] | None:
    """Read a shape alone, such as the claim `(n1, m)` behind a formula; None where it is none."""
    said = "_:" + text[start:end]
    return shape_of_tokens(tokens_of(said, 0, len(said), False, Words({})), len(said))


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
