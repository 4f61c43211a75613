"""A text in, what it says to shapelint out: settings, and stretches where findings are silenced.

`# shapelint: convention=rows` as a line of its own holds from there on; `# shapelint: ignore` or
`ignore[inner-sizes]` behind a statement silences it, `off` and `on` a stretch (`notation.md`, "Settings").
"""

import re
from typing import NamedTuple

from shapelint.problems import Misspelt
from shapelint.source import Span

SETTINGS = {
    "convention": ("ng", "rows", "pytorch"),
    "layout": ("gradient", "numerator"),
    "star": ("elementwise", "product", "either"),
}
_WORDS = (*SETTINGS, "ignore", "off", "on")

_DIRECTIVE = re.compile(r"#[ \t]*shapelint[ \t]*:[ \t]*(?P<body>[^\n\r]*)")
_SETTING = re.compile(r"(\w[\w-]*)\s*=\s*([^\s,;]+)")
_IGNORE = re.compile(r"ignore(?:\[(?P<codes>[^\]]*)\])?(?=\s|$)")


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
    """Read every directive of a text."""
    if "shapelint" not in text:
        return Directives((), (), ())
    settings: list[Setting] = []
    silences: list[Silence] = []
    misspelt: list[Misspelt] = []
    opened: Span | None = None
    for match in _DIRECTIVE.finditer(text):
        body = match["body"].strip()
        span = Span(match.start(), match.start() + len(match.group().rstrip()))
        line_start = text.rfind("\n", 0, span.start) + 1
        if ignore := _IGNORE.match(body):
            codes = tuple(code.strip() for code in (ignore["codes"] or "").split(",") if code.strip())
            silences.append(Silence(span, line_start, span.end, codes))
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
