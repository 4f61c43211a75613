"""The old text of a side and the new one in, the smallest edit that keeps whole words out."""

from typing import NamedTuple

from shapelint.source import Span


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
    while front or back:
        if back and _is_inside_word(old, new, len(old) - back, len(new) - back):
            back -= 1
        elif front and _is_inside_word(old, new, front):
            front -= 1
        elif open_ := _open(new[front : len(new) - back]):
            if back and (open_ > 0 or not front):
                back -= 1
            else:
                front -= 1
        else:
            break
    return Replacement(Span(side.start + front, side.end - back), new[front : len(new) - back])


def _open(text: str) -> int:
    """Return how many brackets of a text are open at its end; below 0 if one closes that is not open, first of all."""
    depth = {"(": 0, "[": 0, "{": 0}
    for character in text:
        if character in depth:
            depth[character] += 1
        elif character in _CLOSING:
            opening = _CLOSING[character]
            depth[opening] -= 1
            if depth[opening] < 0:
                return -1
    return sum(depth.values())


_CLOSING = {")": "(", "]": "[", "}": "{"}


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
    if before == "\\":  # a command is one word
        return True
    word = before.isalnum() or before in "_.])'^ᵀ}"
    return word and (after.isalnum() or after in "_.[]'^ᵀ{}(")
