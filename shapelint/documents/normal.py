"""Characters that stand for others in a text: normalised for reading, one for one, so that places stay."""

import re

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
