"""A name in the notation's spelling and its variable in, the symbol that a program means by it out."""

from shapelint.parse.python.words import OPAQUE, Vocabulary, is_entry
from shapelint.parse.tokens import Words
from shapelint.symbol import UNDECLARED, Symbol

_RELATIVE = ("prev", "next", "curr")


def symbol_meant(spelling: str, own: str, store: bool, vocabulary: Vocabulary, words: Words) -> Symbol:
    """Return the symbol of a name, whose variable is `own`, where it is read or, with `store`, assigned."""
    names = vocabulary.stores if store else vocabulary.loads
    kept = is_entry(own)  # what the notation knows of these names, it knows whatever they are kept in
    if not kept and names.get(own, "").startswith(OPAQUE) and spelling.endswith(_RELATIVE):
        return words.undeclared(names[own])  # from the turn before: `dA_prev` of another layer
    if own not in vocabulary.own and spelling not in vocabulary.turned:
        spellings = [spelling]
        if vocabulary.lower and spelling[:1] == "w":
            spellings.insert(0, "W" + spelling[1:])
        if vocabulary.lower and spelling[:2] == "dw":
            spellings.insert(0, "dW" + spelling[2:])
        for one in spellings:
            symbol = words.symbol(one)
            if symbol is not None and not symbol.flags & UNDECLARED:
                return words.version(symbol, names[own]) if own in names and not kept else symbol
    return words.undeclared(names.get(own, OPAQUE + own))
