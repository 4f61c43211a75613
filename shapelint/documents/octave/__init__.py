"""Programs of Octave and MATLAB: files, and the fences of Markdown. A source in, its contents out."""

from collections.abc import Iterable

from shapelint.documents.contents import Contents, Scope
from shapelint.documents.directives import Directives, directives_of
from shapelint.documents.python.contents import program_scopes
from shapelint.documents.python.depth import without_depths
from shapelint.documents.python.language import Language
from shapelint.documents.regions import OCTAVE, Found, Region
from shapelint.notations.octave import octave
from shapelint.notations.octave.places import Offsets
from shapelint.notations.octave.statements import program
from shapelint.patterns import lazy
from shapelint.source import Source

_LANGUAGE = Language(octave, lambda text: Offsets(text, {}), "%#", parts=True)
_NOTHING = Directives((), (), ())
# What a program has that multiplies arrays; whether it is a network's its names tell.
_PRODUCTS = lazy(r"\w'[ \t]*\*|\*[ \t]*\(?[\w(]|\.\*|\bsum[ \t]*\(")
_OTHER_LANGUAGES = lazy(r"(?m)^[ \t]*(?:@interface|@implementation|#import|#include|\(\*|:- )")
_LONE = lazy(r"\r(?!\n)")
_NO_BLANK = lazy(r"[^\n\r]")


def octave_contents(source: Source) -> Contents:
    """Find out what is to be read of an Octave file; of one of Objective-C, whose files end alike, nothing."""
    text = source.text
    if not _speaks(text):
        return Contents(text, text, (), _NOTHING, False, "")
    read = _LONE.sub("\n", text) if "\r" in text else text
    found = Found([Region(0, len(text), OCTAVE)], [], [], [])
    return Contents(text, read, tuple(_scopes(read, 0)), directives_of(read, found), False, "")


def octave_scopes(text: str, stretches: Iterable[tuple[int, int]], first: int) -> tuple[list[Scope], str]:
    """Return the scopes of the stretches of a document that hold one program, and the text they stand in."""
    pieces: list[str] = []
    place = 0
    for start, end in stretches:
        pieces += (_NO_BLANK.sub(" ", text[place:start]), text[start:end])
        place = end
    masked = "".join((*pieces, _NO_BLANK.sub(" ", text[place:])))
    return (_scopes(masked, first), masked) if _speaks(masked) else ([], "")


def _speaks(text: str) -> bool:
    return _PRODUCTS.search(text) is not None and _OTHER_LANGUAGES.search(text) is None


def _scopes(text: str, first: int) -> list[Scope]:
    module = program(text).module
    without_depths(module)
    return program_scopes(text, module, first, _LANGUAGE)
