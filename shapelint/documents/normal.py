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
    if '"]' in text or "']" in text:
        text = _KEYED.sub(_kept, text)
    if ")/" in text or ") /" in text:
        text = _COST_OF.sub(lambda match: match[1].ljust(len(match[0])), text)
    if "/d(" in text or "/∂(" in text:
        text = _BY_BRACKETED.sub(r"\1\2__", text)
    if "self." in text:
        text = _SELF.sub(r"\1_____", text)
    if ".grad" in text:
        text = _ATTRIBUTE.sub(lambda match: f"d{match[1].rstrip('_')}".ljust(len(match[0]), "_"), text)
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


# What programs keep by name: `grads['dW1']` is dW1, `parameters["W" + str(l)]` is W[l], `W1.grad` is dW1.
_KEYED = lazy(
    r"(?<![\w.\]])(?:self\.)?(?:(?P<grads>d?grads?|gradients?|derivatives)|params?|parameters|caches?|weights)"
    r"\[(?P<quote>['\"])(?P<name>d?[A-Z][A-Za-z]?_?\d{0,3}|d?[abwxyz]_?\d{0,3})(?P=quote)"
    r"(?:[ ]?\+[ ]?str\((?P<layer>[lL](?:[ ]?[+-][ ]?1)?)\))?\]"
)
# `dJ(W, b)/dW1` and `dJ/d(W1)` are `dJ/dW1`.
_COST_OF = lazy(r"(?<![\w.])([d∂](?:[JLCE]|[Ll]oss|[Cc]ost))\([^()=\n]{1,20}\)(?=[ ]?/[ ]?[d∂])")
_BY_BRACKETED = lazy(r"(?<![\w.])([d∂](?:[JLCE]|[Ll]oss|[Cc]ost)/[d∂])\(([A-Za-z]\w{0,5})\)")
_SELF = lazy(r"(?<![\w.])self\.([A-Za-z]\w*)(?![\w(])")
_ATTRIBUTE = lazy(r"(?<![\w.\]])([WwbBZzAa]_*\d{0,3}_*)\.grad\b(?!\.|\()")


def _kept(match: re.Match[str]) -> str:
    name = match["name"] if match["grads"] is None or match["name"].startswith("d") else f"d{match['name']}"
    layer = f"[{match['layer']}]" if match["layer"] else ""
    return f"{name.ljust(len(match[0]) - len(layer), '_')}{layer}"


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
