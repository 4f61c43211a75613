"""A document, judged, in; where each of its formulas ends up out: right, wrong, open or not read, with the reason.

Everything that speaks of a document as a whole asks here: the findings, the analysis, the summary. What is no formula
of a network's is in none of the four boxes; it is listed with its reason all the same.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from shapelint.diagnostic import FAULTY, OK, UNDETERMINED, UNREAD
from shapelint.documents.contents import Contents
from shapelint.documents.kinds import kind
from shapelint.documents.statements import DECLARATION, Statement
from shapelint.infer.boxes import fitted_at, is_open
from shapelint.infer.claimed import contradicts
from shapelint.infer.document import Document, Stretch
from shapelint.infer.follows import follows
from shapelint.infer.judged import Judged
from shapelint.infer.ours import Ours, ours
from shapelint.infer.plain import is_plainly_formula, is_prose, looks_like_formula, works_something_out
from shapelint.parse.notation import PYTHON
from shapelint.problems import Unreadable
from shapelint.source import Source, Span
from shapelint.symbol import PART

NO_FORMULA = ""  # in none of the boxes


class Entry(NamedTuple):
    """A formula and where it ends up; `reason` says why it was not read, or why it is none.

    `fault` is true where it cannot be read and is plainly meant as a formula: that is told as a mistake.
    """

    span: Span
    status: str
    judged: Judged
    reason: str = ""
    fault: bool = False


def _unreadable(judged: Judged, text: str) -> str:
    """Say why a statement cannot be read, and from where on."""
    problem = judged.read.problem if judged.read is not None else None
    if problem is None:
        return "what its dots stand for nobody wrote" if ".." in text else "it has words that are no names"
    if not isinstance(problem, Unreadable):
        return "its brackets stand in one another too deep"
    found = problem.found.strip()
    return f"it cannot be read from `{found}` on" if found else "it ends too early to be a formula"


class Account:
    """What is checked of a document."""

    def __init__(
        self, source: Source, contents: Contents, document: Document, walked: bool, given: bool = False
    ) -> None:
        """Find out what in a document is about a network; `walked` is true for a file that was found in a folder.

        With `given` each line is meant as a formula: what is none of a network's was not read.
        """
        self._none = UNREAD if given else NO_FORMULA
        self.checked: Ours = ours(contents, document, not walked or source.name.endswith(".shapes"))
        self._source = source
        self._contents = contents

    def entries(self, stretch: Stretch) -> Iterator[Entry]:
        """Yield where the formulas of a stretch end up, in their order."""
        fitted = fitted_at(stretch)
        tainted: set[str] = set()
        for judged in stretch.chosen.judged:
            yield self._entry(stretch, judged, fitted, tainted)

    def _entry(self, stretch: Stretch, judged: Judged, fitted: frozenset[int], tainted: set[str]) -> Entry:
        span = Span(judged.statement.start, judged.statement.end)
        section, code = stretch.chosen.section, judged.statement.notation.grammar == PYTHON
        if judged.verdict is None:
            return self._unread(stretch, judged, span)
        if why := self.checked.passed_over(stretch, judged):
            looks = looks_like_formula(section, judged)
            return Entry(span, UNREAD if looks else self._none, judged, why)
        if code and follows(section, judged, tainted):
            return Entry(span, UNDETERMINED, judged, "it works with a variable whose shape is wrong above")
        if is_prose(judged):
            return Entry(span, self._none, judged, "prose")
        if judged.verdict.problems or contradicts(section, judged):
            return Entry(span, FAULTY, judged)
        if judged.flags & PART:
            return Entry(span, UNREAD, judged, "only a part of it was read")
        status = UNDETERMINED if is_open(judged, fitted) else OK
        if code and not works_something_out(section, judged, status == OK):
            return Entry(span, NO_FORMULA, judged, "it works nothing out")
        return Entry(span, status, judged)

    def _unread(self, stretch: Stretch, judged: Judged, span: Span) -> Entry:
        """Say what becomes of a statement that cannot be read; in files of formulas one that is meant is told."""
        from shapelint.documents.lookalikes import looks_alike  # nearly everything can be read

        plainly = is_plainly_formula(stretch.chosen.section, judged)
        meant = judged.read is not None and judged.read.problem is not None and not judged.read.doubtful
        looks = plainly or meant or looks_alike(self._contents.original, span)
        told = self._contents.plain and self.checked.everything
        fault = told and plainly and not judged.statement.loose
        why = _unreadable(judged, self._source.slice(span))
        return Entry(span, UNREAD if looks else self._none, judged, why, fault)

    def passed_by(self) -> Iterator[tuple[Span, str]]:
        """Yield what looks like a formula and was never taken for one, with the reason."""
        if self._contents.programs and not self._contents.scopes:
            return  # a program that cannot be a network's
        original = self._contents.original
        found = [one for scope in self._contents.scopes for one in scope.statements if one.end > one.start]
        for one in found:
            if one.kind == DECLARATION and self._says_nothing(one):
                yield Span(one.start, one.end), "it says no shape that can be read"
        read = sorted(Span(one.start, one.end) for one in found)
        if _has_words(original, read):
            from shapelint.documents.lookalikes import lookalikes  # a file of formulas has no use for it

            for span in lookalikes(original, kind(self._source.name), self._contents, read):
                yield span, self._why(span)

    def _says_nothing(self, one: Statement) -> bool:
        """Say whether a statement begins to say a shape, and cannot be read."""
        from shapelint.documents.lookalikes import begins_shape

        text = self._contents.text
        meant = self._none == UNREAD or begins_shape(text, one)
        return meant and one.notation.declaration(text, one.start, one.end) is None

    def _why(self, span: Span) -> str:
        if any(one.start <= span.start < one.end for one in self._contents.programs):
            text, original = (
                one[span.start : span.end] for one in (self._contents.text, self._contents.original)
            )
            if "=" in original and not text.strip():
                return "what it stands in is no Python 3"
            return "it stands where a program is not read, or in its strings"
        if not any(sign in self._contents.original[span.start : span.end] for sign in ("=", "←", "≔", "\\")):
            return "it is set to nothing"
        if not self._contents.text[span.start : span.end].strip():
            return "it stands where no formulas are read"
        return "it cannot be told from what stands around it"


def _has_words(text: str, read: Sequence[Span]) -> bool:
    """Say whether anything stands beside what was read."""
    place = 0
    for start, end in (*read, Span(len(text), len(text))):
        if start > place and not text[place:start].isspace():
            return True
        place = max(place, end)
    return False
