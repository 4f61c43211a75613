"""One piece of a formula in LaTeX: a word with all that stands above and below it, or a sign."""

from typing import NamedTuple

from shapelint.parse.latex.raw import Raw
from shapelint.parse.latex.scripts import Scripts

WORD = "WORD"
_PLAIN_SCRIPTS = Scripts("", "", 0, None, (), 0)


class Item(NamedTuple):
    """A word or a sign. `base` holds a word's letters, `scripts` what stands around it.

    `inside` are the tokens that a claim under a brace is made of.
    """

    kind: str
    start: int
    end: int
    base: str
    scripts: Scripts = _PLAIN_SCRIPTS
    inside: tuple[Raw, ...] = ()

    @property
    def spelling(self) -> str:
        """Return the word in the plain notation's spelling, without transpose, power and primes."""
        return self.base + self.scripts.below + self.scripts.above


def sign(token: Raw) -> Item:
    """Return a token that is an item of its own."""
    return Item(token.kind, token.start, token.end, token.text)


def stray(token: Raw) -> list[Item]:
    """Return what nothing knows: a formula with it is not read."""
    return [Item("STRAY", token.start, token.end, token.text)]
