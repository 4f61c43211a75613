"""The keys of names in a network: a name's word without the number of its assignment, in the version that it has."""

from collections.abc import Iterator, Mapping

from shapelint.calculus.network import GRADIENT
from shapelint.symbol import Symbol, variable_of
from shapelint.tree import Name
from shapelint.tree import Node as Tree
from shapelint.tree import walk as walk_tree


class Key:
    """Which key a symbol has at one place of the text."""

    def __init__(self, versions: Mapping[str, str], alias: Mapping[str, str]) -> None:
        """Take the versions that names have there, and what is another word for a name."""
        self._versions, self._alias = versions, alias

    def __call__(self, symbol: Symbol) -> str:
        """Return the key."""
        if is_gradient(symbol):
            of = object_of(symbol)
            return GRADIENT + self._alias.get(of, of)
        word = word_of(symbol)
        word = self._alias.get(word, word)
        return self._versions.get(word, word)


def word_of(symbol: Symbol) -> str:
    """Return the key of a name without the number of its assignment in a program."""
    return variable_of(symbol.key)


def is_gradient(symbol: Symbol) -> bool:
    """Say whether a name is that of a gradient, with a d in front or a letter of its own: `delta2`."""
    return symbol.gradient or symbol.base in ("delta", "Delta", "grad")


def object_of(symbol: Symbol) -> str:
    """Return the word of what a name is the gradient of."""
    if not symbol.gradient:
        return symbol.key.replace("delta", "Z", 1)
    word = word_of(symbol)
    if word == symbol.key:  # of notes
        return symbol.object_key
    return word[1:] if word[:1] == GRADIENT else variable_of(symbol.object_key)


def names_in(tree: Tree) -> Iterator[Name]:
    """Yield the names of a tree."""
    return (part for part in walk_tree([tree]) if isinstance(part, Name))
