"""Sentences in lines: one that is safe to show comes in, lines that fit come out, broken between words.

Code in backticks and a shape, `(n2, m)`, are one word each: what does not fit behind the others stands on its own line.
"""

import re
from collections.abc import Iterator

from shapelint.render.width import width

_WORD = re.compile(r"(\s*)((?:`[^`]+`|\((?:[^\s(),]+, ?)+[^\s(),]*\)|\S)+)")
_LEAST = 20  # columns of a line, however narrow the screen is


def wrapped(text: str, room: int, lead: int = 0, indent: int = 0) -> list[str]:
    """Return a sentence as lines of at most `room` columns; with no room, which is an unknown one, as it is.

    The first line has `lead` columns before it, those of the caller; the others begin with `indent` blanks.
    """
    if not room or lead + width(text) <= room:
        return [text]
    lines: list[str] = []
    for blanks, word, begins in _words(text, max(room - indent, _LEAST)):
        if not lines:
            lines.append(blanks + word)
        elif begins or _end(lines, lead) + len(blanks) + width(word) > max(room, indent + _LEAST):
            lines.append(" " * indent + word)
        else:
            lines[-1] += blanks + word
    return lines


def _end(lines: list[str], lead: int) -> int:
    return width(lines[-1]) + (lead if len(lines) == 1 else 0)


def _words(text: str, room: int) -> Iterator[tuple[str, str, bool]]:
    """Yield the blanks before each word, the word, and whether it begins a line.

    Code that no line holds begins one, and is broken at its blanks.
    """
    for blanks, word in _WORD.findall(text):
        if width(word) <= room or " " not in word:
            yield blanks, word, False
            continue
        first, *others = word.split(" ")
        yield blanks, first, True
        yield from ((" ", other, False) for other in others)
