"""A line of a text in, where the formulas in its sentences begin and where words begin again out.

`so I get dZ1 = W2.T dZ2 * g'(Z1), and then db1 = …`. Nothing is known of the names yet: a word is told by how it
looks (`shapelint.parse.prose`). Where a formula does not end plainly there is none: half of one says nothing.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from shapelint.documents.heads import RELATION, TARGET
from shapelint.parse.prose import OPERATING, REMARKS, is_remark, is_wordlike
from shapelint.parse.tables import table
from shapelint.patterns import lazy


class Found(NamedTuple):
    """A formula in a sentence: its extent, its head, and where its right side begins."""

    start: int
    end: int
    head: str
    value: int


class End(NamedTuple):
    """Where a formula ends: `plain` is false where what follows leaves open whether it does.

    `names` counts the names in it. `cut` is true where something stands behind it that is no formula, `word` is the
    word that this begins with, if it is one.
    """

    place: int
    plain: bool
    cut: bool
    names: int
    word: str = ""


_HEAD = lazy(rf"(?<![^\s\"“‘«„(\[{{*>→])(?P<head>{TARGET})[ \t]*(?P<relation>{RELATION})(?![>=])")
_KEYWORDS = frozenset(("axis", "keepdims", "keepdim", "dtype", "out", "where", "dim"))
# A size is no formula, and neither is a letter that counts: `n1 = 4`, `m = 7`, `for i = 1 to m`.
_COUNTS = lazy(r"(?:n(?![a-zA-Z])|[mLlTiIjkKNt]$|n_?[xyh]$)")
_SIZES = lazy(r"\s*n(?:[_^]?\w{0,6}|\^?\[[^\[\]]{0,8}\]|_?\{[^{}]{0,8}\})\s*")
_DENIED = lazy(
    r"(?:\b(?:not|never|wrong|incorrect|incorrectly)|\binstead\s+of|\brather\s+than)[\s:*\"'“(]*$", re.I
)
# What flows through boxes, `X2 => z1 = X W1 => a1`, is a picture in characters, and no formula.
_PICTURE = lazy(r"[\s\-*+>]*[^\W\d_]\w{0,3}[ \t]*=>")
_BEFORE = 24  # characters before a formula in which it may be denied
_INDEXED = lazy(r"[\d_\[\]{}^()⁽]|^d[^\W\d_]{1,2}$|^[d∂∇δ]|[^\x00-\x7f]")
# What plainly ends a formula, outside of brackets.
_ENDS = frozenset(("COMMA", "SEMI", "COLON", "BAR", "RPAR", "RSQB", "RBRACE"))
_SEPARATORS = frozenset(("COMMA", "SEMI", "COLON", "KEY"))
_STRAYS = frozenset('?!…—→⇒⟹∴"“”‘’»«|&')
_OPENING = frozenset(("LPAR", "LSQB", "LBRACE", "SLICE", "PICK"))
_CLOSING = frozenset(("RPAR", "RSQB", "RBRACE"))
_OPERATORS = frozenset(("PLUS", "MINUS", "MUL", "SLASH", "POW", "CMP", "REL", "SIGMA"))
_GLUED = frozenset(("TR", "SUPER", "ATTR", "METHOD"))
_ARTICLES = frozenset(("a", "A", "I"))
_JOINING = frozenset(
    ["where", "and", "or", "with", "for", "so", "then", "if", "because", "since", "is", "as", "when"]
)
_WORD_AHEAD = lazy(r"[ \t]*([^\W\d_]+)(?![\w(\[^=])")
_REMARK_AHEAD = lazy(r"[ \t]*([^\W\d_]+)(?:'[a-z]+)?(?=[ \t]*[)?!.,;:]|[ \t]+[^\W\d_])")
_REMARK_BEGUN = lazy(r"[ \t]*([a-z]{3,})[ \t]")  # `(where * is elementwise)`
_COUNTED = lazy(r"[ \t]*\d[\d.:]*[ \t]+([^\W\d_]+)[ \t]+([^\W\d_]+)")  # `(2:31 in the video)`
# What says "but" or "look here" between a formula and words.
_POINTING = frozenset(("<-", "<--", "←", "=", "->", "-->", "--", "=/=", "≠", "!=", "=="))
_DOTS = lazy(r"\.{3,}[ \t]*(?:([^\W\d_]+)(?![\w(\[^_])|$)")
_RAISED = lazy(r"\.T\b|ᵀ|\^|'|\.(?:dot|sum|mean|reshape)\(")
_SHORTENED = lazy(r"'(?:t|s|m|d|ll|re|ve)\b")  # `isn't`
_SENTENCE = lazy(r"\s+[\"“‘(*]*(?:([^\W\d_]+)(?![\w(\[^_])|$)")


def formulas(text: str, start: int, end: int) -> Iterator[Found]:
    """Yield the formulas that stand in the sentences of a stretch of a line, in their order."""
    if _PICTURE.match(text, start, end):
        return
    place = start
    while match := _HEAD.search(text, place, end):
        place = match.end()
        if match.start() > start and not _may_begin(text, match):
            continue
        found = end_of(text, match.end(), end, strict=False)
        if not found.plain or not tells(match["head"], text[match.end() : found.place], found.names):
            continue
        if (
            _DENIED.search(text, max(start, match.start() - _BEFORE), match.start())
            and "?" not in text[place:end]
        ):
            place = found.place
            continue
        yield Found(match.start(), found.place, match["head"], match.end())
        place = found.place


def may_hold(text: str, start: int, end: int) -> bool:
    """Say whether a formula may stand in the sentences of a line: a quick look."""
    return (text.find("=", start, end) >= 0 or text.find("←", start, end) >= 0) and _HEAD.search(
        text, start, end
    ) is not None


def _may_begin(text: str, match: re.Match[str]) -> bool:
    """Say whether a formula may begin here: an opening bracket or mark before it has nothing glued to it."""
    place = match.start()
    while place and text[place - 1] in '"“‘«„([{*>':
        place -= 1
    return place == match.start() or not place or text[place - 1].isspace() or text[place - 1] in "-=→⇒"


def tells(head: str, value: str, names: int) -> bool:
    """Say whether a head and a right side in a sentence are a formula's: sizes and single values are left alone."""
    word = head.partition("(")[0]
    if word in _KEYWORDS or is_wordlike(word) or _COUNTS.match(word):
        return False
    if _SIZES.fullmatch(value):
        return False
    if names > 1:
        return True
    return names == 1 and _INDEXED.search(word) is not None and not is_wordlike(value.strip())


def end_of(text: str, start: int, stop: int, *, strict: bool) -> End:
    """Find where a right side ends that begins at a place.

    With `strict` a single word that nobody listed belongs to the formula: a line that begins with a formula may be
    one to its end.
    """
    return _Reader(text, stop, strict).read(start)


class _Reader:
    """Reads the tokens of a right side until words begin."""

    def __init__(self, text: str, stop: int, strict: bool) -> None:
        self._text = text
        self._stop = stop
        self._strict = strict
        self._depth = 0
        self._names = 0
        self._last = 0  # the end of the last whole operand outside of brackets
        self._pending: list[tuple[str, int, int]] = []  # operators behind it
        self._operand = False  # whether an operand has just ended

    def read(self, start: int) -> End:
        self._last = start
        for match in table("formula").scan(self._text[start : self._stop]):
            kind = match.lastgroup
            low, high = (place + start for place in match.span(kind))
            if kind == "BLANK":
                continue
            if kind == "COMMENT":
                break
            if (found := self._token(kind, low, high)) is not None:
                return found
        return End(self._last, self._operand and not self._depth, False, self._names)

    def _cut(self, plain: bool = True, word: str = "") -> End:
        return End(self._last, plain and not self._depth and self._names > 0, True, self._names, word)

    def _token(self, kind: str, low: int, high: int) -> End | None:
        """Take one token; return where the formula ends if it ends before it."""
        if kind in ("WORD", "CALLED"):
            return self._word(kind, low, high)
        if kind in _OPENING:
            if self._operand and kind == "LPAR" and not self._depth and self._is_remark_inside(low + 1):
                return self._cut()
            self._depth += 1
            self._operand = False
        elif kind in _CLOSING:
            if not self._depth:  # a line that begins with a formula opened no bracket before it
                return self._cut(self._operand and not self._strict)
            self._depth -= 1
            self._done(high)
        elif not self._depth and (end := self._signed(kind, low)) is not None:
            return end
        elif kind == "STRAY":
            return self._stray(low)
        elif kind in _OPERATORS:
            self._pending.append((kind, low, high))
            self._operand = False
        elif kind == "NUM" or (kind in _GLUED and self._operand):
            self._done(high)
        elif kind in _SEPARATORS:
            self._operand = False
        return None

    def _signed(self, kind: str, low: int) -> End | None:
        """Return where the formula ends, if a sign outside of brackets ends it: a comma, a full stop, `=>`, dots."""
        if kind in _ENDS or (kind == "MUL" and self._text[low] == "." and self._is_full_stop(low)):
            return self._cut(self._operand)
        if kind == "REL" and self._text.startswith("=>", low):
            return self._cut(self._operand)
        if self._operand and kind == "MUL" and self._are_dots(low):
            return self._cut()
        if self._operand and kind == "MINUS" and self._text.startswith(" --", low - 1):
            return self._cut()
        return None

    def _done(self, end: int) -> None:
        """Note that an operand has ended."""
        self._operand = True
        if not self._depth:
            self._last = end
            self._pending.clear()

    def _word(self, kind: str, low: int, high: int) -> End | None:
        word = self._text[low:high]
        if self._is_word(word, high):
            plain = not self._depth and (self._operand or self._is_dash(high, word))
            return self._cut(plain and not self._goes_on(word, high), word)
        self._names += 1
        if kind == "CALLED":
            self._operand = False  # its bracket follows
        else:
            self._done(high)
        return None

    def _is_word(self, word: str, end: int) -> bool:
        """Say whether a word begins a remark, or stands where a formula would have an operand."""
        if not word.isalpha():
            return False
        if not self._operand:
            return is_wordlike(word)
        if is_remark(word) or (is_wordlike(word) and _SHORTENED.match(self._text, end, self._stop)):
            return True
        ahead = _WORD_AHEAD.match(self._text, end, self._stop)
        following = ahead[1] if ahead is not None else ""
        if word in _ARTICLES:
            return is_wordlike(following) and following not in _JOINING
        if not is_wordlike(word):
            return False
        return not self._strict or is_wordlike(following) or self._text[end : end + 1] in ("?", "!")

    def _goes_on(self, word: str, end: int) -> bool:
        """Say whether words go on with the formula: `… elementwise multiplied by g'(z1)`."""
        ahead = _WORD_AHEAD.match(self._text, end, self._stop)
        return word.lower() in OPERATING or (ahead is not None and ahead[1].lower() in OPERATING)

    def _is_dash(self, end: int, word: str) -> bool:
        """Say whether a dash or an arrow before words is a sentence's: `- chain rule`, `-- why?`, `<- is it?`."""
        signs = [self._text[low:high] for _, low, high in self._pending]
        if not signs or not self._names:
            return False
        if "".join(signs) in _POINTING:
            return True
        ahead = _WORD_AHEAD.match(self._text, end, self._stop)
        following = ahead[1] if ahead is not None else ""
        dashed = self._text[self._pending[0][2] : self._pending[0][2] + 1] == " "
        return signs == ["-"] and dashed and (is_remark(word) or is_wordlike(following))

    def _is_remark_inside(self, place: int) -> bool:
        """Say whether a bracket holds words: `(chain rule)`; one that is transposed or raised is a factor."""
        close = self._text.find(")", place, self._stop)
        if close >= 0 and _RAISED.match(self._text, close + 1, self._stop):
            return False
        first = _REMARK_AHEAD.match(self._text, place, self._stop)
        if first is not None and is_wordlike(first[1]):
            return True
        begun = _REMARK_BEGUN.match(self._text, place, self._stop)
        counted = _COUNTED.match(self._text, place, self._stop)
        return (begun is not None and begun[1] in REMARKS) or (
            counted is not None and is_remark(counted[1]) and is_wordlike(counted[2])
        )

    def _are_dots(self, place: int) -> bool:
        """Say whether dots end a formula: nothing stands behind them, or words."""
        dots = _DOTS.match(self._text, place, self._stop)
        return dots is not None and (dots[1] is None or is_wordlike(dots[1]))

    def _is_full_stop(self, place: int) -> bool:
        """Say whether a point ends a sentence: `… g'(z1). Why?`; set off by a blank it may be a product."""
        if self._text[place] != "." or self._depth:
            return False
        if self._text[place - 1 : place].isspace():
            following = _SENTENCE.match(self._text, place + 1, self._stop)
            word = following[1] if following is not None else None
            return word is not None and word[0].isupper() and is_wordlike(word)
        if _HEAD.match(self._text, self._past_blanks(place + 1), self._stop):
            return True
        following = _SENTENCE.match(self._text, place + 1, self._stop)
        return following is not None and (
            following[1] is None or following[1] in _ARTICLES or is_wordlike(following[1])
        )

    def _past_blanks(self, place: int) -> int:
        while place < self._stop and self._text[place] in " \t":
            place += 1
        return place

    def _stray(self, place: int) -> End | None:
        character = self._text[place]
        if character == "." and self._operand and not self._depth:
            return self._cut(not self._text.startswith("..", place) or self._are_dots(place))
        return self._cut(character in _STRAYS and self._operand)
