"""LaTeX in, what begins and ends mathematics in it out: all that is verbatim or a definition is passed over.

One regular expression jumps from one interesting place to the next; a `\\\\`, a `\\%` or a `\\verb|$|` is one of
them only so that its characters are not taken for something else.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from shapelint.documents.braces import Braces
from shapelint.documents.regions import Comment, Heading

# The kinds of tokens; those of brackets are `(` `)` `[` `]`.
DOLLAR, BEGIN, END, HEADING, ENSURE, TEXT = "$", "begin", "end", "heading", "ensure", "text"

# Environments that switch to mathematics; the inner ones are at home inside of others.
DISPLAYS = frozenset(
    ["equation", "align", "flalign", "alignat", "xalignat", "xxalignat", "gather", "multline", "eqnarray"]
    + ["displaymath", "math", "dmath", "dgroup", "IEEEeqnarray"]
)
_INNER = frozenset(["aligned", "alignedat", "gathered", "split"])
_VERBATIM = frozenset(["comment", "verbatim", "Verbatim", "lstlisting", "minted", "filecontents"])

# The lowest level is a slide of beamer.
_LEVELS = {"part": 1, "chapter": 2, "section": 3, "subsection": 4, "subsubsection": 5, "paragraph": 6}
_FRAME = 7
_HEADED = r"(?:part|chapter|(?:sub){0,2}section|paragraph|frametitle)(?=\s{0,9}\*?\s{0,9}[\[{])"
_HEADING = re.compile(rf"\\{_HEADED}|\\begin\{{frame\}}")

# How many groups in braces follow the name that a command defines. A `$` in them is no formula yet.
_BODIES = {"newenvironment": 2, "renewenvironment": 2, "NewDocumentCommand": 2, "RenewDocumentCommand": 2}
_DEFINES = (
    r"(?:(?:(?:re)?new|provide)command|[gex]?def|(?:re)?newenvironment|DeclareMathOperator|DeclareRobustCommand"
    r"|(?:Re)?[nN]ewDocumentCommand)(?![A-Za-z@])"
)
_DEFINED = re.compile(
    r"\*?\s{0,99}(?:\{[^{}\r\n]{0,99}\}|\\(?:[A-Za-z@]+|.))\s{0,99}(?:\[[^\]\r\n]{0,99}\]\s{0,99}){0,2}"
    r"(?:\#[^{\r\n]{0,99})?(?=\{)"
)

# Every way in begins with the character itself, not with a group: then `re` jumps to those characters, which
# takes a fifth of the time.
_TOKEN = re.compile(
    rf"""
      %(?P<comment>[^\r\n]*)
    | \$(?P<dollar>)
    | \\(?:
          [\\%$]
        | (?P<bracket>[()\[\]])
        | (?P<begin>begin\s{{0,9}}\{{\s{{0,9}}[A-Za-z]+\*?\s{{0,9}}\}})
        | (?P<end>end\s{{0,9}}\{{\s{{0,9}}[A-Za-z]+\*?\s{{0,9}}\}})
        | (?P<heading>{_HEADED})
        | (?:verb\*?|lstinline|mintinline\{{\w{{1,30}}\}})(?P<mark>[^\sA-Za-z*\[])[^\r\n]{{0,200}}?(?P=mark)
        | (?:url|nolinkurl|path|href)\s{{0,9}}\{{[^{{}}\r\n]*\}}
        | (?P<ensure>ensuremath\s{{0,9}}\{{)
        | (?P<text>(?:text(?:rm|bf|it|sf|tt|up|sl|sc|md|normal)?|[mhf]box|emph|tag\*?|(?:short)?intertext|footnote)
          \s{{0,9}}\{{)
        | (?P<define>{_DEFINES})
      )
    """,
    re.VERBOSE,
)


class Token(NamedTuple):
    """Something that begins or ends mathematics, or may hide what ends it; `name` is an environment's."""

    kind: str
    start: int
    end: int
    name: str = ""


class Tokens(NamedTuple):
    """What stands in a stretch of LaTeX, each list in its order."""

    tokens: Sequence[Token]
    headings: Sequence[Heading]
    comments: Sequence[Comment]


def tokens(text: str, start: int, end: int) -> Tokens:
    """Find the tokens of a stretch, up to `\\end{document}`."""
    found: list[Token] = []
    headings: list[Heading] = []
    comments: list[Comment] = []
    braces = Braces(text, end)
    endless: set[str] = set()
    place = defined = start
    while match := _TOKEN.search(text, place, end):
        place = match.end()
        kind = match.lastgroup
        if kind == "comment":
            comments.append(Comment(match.start() + 1, place))
        elif kind is None or kind == "mark" or match.start() < defined:
            continue
        elif kind == TEXT:
            found.append(Token(TEXT, match.start(), place))
        elif kind == "define":
            defined = _definition_end(text, match, braces)
        elif kind == "begin" and _name(match) in _VERBATIM:
            place = _verbatim_end(text, place, end, match.group()[6:], endless)
        elif kind == "end" and _name(match) == "document":
            break
        elif level := _level(match):
            headings.append(Heading(match.start(), level))
            found.append(Token(HEADING, match.start(), place))
        elif token := _token(match):
            found.append(token)
    return Tokens(found, headings, comments)


def _token(match: re.Match[str]) -> Token | None:
    """Return the token of a match; most environments are none."""
    kind = match.lastgroup or ""
    if kind == "bracket":
        return Token(match["bracket"], match.start(), match.end())
    if kind in ("begin", "end"):
        name = _name(match)
        return Token(kind, match.start(), match.end(), name) if name in DISPLAYS or name in _INNER else None
    return Token(DOLLAR if kind == "dollar" else kind, match.start(), match.end())


def _name(match: re.Match[str]) -> str:
    """Return which environment a `\\begin` or `\\end` names: `align` for `\\begin{align*}` too."""
    return match.group().partition("{")[2].rstrip("}* \t\r\n").lstrip()


def _level(match: re.Match[str]) -> int:
    """Return the level of a heading, 0 for what is none."""
    if match.lastgroup == "heading":
        return _LEVELS.get(match["heading"], _FRAME)
    return _FRAME if match.lastgroup == "begin" and _name(match) == "frame" else 0


def _definition_end(text: str, match: re.Match[str], braces: Braces) -> int:
    """Return where a definition ends; one that nobody closed yet ends with its first word."""
    head = _DEFINED.match(text, match.end())
    place = match.end() if head is None else head.end()
    for _ in range(_BODIES.get(match["define"], 1)):
        closing = braces.closing(place) if text.startswith("{", place) else None
        place = place if closing is None else closing + 1
    return place


def _verbatim_end(text: str, place: int, end: int, name: str, endless: set[str]) -> int:
    """Return where a verbatim environment ends: one that nobody closed, at the next heading.

    Names in `endless` were looked for before, and not found up to the end: they are not looked for again.
    """
    if name not in endless:
        closing = text.find("\\end" + name, place, end)
        if closing >= 0:
            return closing
        endless.add(name)
    heading = _HEADING.search(text, place, end)
    return end if heading is None else heading.start()
