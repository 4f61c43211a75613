"""A plain text in, its statements out: formulas, declarations, sizes, settings, with prose passed over.

A statement ends with its line, unless a bracket is open, the line ends with an operator or `\\`, or the next
begins with an operator or a relation (`notation.md`). No names are known yet: what looks like a statement is
one until it is read.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from shapelint.documents import sentences
from shapelint.documents.heads import RELATION, TAIL, TARGET, WORD
from shapelint.documents.telling import telling
from shapelint.documents.told import may_tell, told
from shapelint.parse.notation import PLAIN, Notation
from shapelint.parse.prose import is_in_another_script, is_remark, is_wordlike
from shapelint.patterns import lazy
from shapelint.source import Span

FORMULA = "formula"
DECLARATION = "declaration"


class Statement(NamedTuple):
    """A stretch of the text that looks like a statement: `head` is its target or its declared names.

    `end` is where its last line ends (comments are inside), `value` where the right side begins, `stated` where
    a shape is stated of it, if that is not inside, `spelled` the statement in the spelling of text files, where
    it is written otherwise. One that is `loose` stands in a sentence, which may be about anything.
    """

    kind: str
    start: int
    end: int
    head: str
    value: int
    label: str
    target: Span
    notation: Notation = PLAIN
    stated: Span | None = None
    spelled: str = ""
    loose: bool = False


# What a console or a traceback puts before a line, beside `>>>`: `In [3]:`, `---> 49`, the number of a row.
PROMPT = r"In ?\[[ \d]{0,5}\]:|-{2,6}>[ \t]*\d{1,5}(?=[ \t]{2})|\d{1,5}(?=[ \t]{2})"
_MARKER = rf"[ \t]*(?:(?:[-*•+>–]|\(?\d{{1,3}}[.)]|\(?[a-z]\)|>>>|\.\.\.|{PROMPT})[ \t]+)*"

_FORMULA = re.compile(
    rf"{_MARKER}(?P<label>[A-Za-z][\w \t]{{0,40}}:[ \t]+(?={WORD}[^\n:]{{0,20}}=))?"
    rf"(?P<head>{TARGET})[ \t]*(?P<relation>{RELATION})"
)
# A right side that is a shape, for one name or several: `A0 = X = (n0, m)`. A pair of names or of numbers is none.
_SIZE = r"(?:n[\w\[\]^{}+\-]{0,10}|m|\d{1,6})"
_SHAPED = lazy(
    rf"[ \t]*(?:{WORD}[ \t]*=[ \t]*){{0,4}}\((?=[^()=]{{0,20}}(?<![^\W\d_])[nm])"
    rf"[ \t]*{_SIZE}[ \t]*(?:,|×|(?<=[ \t])x(?=[ \t]))[ \t]*{_SIZE}[ \t]*\)[ \t]*\.?[ \t]*(?:#[^\n]*)?$"
)
# A dash says a shape where nothing but one stands behind it: `W1 - (n1, n0)`.
DASHED = (
    r"(?<=[ \t])(?:-{1,3}|~)(?=[ \t]*[(\[](?=[^()\[\]]{0,20}(?<![^\W\d_])[nm])"
    rf"[ \t]*{_SIZE}[ \t]*(?:,|×|(?<=[ \t])x(?=[ \t]))[ \t]*{_SIZE}[ \t]*[)\]][ \t.]*(?:#[^\n]*)?$)"
)
_DECLARATION = lazy(
    rf"{_MARKER}(?P<head>{WORD}(?:[ \t]*,[ \t]*{WORD})*)"
    rf"[ \t]*(?P<says>:(?!=)|∈|{DASHED}|\.shape[ \t]*=(?!=)|"
    r"(?<=[ \t])is(?=[ \t])"
    r"|(?<=[ \t])has[ \t]+(?:the[ \t]+)?(?:shape|size|dimensions?|dims)\b)"
)
# The shape of an array, said in words: `shape(W1) = (n1, n0)`.
SIZED = r"(?:np\.)?(?:[Ss]hape|[Ss]ize|[Dd]ims?|[Dd]imensions?)\("
_SIZED = lazy(SIZED)
_ALONE = lazy(rf"{_MARKER}(?P<head>{WORD}{TAIL})[ \t]*\n[ \t]*{RELATION}")
# Words in brackets behind a formula, set off by a blank: `(eq. 7)`, `(elementwise)`, `(why?)`. One letter is a
# name, and so is the name of a Greek one.
_WORDS = r"(?!(?:alpha|beta|gamma|delta|lambda|sigma|theta)\b)[a-z]{4,}|[a-z]{2,}(?:[ \t]+[a-z]{2,})+|[a-z \t]+[?!]+"
_REMARK = lazy(rf"(?<![ \t])[ \t]+\((?:[Ee]q(?:uation|n)?\.?[ \t]*[\d.]*|{_WORDS})\)[ \t]*\.?[ \t]*$")
_KEYWORD = re.compile(r"[ \t]*(?:axis|keepdims|dtype|out|where)\s*=")
_NEXT = lazy(rf"[;,][ \t]*(?={WORD}{TAIL}[ \t]*(?::=|=(?!=)))")

_CONTINUES = frozenset("+-*/@·⊙∘×=^\\,⋅−")
_CONTINUED = frozenset("+-*/@·⊙∘×=.⋅−")


class Piece(NamedTuple):
    """Whole lines of a text that were read in one go, from `start`, and the statements in them."""

    start: int
    statements: tuple[Statement, ...]


def statements(text: str, start: int, end: int) -> Iterator[Statement]:
    """Find the statements of a stretch of text, in its order."""
    for piece in pieces(text, start, end):
        yield from piece.statements


def pieces(text: str, start: int, end: int) -> Iterator[Piece]:
    """Take a stretch of text apart; what a piece holds depends on it and on the line behind it alone."""
    place = start
    while place < end:
        line_end = _line_end(text, place, end)
        head = _head(text, place, line_end)
        if head is None or (head.kind == DECLARATION and _tells_more(text, head, line_end)):
            yield Piece(place, tuple(_in_sentences(text, place, line_end)))
            place = line_end + 1
            continue
        stop = _statement_end(text, head.value, line_end, end)
        apart = _apart(text, head._replace(end=stop))
        yield Piece(place, tuple(part for one in apart for part in _without_words(text, one)))
        place = stop + 1


def _head(text: str, start: int, end: int) -> Statement | None:
    """Read the beginning of a line: a name, then a relation or what declares it."""
    match = _FORMULA.match(text, start, end)
    if match is not None and _SIZED.match(match["head"]):
        return None
    if match is not None and not _KEYWORD.match(text, start, end):
        kind = DECLARATION if _SHAPED.match(text, match.end(), end) else FORMULA
        return _begun(kind, match, end, match["label"] or "")
    match = _ALONE.match(text, start) if "=" not in text[start:end] else None
    if match is not None:
        return _begun(FORMULA, match, end)
    match = _DECLARATION.match(text, start, end) if _may_declare(text, start, end) else None
    if match is not None and not _is_sentence(text, match, end):
        return _begun(DECLARATION, match, end)
    return None


def _may_declare(text: str, start: int, end: int) -> bool:
    """Say whether a line has what declares: a look at the letters is cheap."""
    return any(text.find(word, start, end) >= 0 for word in (":", "∈", "is", "has", ".shape", " -", "~"))


def _is_sentence(text: str, match: re.Match[str], end: int) -> bool:
    """`Why is it not dZ1 = …?` and `Q: is dZ1 = … right?` declare nothing."""
    if match["says"] == ".shape" or "=" not in text[match.end() : end]:
        return False
    first = _FIRST_WORD.match(text, match.end(), end)
    return is_wordlike(match["head"]) or (first is not None and is_remark(first[1]))


_FIRST_WORD = lazy(r"[ \t]*([^\W\d_]+)(?=[ \t])")


def _begun(kind: str, match: re.Match[str], end: int, label: str = "") -> Statement:
    target = Span(*match.span("head"))
    return Statement(kind, target.start, end, match["head"], match.end(), label, target)


def _apart(text: str, statement: Statement) -> Iterator[Statement]:
    """Take several formulas on one line apart: `Z1 = W1 X + b1, A1 = g(Z1)`."""
    if statement.kind == FORMULA and text.find("=", statement.value, statement.end) >= 0:
        start = depth = 0
        for cut in _NEXT.finditer(text, statement.value, _comment(text, statement.value, statement.end)):
            depth += _depth(text, max(start, statement.value), cut.start())
            start = cut.start()
            if depth or _KEYWORD.match(text, cut.end(), statement.end):
                continue
            rest = _head(text, cut.end(), statement.end)
            if rest is not None:
                yield _without_remark(text, statement._replace(end=cut.start()))
                statement = rest._replace(end=statement.end)
    yield _without_remark(text, statement)


def _tells_more(text: str, head: Statement, end: int) -> bool:
    """Say whether words say the shape that a line begins to say, or several are said on it."""
    if not may_tell(text, head.start, end):
        return False
    signed = text[head.value - 1] in ":∈=" or text[head.target.end : head.value].strip().startswith(".")
    return len(list(told(text, head.start, _comment(text, head.start, end)))) > signed


def _in_sentences(text: str, start: int, end: int) -> Iterator[Statement]:
    """Find what stands in a line that does not begin with a formula, formulas and shapes that are told."""
    end = _comment(text, start, end)
    declared = list(statements_told(text, start, end))
    place = start
    for one in declared:
        yield from _formulas_in(text, place, one.start)
        yield one
        place = one.end
    yield from _formulas_in(text, place, end)


def statements_told(text: str, start: int, end: int, latex: Notation | None = None) -> Iterator[Statement]:
    """Yield the declarations that stand in the words of a stretch of one paragraph."""
    if not may_tell(text, start, end):
        return
    notation = telling(latex)
    for one in told(text, start, end):
        if notation.declaration(text, one.start, one.end) is not None:
            names = one.pairs[0][0]
            target = Span(one.name, one.name + len(names))
            written = "; ".join(f"{names} : {shape}" for names, shape in one.pairs)
            yield Statement(
                DECLARATION, one.start, one.end, names, one.start, "", target, notation, None, written, True
            )


def _formulas_in(text: str, start: int, end: int) -> Iterator[Statement]:
    """Find the formulas in words: `so I get dZ1 = …, and then db1 = …`."""
    if not sentences.may_hold(text, start, end):
        return
    for found in sentences.formulas(text, start, _comment(text, start, end)):
        target = Span(found.start, found.start + len(found.head))
        yield Statement(
            FORMULA, found.start, found.end, found.head, found.value, "", target, PLAIN, None, "", True
        )


def _without_words(text: str, statement: Statement) -> Iterator[Statement]:
    """Cut a formula where words begin behind it, and find those in the words."""
    end = _comment(text, statement.value, statement.end)
    if statement.kind != FORMULA or not _WORDS_BEHIND.search(text, statement.value, end):
        yield statement
        return
    found = sentences.end_of(text, statement.value, end, strict=True)
    value = text[statement.value : found.place]
    told = sentences.tells(statement.head, value, found.names)
    if found.cut and not told and is_in_another_script(found.word):
        yield from _in_sentences(text, found.place, end)
        return
    if not (found.plain and found.cut) or not told or _says_shape(text, found.place, end):
        yield statement
        return
    loose = found.word != "" and not is_remark(found.word)
    yield statement._replace(end=found.place, loose=loose)
    yield from _in_sentences(text, found.place, end)


def _says_shape(text: str, start: int, end: int) -> bool:
    """Say whether words behind a formula say the shape of its target: `…, which is (n1, m)`; not of another name."""
    if not text[start:end].rstrip(" \t.").endswith(")"):
        return False
    shape = _SHAPE.search(text, start, end)
    return shape is not None and _NAMED.search(text, start, shape.start()) is None


_NAMED = lazy(r"(?<![\w.])[^\W\d_]\w{0,20}(?:(?<=\w)\d|\.T\b|\[|\^|ᵀ)")
# A word, a mark or a full stop behind a formula: a look before its tokens are taken apart.
_WORDS_BEHIND = lazy(
    r"[ \t,;(\"][^\W\d_][^\W\d_A-Z]+(?![\w(\[^=])|[\w)\]'][?!.][ \t]|[|…—→←\"”“≠]|[ \t](?:--|<-|=[>/])|\.\.\."
)
_SHAPE = lazy(r"(?<![\w.\])^])[ \t]*\([^()=]{1,40},[^()=]{0,40}\)[ \t.]*$")


def _without_remark(text: str, statement: Statement) -> Statement:
    """Leave out a remark in brackets: `(eq. 7)`, `(elementwise)`."""
    opening = text.rfind("(", statement.value, statement.end)
    if opening < 0 or text[opening - 1] not in " \t":
        return statement
    match = _REMARK.search(text, statement.value, _comment(text, statement.value, statement.end))
    return statement if match is None else statement._replace(end=match.start())


def _statement_end(text: str, start: int, line_end: int, end: int) -> int:
    """Return where a statement ends that begins on the line ending at `line_end`."""
    depth = _depth(text, start, _comment(text, start, line_end))
    while line_end < end:
        code_end = _comment(text, start, line_end)
        last = text[start:code_end].rstrip()[-1:]
        next_end = _line_end(text, line_end + 1, end)
        following = text[line_end + 1 : next_end].strip()
        if not following or _begins_statement(text, line_end + 1, next_end):
            return line_end
        opened = depth > 0 or last in _CONTINUES
        if not opened and not (following[0] in _CONTINUED and _continues(following)):
            return line_end
        start = line_end + 1
        line_end = next_end
        depth += _depth(text, start, _comment(text, start, line_end))
    return line_end


def begins_formula(line: str) -> bool:
    """Say whether a line begins as a formula does, with a name and a relation."""
    return _begins_statement(line, 0, len(line))


def _begins_statement(text: str, start: int, end: int) -> bool:
    """A line that begins with a name and a relation ends whatever is open: half-typed text hides only itself."""
    return _FORMULA.match(text, start, end) is not None and _KEYWORD.match(text, start, end) is None


def _continues(line: str) -> bool:
    """An operator at the beginning of a line goes on with the formula, unless it is a bullet before words."""
    if line[0] not in "-*+":
        return line[0] != "." or line.startswith((".T", ".dot", ".sum", ".mean", ". "))
    return not _BULLET.match(line)


_BULLET = lazy(
    r"[-*+][ \t]+[^\W\d]\w*[ \t]+(?:[a-z]+|[^\W\d]\w*[ \t]+[a-z]{2,})\b|[-*+]{2,}|[-*+]$|[^:]*:(?:\s|$)"
    r"|[-*+][ \t]+[^\W\d][^\s=]*[ \t]+-{1,3}[ \t]*[(\[]"
)


def _depth(text: str, start: int, end: int) -> int:
    """Return how many brackets are open at the end of a stretch."""
    depth = 0
    for opening, closing in ("()", "[]", "{}"):
        depth += text.count(opening, start, end) - text.count(closing, start, end)
    return depth


def _comment(text: str, start: int, end: int) -> int:
    """Return where the comment of a line begins, its end if it has none."""
    places = (text.find(mark, start, end) for mark in ("#", "//"))
    return min((place for place in places if place >= 0), default=end)


def _line_end(text: str, start: int, end: int) -> int:
    place = text.find("\n", start, end)
    return end if place < 0 else place
