"""A text in, the same with blanks for the marks around its formulas out: quotes, backticks, asterisks, dollars.

Texts are written for people: many come from where `**…**` and `$…$` are set. What stands in dollars and is LaTeX is
a stretch of its own.
"""

import re

from shapelint.patterns import lazy
from shapelint.source import Span

_INSIDE = r"[^\n={0}]{{0,80}}=[^\n{0}]{{0,300}}"
_LAZY = r"[^\n=]{0,80}=[^\n]{0,300}?"
_MARKS = lazy(
    rf"(?<![\w)\]}}.'`])(?P<tick>`{{1,3}})(?=[^\s`]){_INSIDE.format('`')}(?<=[^\s`])(?P=tick)(?!`)"
    rf"|(?P<dollar>\$\$?)(?!\$){_INSIDE.format('$')}(?P=dollar)"
    rf"|(?<![\w*)\]}}'])(?P<star>\*{{1,3}})(?=[^\s*]){_LAZY}(?<=[^\s*])(?P=star)(?![\w*(])"
    rf"|(?<![\w)\]}}])(?P<line>_{{1,2}})(?=[^\W_]){_LAZY}(?<=[^\s_])(?P=line)(?![\w{{(])"
    rf"|(?<![\w)\]}}.'])(?P<quote>')(?=[^\W\d]){_LAZY}(?<=[^\s'])(?P=quote)(?=[\s,;:?!]|\.\s|\.?$)",
    re.M,
)
_LATEX = lazy(
    r"(?<![\\$])(\$\$?)(?!\$)([^$\n]{1,500})\1(?!\$)|\\\(([^\n]{1,500}?)\\\)|\\\[([^\n]{1,500}?)\\\]"
)
_COMMAND = lazy(r"\\[A-Za-z]{2,}|[\w}][_^]\{")


# Tags that set type, and the end of any; `x<i>` is an example.
_TAGS = lazy(
    r"(?<![\w)\]}>])<(?:b|i|u|em|strong|code|tt|kbd|pre|p|li|span|font|center|mark)(?:[ ][^<>\n]{0,80})?>"
    r"|</[a-z]{1,10}>|<br ?/?>|</?(?:code|strong|span)>"
)
_ROUND = lazy(r"(?<![\\\w])\\(?:\([^\n=]{1,80}=[^\n]{1,300}?\\\)|\[[^\n=]{1,80}=[^\n]{1,300}?\\\])")


def unmarked(text: str) -> str:
    """Return a text of the same length without the marks around what says something."""
    if "<" in text:
        text = _TAGS.sub(lambda match: " " * len(match[0]), text)
    if "\\" in text:
        text = _ROUND.sub(lambda match: f"  {match[0][2:-2]}  ", text)
    if not any(mark in text for mark in "`$*_'"):
        return text
    return _MARKS.sub(_blanked, text)


def _blanked(match: re.Match[str]) -> str:
    whole, length = match[0], len(match[match.lastgroup or 0])
    return " " * length + whole[length:-length] + " " * length


def latex_in(text: str) -> list[Span]:
    """Return where LaTeX stands in a text, without its delimiters."""
    if "$" not in text and "\\" not in text:
        return []
    spans = (Span(*match.span(match.lastindex or 0)) for match in _LATEX.finditer(text))
    return [span for span in spans if _COMMAND.search(text, *span)]
