"""The old text of a side and the new one in, the smallest edit that keeps whole words out."""

import re
from collections import Counter
from functools import lru_cache
from typing import NamedTuple

from shapelint.source import Span

# How writers transpose; a document's own way is the one it uses most in the formula, then anywhere.
_SIGNS = re.compile(r"\.T(?![\w(])|ᵀ|\^\{T\}|\^T(?![a-z_0-9])|(?<=[\]\)\}])T(?!\w)|(?<=[\w\]\)])'(?!\w*\()")


class Replacement(NamedTuple):
    """Put `content` in the place of a span."""

    span: Span
    content: str


def replacement(text: str, side: Span, new: str) -> Replacement:
    """Return the smallest edit between a side's old and its new text that splits no word."""
    old = text[side.start : side.end]
    front = _common(old, new)
    while front and _is_inside_word(old, new, front):
        front -= 1
    back = _common(old[front:][::-1], new[front:][::-1])
    while back and _is_inside_word(old, new, len(old) - back, len(new) - back):
        back -= 1
    while back and not _is_balanced(new[front : len(new) - back]):
        back -= 1
    while front and not _is_balanced(new[front : len(new) - back]):
        front -= 1
    return Replacement(Span(side.start + front, side.end - back), new[front : len(new) - back])


def _is_balanced(text: str) -> bool:
    return all(text.count(opening) == text.count(closing) for opening, closing in ("()", "[]", "{}"))


def transpose_sign(text: str, side: Span) -> str:
    """Return how this writer transposes, `.T` where nothing tells."""
    return _commonest(text[side.start : side.end]) or _usual_sign(text) or ".T"


@lru_cache(maxsize=4)
def _usual_sign(text: str) -> str:
    """Return the sign that a document uses most: asked once for each document, not for each formula."""
    return _commonest(text)


def _commonest(text: str) -> str:
    found = Counter(match.group() for match in _SIGNS.finditer(text))
    return max(found, key=lambda sign: (found[sign], sign)) if found else ""


def _common(one: str, other: str) -> int:
    length = 0
    for left, right in zip(one, other, strict=False):
        if left != right:
            break
        length += 1
    return length


def _is_inside_word(old: str, new: str, place: int, other: int | None = None) -> bool:
    other = place if other is None else other
    return _splits(old, place) or _splits(new, other)


def _splits(text: str, place: int) -> bool:
    """Say whether a place is inside a name, its index, or between it and its transpose."""
    if not 0 < place < len(text):
        return False
    before, after = text[place - 1], text[place]
    word = before.isalnum() or before in "_.])'^ᵀ}"
    return word and (after.isalnum() or after in "_.[]'^ᵀ{}(")
