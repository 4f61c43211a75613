"""Text that is safe to show: what a file holds comes in, what a terminal may be sent comes out.

Control characters, terminal escapes, and the invisible characters that turn the direction of writing
are shown as Python would write them (`\\x1b`, `\\u202e`), so that no file can act on the terminal.
"""

# What the program itself writes, for an output that has only ASCII; other characters become escapes.
_PLAIN = {"→": "->", "✓": "ok:", "✗": "wrong:", "×": "x", "·": ".", "…": "...", "ᵀ": "^T", "′": "'", "—": "-"}
_TAB = " " * 4
# Blanks of other widths, the no-break space among them: Python calls them unprintable, but they do no harm.
_BLANKS = "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"


def visible(text: str, ascii_only: bool = False) -> str:
    """Return a text as one safe line."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(_shown(character, ascii_only) for character in text)


def glyph(character: str, ascii_only: bool = False) -> str:
    """Return how a character of a source line is drawn: a tab as four blanks, an unsafe one escaped."""
    if character == "\t":
        return _TAB
    if _harmless(character) and (character.isascii() or not ascii_only):
        return character
    return _escaped(character)


def _shown(character: str, ascii_only: bool) -> str:
    if ascii_only and not character.isascii():
        return _PLAIN.get(character) or _escaped(character)
    return character if _harmless(character) else _escaped(character)


def _harmless(character: str) -> bool:
    return character.isprintable() or character in _BLANKS


def _escaped(character: str) -> str:
    return character.encode("unicode_escape").decode("ascii")
