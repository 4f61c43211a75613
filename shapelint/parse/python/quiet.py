"""Python's own reader, without what it says beside: an escape that is none is the author's matter.

The Python that runs may be older than the program: in the braces of an `f"..."` any quotes may stand since 3.12.
"""

import ast
import warnings

from shapelint.patterns import lazy

_FORMATTED = lazy(r"\b(?:[fF][rR]?|[rR][fF])('''|\"\"\"|'|\")")
_QUOTED = lazy(r"'[^'\n]*'|\"[^\"\n]*\"")


def parsed(text: str) -> ast.Module:
    """Read Python. Raises what `ast.parse` raises: SyntaxError, ValueError, RecursionError, MemoryError."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return ast.parse(text)
        except SyntaxError:
            plain = without_fields(text)
            if plain == text:
                raise
        return ast.parse(plain)


def without_fields(text: str) -> str:
    """Blank out what an `f"..."` has in braces with its own quotes in them: nothing else is changed."""
    pieces: list[str] = []
    place = 0
    for match in _FORMATTED.finditer(text):
        if match.start() < place:
            continue
        quote, at = match[1], match.end()
        while at < len(text) and not text.startswith(quote, at):
            stop = _field_end(text, at) if text[at] == "{" else at
            if stop > at and quote in text[at:stop]:
                pieces += (text[place:at], " " * (stop - at))
                place = stop
            at = max(stop, at + (2 if text[at] == "\\" else 1))
            if len(quote) == 1 and text[at - 1 : at] == "\n":
                break
    return "".join((*pieces, text[place:]))


def _field_end(text: str, start: int) -> int:
    """Return where the braces end that open at a place; the place itself where they are a sign, or never end."""
    if text.startswith("{{", start):
        return start
    depth, at = 0, start
    while at < len(text) and text[at] != "\n":
        if (quoted := _QUOTED.match(text, at)) is not None:
            at = quoted.end()
            continue
        depth += (text[at] == "{") - (text[at] == "}")
        at += 1
        if not depth:
            return at
    return start
