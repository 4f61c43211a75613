"""A text in, what it says to shapelint out: settings, and stretches where findings are silenced.

`# shapelint: convention=rows` as a line of its own holds from there on; `# shapelint: ignore` or
`ignore[inner-sizes]` behind a statement silences it, `off` and `on` a stretch (`notation.md`, "Settings").
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Sequence
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple, Protocol, TypeVar

from shapelint.conventions import CONVENTIONS
from shapelint.patterns import lazy
from shapelint.problems import Misspelt
from shapelint.source import Span

if TYPE_CHECKING:
    from shapelint.documents.regions import Found

SETTINGS = {
    "convention": CONVENTIONS,
    "layout": ("gradient", "denominator", "numerator"),
    "star": ("elementwise", "product", "either"),
}
_WORDS = (*SETTINGS, "ignore", "off", "on")

# Behind the mark of a comment: `#`, LaTeX's `%`, HTML's `<!--`, whose end is no part of it.
_DIRECTIVE = lazy(
    r"(?P<mark>#|%|<!--)[ \t]*(?:#[ \t]*)?shapelint[ \t]*:[ \t]*(?P<body>(?:(?!-->)[^\n\r])*)(?:-->)?"
)
_SETTING = lazy(r"(?<!\w)(\w[\w-]{0,60})\s{0,60}=\s{0,60}([^\s,;]+)")
_ALONE = lazy(r"[ \t>*+-]*")
_START = attrgetter("start")
_MARKS = {
    "plain": "#",
    "latex": "%",
    "code": "#",
    "octave": "%#",
}  # what begins a comment in a region, by its dialect
_IGNORE = lazy(r"ignore(?:\[(?P<codes>[^\]]*)\](?=[\s:;,.(—–-]|$)|(?=[\s:—–]|$))")  # a reason may follow


class _HasPlace(Protocol):
    @property
    def start(self) -> int: ...


_Placed = TypeVar("_Placed", bound=_HasPlace)


class Setting(NamedTuple):
    """Settings that hold from a place on, as (key, value) pairs."""

    start: int
    values: tuple[tuple[str, str], ...]


class Silence(NamedTuple):
    """A stretch where findings are silenced: all of them, or those of `codes`; `span` is the comment.

    With `to_line_end`, findings count whose statement touches the comment's line.
    """

    span: Span
    start: int
    end: int
    codes: tuple[str, ...]


class Directives(NamedTuple):
    """What a text says to shapelint."""

    settings: tuple[Setting, ...]
    silences: tuple[Silence, ...]
    misspelt: tuple[Misspelt, ...]


def directives(text: str) -> Directives:
    """Read every directive of a text of formulas, where `#` begins a comment."""
    return _collected(text, lambda match: match["mark"] == "#", _line_of)


def directives_of(text: str, found: "Found") -> Directives:
    """Read every directive of a document: in its comments, and in those of its formulas."""
    return _collected(text, lambda match: _is_comment(match, found), lambda t, span: _stretch(t, span, found))


def _collected(
    text: str, is_ours: Callable[[re.Match[str]], bool], stretch: Callable[[str, Span], Span]
) -> Directives:
    """Read the directives that are ours; `stretch` says what one for a line is about."""
    if "shapelint" not in text:
        return Directives((), (), ())
    settings: list[Setting] = []
    silences: list[Silence] = []
    misspelt: list[Misspelt] = []
    opened: Span | None = None
    for match in _DIRECTIVE.finditer(text):
        if not is_ours(match):
            continue
        body = match["body"].strip()
        span = Span(match.start(), match.start() + len(match.group().rstrip()))
        if ignore := _IGNORE.match(body):
            codes = tuple(code.strip() for code in (ignore["codes"] or "").split(",") if code.strip())
            silences.append(Silence(span, *stretch(text, span), codes))
        elif body.startswith("off"):
            opened = opened or span
        elif body.startswith("on"):
            if opened is not None:
                silences.append(Silence(opened, opened.start, span.start, ()))
            opened = None
        else:
            _read_settings(body, match.start("body"), span, settings, misspelt)
    if opened is not None:
        silences.append(Silence(opened, opened.start, len(text), ()))
    return Directives(tuple(settings), tuple(silences), tuple(misspelt))


def _line_of(text: str, span: Span) -> Span:
    return Span(text.rfind("\n", 0, span.start) + 1, span.end)


def _is_comment(match: re.Match[str], found: "Found") -> bool:
    """HTML's and LaTeX's comments are the document's; `#` and `%` are those of a formula's region, too."""
    start = match.start()
    behind = match.end("mark")
    if match["mark"] != "#" and any(one.start <= behind <= one.end for one in _near(found.comments, behind)):
        return True
    return any(
        one.start <= start < one.end and match["mark"] in _MARKS[one.dialect]
        for one in _near(found.regions, start)
    )


def _near(sorted_: Sequence[_Placed], place: int) -> Sequence[_Placed]:
    """Return the one that begins last before a place."""
    index = bisect_right(sorted_, place, key=_START)
    return sorted_[max(index - 1, 0) : index]


def _stretch(text: str, span: Span, found: "Found") -> Span:
    """Say what an `ignore` is about: its line with the formulas that end there; alone on a line what follows."""
    line = text.rfind("\n", 0, span.start) + 1
    if any(
        one.dialect in ("code", "octave") and one.start <= span.start < one.end
        for one in _near(found.regions, span.start)
    ):
        return _line_of(text, span)
    if _ALONE.fullmatch(text, line, span.start):
        end = text.find("\n", text.find("\n", span.end) + 1) if "\n" in text[span.end :] else len(text)
        end = len(text) if end < 0 else end
        index = bisect_right(found.regions, span.end, key=_START)
        following = found.regions[index : index + 1]
        if following and (
            following[0].start <= end or not text[span.end : following[0].start].strip(" \t\r\n$\\[(`~")
        ):
            return Span(span.start, max(end, following[0].end))
        return Span(span.start, end)
    before = _near(found.regions, span.start)
    if before and before[0].end >= line:
        return Span(min(line, before[0].start), span.end)
    return Span(line, span.end)


def _read_settings(
    body: str, place: int, span: Span, settings: list[Setting], misspelt: list[Misspelt]
) -> None:
    values: list[tuple[str, str]] = []
    for match in _SETTING.finditer(body):
        key, value = match[1], match[2]
        if key not in SETTINGS:
            misspelt.append(Misspelt(_at(place, match, 1), key, tuple(SETTINGS)))
        elif value not in SETTINGS[key] and not (key == "convention" and value.endswith(".shapes")):
            misspelt.append(Misspelt(_at(place, match, 2), value, SETTINGS[key]))
        else:
            values.append((key, value))
    if values:
        settings.append(Setting(span.start, tuple(values)))
    elif not _SETTING.search(body):
        word = body.split(maxsplit=1)[0] if body else ""
        misspelt.append(Misspelt(Span(place, place + len(word)) if word else span, word, _WORDS))


def _at(place: int, match: re.Match[str], group: int) -> Span:
    return Span(place + match.start(group), place + match.end(group))
