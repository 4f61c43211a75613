"""Plain tokens of LaTeX in, the items of a formula out: words with all that stands above and below them.

No names are known here: an item of the kind WORD is a spelling, of which `tokens` finds out what it is.
"""

from collections.abc import Iterator, Sequence

from shapelint.parse.latex import fractions, structures
from shapelint.parse.latex.item import WORD, Item, sign, stray
from shapelint.parse.latex.marks import Read, closed, power, scripted
from shapelint.parse.latex.raw import Raw
from shapelint.parse.latex.scripts import Scripts, argument, closing, flat, layer_in_brackets, scripts

_DEEPEST = 200  # groups in groups
_WEIGHTS = frozenset(("W", "B"))  # `\\Delta W`, by which a step changes W
_CLOSING = frozenset(("RPAR", "RSQB", "RBRACE", "NUM", "BAR"))


def items(tokens: Sequence[Raw], depth: int = 0) -> Iterator[Item]:
    """Yield the items of a stretch in their order; what nothing knows is an item STRAY."""
    return fractions.in_a_row(_items(tokens, depth))


def _items(tokens: Sequence[Raw], depth: int) -> Iterator[Item]:

    def read(inside: Sequence[Raw]) -> list[Item]:
        return list(items(inside, depth + 1))

    place = 0
    while place < len(tokens):
        token = tokens[place]
        if depth > _DEEPEST:
            yield sign(token._replace(kind="STRAY"))
            return
        reader = _READERS.get(token.kind)
        if reader is not None:
            found, place = reader(tokens, place, read)
            yield from found
        elif token.kind in _CLOSING:
            found, place = closed(tokens, place, read)
            yield from found
        else:
            yield sign(token)
            place += 1
            if token.kind == "MUL" and place + 1 < len(tokens) and tokens[place].kind == "SUB":
                place = argument(tokens, place + 1)[1]  # `*_{element}`


def _letters(tokens: Sequence[Raw], place: int, read: Read) -> tuple[list[Item], int]:
    token = tokens[place]
    return _word(tokens, place + 1, token.start, token.end, token.text, read)


def _word(
    tokens: Sequence[Raw], place: int, start: int, end: int, base: str, read: Read
) -> tuple[list[Item], int]:
    """Read the scripts behind letters; `dz`, written as d and a name of its own, is one word."""
    if base == "Delta" and place < len(tokens) and tokens[place].text in _WEIGHTS:
        return _word(tokens, place + 1, start, tokens[place].end, f"Delta{tokens[place].text}", read)
    if base == "d" and place < len(tokens) and tokens[place].kind in ("LETTERS", "LBRACE", "ACCENT"):
        joined, after = _nucleus(tokens, place)
        if joined is not None:
            return _word(tokens, after, start, joined[1], f"d{joined[2]}", read)
        if tokens[place].kind == "LBRACE":
            inner, after = _group(tokens, place, read)
            if inner and inner[0].kind == WORD:
                return [inner[0]._replace(start=start, base=f"d{inner[0].base}"), *inner[1:]], after
            return [Item(WORD, start, end, base, Scripts("", "", 0, None, (), end)), *inner], after
    layer, place = layer_in_brackets(tokens, place, end)
    end = tokens[place - 1].end if layer else end
    found, place = scripts(tokens, place, end)
    if layer:
        found = found._replace(above=layer + found.above)
        if not found.transposed and place < len(tokens) and _is_glued_t(tokens[place], found.end):
            last = tokens[place]
            found, place = found._replace(transposed=(last.start, last.end), end=last.end), place + 1
    if not found.readable:
        return stray(Raw("STRAY", start, found.end, base)), place
    word = Item(WORD, start, found.own[0] if found.own else found.end, base, found)
    return [word, *power(found, read)], place


def _is_glued_t(token: Raw, end: int) -> bool:
    """`W[2]T`."""
    return token.kind == "LETTERS" and token.text == "T" and token.start == end


_DEEPEST = 20  # braces and accents around a name


def _nucleus(tokens: Sequence[Raw], place: int) -> tuple[tuple[int, int, str] | None, int]:
    """Read letters, letters in braces or with an accent: start, end and text; None where there is more."""
    token = tokens[place]
    if token.kind == "LETTERS":
        return (token.start, token.end, token.text), place + 1
    behind = place + _DEEPEST
    if behind <= len(tokens) and all(one.kind in ("LBRACE", "ACCENT") for one in tokens[place:behind]):
        return None, place  # nobody's name stands in so many
    if token.kind == "ACCENT" and place + 1 < len(tokens):
        inner, after = _nucleus(tokens, place + 1)
        return (inner and (token.start, inner[1], inner[2] + token.text)), after
    if token.kind != "LBRACE":
        return None, place
    close = closing(tokens, place)
    inside = tokens[place + 1 : close]
    if close == len(tokens) or not inside:
        return None, place
    if inside[0].kind in ("LBRACE", "ACCENT", "LETTERS"):
        inner, after = _nucleus(inside, 0)
        if inner is not None and after == len(inside):
            return (token.start, tokens[close].end, inner[2]), close + 1
    if _is_one_word(inside):
        return (token.start, tokens[close].end, flat(inside)), close + 1
    return None, place


def _is_one_word(inside: Sequence[Raw]) -> bool:
    """`{keep_prob}`, `{a_t}`: letters joined by underscores; `{d_l}` has a layer."""
    kinds = [token.kind for token in inside]
    return (
        kinds[0] == "LETTERS"
        and not (len(inside) == 3 and inside[2].text in ("l", "L"))
        and len(kinds) % 2 == 1
        and all(kind == ("SUB" if place % 2 else "LETTERS") for place, kind in enumerate(kinds))
    )


def _accent(tokens: Sequence[Raw], place: int, read: Read) -> tuple[list[Item], int]:
    """`\\hat{y}` is one word; an accent over more, `\\hat{y^{(i)}}`, belongs to the first letters of it."""
    found, after = _nucleus(tokens, place)
    if found is not None:
        return _word(tokens, after, *found, read)
    inside, after = argument(tokens, place + 1) if place + 1 < len(tokens) else ((), place + 1)
    inner, behind = _nucleus(inside, 0) if inside else (None, 0)
    if inner is None:
        return stray(tokens[place]), after
    word, used = _word(inside, behind, tokens[place].start, inner[1], inner[2] + tokens[place].text, read)
    return (word if used == len(inside) else stray(tokens[place])), after


def _group(tokens: Sequence[Raw], place: int, read: Read) -> tuple[list[Item], int]:
    """Braces around letters are none; around a name with scripts, more scripts may follow."""
    found, after = _nucleus(tokens, place)
    if found is not None:
        return _word(tokens, after, *found, read)
    close = closing(tokens, place)
    if close == len(tokens):
        return stray(tokens[place]), place + 1
    inside = tokens[place + 1 : close]
    if (over := _over(inside)) is not None:
        parts = (inside[:over], inside[over + 1 :])
        return fractions.fraction_of(tokens[place], tokens[close].end, parts, read), close + 1
    inner = read(inside)
    if len(inner) == 1 and inner[0].kind == WORD:
        return scripted(inner[0], tokens, place, close, read)
    if len(inner) == 1 and inner[0].kind == "DOTTED":
        return inner, close + 1
    behind, after = closed(tokens, close, read)
    return ([sign(tokens[place]), *inner, *behind] if inner else behind[1:]), after


def _over(inside: Sequence[Raw]) -> int | None:
    depth = 0
    for index, token in enumerate(inside):
        if token.kind == "LBRACE":
            depth += 1
        elif token.kind == "RBRACE":
            depth -= 1
        elif token.kind == "OVER" and not depth:
            return index
    return None


_READERS = {
    "LETTERS": _letters,
    "ACCENT": _accent,
    "LBRACE": _group,
    "FRACTION": fractions.fraction,
    "ROOT": fractions.root,
    "UNDERBRACE": fractions.underbrace,
    "SIGMA": structures.sigma,
    "NABLA": structures.nabla,
    "BEGIN": structures.environment,
    "LSQB": structures.listed,
    "LPAR": structures.listed,
}
