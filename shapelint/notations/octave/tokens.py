"""A text of Octave in, its tokens out: what a quote is, where a line ends, and what `end` ends, decided.

`'` behind an operand is the transpose, elsewhere it begins a string; between the brackets of a matrix a blank decides.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from shapelint.patterns import lazy

NUMBER, NAME, TEXT, SIGN, KEYWORD, LINE_END = "number", "name", "text", "sign", "keyword", "line end"

_WORDS_THAT_END = """
    end endif endwhile endfor endparfor endfunction endswitch end_try_catch end_unwind_protect until
"""
_WORDS = """
    if elseif else while for parfor do switch case otherwise function return break continue try catch
    unwind_protect unwind_protect_cleanup global persistent
"""
ENDS = frozenset(_WORDS_THAT_END.split())
KEYWORDS = ENDS | frozenset(_WORDS.split())


class Token(NamedTuple):
    """A piece of a program; `spaced` says whether a blank stands before it."""

    kind: str
    start: int
    end: int
    text: str
    spaced: bool


_TOKEN = re.compile(
    r"(?P<blank>[ \t\f\v\r\u00a0\ufeff]+)"
    r"|(?P<onward>\.\.\.[^\n]*(?:\n|\Z))"
    r"|(?P<comment>[%#][^\n]*)"
    r"|(?P<newline>\n)"
    r"|(?P<number>(?:0[xX][0-9A-Fa-f]+|\d+(?:\.(?![*/\\^'])\d*)?|\.\d+)(?:[eEdD][+-]?\d+)?(?:[ij]\b)?)"
    r"|(?P<name>[^\W\d]\w*)"
    r'|(?P<text>"(?:[^"\\\n]|\\.|"")*"?)'
    r"|(?P<sign>\.\^'|\.\*\*|\.[*/\\^']|\+\+(?=[ \t]*(?:[;,\n%#]|\Z))|--(?=[ \t]*(?:[;,\n%#]|\Z))"
    r"|==|[~!<>]=|&&|\|\||[-+*/^|&]=(?!=)|\*\*|.)",
    re.DOTALL,
)
_STRING = re.compile(r"'(?:[^'\n]|'')*'?")
_BLOCK = re.compile(r"[ \t]*[%#]([{}])[ \t]*\r?(?:\n|\Z)")
_OPENS, _CLOSES = frozenset("([{"), {")": "(", "]": "[", "}": "{"}
# A line that begins a statement, whatever is still open above it: half of a line was typed there.
_STATEMENT = lazy(
    r"[ \t]*(?:[^\W\d]\w*(?:\([^()\n=]*\))?[ \t]*=(?!=)|\[[^\]\n=]*\][ \t]*=(?!=)"
    r"|(?:if|for|while|function|end\w*|switch|return)\b)"
)


def tokens(text: str) -> Iterator[Token]:
    """Take a program apart. Never raises: a sign that nothing knows is a sign."""
    place, spaced = 0, False
    opened: list[str] = []
    last: Token | None = None
    while place < len(text):
        if (place == 0 or text[place - 1] == "\n") and (past := _past_block(text, place)) > place:
            place = past
            continue
        match = _STRING.match(text, place) if _begins_string(text, place, last, spaced, opened) else None
        kind = TEXT if match is not None else ""
        match = match or _TOKEN.match(text, place)
        if match is None:  # no character is left out of the pattern
            return
        start, place = match.span()
        kind = kind or match.lastgroup or SIGN
        if kind in ("blank", "onward", "comment"):
            spaced = spaced or kind != "comment"
            continue
        if kind == "newline":
            if opened and _STATEMENT.match(text, place):
                opened.clear()
            spaced = True
            if opened and opened[-1] == "(":
                continue
            kind = LINE_END
        last = _token(kind, start, place, match.group(), spaced, opened)
        yield last
        spaced = False


def _token(kind: str, start: int, end: int, text: str, spaced: bool, opened: list[str]) -> Token:
    """Return a token, and note the brackets that it opens or closes."""
    if kind == SIGN and text in _OPENS:
        opened.append(text)
    elif kind == SIGN and text in _CLOSES and _CLOSES[text] in opened:
        while opened.pop() != _CLOSES[text]:
            pass
    elif kind == NAME and text in KEYWORDS and not ({"(", "{"} & set(opened)):
        kind = KEYWORD
    return Token(kind, start, end, text, spaced)


def _past_block(text: str, place: int) -> int:
    """Return where a comment of several lines, `%{` to `%}`, ends that begins at a line; the place itself for none."""
    match = _BLOCK.match(text, place)
    if match is None or match[1] != "{":
        return place
    depth = 1
    place = match.end()
    while depth and place < len(text):
        line_end = text.find("\n", place)
        following = len(text) if line_end < 0 else line_end + 1
        if (match := _BLOCK.match(text, place)) is not None:
            depth += 1 if match[1] == "{" else -1
        place = following
    return place


def _begins_string(text: str, place: int, last: Token | None, spaced: bool, opened: list[str]) -> bool:
    if text[place] != "'":
        return False
    if last is None or not _is_operand(last):
        return True
    return spaced and bool(opened) and opened[-1] != "("


def _is_operand(token: Token) -> bool:
    """Say whether a transpose may stand behind a token."""
    if token.kind == SIGN:
        return token.text in (")", "]", "}", "'", ".'")
    return token.kind in (NUMBER, NAME, TEXT)


def is_matrix_break(token: Token, following: Token | None) -> bool:
    """Say whether a blank before a token begins another element of a matrix: `[a -b]` has two, `[a - b]` one."""
    if not token.spaced:
        return False
    if token.kind != SIGN:
        return token.kind != LINE_END
    if token.text in ("+", "-"):
        return following is not None and not following.spaced
    return token.text in ("(", "[", "{", "@", "~", "!", "++", "--")
