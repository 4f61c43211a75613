"""What a document takes for granted in words: one example, `assume m = 1`, one unit in each layer, gradients in rows.

From the words on they hold: one example until a formula counts the examples again, one unit in each layer to the end of
the section.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from shapelint.patterns import lazy

EXAMPLES = "m"
UNITS = ""  # every size


class Assumed(NamedTuple):
    """From where to where a size is taken for 1: that of the examples, or of every layer."""

    start: int
    end: int
    size: str


_ONE_EXAMPLE = lazy(
    r"\b(?:assum(?:e|es|ed|ing)|suppose|let|take|taking|set|setting|use|using|with|where|consider|when|for)\b"
    r"[^.\n=]{0,40}?[$`( ]m {0,2}= {0,2}1\b(?! {0,2}(?:to\b|[.,]\d|\.\.|\\[lc]?dots|:|, {0,2}[\d.\\]))",
)
_NUMBER = r"(?:only |just |exactly |precisely )?(?:one|1|a single|single) (?:hidden )?(?:unit|neuron|node)\b"
_HAS = r"(?:has|have|having|with|contain\w{0,3}|consist\w{0,3}(?: of| in)?|of|is|are)"
_ONE_UNIT = lazy(
    rf"\blayers?\b[^.\n]{{0,24}}\beach\b[^.\n]{{0,24}}\b{_HAS} {_NUMBER}"
    rf"|\b(?:each|every) (?:hidden )?layer (?:\w+ )?{_HAS} {_NUMBER}"
    r"|\b(?:only|just|exactly) (?:one|1|a single) (?:unit|neuron|node)"
    r" (?:per|in each|in every|at each) (?:hidden )?layer",
)
_HEADING = lazy(r"^ {0,3}(#{1,6}) |\\((?:sub){0,2})section\b", re.M)


_GRADIENT = r"\\frac\{\\partial [^{}\n]{1,16}\}\{\\partial (?:[^{}\n]|\{[^{}\n]{1,16}\}){1,24}\}\$?"
_IN_ROWS = lazy(
    rf"{_GRADIENT}[^.\n$=]{{0,40}}\b(?:dimensions?|shape|size)\b[^.\n$=]{{0,16}}\$?\(?1 ?(?:\\times|×|x|,) ?[A-Za-z]"
    r"|\b[nN]umerator[- ]layout\b|\b[gG]radients? (?:is|are|as) (?:a |the )?row vectors?\b"
)


@lru_cache(maxsize=4)
def gradients_in_rows(text: str) -> bool:
    """Say whether a document says of gradients of columns that they are rows."""
    return ("1" in text or "row" in text) and _IN_ROWS.search(text) is not None


@lru_cache(maxsize=4)
def assumed(text: str) -> tuple[Assumed, ...]:
    """Return what a document takes for 1, in its order, each up to the end of the text or of its section."""
    return tuple(sorted((*_one_example(text), *_one_unit(text))))


def _one_example(text: str) -> Iterator[Assumed]:
    if "m = 1" in text or "m=1" in text:
        for match in _ONE_EXAMPLE.finditer(text):
            yield Assumed(match.start(), len(text), EXAMPLES)


def _one_unit(text: str) -> Iterator[Assumed]:
    if "layer" not in text:
        return
    for match in _ONE_UNIT.finditer(text):
        yield Assumed(match.start(), _end_of_section(text, match.start()), UNITS)


def _end_of_section(text: str, place: int) -> int:
    """Return where the section ends that a place is in: at the next heading that is no deeper than its own."""
    level = 0
    for match in _HEADING.finditer(text):
        depth = len(match[1]) if match[1] else len(match[2] or "") // 3 + 1
        if match.start() < place:
            level = depth
        elif depth <= level:
            return match.start()
    return len(text)
