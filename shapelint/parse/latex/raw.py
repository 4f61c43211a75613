"""A stretch of LaTeX in, its plain tokens out: macros expanded, fonts and noise looked through.

Every token has its place in the original text; those of a macro stand where the macro is used, with its arguments.
"""

import re
from collections.abc import Mapping
from typing import NamedTuple

from shapelint.operators import FUNCTIONS
from shapelint.parse.latex.commands import (
    BOLD,
    CALLIGRAPHIC,
    COMMANDS,
    DOUBLE_STRUCK,
    DROPPED,
    FIRST_DROPPED,
    FONTS,
    NOISE,
    SIZED,
    TEXTS,
)
from shapelint.parse.tables import table

Macros = Mapping[str, str]
NO_MACROS: Macros = {}

_SPACES = frozenset((";", ":", ",", " ", ">"))
_BLANK = frozenset(("BLANK", "COMMENT", "TIE"))
_JOINED = frozenset(("REL", "RBRACE"))  # they may be one sign with what stands before them
_SIGNS = frozenset(("REL", "PLUS", "MINUS", "MUL", "SLASH", "CMP"))
_DEEPEST = 8  # macros in macros
_MOST = 50_000  # tokens of one stretch: macros may expand exponentially
_MOST_PUT_IN = 1_000  # macros put in
_LONGEST = 2_000  # characters of a body with its arguments

_ARGUMENT = re.compile(r"\s*\{([^{}]*(?:\{[^{}]*(?:\{[^{}]*\}[^{}]*)*\}[^{}]*)*)\}")
# Behind a bold or double-struck 1 it says where it is one: `\mathbb{1}\{z > 0\}`; else that is a vector of ones.
_CONDITION = re.compile(r"\s*(?:\\left\s*)?(?:\(|\[|\\\{|\\lbrace)[^()=]*?(?:[<>≥≤]|\\[gl](?:e|eq|t)\b)")
_BARE_ARGUMENT = re.compile(r"\s*(\\[A-Za-z]+|[^\s{}\\])")
_PARAMETER = re.compile(r"(?<!\\)#(\d)")
_UNCLOSED = re.compile(r"\s*\{([^{}]*)$")
_OPTION = re.compile(r"\s*\[[^\]]*\]")
_ONE = re.compile(
    r"\s*(?:\{\s*(?:\\(?:mathrm|text|rm)\s*(?:\{\s*(\w)\s*\}|(\w))|\{\s*(\w)\s*\}|(\w))\s*\}|(\w))"
)
_ENVIRONMENT = re.compile(r"\s*\{([A-Za-z]+)\*?\}")
_COLUMNS = re.compile(r"\s*(?:\[[^\]]*\])?\s*\{[^{}]*\}")
_WORD = re.compile(r"[A-Za-z]+(?:(?:[\\ ]?_|\.)[A-Za-z]+)*")  # Markdown leaves a blank of `\_`
_SPACED_SIGN = re.compile(r"[\s.,;:()\[\]=+*/<>\d-]*")

# Words of `\text{…}` that belong to a formula, besides the functions.
_CODE = frozenset(
    ("axis", "keepdims", "True", "False", "None", "T", "dot", "sum", "np", "batch", "mean", "shape")
)
# A single word in `\text{…}` that is prose all the same.
_WORDS_OF_PROSE = """
    where for with since because if when while in is are as and or so then thus hence see note here
    this the which that of to from by at on elementwise element wise otherwise else all each every
    vector matrix scalar dimension dimensions let we get have using recall given similarly therefore
    finally first second
"""
_PROSE = frozenset(_WORDS_OF_PROSE.split())

_ONE_ABOVE = "lLT"  # a layer or a transpose; other letters above may be a word that lacks its braces

_IN_DOLLARS = re.compile(r"\$([^$]*)\$")
_UNMARKED = frozenset(("and", "where", "with", "then"))  # words that nobody took out of the formula


class Raw(NamedTuple):
    """One token: its kind, its place in the original text, and its text, in the plain notation's spelling."""

    kind: str
    start: int
    end: int
    text: str


def raw(text: str, start: int, end: int, macros: Macros = NO_MACROS) -> list[Raw]:
    """Return the tokens of a stretch of LaTeX. Never raises."""
    scanner = _Scanner(macros)
    scanner.scan(text, start, end, None, 0)
    return scanner.out


def _letter_of(match: re.Match[str]) -> str:
    """Return the one letter that a command takes."""
    letter: str = match[match.lastindex or 0]
    return letter


def _put_in(body: str, text: str, place: int, end: int) -> tuple[str | None, int]:
    """Return a body with the arguments that stand behind its macro, None where they are missing; and where they end."""
    count = max((int(number) for number in _PARAMETER.findall(body)), default=0)
    arguments: list[str] = []
    for _ in range(count):
        found = _ARGUMENT.match(text, place, end) or _BARE_ARGUMENT.match(text, place, end)
        if found is None:
            return None, place
        arguments.append(found[1])
        place = found.end()
    if count:
        body = _PARAMETER.sub(lambda match: arguments[int(match[1]) - 1], body)
    return (body if len(body) <= _LONGEST else None), place


class _Scanner:
    """Collects tokens; `place` is where a macro is used whose body is being read, None in the text itself."""

    def __init__(self, macros: Macros) -> None:
        self.out: list[Raw] = []
        self._macros = macros
        self._put_in = 0

    def scan(self, text: str, start: int, end: int, place: tuple[int, int] | None, depth: int) -> None:  # noqa: PLR0912 - a branch for each kind of token
        out = self.out
        spaces = 0  # spaces in a row: two of them are a wide gap
        done = font = -1  # up to where is read already; where a font began that the next token belongs to
        for match in table("latex").scan(text, start, end):
            kind: str = match.lastgroup
            first, last = match.span(kind)
            if first < done or kind in _BLANK:
                continue
            if len(out) > _MOST:
                out.append(Raw("STRAY", first, last, ""))
                return
            count = len(out)
            spaces = spaces + 1 if kind == "COMMAND" and text[first + 1 : last] in _SPACES else 0
            if spaces == 2:
                self._add("GAP", first, last, "", place)
            if kind == "COMMAND":
                done = self._command(text, first, last, end, place, depth)
                if done < 0:  # a font: what follows begins where it begins
                    font = first if font < 0 else font
                    continue
            elif kind in _JOINED or place is not None:
                self._add(kind, first, last, text[first:last], place)
            else:
                if kind == "LETTERS" and text[first:last] in _UNMARKED:
                    kind = "PROSE"
                elif kind == "LETTERS" and text[first] in _ONE_ABOVE and out and out[-1].kind == "SUP":
                    out.append(Raw(kind, first, first + 1, text[first]))  # TeX raises one letter: `w^la`
                    first += 1
                if first < last:
                    out.append(Raw(kind, first, last, text[first:last]))
            if font >= 0:
                # letters in a row, as in `\mathbf XdZ`, may be two names, of which one is bold
                run = kind == "LETTERS" and last - first > 1
                if place is None and len(out) > count and not run:
                    out[count] = out[count]._replace(start=font)
                font = -1

    def _add(self, kind: str, start: int, end: int, text: str, place: tuple[int, int] | None) -> None:
        start, end = place or (start, end)
        before = self.out[-1] if self.out else None
        if kind == "REL" and text == "=" and before is not None and before.kind in ("PLUS", "MINUS"):
            self.out[-1] = Raw("REL", before.start, end, before.text + "=")  # \mathrel{+}=
        elif kind == "RBRACE" and before is not None and before.kind in _SIGNS and self._opened():
            del self.out[-2:]  # \mathbin{\odot}
            self._add(before.kind, before.start, before.end, before.text, None)
        elif kind == "REL" and text == "=" and before is not None and before.kind == "COLON":
            self.out[-1] = Raw("REL", before.start, end, ":=")
        else:
            self.out.append(Raw(kind, start, end, text))

    def _opened(self) -> bool:
        """Say whether a brace opens before the last token."""
        return len(self.out) > 1 and self.out[-2].kind == "LBRACE"

    def _command(
        self, text: str, first: int, last: int, end: int, place: tuple[int, int] | None, depth: int
    ) -> int:
        """Read a command and what belongs to it; return up to where, -1 for a font."""
        name = text[first + 1 : last]
        if (command := text[first:last]) in self._macros:
            body, behind = _put_in(self._macros[command], text, last, end)
            self._put_in += 1
            if depth >= _DEEPEST or body is None or self._put_in > _MOST_PUT_IN:
                self._add("STRAY", first, last, name, place)
                return last
            self.scan(body, 0, len(body), place or (first, behind), depth + 1)
            return behind
        if name in COMMANDS:
            kind, plain = COMMANDS[name]
            if kind == "ROOT" and (option := _OPTION.match(text, last, end)):
                self._add(kind, first, option.end(), plain, place)
                return option.end()
            self._add(kind, first, last, plain, place)
            return last
        if name in SIZED:
            rest = text[last : last + 2].lstrip()
            return last + text[last:end].find(".") + 1 if rest[:1] == "." else -1  # `\\left.` is no bracket
        if name in NOISE:
            return last
        if name in FONTS:
            return self._font(text, name, first, last, end, place)
        return self._with_argument(text, name, first, last, end, place, depth)

    def _font(
        self, text: str, name: str, first: int, last: int, end: int, place: tuple[int, int] | None
    ) -> int:
        """A bold 1 is a vector of ones; every other letter is itself in any font."""
        match = _ONE.match(text, last, end) if name in BOLD else None
        if match is None or _letter_of(match) != "1":
            return -1
        if _CONDITION.match(text, match.end(), end):
            self._add("NUM", first, match.end(), "1", place)
        else:
            self._add("LETTERS", first, match.end(), "ones", place)
        return match.end()

    def _with_argument(
        self, text: str, name: str, first: int, last: int, end: int, place: tuple[int, int] | None, depth: int
    ) -> int:
        if name.isspace():
            return last
        if name == "bbox" and (option := _OPTION.match(text, last, end)):
            return option.end()
        argument = _ARGUMENT.match(text, last, end)
        if argument is None and name in TEXTS:
            argument = _UNCLOSED.match(text, last, end)  # a statement ends inside of it
        if name in ("mathcal", "mathbb", "Bbb"):
            return self._letter(text, name, first, last, end, place)
        if name in ("begin", "end"):
            return self._environment(text, name, first, last, end, place)
        if argument is None:
            self._add("STRAY", first, last, name, place)
            return last
        if name in TEXTS:
            self._text(text, argument, first, place, depth)
        elif name not in DROPPED and name not in FIRST_DROPPED:
            self._add("STRAY", first, last, name, place)
            return last
        return argument.end()

    def _letter(
        self, text: str, name: str, first: int, last: int, end: int, place: tuple[int, int] | None
    ) -> int:
        match = _ONE.match(text, last, end)
        if match is None:
            return -1
        letter = _letter_of(match)
        if name == "mathcal":
            self._add("LETTERS", first, match.end(), CALLIGRAPHIC.get(letter, letter), place)
        else:
            kind, plain = DOUBLE_STRUCK.get(letter, ("LETTERS", letter))
            if letter == "1" and _CONDITION.match(text, match.end(), end):
                kind, plain = "NUM", "1"
            self._add(kind, first, match.end(), plain, place)
        return match.end()

    def _environment(
        self, text: str, name: str, first: int, last: int, end: int, place: tuple[int, int] | None
    ) -> int:
        match = _ENVIRONMENT.match(text, last, end)
        if match is None:
            self._add("STRAY", first, last, name, place)
            return last
        stop = match.end()
        if name == "begin" and match[1] in ("array", "alignedat", "alignat", "tabular"):
            columns = _COLUMNS.match(text, stop, end)
            stop = columns.end() if columns else stop
        self._add(name.upper(), first, stop, match[1], place)
        return stop

    def _text(
        self, text: str, argument: re.Match[str], first: int, place: tuple[int, int] | None, depth: int
    ) -> None:
        """`\\text{np.sum}` is code, `\\text{where}` is prose, `\\text{ReLU}` is a name."""
        inner = argument[1]
        if inner.count("$") > 1:
            self._with_dollars(text, argument, first, place, depth)
            return
        words = _WORD.findall(inner)
        if not words and _SPACED_SIGN.fullmatch(inner):
            self.scan(text, argument.start(1), argument.end(1), place, depth)
        elif len(words) == 1 and inner.strip() == words[0] and words[0].lower() not in _PROSE:
            if words[0].startswith("np."):
                self._add("DOTTED", first, argument.end(), words[0], place)
            else:
                self._add(
                    "LETTERS", first, argument.end(), words[0].replace("\\", "").replace(" ", ""), place
                )
        elif all(word in _CODE or word in FUNCTIONS or word.startswith("np.") for word in words):
            self.scan(text, argument.start(1), argument.end(1), place, depth)
        else:
            self._add("PROSE", first, argument.end(), " ".join(inner.split()), place)

    def _with_dollars(
        self, text: str, argument: re.Match[str], first: int, place: tuple[int, int] | None, depth: int
    ) -> None:
        """`\\text{so $dZ = A - Y$}`: mathematics in words, which end what stands before and begin another."""
        for number, part in enumerate(_IN_DOLLARS.finditer(text, *argument.span(1))):
            if number or not self._is_blank(text, argument.start(1), part.start()):
                self._add("PROSE", first, part.start(), "", place)
            self.scan(text, *part.span(1), place, depth)
        if not self._is_blank(text, part.end(), argument.end(1)):
            self._add("PROSE", part.end(), argument.end(), "", place)

    def _is_blank(self, text: str, start: int, end: int) -> bool:
        return not text[start:end].strip()
