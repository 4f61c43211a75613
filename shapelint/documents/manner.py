"""A whole document in, its manner of writing layers and transposes out, and its text in the notation's own manner.

What a document writes otherwise is read in place of the original, one character for one, so that places stay.
"""

import re
from functools import lru_cache
from typing import NamedTuple

from shapelint.patterns import lazy


class Manner(NamedTuple):
    """How a document writes what the notation writes otherwise.

    `letters` are those by which it counts layers, other than l: `W[k]` beside `A[k-1]`. Layers are `rounded` where
    they stand in round brackets, `W(2)`, and `raised` where they stand above a name without brackets, `W^2`; `above` is
    the letter that counts them there, other than l, `below` the one that counts them below, `enclosed` the one in
    round brackets above. They are `named` where they are called (in), (h) and (out). A `small_t` above a matrix is its
    transpose. Of `entries` it writes the layer above, and the position below.
    """

    letters: str
    above: str
    rounded: bool
    raised: bool
    small_t: bool
    entries: bool = False
    below: str = ""
    enclosed: str = ""
    named: bool = False


@lru_cache(maxsize=4)
def manner_of(text: str) -> Manner:
    """Look at a whole document, as it is written."""
    brackets = "[" in text
    letters = (
        {match[1] for match in _STEPS.finditer(text)} & {match[1] for match in _WEIGHT.finditer(text)}
        if brackets
        else set[str]()
    )
    if brackets and _WEIGHT_N.search(text) and _letter_by(_BRACKETED, text):
        letters.add("n")
    powers = "^" in text
    above = _letter_above(text) if powers else ""
    raised = powers and bool(above or _RAISED_WEIGHT.search(text) or _WEIGHT_ENTRY.search(text))
    return Manner(
        "".join(sorted(letters)),
        above,
        bool(_ROUNDED_WEIGHT.search(text)) and not (brackets and _LAYERED.search(text)),
        raised,
        "^t" in text and bool(_TRANSPOSED.search(text)) and not _STEPS_OF_TIME.search(text),
        raised and bool(_WEIGHT_ENTRY.search(text)),
        _letter_by(_BELOW, text) if _WEIGHT_BELOW.search(text) else "",
        _letter_by(_ENCLOSED, text) if powers and _WEIGHT_ENCLOSED.search(text) else "",
        powers and all(one.search(text) for one in (_NAMED_WEIGHT, _NAMED_OUTPUT)),
    )


def in_manner(text: str, original: str, manner: Manner) -> str:
    """Write a normal text, or a part of one, as the notation writes it. `original` is what its author wrote."""
    if manner.letters:
        text = _with_layers(text, original, manner.letters)
    if manner.above:
        text = re.sub(_COUNTED_ABOVE.format(manner.above), r"\1l", text)
    if manner.below:
        text = re.sub(_COUNTED_BELOW.format(manner.below), r"\1l", text)
    if manner.enclosed:
        text = re.sub(_COUNTED_ENCLOSED.format(manner.enclosed), r"\1l", text)
        text = re.sub(_LAST_ENCLOSED.format(manner.enclosed.upper()), r"\1L", text)
    if manner.named:
        text = _NAMED.sub(lambda match: _NUMBERS[match[0]], text)
    if manner.rounded:
        text = _ROUNDED.sub(r"\1[\2]", text)
    if manner.raised:
        text = (_RAISED_ENTRY if manner.entries else _RAISED).sub(r"\1_\2", text)
    return _SMALL_T.sub("^T", text) if manner.small_t else text


# A letter that counts layers.
_STEPS = lazy(r"\w\^?\{?\[ {0,2}([ijk]) {0,2}[+-] {0,2}\d{1,2} {0,2}\]")
_WEIGHT = lazy(r"[Ww]\^?\{?\[ {0,2}([ijk]) {0,2}(?:[+-] {0,2}\d{1,2} {0,2})?\]")


def _with_layers(text: str, original: str, letters: str) -> str:
    """Write layers that are counted by letters with an l.

    A line of the original with two such letters is left as it is: they are two layers there.
    """
    counted = re.compile(rf"(?<=\[)( {{0,2}})([{letters}])(?= {{0,2}}(?:[+-] {{0,2}}\d{{1,2}} {{0,2}})?\])")
    lines, start = [], 0
    for line in original.splitlines(keepends=True):
        part, start = text[start : start + len(line)], start + len(line)
        one = len({match[2] for match in counted.finditer(part)}) == 1
        lines.append(counted.sub(r"\1l", part) if one else part)
    return "".join(lines)


# `W^k` beside `a^{k-1}`, on one line; the steps of `W^{k+1} = W^k - …` are no layers.
_ABOVE = r"[Ww]\}}?\^\{{?{0}(?![\w+-])"
_BESIDE = r"(?:[azhAZH]|\\delta|δ)\}}?\^\{{ {{0,2}}{0} {{0,2}}[+-] {{0,2}}1 {{0,2}}\}}"
_STEPPED = r"[Ww]\}}?\^\{{ {{0,2}}{0} {{0,2}}\+ {{0,2}}1 {{0,2}}\}} {{0,2}}&?="
_COUNTED_ABOVE = r"(?<=\^)(\{{? {{0,2}}){0}(?= {{0,2}}[+-] {{0,2}}1 {{0,2}}\}}| {{0,2}}\}}|\b)"


def _letter_above(text: str) -> str:
    """Return the letter that counts layers above the names of a text, if it is another than l."""
    for letter in "ijkp":
        weight, beside, stepped = (re.compile(one.format(letter)) for one in (_ABOVE, _BESIDE, _STEPPED))
        lines = (line for line in text.split("\n") if weight.search(line))
        if weight.search(text) and any(map(beside.search, lines)) and not stepped.search(text):
            return letter
    return ""


class _Counting(NamedTuple):
    """How layers are counted by a letter: of a weight, of what stands beside it, and of steps that are no layers."""

    letters: str
    weight: str
    beside: str
    stepped: str


_STEP = r" {{0,2}}{0} {{0,2}}[+-] {{0,2}}1 {{0,2}}"
_OUTPUT = r"(?:[azhAZH]|\delta|δ|d[zZ])"
_BELOW = _Counting(
    "kinj",
    r"(?<![\w\\])[W]\}}?_(?:{0}(?!\w)|\{{{0}\}})",
    rf"{_OUTPUT}\}}}}?_\{{{{?{_STEP}(?!\w)",
    rf"W\}}}}?_\{{{{{_STEP}\}}}} {{{{0,2}}}}&?=",
)
_ENCLOSED = _Counting(
    "knj",
    r"(?<![\w\\])[Ww]\}}?\^\{{?\({0}\)",
    rf"{_OUTPUT}\}}}}?\^\{{{{?\({_STEP}\)",
    rf"[Ww]\}}}}?\^\{{{{?\({_STEP}\)\}}}}? {{{{0,2}}}}&?=",
)
_BRACKETED = _Counting(
    "n",
    r"(?<![\w\\])[Ww]\^?\{{?\[{0}\]",
    rf"{_OUTPUT}\^?\{{{{?\[{_STEP}\]",
    rf"[Ww]\^?\{{{{?\[{_STEP}\]\}}}}? {{{{0,2}}}}&?=",
)
_WEIGHT_BELOW = lazy(r"(?<![\w\\])W\}?_\{?[kinj](?!\w)")
_WEIGHT_ENCLOSED = lazy(r"(?<![\w\\])[Ww]\}?\^\{?\([knj]\)")
_WEIGHT_N = lazy(r"(?<![\w\\])[Ww]\^?\{?\[n\]")
_COUNTED_BELOW = (
    r"((?<![^\W_])d?(?:[WwbBzZaAhHΘθδ]|\\(?:delta|Theta|theta))\}}?_\{{? {{0,2}}){0}"
    r"(?= {{0,2}}[+-] {{0,2}}1 {{0,2}}\}}?|\}}|(?!\w))"
)
_COUNTED_ENCLOSED = r"(\^\{{?\( {{0,2}}){0}(?= {{0,2}}(?:[+-] {{0,2}}1 {{0,2}})?\))"
_LAST_ENCLOSED = r"(\^\{{?\( {{0,2}}){0}(?= {{0,2}}(?:- {{0,2}}1 {{0,2}})?\))"
# Layers with names, `W^{(h)}` between `a^{(in)}` and `a^{(out)}`, and their numbers, as long.
_NAMED_WEIGHT = lazy(r"[Ww]\}?\^\{?\(h\)")
_NAMED_OUTPUT = lazy(r"\^\{?\(out\)")
_NAMED = lazy(r"(?<=\^)\((?:in|h|out)\)|(?<=\^\{)\((?:in|h|out)\)")
_NUMBERS = {"(in)": "(00)", "(h)": "(1)", "(out)": "(002)"}


def _letter_by(counting: _Counting, text: str) -> str:
    """Return the letter by which a text counts layers: a weight stands on a line with what the layer below makes."""
    for letter in counting.letters:
        weight, beside, stepped = (re.compile(one.format(letter)) for one in counting[1:])
        if any(beside.search(line) and weight.search(line) for line in text.split("\n")):
            return "" if stepped.search(text) else letter
    return ""


# What has a layer in the literature: weights, biases, what enters and leaves a unit, errors, and their gradients.
_NAME = r"(?<![\w\\.])(?:[d∂]?[WwbBzZaAhHΘθδΔω]|\\(?:delta|Delta|Theta|theta|omega))"
_LETTER = r"(?:[lL]|ℓ|\\ell)"
_COUNT = rf"(?:\d|{_LETTER}(?: ?[+-] ?1)?)"
# A weight is no function and has no example of its own, so the number in `W(1)` is a layer.
_ROUNDED = lazy(rf"({_NAME})\(({_COUNT})\)")
_ROUNDED_WEIGHT = lazy(rf"(?<![\w\\.])[d∂]?[WΘ]\({_COUNT}\)")
_LAYERED = lazy(r"(?<![\w\\.])W\^?\{?\[")
# Nobody writes a first power, so the number in `W^1` is a layer, and so are the others; but `1 - a^2` is a slope.
_ALONE = rf"(?:\d(?![\w.(]|[+-]\d)|{_COUNT}(?![\w.+-]|\())"
_RAISED = lazy(rf"(?<!1 - )(?<!1-)({_NAME}\}}?)\^(\{{{_COUNT}\}}|{_ALONE})")
# The same of an entry, whose position stands below: `w^1_{21}`, `z_i^l`, where a weight has two positions.
_PLACE = r"_(?:[ijk\d]|\{[ijk\d],?[ijk\d]?\})"
_RAISED_ENTRY = lazy(
    rf"(?<!1 - )(?<!1-)({_NAME}\}}?(?:{_PLACE})?)\^(\{{{_COUNT}\}}|{_COUNT}(?={_PLACE}|(?![\w.+-]|\()))"
)
_PAIR = r"_\{[ijk\d],?[ijk\d]\}"
_WEIGHT_ENTRY = lazy(
    rf"(?:[WwΘθω]|\\(?:[tT]heta|omega))\}}?(?:\^(?:\{{{_COUNT}\}}|{_COUNT}){_PAIR}|{_PAIR}\^(?:\{{{_COUNT}\}}|{_COUNT}))"
)
_RAISED_WEIGHT = lazy(
    r"(?<![\w\\.])(?:[d∂]?[WbΘδω]|\\(?:delta|Theta|omega))\}?"
    rf"\^(?:(?:1|{_LETTER})(?![\w.])|\{{(?:1|{_LETTER}(?: ?[+-] ?1)?)\}})"
)

# A small t above a matrix is its transpose, unless the text counts steps by t.
_SMALL_T = lazy(r"(?<=[\w\])}])\^t(?![\w(\[{])")
_TRANSPOSED = lazy(r"\b(?:W|X|A|Z|dZ|dA)_?\d{0,3}(?:\[\w\]|\^?\{?\[\w\]\}?)?\^t(?![\w(\[{])")
_STEPS_OF_TIME = lazy(r"[\^_<({] {0,2}t {0,2}[-+>]|_\{?t\b|\b[hsxcfio]\^t\b|\bstep t\b")
