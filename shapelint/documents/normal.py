"""Characters that stand for others in a text: normalised for reading, one for one, so that places stay."""

import re
from functools import lru_cache

from shapelint.patterns import lazy

# What unicodedata does not fold, or folds to more than one character.
_ROWS = {
    "-": "−–‐‑‒",
    "*": "∗",
    "'": "′’`´ʹ",
    "d": "∂𝜕𝝏",
    "·": "⋅∙",
    "/": "∕⁄",
    ":": "∶",
    "=": "＝",
    "<": "⟨〈",
    ">": "⟩〉",
    "Σ": "∑",
    "ᵀ": "⊤",
    "(": "（",
    ")": "）",
    "[": "［【",
    "]": "］】",
    ",": "，",
    "R": "ℝ",
    " ": "\u00a0\u2002\u2003\u2009\u202f\u3000\u200b\u200c\u200d\u2060\ufeff",
}
_MAP = {character: plain for plain, characters in _ROWS.items() for character in characters}
_KEPT = frozenset("²³¹⁰⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾ᵀˡᴸ")
# Marks over a letter become a letter behind it: `ŷ` written as y and a hat.
_MARKS = {"\u0302": "ˆ", "\u0303": "ˇ", "\u0304": "ˈ"}


def normal(text: str) -> str:
    """Return a text of the same length that is read in place of the original."""
    if "\r" in text:
        text = text.replace("\r\n", " \n").replace("\r", "\n")
    if "`" in text:
        text = text.replace("`", "'")
    if text.isascii():
        return text
    if "∇" in text:
        text = _NABLA.sub(_gradient, text)
    table: dict[int, str] = {}
    for character in set(text):
        if not character.isascii():
            plain = _plain(character)
            if plain != character:
                table[ord(character)] = plain
    return text.translate(table) if table else text


# `∇W1` and `∇_{W1} J` are dW1; the underscores that fill its place belong to no name.
_NABLA = lazy(
    r"∇(?:(?P<name>[A-Za-z]\w{0,8})|_\{?(?P<below>[A-Za-z][\w\[\]]{0,8})\}?[ \t]{0,2}"
    r"(?:[JLCEℒ](?![\w(])|[Ll]oss\b|[Cc]ost\b))"
)


def _gradient(match: re.Match[str]) -> str:
    return f"d{match['name'] or match['below']}".ljust(len(match[0]), "_")


# A letter that counts layers: `W[k]` beside `A[k-1]`.
_STEPS = lazy(r"\w\^?\{?\[ {0,2}([ijk]) {0,2}[+-] {0,2}\d{1,2} {0,2}\]")
_WEIGHT = lazy(r"[Ww]\^?\{?\[ {0,2}([ijk]) {0,2}(?:[+-] {0,2}\d{1,2} {0,2})?\]")


@lru_cache(maxsize=4)
def layer_letters(text: str) -> str:
    """Return the letters by which a text counts layers, those other than l."""
    if "[" not in text:
        return ""
    letters = {match[1] for match in _STEPS.finditer(text)} & {match[1] for match in _WEIGHT.finditer(text)}
    return "".join(sorted(letters))


def with_layers(text: str, original: str, letters: str) -> str:
    """Write layers that are counted by letters as the notation counts them, place for place.

    A line of the original with two such letters is left as it is: they are two layers there.
    """
    if not letters:
        return text
    counted = re.compile(rf"(?<=\[)( {{0,2}})([{letters}])(?= {{0,2}}(?:[+-] {{0,2}}\d{{1,2}} {{0,2}})?\])")
    lines, start = [], 0
    for line in original.splitlines(keepends=True):
        part, start = text[start : start + len(line)], start + len(line)
        one = len({match[2] for match in counted.finditer(part)}) == 1
        lines.append(counted.sub(r"\1l", part) if one else part)
    return "".join(lines)


# A small t above a matrix is its transpose, unless the text counts steps by t.
_SMALL_T = lazy(r"(?<=[\w\])}])\^t(?![\w(\[{])")
_TRANSPOSED = lazy(r"\b(?:W|X|A|Z|dZ|dA)_?\d{0,3}(?:\[\w\]|\^?\{?\[\w\]\}?)?\^t(?![\w(\[{])")
_STEPS_OF_TIME = lazy(r"[\^_<({] {0,2}t {0,2}[-+>]|_\{?t\b|\b[hsxcfio]\^t\b|\bstep t\b")


def with_transposes(text: str) -> str:
    """Write the transposes of a text that has `^t` for them with a capital, place for place."""
    if "^t" not in text or not _TRANSPOSED.search(text) or _STEPS_OF_TIME.search(text):
        return text
    return _SMALL_T.sub("^T", text)


def _plain(character: str) -> str:
    if character in _MAP:
        return _MAP[character]
    if character in _KEPT or character in _MARKS:
        return _MARKS.get(character, character)
    import unicodedata  # most texts hold nothing else

    folded = unicodedata.normalize("NFKC", character)
    if len(folded) != 1 or folded == character:
        return character
    return _MAP.get(folded, folded)
