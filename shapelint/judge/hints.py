"""A name in, what its spelling tells out: its word, what it may be the gradient of, whether weights are called so."""

import re

from shapelint.parse.python.sizes import size_of_variable
from shapelint.sizes import Size, layer_size
from shapelint.spelling import COST, loose_key
from shapelint.symbol import UNDECLARED, Symbol, variable_of

_GRADIENT = re.compile(
    rf"(?:d(?:total_?)?(?:{COST}|xent)_?d_?|d[jl]_?d_?(?=[A-Zw])|d[Ll]oss_?|dJ_(?=[A-Z])|grad(?:ients?|s)?_?(?:of_)?|nabla_?"
    r"|(?:deriv(?:ative)?|partial)_?(?=[A-Zwb])|[dD]elta_?(?=[WwBb](?:\d|_|$))|g_|g(?=W)|D_(?=W)|d_?)(?=[A-Za-z])"
    r"|(?P<behind>.+?)_?(?:grad(?:ient)?s?|(?<=\d_)(?:deriv(?:ative)?|delta|update))$"
)
_TELLING = re.compile(r"(?:^|_)(?:delta|error|err|grad(?!e)|gradient|deriv)", re.IGNORECASE)


def word_of(symbol: Symbol) -> str:
    """Return the word that a name is, whatever scope and assignment it is of: `W[1]`, `h_prev`."""
    if not symbol.flags & UNDECLARED:
        return f"d{symbol.object_key}" if symbol.gradient else symbol.object_key
    if symbol.gradient:
        return f"d{loose(symbol.object_key)}"
    return loose(symbol.key)


def is_anyones(word: str) -> bool:
    """Say whether a word is a single small letter, as `x`, `z` and `a`: each part of a document has its own."""
    return len(word) == 1 and word.islower()


def loose(key: str) -> str:
    """Return the word of a key: without the object that has it as an attribute, and the number of its assignment."""
    word = variable_of(key).rpartition(".")[2]
    return word if "[" in word else loose_key(word.replace("_", "") or word, None)


def objects_of(symbol: Symbol) -> tuple[str, ...]:
    """Return the words of what a name may be the gradient of."""
    if symbol.gradient:
        if symbol.flags & UNDECLARED:
            return (loose(symbol.object_key),)
        key = symbol.object_key  # `∂L/∂B_4` is a bias's, unless the document has a matrix B_4
        if symbol.base != "b" or not key.startswith("b["):
            return (key,)
        return (key, f"B{key[1:].removesuffix('[λ]')}")
    if not symbol.flags & UNDECLARED:
        return ()
    word = variable_of(symbol.key).rpartition(".")[2]
    match = _GRADIENT.match(word)
    if match is None:
        return ()
    rest = match["behind"] or word[match.end() :]
    if len(rest) < 3:
        capital = not word.startswith("d_")  # `d_k` is the size of a key
        return (loose(rest), loose(rest.upper())) if capital else (loose(rest),)
    return (loose(rest), loose(rest[:-1] if rest.endswith("s") else f"{rest}s"))  # `d_outputs` of `output`


def is_spelled_as_gradient(symbol: Symbol) -> bool:
    """Say whether a name is written as gradients are, `dbh` or `grad_b`, whatever else is known of it."""
    return _GRADIENT.match(variable_of(symbol.key).rpartition(".")[2]) is not None


def tells_backward(symbol: Symbol) -> bool:
    """Say whether a name says that its line goes back: it makes the line weaker evidence, and gives no shape."""
    return bool(_TELLING.search(variable_of(symbol.key)))


_WEIGHTS = re.compile(r"(?:W|w|U|V|Theta|theta|syn|kernel)(?![a-z]{3})|.*weight|coef")


def may_be_weight(symbol: Symbol) -> bool:
    """Say whether a name is one that weights have: it decides which side of a first product is the data."""
    word = symbol.base if not symbol.flags & UNDECLARED else variable_of(symbol.key).rpartition(".")[2]
    return not symbol.gradient and _WEIGHTS.match(word) is not None


def letter_of(symbol: Symbol) -> Size:
    """Return the size that a name stands for by its spelling: `n1` for n[1]."""
    if symbol.flags & UNDECLARED:
        return size_of_variable(symbol.key)
    if symbol.base == "n" and symbol.layer is not None:
        return layer_size(symbol.layer)
    return size_of_variable(symbol.base)
