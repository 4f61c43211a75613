"""A text and what was read of it in, the places out that look like a formula and were passed by.

A relation with a name of the notation before and behind it looks like a formula, whatever stands around it: this is no
reader, it knows no more than that. What is a comment of the document is none.
"""

import re
from collections.abc import Iterable, Iterator

from shapelint.documents.contents import Contents
from shapelint.documents.kinds import LATEX, TEXT
from shapelint.documents.statements import Statement
from shapelint.parse.prose import is_wordlike
from shapelint.patterns import lazy
from shapelint.source import Span

_RELATION = lazy(r":=|≔|←|\\gets\b|\\leftarrow\b|(?<![=<>!:&\w]=)(?<![=<>!])=(?![=>])")
_SIGNS = ("=", "←", "≔", r"\gets", r"\leftarrow")
_LETTER = (
    r"(?:\\(?:mathbf|mathrm|mathit|boldsymbol|bm|vec|hat|tilde|bar|overline)\s?\{?\s?)?[WZAXYHVUBbzawxyhf]\}?"
)
_GREEK = r"(?:δ|Δ|Θ|\\(?:delta|Delta|Theta)\b)"
_INDEX = (
    r"(?:\d{1,2}(?![\d.])|[_^]\s?\{[^{}]{1,14}\}+|[_^]\s?\w(?!\w)|_[A-Za-z0-9]{1,2}(?!\w)"
    r"|\^?\[[\w+\- ]{1,6}\]|\^?\([\w+\-]{1,4}\)|\^?<[\w+\-]{1,4}>)"
)
_GRADIENT = r"(?:d|∂|∇_?|\\(?:partial|nabla)\s?_?)\s?\{?"
_NAME = (
    rf"(?<![\w\\.]){_GRADIENT}{_LETTER}{_INDEX}{{0,2}}(?!\w)"
    rf"|d\([a-z]\)/d\([a-z]\)|(?<![\w\\.])(?:{_LETTER}|{_GREEK}){_INDEX}{{1,2}}|(?<![\w\\.])(?:{_GREEK}|[WZAXYHV](?![\w']))"
)
_BEFORE = lazy(rf"(?:{_NAME})(?:\.T|ᵀ|\^T|\^\{{T\}}|\}}|'|\s|&)*$")
_BEHIND = lazy(rf"(?:{_NAME})")
_FIRST_WORD = lazy(r"[\s&,]*([^\W\d_]{3,})(?![\w(.\[^{])")
_SHORTEST = 5  # characters of a product, with the ends of its line
_REACH = 60  # characters behind a relation in which a name is looked for
_COMMENTS = {TEXT: lazy(r"#|//"), LATEX: lazy(r"(?<!\\)%")}
_HTML = lazy(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_ONE = rf"(?<![\w.\"'])(?:d{_LETTER}|{_LETTER}{_INDEX}){_INDEX}{{0,1}}(?![\w\"'])"
_ASSIGNMENT = lazy(rf"^[ \t]*(?:>>>[ \t]*)?{_ONE}[ \t]*[+\-]?=(?!=)(?P<value>[^\n#]*)", re.M)
_MADE = lazy(_ONE)
_WORKS = lazy(r"[*@/+·]|-(?!\d)|\.T\b|\w\(")
_STRINGS = lazy(r"(?:\"\"\".*?\"\"\"|'''.*?''')", re.DOTALL)
_SHAPE = lazy(r"[ \t]*(?:[(\[][ \t]*[\w\[\]^]{1,6}[ \t]*[,×x ]|ℝ|R\^|\\mathbb)")
# A line that is a product of names, set to nothing.
_OPERAND = rf"(?:[a-zσφ]'?\([ \t]*)?(?:{_NAME})(?:\.T|ᵀ|\^T|'|[ \t]*\))*"
_PRODUCT = lazy(rf"^[ \t]*{_OPERAND}(?:[ \t]*[*@·⊙∘][ \t]*{_OPERAND}|[ \t]+{_OPERAND})+[ \t.]*$", re.M)


def lookalikes(original: str, kind: str, contents: Contents, read: Iterable[Span]) -> Iterator[Span]:
    """Yield the stretches of lines that look like a formula and touch none of the spans, which were read."""
    comments = [Span(*match.span()) for match in _HTML.finditer(original)] if "<!--" in original else []
    for gap in _gaps(original, [*read, *comments]):
        for (start, end), code in _apart(original, gap, contents.programs):
            if code:
                yield from _in_program(original, start, end)
                continue
            if any(original.find(sign, start, end) >= 0 for sign in _SIGNS):
                yield from _in_gap(original, kind, start, end)
            if kind == TEXT and end - start > _SHORTEST:
                yield from (
                    _trimmed(original, *one.span()) for one in _PRODUCT.finditer(original, start, end)
                )


def looks_alike(original: str, span: Span) -> bool:
    """Say whether a stretch looks like a formula."""
    return next(_in_gap(original, "", *span), None) is not None


def begins_shape(text: str, statement: Statement) -> bool:
    """Say whether a declaration is of a name of the notation, and goes on as a shape does."""
    if _SHAPE.search(text, statement.value, statement.end) is None:
        return False
    return _BEHIND.match(text, statement.start, statement.end) is not None


def _gaps(original: str, read: list[Span]) -> Iterator[Span]:
    """Yield what nothing was read of."""
    read.sort()
    place = 0
    for span in (*read, Span(len(original), len(original))):
        if span.start > place:
            yield Span(place, span.start)
        place = max(place, span.end)


def _apart(original: str, gap: Span, programs: Iterable[Span]) -> Iterator[tuple[Span, bool]]:
    """Yield the parts of a gap, and whether each is a program; its strings are none."""
    place = gap.start
    for program in programs:
        if program.end <= place or program.start >= gap.end:
            continue
        if program.start > place:
            yield Span(place, program.start), False
            place = program.start
        stop = min(gap.end, program.end)
        for match in _STRINGS.finditer(original, place, stop):
            yield Span(place, match.start()), True
            yield Span(*match.span()), False
            place = match.end()
        yield Span(place, stop), True
        place = stop
    if place < gap.end:
        yield Span(place, gap.end), False


def _in_program(original: str, start: int, end: int) -> Iterator[Span]:
    """Yield the lines of a program that make a name of the notation of another one."""
    if original.find("=", start, end) < 0:
        return
    for match in _ASSIGNMENT.finditer(original, start, end):
        if _MADE.search(match["value"]) and _WORKS.search(match["value"]):
            yield _trimmed(original, *match.span())


def _in_gap(original: str, kind: str, start: int, end: int) -> Iterator[Span]:
    line, stop, until, told = start, -1, start, False
    for match in _RELATION.finditer(original, start, end):
        if match.start() >= stop:  # another line
            line, told = max(start, original.rfind("\n", start, match.start()) + 1), False
            stop = original.find("\n", match.end(), end)
            stop = end if stop < 0 else stop
            comment = _COMMENTS[kind].search(original, line, stop) if kind in _COMMENTS else None
            until = stop if comment is None else comment.start()
        if not told and match.start() < until and _is_one(original, line, match, until):
            told = True
            yield _trimmed(original, line, until)


def _is_one(original: str, line: int, match: re.Match[str], stop: int) -> bool:
    if _BEFORE.search(original, max(line, match.start() - _REACH), match.start()) is None:
        return False
    reach = min(stop, match.end() + _REACH)
    word = _FIRST_WORD.match(original, match.end(), reach)
    if word is not None and is_wordlike(word[1]):
        return False
    return _BEHIND.search(original, match.end(), reach) is not None


def _trimmed(original: str, start: int, end: int) -> Span:
    text = original[start:end]
    return Span(start + len(text) - len(text.lstrip()), start + len(text.rstrip()))
