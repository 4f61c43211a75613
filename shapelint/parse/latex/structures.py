"""Sums, gradients and environments in, items out."""

from collections.abc import Iterator, Sequence

from shapelint.parse.latex.commands import CASES, MATRICES
from shapelint.parse.latex.fractions import COSTS
from shapelint.parse.latex.item import WORD, Item, sign, stray
from shapelint.parse.latex.marks import Read, closed
from shapelint.parse.latex.raw import Raw
from shapelint.parse.latex.scripts import argument, closing, flat, scripts

# A typeset sum without an index: over the examples, unless only the sum over everything fits
# (`shapelint.infer.sums`, TYPESET).
_BEHIND = frozenset(("REL", "PLUS", "MINUS", "RPAR", "COMMA", "AMP"))  # signs behind `\\nabla_W` that is all
OVER_EXAMPLES = "∑"


def sigma(tokens: Sequence[Raw], place: int, read: Read) -> tuple[list[Item], int]:
    """A sum with what it runs over: the index below, or what stands above where there is none."""
    token = tokens[place]
    place, end, below, above = place + 1, token.end, "", ""
    while place + 1 < len(tokens) and tokens[place].kind in ("SUB", "SUP"):
        inside, after = argument(tokens, place + 1)
        text = flat(inside)
        below, above = (text, above) if tokens[place].kind == "SUB" else (below, text)
        place, end = after, tokens[after - 1].end
    index = (below or above).split("=")[0].split("∈")[0]
    return [Item("SIGMA", token.start, end, f"Σ_{{{index}}}" if index else OVER_EXAMPLES)], place


def nabla(tokens: Sequence[Raw], place: int, read: Read) -> tuple[list[Item], int]:
    """`\\nabla_W J` is the gradient dW, and so is `\\nabla W`."""
    token = tokens[place]
    named = tokens[place + 1] if place + 1 < len(tokens) else None
    if named is not None and named.kind == "LETTERS" and len(named.text) < 3 and named.text not in COSTS:
        found, after = scripts(tokens, place + 2, named.end)
        if found.readable:
            return [Item(WORD, token.start, found.end, f"d{named.text}", found)], after
    if place + 2 < len(tokens) and tokens[place + 1].kind == "SUB":
        inside, after = argument(tokens, place + 2)
        inner = read(inside)
        cost = tokens[after] if after < len(tokens) else None
        if len(inner) == 1 and inner[0].kind == WORD and (cost is None or cost.kind in _BEHIND):
            word = inner[0]
            end = tokens[after - 1].end
            return [Item(WORD, token.start, end, f"d{word.base}", word.scripts._replace(end=end))], after
        if len(inner) == 1 and inner[0].kind == WORD and cost is not None and cost.text in COSTS:
            word = inner[0]
            found, after = scripts(tokens, after + 1, cost.end)
            after = _behind_arguments(tokens, after)
            end = tokens[after - 1].end
            whole = Item(WORD, token.start, end, f"d{word.base}", word.scripts._replace(end=end))
            return ([whole] if found.readable else stray(token)), after
    return [Item("OPAQUE", token.start, token.end, "")], place + 1


def _behind_arguments(tokens: Sequence[Raw], place: int) -> int:
    """Return the place behind what a cost is worked out of, `l` of `\\nabla_W l(W x + b)`: it is no factor."""
    depth = 0
    for index in range(place, len(tokens)):
        kind = tokens[index].kind
        depth += (kind == "LPAR") - (kind == "RPAR")
        if not depth:
            raised = index + 1 < len(tokens) and tokens[index + 1].kind == "SUP"
            return index + 1 if kind == "RPAR" and not raised else place
    return place


def environment(tokens: Sequence[Raw], place: int, read: Read) -> tuple[list[Item], int]:
    """A matrix: its rows stacked; with columns, dots or cases nothing can be told of it."""
    token = tokens[place]
    close = closing(tokens, place)
    if close == len(tokens):
        return stray(token), place + 1
    end = tokens[close].end
    inside = tokens[place + 1 : close]
    kinds = {one.kind for one in inside}
    if token.text in CASES or kinds & {"AMP", "DOTS"}:
        behind, after = closed(tokens, close, read)
        return [Item("OPAQUE", token.start, end, ""), *behind[1:]], after
    if token.text not in MATRICES:
        return read([one for one in inside if one.kind != "BREAK"]), close + 1
    out = [Item("LSQB", token.start, token.end, "[")]
    for row in _rows(inside):
        out += read(row)
        out.append(Item("SEMI", row[-1].end, row[-1].end, ";"))
    if len(out) == 1:
        return stray(token), close + 1
    behind, after = closed(tokens, close, read)
    out[-1] = Item("RSQB", tokens[close].start, end, "]")
    return [*out, *behind[1:]], after


def listed(tokens: Sequence[Raw], place: int, read: Read) -> tuple[list[Item], int]:
    """`[x_1, \\dots, x_n]`: how many there are nobody tells, and so nothing of its shape."""
    token = tokens[place]
    close = closing(tokens, place)
    if close == len(tokens) or not _has_dots(tokens[place + 1 : close]):
        return [sign(token)], place + 1
    behind, after = closed(tokens, close, read)
    return [Item("OPAQUE", token.start, tokens[close].end, ""), *behind[1:]], after


def _has_dots(inside: Sequence[Raw]) -> bool:
    """Say whether dots stand for some of what commas divide."""
    dots = [place for place, one in enumerate(inside) if one.kind == "DOTS"]
    return any(one.kind == "COMMA" for place in dots for one in inside[max(place - 1, 0) : place + 2])


def _rows(inside: Sequence[Raw]) -> Iterator[Sequence[Raw]]:
    row: list[Raw] = []
    for token in inside:
        if token.kind == "BREAK":
            if row:
                yield row
            row = []
        else:
            row.append(token)
    if row:
        yield row
