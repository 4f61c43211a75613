"""Tokens of LaTeX in, the same in the spelling of text files out: what a writer's habits are looked up in."""

from collections.abc import Sequence

from shapelint.operators import FUNCTIONS
from shapelint.parse.latex.commands import GREEK
from shapelint.parse.latex.item import WORD, Item
from shapelint.parse.latex.items import items
from shapelint.parse.latex.raw import Raw
from shapelint.parse.latex.tokens import LONGEST_RUN


def spelled(tokens: Sequence[Raw]) -> str:
    """Return the words and signs of a stretch, with blanks between."""
    return " ".join(map(_spelling, items(tokens)))


def _spelling(item: Item) -> str:
    if item.kind != WORD:
        return item.base
    spelling = item.spelling
    is_run = 1 < len(item.base) <= LONGEST_RUN and item.base[0] != "d"
    if is_run and item.base not in FUNCTIONS and item.base not in GREEK:
        spelling = " ".join(item.base) + spelling[len(item.base) :]  # letters side by side are factors
    return spelling + "'" * item.scripts.primes + (" T" if item.scripts.transposed else "")
