"""What LaTeX says about sizes and shapes: items in, the tokens of `grammar/declaration.lark` and what they say out."""

from collections.abc import Sequence

from shapelint.declared import Stated
from shapelint.parse.declarations import Statement, declaration_of, equation_of, shape_of_tokens
from shapelint.parse.declared_words import KEYWORDS, Words, crossed_number, integer
from shapelint.parse.driver import Token
from shapelint.parse.latex.item import WORD, Item
from shapelint.parse.latex.items import items
from shapelint.parse.latex.raw import Macros, Raw, raw
from shapelint.patterns import lazy
from shapelint.sizes import Size
from shapelint.source import Span
from shapelint.spelling import spelled

_SIGNS = {
    "COLON": "COLON",
    "IN": "ELEMENT",
    "LPAR": "LPAR",
    "RPAR": "RPAR",
    "LBRACE": "LBRACE",
    "RBRACE": "RBRACE",
    "COMMA": "COMMA",
    "PLUS": "PLUS",
    "MINUS": "MINUS",
    "SLASH": "SLASH",
    "REALS": "REALS",
}
_PRODUCTS = {"×": "TIMES", "*": "STAR", "·": "STAR"}
_SAYING = frozenset(("COLON", "ELEMENT", "SHAPE_OF", "IS"))
# `shape(W) = …`, `\dim W = …`
SHAPE_WORDS = frozenset(("shape", "size", "dim", "dims", "dimension", "dimensions"))
_CROSS = lazy(r"[A-Za-z]x[A-Za-z]")
_LAYOUT = frozenset(("GAP", "AMP", "BREAK", "SUP"))


def read_declaration(text: str, start: int, end: int, macros: Macros) -> Statement | None:
    """Read a declaration: `W^{[l]}: (n^{[l]}, n^{[l-1]})`, `X \\in \\mathbb{R}^{n \\times m}`; None if it is none."""
    words = Words({})
    tokens = _tokens(_items(text, start, end, macros), False, words)
    if tokens is None or not any(token[0] in _SAYING for token in tokens):
        return None
    return declaration_of(tokens, Span(start, end), text, words)


def read_equation(text: str, start: int, end: int, macros: Macros) -> Statement | None:
    """Read a statement about sizes: `n^{[2]} = 1`; None where it is none."""
    words = Words({})
    tokens = _tokens(_items(text, start, end, macros), True, words)
    return None if tokens is None else equation_of(tokens, Span(start, end), words)


def read_shapes(text: str, start: int, end: int, macros: Macros) -> tuple[Stated, ...]:
    """Read the shapes of a row or an equation: `(n^{[1]}, m) = (n^{[1]}, n^{[0]}) (n^{[0]}, m)`."""
    found: list[Stated] = []
    inside: list[Raw] = []
    tokens = raw(text, start, end, macros)
    if tokens and tokens[0].kind == "REALS":
        shape = shape_of(tokens)
        return (
            (Stated(start, shape, Span(start, end)),) if shape and len(shape) > 1 and 1 not in shape else ()
        )
    for token in tokens:
        if token.kind == "LPAR" or inside:
            inside.append(token)
        if token.kind == "RPAR" and inside:
            shape = shape_of(inside)
            if shape is None:
                return ()
            found.append(Stated(inside[0].start, shape, Span(inside[0].start, token.end)))
            inside = []
    return tuple(found)


def shape_of(tokens: Sequence[Raw]) -> tuple[Size, ...] | None:
    """Read a shape from its tokens, with or without the round brackets: `(n^{[1]}, m)`, `n_1 \\times m`."""
    if not tokens:
        return None
    found = _tokens(list(items(tokens)), True, Words({}))
    if not found:
        return None
    start, end = tokens[0].start, tokens[-1].end
    if found[0][0] != "LPAR" and any(token[0] == "COMMA" for token in found):
        found = [("LPAR", start, start, "("), *found, ("RPAR", end, end, ")")]
    name = ("NAME", start, start, ("_", None))
    return shape_of_tokens([name, ("COLON", start, start, ":"), *found], end)


def _items(text: str, start: int, end: int, macros: Macros) -> list[Item]:
    found = raw(text, start, end, macros)
    for place, token in enumerate(found[1:], 1):
        if token.text == "R" and found[place - 1].kind == "IN":
            found[place] = token._replace(kind="REALS")  # a plain letter for the real numbers
    return list(items(found))


def _tokens(found: Sequence[Item], said: bool, words: Words) -> list[Token] | None:
    """Decide what each item is; None where one of them has no place in a declaration."""
    tokens: list[Token] = []
    found = _spelled_out(_crossed([item for item in found if item.kind not in _LAYOUT]))
    for place, item in enumerate(found):
        start, end = item.start, item.end
        if item.kind == "NUM":
            tokens.append(integer(start, end, item.base))
        elif item.kind == "PROSE":
            break
        elif item.kind != WORD:
            kind = _sign(item, said)
            if kind is None:
                return None
            said = said or kind in _SAYING
            tokens.append((kind, start, end, item.base))
        elif item.scripts.transposed or item.scripts.power or item.scripts.primes:
            return None
        elif not said:
            tokens.append(words.name(start, end, item.spelling))
        elif item.base in KEYWORDS:
            tokens.append((KEYWORDS[item.base], start, end, item.base))
        elif item.base == "x" and 0 < place < len(found) - 1 and tokens[-1][0] in ("SIZE", "INTEGER", "RPAR"):
            tokens.append(("TIMES", start, end, "x"))
        elif (
            tokens
            and tokens[-1][0] in ("SIZE", "INTEGER")
            and (crossed := crossed_number(start, end, item.base))
        ):
            tokens += crossed
        else:
            tokens.append(_size(item, words))
    return _without_braces(tokens)


def _size(item: Item, words: Words) -> Token:
    """A layer's size is shown as `n1`, whatever it looks like here; one of the document's own as it is spelled."""
    layered = spelled(item.spelling).layer is not None
    return (Words({}) if layered else words).size(item.start, item.end, item.spelling)


def _sign(item: Item, said: bool) -> str | None:
    if item.kind == "MUL":
        return _PRODUCTS.get(item.base)
    if item.kind == "REL":
        return "EQUALS" if said else None
    return item.kind if item.kind == "SHAPE_OF" else _SIGNS.get(item.kind)


def _crossed(found: Sequence[Item]) -> list[Item]:
    """Read the letter x between two others as the cross that it stands for among sizes: `R^{hxn}`."""
    if all(item.kind != "REALS" for item in found):
        return list(found)
    out: list[Item] = []
    for item in found:
        if item.kind == WORD and _CROSS.fullmatch(item.base):
            size, cross, other = (item._replace(base=letter) for letter in item.base)
            left, right = (item._replace(kind=kind, base="") for kind in ("LBRACE", "RBRACE"))
            out += (left, size, cross, other, right)
        else:
            out.append(item)
    return out


def _spelled_out(found: Sequence[Item]) -> list[Item]:
    """Read `W.shape =`, `shape(W) =`, and a name that is a shape, `W = (n_1, n_0)`, as `W : …`."""
    bases = [item.base for item in found]
    if (chain := _chain(found)) is not None:
        return chain
    if len(bases) > 3 and bases[1:2] == ["."] and bases[2] in SHAPE_WORDS and found[3].kind == "REL":
        return [found[0], found[3]._replace(kind="SHAPE_OF"), *found[4:]]
    if len(bases) > 4 and bases[0] in SHAPE_WORDS and bases[1] == "(" and bases[3] == ")":
        return [found[2], *(_shape_sign(item) for item in found[4:5]), *found[5:]]
    if len(bases) > 4 and found[1].kind == "REL" and bases[2] == "(" and bases[-1] == ")" and "," in bases:
        return [found[0], found[1]._replace(kind="SHAPE_OF"), *found[2:]]
    return list(found)


def _chain(found: Sequence[Item]) -> list[Item] | None:
    """`W = dW = (n_1, n_0)` says it of each name."""
    places = [place for place, item in enumerate(found) if item.kind == "REL"]
    if len(places) < 2 or places != list(range(1, 2 * len(places), 2)) or found[-1].base != ")":
        return None
    if any(item.kind != WORD for item in found[0 : places[-1] : 2]) or found[places[-1] + 1].base != "(":
        return None
    signs = ["COMMA"] * (len(places) - 1) + ["SHAPE_OF"]
    kinds = dict(zip(places, signs, strict=True))
    return [item._replace(kind=kinds.get(place, item.kind)) for place, item in enumerate(found)]


def _shape_sign(item: Item) -> Item:
    return item._replace(kind="SHAPE_OF") if item.kind in ("REL", "COLON", "IN") else item


def _without_braces(tokens: list[Token]) -> list[Token]:
    """`\\mathbb{R}^{(n, m)}` is `(n, m)`."""
    for place, token in enumerate(tokens):
        if token[0] == "REALS" and [one[0] for one in tokens[place + 1 : place + 3]] == ["LBRACE", "LPAR"]:
            return [*tokens[:place], *tokens[place + 2 : -1]]
    return tokens
