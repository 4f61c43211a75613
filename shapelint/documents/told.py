"""A stretch of words in, the shapes that they say of names out: `W is d x d`, `the shape of $W_1$ is (n1, n0)`.

One reader for texts, Markdown and LaTeX. A shape is looked for first, there are few of them; then, around it, who
has it. In the *shadow* of a text, which is as long, mathematics and code stand between two marks, and layout is blank.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from shapelint.documents.prose_names import LATEX_NAME, NAME, NAMES, SHORT, names_in
from shapelint.documents.prose_shapes import HINT, SHAPE, WrittenShape, has_plain_sizes, shape_of
from shapelint.documents.shadow import CLOSE, OPEN, shadow_of
from shapelint.parse.prose import is_wordlike
from shapelint.patterns import lazy

_KIND = r"(?:[Ss]hapes?|[Ss]izes?|[Dd]imensions?|[Dd]imensionality|[Dd]ims?)\b"
_WORD = (
    r"(?!(?:by|and|or|from|to|times|not|than|product|applied|multiplied|multiplying|equal|between|into|transposed?|"
    r"inverse|pair|interval|range|point|value|is|has|if)\b)[a-z][a-z-]{1,15},?[ ]+"
)
_PHRASE = rf"(?:(?:an?|the|our|its|my|one|some|two)[ ]+)?(?:{_WORD}){{0,4}}"
_MODAL = r"(?:(?:should|must|will|would|can|may|has[ ]to|have[ ]to|needs?[ ]to)[ ]+)?"
_BEING = rf"{_MODAL}(?:is|are|be|being)"
_HAVING = rf"(?:{_MODAL}(?:has|have|having)|with|in|of)"
_ADVERB = r"(?:(?:now|both|all|each|always|simply|just|then|also|still|here|therefore|again|exactly)[ ]+)*"
_SIGN = r"(?:->|→|=>|:|=|is|are|being|(?:should|must)[ ]be)"
_ARROW = r"(?:->|→|=>|⟶|\\to\b|\\rightarrow\b|\\longrightarrow\b)"
_THEIR = r"(?:[ ]*(?:'s|\.)[ ]*|[ ]+|[ ]*,[ ]*|[ ]*:[ ]*|[ ]*[(][ ]*)"
_SAYS_KIND = (
    rf"{_THEIR}(?:(?:which|that|each|both)[ ]+)?(?:(?:{_BEING}|{_HAVING}|=)[ ]+)?{_ADVERB}(?:[A-Z][a-z]+[ ]+)?{_PHRASE}"
    rf"(?:,[ ]*)?(?:{_HAVING}[ ]+)?(?:the[ ]+|an?[ ]+)?{_KIND}(?:[ ]+of)?[ ]*{_SIGN}?[ ]*"
)
_ASIDE = r"(?:[ ]*,[ ](?:the|an?|our|its|which|with)[ ][a-z][a-z -]{1,50},)?"
_SAYS_IS = rf"{_ASIDE}[ ]+{_BEING}[ ]+{_ADVERB}{_PHRASE}(?:(?:of|in)[ ]+)?,?[ ]*"
_SAYS_SIGN = rf"[ ]*(?:{_ARROW}|:|∈|\\in\b)[ ]*{_PHRASE}"
_SAYS_COUNT = rf"[ ]+(?:{_BEING}|{_HAVING})[ ]+{_PHRASE}(?:{_HAVING}[ ]+)?"
_OF = rf"(?P<of>(?:[Tt]he[ ]+)?{_KIND}[ ]+(?:of|for)[ ]+(?:{_PHRASE})|(?:np\.)?(?:shape|size|dim)\([ ]*)?"
_BEFORE = lazy(
    rf"{_OF}{NAMES}(?:(?P<kind>{_SAYS_KIND})|(?P<is>{_SAYS_IS})|(?P<count>{_SAYS_COUNT})|(?P<sign>{_SAYS_SIGN})"
    rf"|(?P<cell>[ ]*[|&](?:[^|&]{{0,40}}[|&]){{0,2}}[ ]*)|(?P<equals>[ ]*\)?[ ]*=[ ]*)"
    r"|(?P<beside>[ ]*)|(?P<in>[ ]+in[ ]+))"
    r"(?:torch\.Size\()?\Z"
)
_ARROWED = lazy(rf"(?P<names>{OPEN}[ ]*{LATEX_NAME})[ ]*{_ARROW}[ ]*\Z")
_NOUN = (
    r"(?:matrix|matrices|vectors?|arrays?|tensors?|weights?|bias|biases|inputs?|kernel|filters?|"
    r"parameters?|gradients?)"
)
_BEHIND = lazy(
    rf"[ ]*-?[ ]*(?:(?!(?:is|and|or|of|by|with|to|times|has|as)\b)[a-z-]{{2,15}}[ ]+){{0,3}}"
    rf"{_NOUN}[ ]*,?[ ]*(?P<names>{NAME})(?![ ]*[.^'(\[=@*/+]\w)"
)
_WHOLE = lazy(rf"(?:(?:{_WORD}){{0,2}}{_NOUN}|in[ ]+(?:size|shape)|[a-z]+[ ]+vector)\b")
_GOES_ON = lazy(
    rf"[ ]*(?:\Z|[.,;:)!?—–\]|]|[(]|-[ ]|{CLOSE}|\#|(?:and|or|so|but|while|where|with|which|because|since|then|"
    r"whereas|hence|therefore|for|if|when|as|now|too|giving|here|there|this|we|it|to|at|you)\b)"
)
_CELL_ENDS = lazy(r"[ ]*(?:[|&]|\\\\|\Z)")
_FIRST = lazy(r"\W*\w+")
_MORE = lazy(r"(?:[ ]*,[ ]*(?:and[ ]+)?|[ ]+and[ ]+)")
# What takes back what was said, or asks for it.
_RETRACTED = lazy(
    r"[^.;!?]{0,60}?\b(?:instead\b|rather[ ]than|(?:is|are|was|which)[ ](?:wrong|incorrect|not)\b|"
    r"but[ ](?:it[ ])?(?:should|must|needs?|ought|has|want|expected))|[ ]*[,(]?[ ]*(?:and[ ])?not\b"
)
_DOUBTED = lazy(
    r"\b(?:not|never|thought|get|gets|got|getting|gives|wrongly|shouldn't|isn't|no|why)[ ]*\Z", re.I
)
_ANY = lazy(r"\b(?:some|any|every|each|arbitrary|general|another)[ ]*\Z")
_ASKING = lazy(r"[\s>*\-]*(?:Is|Are|Should|Must|Does|Do|Why|Shouldn't|Isn't)\b")
_SENTENCE = lazy(r"[.?!;](?=[ ]|\Z)")
_BEFORE_NAME = lazy(r"([^\W\d_]+)[ ]*\Z")
_FAR = 150  # characters before a shape in which the name is looked for


class Told(NamedTuple):
    """What is said in a stretch: pairs of names and a shape, as they are written; `latex` tells how."""

    start: int
    end: int
    pairs: tuple[tuple[str, str], ...]
    latex: bool
    name: int  # where the first name begins


def may_tell(text: str, start: int, end: int) -> bool:
    """Say whether a shape may be said in a stretch: a quick look."""
    return HINT.search(text, start, end) is not None


def told(text: str, start: int, end: int) -> Iterator[Told]:
    """Yield what is said of shapes in a stretch of one paragraph, in its order."""
    shadow = shadow_of(text[start:end])
    place = 0
    while (match := SHAPE.search(shadow, place)) is not None:
        found = _around(shadow, place, match)
        if found is None:
            place = _next(match)
            continue
        written = text[start + found.start : start + found.end]
        yield found._replace(
            start=start + found.start,
            end=start + found.end,
            name=start + found.name,
            latex=found.latex or "$" in written or "\\(" in written,
        )
        place = found.end


def _next(match: re.Match[str]) -> int:
    """Return where the next shape may begin: a size of one that nobody has may be no size, `the input x is`."""
    first = _FIRST.match(match[0])
    return match.start() + first.end() if first is not None else match.end()


def _around(shadow: str, place: int, match: re.Match[str]) -> Told | None:
    """Find who has a shape: before it, or behind a noun behind it."""
    shape = shape_of(match)
    if shape is None:
        return None
    low = max(place, shape.start - _FAR)
    if (said := _said_before(shadow, low, shape)) is not None:
        return said
    if shape.form == "counted" or (behind := _BEHIND.match(shadow, shape.end)) is None:
        return None
    names = names_in(behind["names"])
    if _ANY.search(shadow[max(low, shape.start - 24) : shape.start]):
        return None
    if not names or len(names) > 1 or not has_plain_sizes(shape, strong=False):
        return None
    first = behind.start("names")
    return _told(shape.start, first + len(behind["names"]), [(names, shape)], first)


def _said_before(shadow: str, low: int, shape: WrittenShape) -> Told | None:
    start = _sentence_start(shadow, low, shape.start)
    window = shadow[start : shape.start]
    found = _BEFORE.search(window) or _ARROWED.search(window)
    while found is not None:
        names = _names_before(window, found)
        if names and _says(shadow, found, shape):
            first = found.end("names") - len(names[0])
            begins = found.start() if found.groupdict().get("of") else first
            subject = found.groupdict().get("cell") or _is_subject(window, begins, names[1])
            if subject and not _taken_back(shadow, start, begins + start, shape.end):
                return _whole(shadow, start, begins, first, names[1], shape)
        found = _BEFORE.search(window, found.start() + 1)
    return None


def _names_before(window: str, found: re.Match[str]) -> tuple[str, list[str]] | None:
    """Return the names that have a shape, all of a list where it stands in the plural, and how they are written."""
    written = found["names"]
    names = names_in(written)
    if not names:
        return None
    says = window[found.end("names") :]
    plural = re.search(r"\b(?:are|have|both|all|be)\b|shapes|[:→]|->", says) or found.groupdict().get("of")
    if len(names) > 1 and not plural:
        last = re.search(rf"{NAME}\Z", written)
        names = names_in(last[0]) if last is not None else []
        written = last[0] if last is not None else ""
    return (written, names) if names else None


def _says(shadow: str, found: re.Match[str], shape: WrittenShape) -> bool:
    """Say whether the words between a name and a shape say that the name has it."""
    groups = found.groupdict()
    if "kind" not in groups:  # `$W \to (n_1, n_0)$`
        return shape.form == "round" and has_plain_sizes(shape, strong=True)
    strong = bool(groups["kind"] or groups["of"])
    if shape.form == "counted":
        return bool(groups["count"] or groups["is"] or strong) and has_plain_sizes(shape, strong=True)
    if shape.form == "reals":
        return bool(groups["in"] or groups["count"] or groups["sign"] or groups["is"] or strong)
    if not has_plain_sizes(shape, strong=strong):
        return False
    if strong and (groups["kind"] or groups["is"] or groups["equals"] or groups["sign"]):
        return shape.form != "crossed" or _ends(shadow, shape.end)
    if groups["cell"]:
        return _fills_a_cell(shadow, found, shape)
    if groups["is"] or groups["sign"]:
        if shape.form == "square":
            return groups["sign"] is not None and ":" not in groups["sign"]
        return shape.form == "round" or _ends(shadow, shape.end)
    return groups["beside"] is not None and _stands_beside(shadow, found, shape)


def _fills_a_cell(shadow: str, found: re.Match[str], shape: WrittenShape) -> bool:
    """`| $W_1$ | (n_0, n_1) |`: a row of a table."""
    before = shadow[: shape.start][: -len(found[0])] if found[0] else shadow[: shape.start]
    whole = not before.strip() or before.rstrip().endswith(("|", "&", "\\\\", "}", "line", "rule"))
    return (
        whole
        and _CELL_ENDS.match(shadow, shape.end) is not None
        and re.search(r"[A-Z\d]", found["names"]) is not None
    )


def _stands_beside(shadow: str, found: re.Match[str], shape: WrittenShape) -> bool:
    """`W1 (n1 x n0)`, and on a line of its own `A1 (4, 3)`; behind mathematics `$W$ (n_1, n_0)`."""
    if shape.form != "round":
        return False
    if "×" in shape.text:
        return True
    alone = (
        not shadow[: shape.start].replace(found["names"], "").strip(" -*") and not shadow[shape.end :].strip()
    )
    layered = re.search(r"\bn(?:_|\^|\[|\d)|\d.*\d", shape.text) is not None
    marked = found["names"].endswith(CLOSE)
    return layered and (alone or marked) and found["names"] not in ("f", "g", "h", "p", "P")


def _ends(shadow: str, place: int) -> bool:
    """Say whether sizes with a cross are at an end, or of a matrix: `3 x 3 cells` are none."""
    if _GOES_ON.match(shadow, place):
        return True
    blank = re.compile("[ ]+").match(shadow, place)
    return blank is not None and _WHOLE.match(shadow, blank.end()) is not None


def _is_subject(window: str, place: int, names: Sequence[str]) -> bool:
    """Say whether a name begins here that is no factor of a formula: `Z1 = W1 X is (n1, m)`."""
    before = window[:place].rstrip(" (\"“'*")
    if not before:
        return True
    if before[-1] in "=+-*/@·×⋅^_\\.'" and not before.endswith((". ", "- ")):
        return before[-1] in ".*-" and (len(before) < 2 or before[-2].isspace() or before[-1] == ".")
    if before[-1] in ")]}" or before[-1].isdigit():
        return before[-1] in ")" or before[-1] == CLOSE
    word = _BEFORE_NAME.search(before)
    if word is None:
        return True
    return is_wordlike(word[1]) or word[1].lower() in SHORT


def _taken_back(shadow: str, start: int, first: int, end: int) -> bool:
    if _RETRACTED.match(shadow, end) or _DOUBTED.search(shadow[max(start, first - 24) : first]):
        return True
    return _ASKING.match(shadow, start) is not None and start < first


def _whole(
    shadow: str, start: int, begins: int, first: int, names: list[str], shape: WrittenShape
) -> Told | None:
    """Put together names and shapes: one for all, or as many shapes as names, one after the other."""
    shapes, end = [shape], shape.end
    while len(names) > len(shapes) and (more := _MORE.match(shadow, end)) is not None:
        following = SHAPE.match(shadow, more.end())
        another = shape_of(following) if following is not None else None
        if following is None or another is None or another.form not in ("round", "crossed"):
            break
        shapes, end = [*shapes, another], another.end
    if len(shapes) == 1:
        return _told(start + begins, end, [(names, shape)], start + first)
    if len(shapes) != len(names):
        return None
    pairs = [([name], one) for name, one in zip(names, shapes, strict=True)]
    return _told(start + begins, end, pairs, start + first)


def _told(start: int, end: int, pairs: Sequence[tuple[list[str], WrittenShape]], name: int) -> Told:
    written = tuple((", ".join(names), shape.text) for names, shape in pairs)
    latex = any("\\" in one or "{" in one for pair in written for one in pair)
    return Told(start, end, written, latex, name)


def _sentence_start(shadow: str, low: int, end: int) -> int:
    start = low
    for match in _SENTENCE.finditer(shadow, low, end):
        start = match.end()
    return start
