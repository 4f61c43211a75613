"""Scripts behind words, brackets and numbers in, the items that they are out: a transpose, a power."""

from collections.abc import Callable, Iterator, Sequence
from typing import TypeAlias

from shapelint.parse.latex.item import WORD, Item, sign, stray
from shapelint.parse.latex.raw import Raw
from shapelint.parse.latex.scripts import Scripts, scripts

# Reads the tokens of a group, one level deeper.
Read: TypeAlias = Callable[[Sequence[Raw]], list[Item]]


def power(found: Scripts, read: Read) -> Iterator[Item]:
    """Yield an exponent: `^`, then the number or a group."""
    if not found.power:
        return
    start, end = found.own or (found.power[0].start, max(found.power[-1].end, found.end))
    yield Item("POW", start, start, "^")
    if len(found.power) == 1 and found.power[0].kind == "NUM":
        yield sign(found.power[0])._replace(end=end)
        return
    yield Item("LBRACE", start, start, "{")
    yield from read(found.power)
    yield Item("RBRACE", end, end, "}")


def closed(tokens: Sequence[Raw], place: int, read: Read) -> tuple[list[Item], int]:
    """A closing bracket or a number with its scripts: a transpose, a power."""
    token = tokens[place]
    found, after = scripts(tokens, place + 1, token.end)
    out = [sign(token)]
    if found.transposed:
        out.append(Item("TR", found.transposed[0], found.end, "T"))
    is_norm = token.kind == "BAR"
    if not found.readable or found.primes or "[" in found.above or (found.below and not is_norm):
        return [*out, *stray(tokens[after - 1])], after
    return [*out, *power(found, read)], after


def scripted(word: Item, tokens: Sequence[Raw], place: int, close: int, read: Read) -> tuple[list[Item], int]:
    """Put the scripts inside of braces, `{W^{[2]}}^T`, and those behind them together."""
    behind, after = scripts(tokens, close + 1, tokens[close].end)
    inside = word.scripts
    twice = behind.transposed and inside.transposed
    if not behind.readable or twice or (behind.power and inside.transposed):
        return stray(tokens[place]), after
    both = Scripts(
        inside.below + behind.below,
        inside.above + behind.above,
        inside.primes + behind.primes,
        inside.transposed or behind.transposed,
        behind.power,
        behind.end,
        own=behind.own,
    )
    end = behind.own[0] if behind.own else behind.end
    whole = Item(WORD, tokens[place].start, end, word.base, both)
    return [whole, *power(both, read)], after
