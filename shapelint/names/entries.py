"""The entries of arrays: a name with a position below it and a layer above it is one number, `w_{ij}^{(l)}`.

A document writes entries where its weights have two positions. Where it multiplies a matrix with what has one, `W a_i`,
or transposes it, that is one example of many, and no number.

Two digits below a name, `W_{21}`, are two positions as well: of what, an entry, a block or the way from one layer to
another, is not said. They are a layer where the document has so many.
"""

import re
from collections.abc import Collection

from shapelint.declared import Declared
from shapelint.patterns import lazy

# What entries are declared as: a name that nobody can write.
ENTRY = "«entry»"
DECLARED = Declared(ENTRY, None, ((),), None, "")

# The base of a name with two positions below it and no layer above it, of which nothing tells what it is.
PAIR = "«pair»"
# Among the positions: two digits below a name are no layer.
PAIRED = 0

_INDEX = r"(?:\d{1,2}|[lL](?:[+-]\d{1,2})?)"
_LAYER = rf"(?:\^?\({_INDEX}\)|\^?\{{?\[{_INDEX}\]\}}?|_\{{{_INDEX}\}}|_(?:\d|[lL])(?![^\W_]))"
_ONE, _TWO = r"(?:[ijkpqr]|\d)", r"(?:[ijkpqr]{2}|\d\d)"
_BASE = r"(?P<base>[^\W\d_]+)"
_WHOLE = re.compile(
    rf"{_BASE}(?:_\{{?(?P<first>{_ONE}{{1,2}})\}}?{_LAYER}|{_LAYER}_\{{?(?P<second>{_ONE}{{1,2}})\}}?)$"
)
_TWICE = lazy(
    r"(?<![^\W_])d?(?:[wWuU]|[oO]mega|[tT]heta)"
    rf"(?:_\{{?{_TWO}\}}?{_LAYER}|{_LAYER}_\{{?{_TWO}\}}?(?!\w))"
)
# A matrix in front of it, as in `W^{(l)} a_i^{(l-1)}`, or a transpose behind it.
_ARRAYS = lazy(
    rf"(?<![^\W_])[A-Z]{_LAYER}(?: T)? (?:[@·*] )?d?[^\W\d_]+_\{{?{_ONE}\}}?{_LAYER}"
    rf"|(?<![^\W_])[^\W\d_]+_\{{?{_ONE}\}}?{_LAYER} T(?!\w)"
)
_PAIR = re.compile(r"[^\W\d_]+_(?:\{[1-9],?[1-9]\}|[1-9][1-9])$")
_PAIRS = lazy(r"[^\W\d_]_\{?[1-9],?[1-9](?!\d)")
# The layer below the tenth: whoever counts up to 21 comes by it.
_NINTH = lazy(r"(?<![^\W_])d?[WwBbAaZzHh](?:_?9|_?\{9\}|\^?\{?\[9\])(?!\w)")


def positions_of_entries(habits: str) -> Collection[int]:
    """Return how many positions the entries have that a document writes, in the spelling of text files."""
    pairs = _PAIRS.search(habits) is not None and _NINTH.search(habits) is None
    paired = (PAIRED,) if pairs else ()
    if _TWICE.search(habits) is None:
        return paired
    return (2, *paired) if _ARRAYS.search(habits) is not None else (1, 2, *paired)


def is_pair(word: str, positions: Collection[int]) -> bool:
    """Say whether a word is a name with two positions below it, `W_{21}`."""
    return PAIRED in positions and _PAIR.match(word) is not None


def entry(word: str, positions: Collection[int]) -> str:
    """Return the base of what a word is an entry of, "" where it is none."""
    match = _WHOLE.match(word)
    if match is None or len(match["first"] or match["second"]) not in positions:
        return ""
    return match["base"]
