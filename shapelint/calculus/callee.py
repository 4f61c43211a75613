"""How a function is written in; its word, the order of its derivative and its layer out.

`g'`, `g1'`, `g^{[1]'}`, `{{g}^{[l]}}'`, `g'^{[2]}`, `\\sigma^{\\prime}`, `tanh_prime`: every notation keeps them.
"""

import re
from typing import NamedTuple

_PRIME = re.compile(r"['′’]|\\prime(?![A-Za-z])")
_WORDS = re.compile(r"(?<=[a-z])_?(?:prime|derivative|deriv)$|^d_(?=[a-z]{3})")
_LAYER = re.compile(
    r"[\[(]([A-Za-z]?(?:[+-]?\d+)?)[\])]|(?<=[^\W\d])_?\{?(\d+)\}?$|_\{?([lL](?:[+-]\d+)?)\}?$"
)
_MARKUP = re.compile(
    r"\\(?:mathrm|mathbf|text|operatorname|left|right|[bB]igg?[lr]?|[,;!: ])(?![a-z])|[{}\s^()]"
)


class Callee(NamedTuple):
    """The word of a function, how often it is derived, and the layer that is written at it, "" where none is."""

    word: str
    order: int
    layer: str


def callee(written: str) -> Callee:
    """Read how a function is called: the text from its beginning to its bracket."""
    order = len(_PRIME.findall(written))
    word = re.sub(r"\\left|\\right|\s", "", _PRIME.sub("", written))
    layer = _LAYER.search(word) if "." not in word else None
    if layer is not None:
        word = word[: layer.start()] + word[layer.end() :]
    word = _MARKUP.sub("", word).lstrip("\\").strip("_")
    told = _WORDS.search(word) if not order else None
    if told is not None:
        order, word = 1, word[: told.start()] + word[told.end() :]
    return Callee(word, order, next(filter(None, layer.groups()), "") if layer is not None else "")
