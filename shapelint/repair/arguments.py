"""What stands behind the argument of a sum, taken apart and put together again: `, axis=0)`, `.sum(keepdims=True)`."""

import re
from typing import NamedTuple

from shapelint.repair.hand import AXIS_WORDS, TORCH_WORDS

# LaTeX may put the words into `\text{…}`.
_AXIS = re.compile(r"(?P<before>\s*(?:\\text\w*\s*\{)?\s*(?:axis|dim)\}?\s*=\s*)(?P<axis>-?\s*\d+|None)")
_KEEP = re.compile(r"\s*(?:\\text\w*\s*\{)?\s*(?P<word>keepdims?)\}?\s*=")
_NUMBER = re.compile(r"\s*(?:-?\s*\d+|None)\s*$")
_PAIRS = {"(": 1, "[": 1, "{": 1, ")": -1, "]": -1, "}": -1}


class Arguments(NamedTuple):
    """The text up to the first of the other arguments, those arguments, and the text behind the last."""

    head: str
    others: tuple[str, ...]
    tail: str


def arguments(after: str) -> Arguments:
    """Take apart what stands behind the argument of a function, or of a method and its bracket."""
    end = after.rfind(")")
    comma, bracket = after.find(",", 0, end), after.find("(", 0, end)
    start = comma if comma >= 0 else end  # what closes the argument may stand before the comma: `$, axis=0)`
    if 0 <= bracket < start:
        start = bracket + 1  # a method: `.sum(`
    inside = after[start:end]
    others = tuple(part for part in _parts(inside) if part.strip())
    return Arguments(after[:start], others, after[end:])


def written(found: Arguments, axis: int | None, keep: bool, words: tuple[str, str] = AXIS_WORDS) -> str:
    """Write the arguments with another axis, where one is given, and with or without `keepdims`.

    `words` are those for the axis and for keeping it, where the arguments do not show them; where an axis has none, it
    is the last argument, counted from 1, and always kept.
    """
    if not words[0]:
        last = found.others[-1:] if axis is None else (f" {axis + 1}",)
        return f"{found.head}{''.join(f',{one}' for one in (*found.others[:-1], *last))}{found.tail}"
    shown = next((one for one in map(_shown, found.others) if one is not None), words)
    others = list(found.others) if axis is None else _with_axis(found, axis, shown[0])
    others = [one for one in others if not _KEEP.match(one)]
    if keep:
        others.append(f"{shown[1]}=True")
    between = ", ".join(one.strip() for one in others)
    behind = ", " if between and not found.head.endswith("(") else ""  # behind the argument of a function
    return f"{found.head}{behind}{between}{found.tail}"


def _shown(argument: str) -> tuple[str, str] | None:
    """Return the words that an argument shows, None if it shows neither."""
    if re.match(r"\s*(?:dim|keepdim)\s*=", argument):
        return TORCH_WORDS
    return AXIS_WORDS if _AXIS.match(argument) or _KEEP.match(argument) else None


def _with_axis(found: Arguments, axis: int, word: str) -> list[str]:
    """Put an axis in the place of the one that stands there, else in front of all."""
    others = list(found.others)
    for place, one in enumerate(others):
        if named := _AXIS.match(one):
            others[place] = one[: named.start("axis")] + str(axis) + one[named.end("axis") :]
            return others
    if others and _NUMBER.match(others[0]):
        return [str(axis), *others[1:]]
    return [f"{word}={axis}", *others]


def _parts(text: str) -> list[str]:
    """Split at the commas that stand in no bracket."""
    parts, depth = [""], 0
    for character in text:
        depth += _PAIRS.get(character, 0)
        if character == "," and not depth:
            parts.append("")
        else:
            parts[-1] += character
    return parts
