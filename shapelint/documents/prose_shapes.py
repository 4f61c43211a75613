"""A shape as prose writes it in, in the shadow of a text, the shape as declarations have it out."""

import re
from typing import NamedTuple

from shapelint.documents.prose_names import SCRIPT
from shapelint.documents.shadow import CLOSE, OPEN
from shapelint.parse.prose import is_remark, is_wordlike
from shapelint.patterns import lazy

_O, _C = f"{OPEN}?[ ]?", f"[ ]?{CLOSE}?"
_LETTERED = rf"(?![xyzijtfg]\b)[^\W\d_]\w{{0,15}}(?:{SCRIPT}){{0,2}}"
_CORE = (
    rf"(?:\d{{1,6}}(?:(?!x\d){_LETTERED})?|{_LETTERED})(?:[ ]?[+\-][ ]?(?:\d{{1,4}}|[a-zA-Z](?:_?\w)?\b))?"
)
_GROUPED = rf"(?:{_CORE}|\([ ]?{_CORE}[ ]?\))"
_SIZE = rf"{_O}{_GROUPED}{_C}"
_CROSS = rf"{_O}(?:[ ]*×[ ]*|[ ]+x[ ]+|(?<=\d)[ ]?x[ ]?(?=\d)|[ ]+by[ ]+){_C}"
_GLUED = r"(?<![\w.])(?:\d{1,5}x[A-Za-z]\d?|[A-Za-z]\d?x\d{1,5}|[A-Za-z]\d?x[A-Za-z]\d?)(?![\w^*/+=(\[])"
_CROSSED = rf"{_SIZE}{_CROSS}{_SIZE}(?:{_CROSS}{_SIZE}){{0,2}}(?![\w^*/+=(\[])"
_LISTED = rf"{_SIZE}[ ]*,[ ]*(?:{_SIZE}(?:[ ]*,[ ]*{_SIZE}){{0,2}})?"
_INSIDE = rf"[ ]*(?:{_GLUED}|{_CROSSED}|{_LISTED})[ ]*"
_REALS = r"(?:\\mathbb[ ]?\{?[ ]?R[ ]?\}?|\\R\b|\bR|ℝ)[ ]?\^[ ]?(?:\{(?:[^{}]|\{[^{}]*\}){1,40}\}|\([^()]{1,24}\)|\w\b)"
_ROWS = rf"(?P<rows>{_SIZE})[ ]+rows?[ ]*(?:,|and|by|x|×)?[ ]*(?P<columns>{_SIZE})[ ]+col(?:umn)?s?\b"
_COLUMNS = rf"(?P<columns2>{_SIZE})[ ]+col(?:umn)?s?[ ]*(?:,|and|by)?[ ]*(?P<rows2>{_SIZE})[ ]+rows?\b"
SHAPE = lazy(
    rf"{_O}(?:(?P<round>(?<![\w\])])\({_INSIDE}\))|(?P<square>(?<![\w\])])\[{_INSIDE}\])|(?P<reals>{_REALS})){_C}"
    rf"|(?P<counted>(?<![\w.]){_ROWS}|(?<![\w.]){_COLUMNS})"
    rf"|(?P<crossed>(?<![\w.\\^_{{(\[+*/=-])(?:{_GLUED}|{_CROSSED}))"
)
# What a line has that says a shape: a quick look, so that each way begins with a character that is rare in prose.
HINT = lazy(
    r"[(\[][^()\n]{1,40}[,x×\\ ]|R\^|\\mathbb|ℝ|[ ]rows?\b"
    r"|(?:×|\\times)[ ]?[\w${`']|by(?<=[\w}\]$`'][ ]by)[ ][\w${`']"
    r"|x(?:(?<=[\w}\]$`'][ ]x)[ ][\w${`']|(?<=[}$`']x)[{$`']|(?<=[\d ]x)[ ]?\d"
    r"|(?<=\dx)[A-Za-z]|(?<=\b[A-Za-z]x)[A-Za-z\d])"
)
_JOINED = lazy(r"\A([A-Za-z]\d?|\d{1,5})x([A-Za-z]\d?|\d{1,5})\Z")
# Letters that people give sizes; others are names of arrays: `A is 3 x B`.
_CAPITALS = frozenset("NDKMHTBCFLRPSV")
_TIMED = frozenset("NDKM")


class WrittenShape(NamedTuple):
    """A shape and where it stands: as declarations have it, and the form that it was written in."""

    start: int
    end: int
    text: str
    form: str


def shape_of(match: re.Match[str]) -> WrittenShape | None:
    """Write a shape with round brackets or crosses, as declarations have it."""
    start = match.start() + len(match[0]) - len(match[0].lstrip())
    end = match.start() + len(match[0].rstrip())
    form = next(
        name for name in ("round", "square", "reals", "counted", "crossed") if match[name] is not None
    )
    if form == "counted":
        rows, columns = match["rows"] or match["rows2"], match["columns"] or match["columns2"]
        return WrittenShape(start, end, f"({_bare(rows)}, {_bare(columns)})", form)
    written = match[form]
    if form == "reals":
        return WrittenShape(start, end, _bare(written), form)  # `R^{n \times d}` is read as it is
    if form in ("round", "square"):
        inside = _bare(written).strip()[1:-1].strip()
        return WrittenShape(start, end, f"({_with_crosses(inside)})", form)
    return WrittenShape(start, end, _with_crosses(_bare(written)), form)


def _bare(written: str) -> str:
    return written.replace(OPEN, " ").replace(CLOSE, " ").strip()


def _with_crosses(written: str) -> str:
    joined = _JOINED.match(written)
    if joined is not None:
        return f"{joined[1]} × {joined[2]}"
    return re.sub(r"[ ]+(?:x|by)[ ]+|(?<=\d)[ ]?x[ ]?(?=\d)|[ ]*×[ ]*", " × ", written)


def has_plain_sizes(shape: WrittenShape, *, strong: bool) -> bool:
    """Say whether sizes are that, and no words or arrays; a shape that is called one may have words for sizes."""
    words = re.findall(r"(?<![\\\w])[^\W\d_]\w*", shape.text)
    times = shape.form == "crossed" and re.search(r"(?<!\d)[2-9] ×", shape.text) is not None
    for word in words:
        if strong and "," in shape.text and not is_remark(word):
            continue
        capital = len(word) == 1 and word.isupper() and not strong
        if is_wordlike(word) or (capital and word not in (_TIMED if times else _CAPITALS)):
            return False
    return not any(one.strip() == "0" for one in re.split(r"[,×()]", shape.text))
