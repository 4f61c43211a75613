"""A text in, the places out at which something may stand that a reader of Markdown must look at."""

import re
from collections.abc import Callable
from typing import TypeAlias

from shapelint.documents.markdown.typed import LINE
from shapelint.documents.sentences import may_hold

# Where something stands from a place on, behind the end if nothing does.
_Finder: TypeAlias = Callable[[int], int]

STRUCTURE = re.compile(
    r"\n(?:(?P<fence>`{3,}(?=[^`\n]*(?:\n|\Z))|~{3,})(?P<info>[^\n]*)"
    r"|(?P<heading>\#{1,6})(?=[ \t\r\n]|\Z)[^\n]*"
    r"|(?=[ \t>*+\-\d=<\[\r\n])(?:"
    r"[ \t>*+\-\d.)]*+(?:`{3}|~{3}|\#{1,6}(?:[ \t\r\n]|\Z)|<|\[)"
    r"|(?<=[^\n]\n) {0,3}(?:-+|=+)[ \t\r]*(?:\n|\Z)"
    r"|[ \t\r]*\n(?: {4}| {0,3}\t)"
    r"|[ \t]*+[>*+\-\d][ \t>*+\-\d.)]*+(?:(?<=     )|(?<=\t))"
    r"|[-*_ \t]{3,}\r?\n(?: {4}| {0,3}\t)))"
)
_LATEX = re.compile(r"\\(?:\\?[\[(]|begin\{|`)")
_ANGLE = re.compile(r"<(?:!--|/?su[bp]>|-)", re.I)
# Behind code spans of one line in which there is no relation.
_SPAN = r"(?:[^`\n=:∈←≔<\\]|<(?!-))++`(?!`)"
_CODE = re.compile(rf"`(?:{_SPAN}[^`\\]*+`)*+")
_LAST = re.compile(_SPAN)
# What may be a shape in words: a pair in brackets, a cross or a `by` between two sizes, rows and columns.
_SIZE = r"[`$]?(?:\d{1,6}|[A-Za-z](?:_?[\w{}^\[\]+-]{0,8})?)[`$]?"
_COUNT = r"(?:\d{1,6}|[A-Za-z]\d?(?:_\{?\w{1,8}\}?)?)"
_TOLD = re.compile(
    rf"[(\[][ ]?{_SIZE}[ ]?,[ ]?{_SIZE}[ ]?[)\]]|\b{_COUNT}(?:[ ]x[ ]|[ ]by[ ]|(?<=\d)x(?=\d)){_COUNT}\b"
    r"|\b(?:[Ss]hapes?|[Ss]izes?|[Dd]im\w{0,12})\b[^.\n]{0,30}[(\[]|[\w)\]}`$][ ]?×[ ]?[\w(\[{`$]"
    r"|:[ ]?(?:[A-Z]x[A-Z]|[nm]\w?(?:x|\*)[nm]\w?)\b"
    r"|\brows?\b[^.\n]{0,40}\bcolumns?\b"
)
_PREFIX = re.compile(r"[ \t>*+\-\d.)]*+")


class Streams:
    """What is looked for in a stretch, each kind with the place where it stands next."""

    def __init__(self, text: str, start: int, end: int) -> None:
        """Take the text and its stretch."""
        self._text = text
        self._start = start
        self._end = end
        self._nothing = end + 1
        self._structure = -1
        self._finders: list[_Finder] = [
            self._string("$"),
            self._pattern(_LATEX),
            self._pattern(_ANGLE),
            self._pattern(_TOLD),
            self._code,
            *(self._typed(relation) for relation in ("=", "∈", "←", "≔", "＝", ": (", ":(", " x ", "×")),
        ]
        self._places = [-1] * len(self._finders)
        self.structure: re.Match[str] | None = None

    def next(self, place: int) -> int:
        """Return where something in a line stands next."""
        places = self._places
        for index, known in enumerate(places):
            if known < place:
                places[index] = self._finders[index](place)
        return min(places)

    def next_structure(self, place: int) -> int:
        """Return where the next line begins that may be a block, and remember how it was found."""
        if self._structure < place:
            self.structure = match = STRUCTURE.search(self._text, max(place - 1, 0), self._end)
            self._structure = self._nothing if match is None else match.start() + 1
        return self._structure

    def _string(self, searched: str) -> _Finder:
        def finder(place: int) -> int:
            found = self._text.find(searched, place, self._end)
            return self._nothing if found < 0 else found

        return finder

    def _pattern(self, pattern: re.Pattern[str]) -> _Finder:
        def finder(place: int) -> int:
            match = pattern.search(self._text, place, self._end)
            return self._nothing if match is None else match.start()

        return finder

    def _code(self, place: int) -> int:
        match = _CODE.search(self._text, place, self._end)
        if match is None:
            return self._nothing
        last = _LAST.match(self._text, match.end(), self._end)
        if last is not None and self._text.find("`", last.end(), self._end) < 0:
            return self._nothing
        # The last opening: behind the match another may follow at once.
        return match.end() - 1

    def _typed(self, relation: str) -> _Finder:
        """Return a finder of lines with a name and a relation, and of such lines of tables."""
        text = self._text

        def finder(place: int) -> int:
            while (found := text.find(relation, place, self._end)) >= 0:
                start = max(text.rfind("\n", self._start, found) + 1, self._start)
                end = text.find("\n", found, self._end)
                end = self._end if end < 0 else end
                prefix = _PREFIX.match(text, start, end)
                begins = LINE.match(text, prefix.end() if prefix else start, end)
                if begins or text.find("|", start, end) >= 0 or may_hold(text, start, end):
                    return found
                place = end
            return self._nothing

        return finder
