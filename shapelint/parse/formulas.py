"""A statement that looks like a formula in, its tree out, or the fact that it cannot be read."""

from typing import NamedTuple

from shapelint.declared import Stated
from shapelint.parse.driver import UnreadError, run
from shapelint.parse.notation import PLAIN, Notation
from shapelint.parse.reductions import FORMULA
from shapelint.parse.tables import table
from shapelint.parse.tokens import Tokens, Words
from shapelint.patterns import lazy
from shapelint.problems import TooDeep, Unreadable
from shapelint.source import Span
from shapelint.symbol import PART, WORD
from shapelint.tree import Formula, Name, children

DEEPEST = 200  # brackets in brackets: more is not read, and said
_DEEPEST_TREE = 1000

# Behind a formula these begin a remark: `dW2 = dZ2 A1.T, where …`.
_REMARK = frozenset(("COMMA", "SEMI", "COLON", "STRAY", "BAR"))


class Read(NamedTuple):
    """A formula, read: the tree and the flags of its names joined, or the problem.

    `doubtful` is true where words stand in the middle of what was read: it may be prose. `stated` are the
    shapes that the formula states of its parts, `notation` is the one it was read in.
    """

    formula: Formula | None
    flags: int
    problem: Unreadable | TooDeep | None
    doubtful: bool
    stated: tuple[Stated, ...] = ()
    notation: Notation = PLAIN


def read_formula(text: str, start: int, end: int, words: Words, notation: Notation = PLAIN) -> Read:
    """Read a formula from a stretch of text in a notation. Never raises."""
    if notation.read is not None:
        found: Read = notation.read(text, start, end, words)
        return found._replace(notation=notation)
    return _read(text, start, end, words, notation)._replace(notation=notation)


def _read(text: str, start: int, end: int, words: Words, notation: Notation) -> Read:
    if end - start > DEEPEST and (deep := _too_deep(text, start, end)) is not None:
        return Read(None, 0, deep, False)
    grammar = table(notation.grammar)
    found = notation.tokenize(text, start, end, words)
    try:
        formula = run(grammar, "formula", found.tokens, end, FORMULA)
    except UnreadError as unread:
        return _remark(text, start, end, found, unread, notation)
    return _shallow(formula, found, found.prose is not None and not found.remark)


def _shallow(formula: Formula, found: Tokens, doubtful: bool) -> Read:
    """Return a formula that was read, unless its parts stand in one another too deep to be worked out."""
    if len(found.tokens) > DEEPEST and _depth(formula) > _DEEPEST_TREE:
        return Read(None, 0, TooDeep(Span(formula.start, formula.end), _DEEPEST_TREE, DEEPEST), False)
    return Read(formula, found.flags, None, doubtful, found.stated)


def _remark(text: str, start: int, end: int, found: Tokens, unread: UnreadError, notation: Notation) -> Read:
    """Read what stands before a remark; where there is none, say what was expected."""
    doubtful = found.prose is not None or _is_prose(found)
    if text.startswith("..", unread.start) or text.startswith("..", unread.start - 1):
        return Read(None, 0, None, True)  # what the dots stand for nobody wrote
    if unread.found in _REMARK:
        kept = [token for token in found.tokens if token[1] < unread.start]
        try:
            formula = run(table(notation.grammar), "formula", kept, unread.start, FORMULA)
            part = PART if _GOES_ON.match(text, unread.start, end) else 0
            return _shallow(formula, found._replace(flags=found.flags | part), False)
        except UnreadError:
            pass
    place = Span(unread.start, max(unread.end, min(unread.start + 1, len(text))))
    problem = Unreadable(place, text[unread.start : unread.end], unread.expected, Span(start, end))
    return Read(None, found.flags, problem, doubtful)


# What stands behind a formula and is no remark: neither a comma and words, nor an arrow, a mark of a sentence.
_GOES_ON = lazy(
    r"\\(?!(?:big|Big|left|right|vert|rvert|middle|quad|text))|\|(?=[\d\\])|[^\w\s\\|,;:.…→≈%\"“”‘’?!#&$*`]"
)


def _is_prose(found: Tokens) -> bool:
    """Two words that are no names make a sentence, not a formula."""
    words = 0
    for kind, _, _, value in found.tokens:
        if kind == "NAME" and isinstance(value, Name) and value.symbol.flags & WORD:
            words += 1
    return words > 1


def _too_deep(text: str, start: int, end: int) -> TooDeep | None:
    if text.count("(", start, end) + text.count("[", start, end) + text.count("{", start, end) <= DEEPEST:
        return None
    depth = deepest = 0
    place = start
    for offset in range(start, end):
        character = text[offset]
        if character in "([{":
            depth += 1
            if depth > deepest:
                deepest, place = depth, offset
        elif character in ")]}":
            depth -= 1
    return TooDeep(Span(place, place + 1), deepest, DEEPEST) if deepest > DEEPEST else None


def _depth(formula: Formula) -> int:
    """Return how deep a tree is, without recursion."""
    level, depth = list(formula.parts), 0
    while level:
        depth += 1
        level = [child for node in level for child in children(node)]
    return depth
