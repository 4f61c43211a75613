"""The entries of arrays: a name with a position below it and a layer above it is one number, `w_{ij}^{(l)}`.

A document writes entries where its weights have two positions. Where it multiplies a matrix with what has one, `W a_i`,
or transposes it, that is one example of many, and no number.
"""

import re
from collections.abc import Collection

from shapelint.declared import Declared
from shapelint.patterns import lazy

# What entries are declared as: a name that nobody can write.
ENTRY = "«entry»"
DECLARED = Declared(ENTRY, None, ((),), None, "")

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


def positions_of_entries(habits: str) -> Collection[int]:
    """Return how many positions the entries have that a document writes, in the spelling of text files."""
    if _TWICE.search(habits) is None:
        return ()
    return (2,) if _ARRAYS.search(habits) is not None else (1, 2)


def entry(word: str, positions: Collection[int]) -> str:
    """Return the base of what a word is an entry of, "" where it is none."""
    match = _WHOLE.match(word)
    if match is None or len(match["first"] or match["second"]) not in positions:
        return ""
    return match["base"]
