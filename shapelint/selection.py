"""Which findings are wanted: codes and prefixes of codes come in, diagnostics are kept or dropped."""

from collections.abc import Iterable
from typing import NamedTuple

from shapelint.codes import CODES, OFF
from shapelint.diagnostic import Diagnostic
from shapelint.misuse import unknown

ALL = "all"


class Selection(NamedTuple):
    """Codes or prefixes of codes; `select` is None where nobody chose: every code that is not off.

    `silenced` are those that a pattern for this one file leaves out, whatever is selected; `also` are reported besides
    those that are selected, where nothing leaves them out.
    """

    select: tuple[str, ...] | None = None
    ignore: tuple[str, ...] = ()
    silenced: tuple[str, ...] = ()
    also: tuple[str, ...] = ()


def selectors(text: str) -> tuple[str, ...]:
    """Read codes or prefixes of codes, divided by commas; raises Misuse where one begins no code."""
    words = tuple(word.strip() for word in text.split(",") if word.strip())
    for word in words or (text,):
        if not word or (word != ALL and not any(code.startswith(word) for code in CODES)):
            raise unknown("code", word, [*CODES, ALL])
    return words


def keep(diagnostics: Iterable[Diagnostic], selection: Selection) -> tuple[Diagnostic, ...]:
    """Return the diagnostics that are wanted, in their order."""
    return tuple(diagnostic for diagnostic in diagnostics if wanted(diagnostic.code, selection))


def wanted(code: str, selection: Selection) -> bool:
    """Tell whether a code is reported; of a selected and an ignored prefix the longer one decides."""
    if _depth(code, selection.silenced) >= 0:
        return False
    ignored = _depth(code, selection.ignore)
    return max(_selected(code, selection.select), _depth(code, selection.also)) > ignored


def _selected(code: str, select: tuple[str, ...] | None) -> int:
    # A file that could not be read was not found right: selecting other codes does not hide it.
    if select is None or code == "unreadable":
        return -1 if CODES[code].severity == OFF else max(0, _depth(code, select or ()))
    return _depth(code, select)


def _depth(code: str, words: tuple[str, ...]) -> int:
    """Return the length of the longest word that covers the code, 0 for `all`, -1 for none."""
    lengths = [0 if word == ALL else len(word) for word in words if word == ALL or code.startswith(word)]
    return max(lengths, default=-1)
