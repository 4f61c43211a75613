"""Commands with arguments in, items out: fractions and derivatives, roots, what stands over a brace."""

from collections.abc import Iterator, Sequence

from shapelint.parse.latex.item import WORD, Item, stray
from shapelint.parse.latex.marks import Read, closed, scripted
from shapelint.parse.latex.raw import Raw
from shapelint.parse.latex.scripts import argument

COSTS = frozenset(("J", "L", "E", "C", "l", "loss", "cost", "Loss", "Cost", "CE", "BCE", "MSE"))


def fraction(tokens: Sequence[Raw], place: int, read: Read) -> tuple[list[Item], int]:
    """`\\frac{a}{b}`, `\\frac 1 m`, `\\frac12`."""
    token, after = tokens[place], place + 1
    if after < len(tokens) and tokens[after].kind == "NUM" and len(tokens[after].text) == 2:
        both = tokens[after]  # two digits behind it are its two halves
        first: Sequence[Raw] = [both._replace(end=both.end - 1, text=both.text[0])]
        second: Sequence[Raw] = [both._replace(start=both.end - 1, text=both.text[1])]
        after += 1
    else:
        first, after = argument(tokens, after) if after < len(tokens) else ((), after)
        second, after = argument(tokens, after) if after < len(tokens) else ((), after)
    if not first or not second:
        return stray(token), after
    if token.text == "d" and tokens[after - 1].kind == "LETTERS":  # `\\pdv{W} J`
        first, second = second, first
    if token.text == "d":  # `\\pdv{J}{W}`
        first, second = (
            [Raw("LETTERS", part[0].start, part[0].start, "d"), *part] for part in (first, second)
        )
    elif all(map(_is_changed, (first, second))):  # a δ for the ∂
        first, second = ([part[0]._replace(text="d"), *part[1:]] for part in (first, second))
    out = fraction_of(token, tokens[after - 1].end, (first, second), read)
    cost = tokens[after] if after < len(tokens) else None
    if cost is not None and cost.text in COSTS and _is_operator(first, read):
        below = read(second)
        if len(below) == 1 and _is_derivative(below):
            end = cost.end
            return [
                Item(WORD, token.start, end, below[0].base, below[0].scripts._replace(end=end))
            ], after + 1
    if len(out) == 1 and out[0].kind == WORD:
        return scripted(out[0], tokens, place, after - 1, read)
    behind, after = closed(tokens, after - 1, read)
    return [*out, *behind[1:]], after


def _is_changed(part: Sequence[Raw]) -> bool:
    """Say whether a part of a fraction is a δ of something, and no δ with an index."""
    return len(part) > 1 and part[0].text in ("δ", "delta") and part[1].kind not in ("SUB", "SUP")


def fraction_of(token: Raw, end: int, parts: tuple[Sequence[Raw], Sequence[Raw]], read: Read) -> list[Item]:
    """A fraction of two `d` or `∂` words is a derivative: one word, `dJ/dW`; every other one is a quotient."""
    above, below = (read(part) for part in parts)
    if _is_derivative(above) and len(below) == 1 and _is_derivative(below):
        return [_derivative(token.start, end, above[0], below[0])]
    if _is_of_product(above) and len(below) == 1 and _is_derivative(below):
        return [Item("DERIVATIVE", token.start, end, "d?/d?")]
    if not above or not below or _begins_derivative(above) or _begins_derivative(below):
        return [Item("DERIVATIVE", token.start, end, "d?/d?")] if above and below else stray(token)
    return [
        Item("FRACTION", token.start, above[0].start, "/"),
        *_braced(above),
        *_braced(below, end),
    ]


def in_a_row(found: Iterator[Item]) -> Iterator[Item]:
    """Read `\\partial J / \\partial Z` as the fraction that it is; everything else stays."""
    waiting: list[Item] = []
    for item in found:
        waiting.append(item)
        if len(waiting) == 1 and _is_derivative(waiting):
            continue
        if len(waiting) == 2 and item.kind == "SLASH":
            continue
        if len(waiting) == 3 and _is_derivative([item]):
            yield _derivative(waiting[0].start, item.end, waiting[0], item)
            waiting = []
            continue
        kept = waiting.pop() if len(waiting) > 1 and _is_derivative([item]) else None
        yield from waiting
        waiting = [] if kept is None else [kept]
    yield from waiting


def _derivative(start: int, end: int, above: Item, below: Item) -> Item:
    """By a cost it is the gradient, one word; by anything else a Jacobian."""
    if above.base[1:] in COSTS and not above.scripts.above:
        return Item(WORD, start, end, below.base, below.scripts._replace(end=end))
    return Item("DERIVATIVE", start, end, f"{above.spelling}/{below.spelling}")


def _is_derivative(part: Sequence[Item]) -> bool:
    """`∂J`, `dJ(W, b)`."""
    first = part[0] if part else None
    if first is None or first.kind != WORD or first.base[:1] != "d" or len(first.base) < 2:
        return False
    return len(part) == 1 or (part[1].kind == "LPAR" and part[-1].kind == "RPAR")


def _is_of_product(part: Sequence[Item]) -> bool:
    """`∂ A x`, `∂ a^T x`, `∂ W x + b`: all that stands above is changed, not its first name alone."""
    return len(part) > 1 and part[0].kind == WORD and _is_derivative(part[:1])


def _begins_derivative(part: Sequence[Item]) -> bool:
    """`∂²J`, `∂` alone: a derivative that no name stands for."""
    return part[0].kind == WORD and part[0].base == "d"


def _is_operator(above: Sequence[Raw], read: Read) -> bool:
    """`d` alone above: the cost stands behind the fraction, `\\frac{d}{dW} J`."""
    found = read(above)
    return len(found) == 1 and _begins_derivative(found)


def _braced(part: Sequence[Item], end: int | None = None) -> Iterator[Item]:
    yield Item("LBRACE", part[0].start, part[0].start, "{")
    yield from part
    last = part[-1].end
    yield Item("RBRACE", last, last if end is None else end, "}")


def root(tokens: Sequence[Raw], place: int, read: Read) -> tuple[list[Item], int]:
    """`\\sqrt{x}`: an elementwise function of what it holds."""
    inside, after = argument(tokens, place + 1) if place + 1 < len(tokens) else ((), place + 1)
    inner = read(inside)
    if not inner:
        return stray(tokens[place]), after
    token = tokens[place]
    return [Item("ROOT", token.start, inner[0].start, ""), *_braced(inner, tokens[after - 1].end)], after


def underbrace(tokens: Sequence[Raw], place: int, read: Read) -> tuple[list[Item], int]:
    """What stands above a brace, with the claim below it."""
    token = tokens[place]
    inside, after = argument(tokens, place + 1) if place + 1 < len(tokens) else ((), place + 1)
    inner = read(inside)
    claim: tuple[Raw, ...] = ()
    while after + 1 < len(tokens) and tokens[after].kind in ("SUB", "SUP"):
        said, after = argument(tokens, after + 1)
        claim = tuple(said)
    if not inner:
        return stray(token), after
    end = tokens[after - 1].end
    return [Item("UNDERBRACE", token.start, inner[0].start, "", inside=claim), *_braced(inner, end)], after
