"""An expect block and what was found in, the expectations that are not met out, one line each."""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from casefile.blocks import Block
from casefile.failure import FormatError
from shapelint.diagnostic import ERROR, Diagnostic, Fix
from shapelint.source import Source, Span

SILENT = "silent"
NO_ERRORS = "no errors"
LINE = re.compile(
    r"(?P<rows>\d+(?:\|\d+)*) +(?P<codes>[a-z-]+(?:\|[a-z-]+)*)"
    r'(?: +at +"(?P<at>.*?)")?(?: +cause +(?P<cause>[a-z]+))?(?: +(?:⇒|=>) +"(?P<term>.*)")?'
)


class Expectation(NamedTuple):
    """One line of an expect block."""

    rows: tuple[int, ...]
    codes: tuple[str, ...]
    place: str
    cause: str | None
    term: str | None
    line: str


class Expected(NamedTuple):
    """An expect block: what it lists, and whether the repairs are compared too."""

    kind: str
    expectations: tuple[Expectation, ...]
    repairs: bool


class Finding(NamedTuple):
    """A diagnostic with the document it was found in."""

    source: Source
    diagnostic: Diagnostic

    @property
    def row(self) -> int:
        return self.source.position(self.diagnostic.span.start).row

    @property
    def place(self) -> str:
        """Return the faulty term with all that is marked around it on its row: the operation and its sides."""
        found = self.diagnostic
        marked = [found.span, *found.marks, *(label.span for label in found.labels)]
        near = [span for span in marked if self.source.position(span.start).row == self.row]
        return self.source.slice(Span(min(span.start for span in near), max(span.end for span in near)))

    def __str__(self) -> str:
        found = self.diagnostic
        return f"{self.row} {found.code} at {self.place!r}: {found.message}"


def read_expected(block: Block) -> Expected:
    """Read an expect block; raise FormatError where a line says nothing."""
    lines = [line.strip() for line in block.text.splitlines() if line.strip()]
    if lines in ([SILENT], [NO_ERRORS]):
        return Expected(lines[0], (), False)
    if not lines:
        raise FormatError(block.row, f"nothing is expected; write `{SILENT}` or `{NO_ERRORS}`")
    expectations = tuple(_expectation(line, block.row) for line in lines)
    return Expected("", expectations, "repairs" in block.words)


def unmet(expected: Expected, findings: Iterable[Finding]) -> Iterator[str]:
    """Say what is missing, what is other than expected, and what nobody expected."""
    left = list(findings)
    for expectation in expected.expectations:
        if found := _taken(expectation, left):
            left.remove(found)
            if expected.repairs:
                yield from _wrong_repair(expectation, found)
        else:
            yield f"not met: {expectation.line}"
    for finding in left:
        if finding.diagnostic.severity == ERROR or expected.kind == SILENT:
            yield f"not expected: {finding}"


def _expectation(line: str, row: int) -> Expectation:
    read = LINE.fullmatch(line)
    if not read:
        raise FormatError(row, f'{line!r} is not of the form `1 inner-sizes at "dZ2 @ W2" ⇒ "W2.T @ dZ2"`')
    rows = tuple(int(number) for number in read["rows"].split("|"))
    codes = tuple(read["codes"].split("|"))
    return Expectation(rows, codes, read["at"] or "", read["cause"], read["term"], line)


def _taken(expectation: Expectation, findings: list[Finding]) -> Finding | None:
    fitting = (
        finding
        for finding in findings
        if finding.row in expectation.rows
        and finding.diagnostic.code in expectation.codes
        and expectation.place in finding.place
    )
    return next(fitting, None)


def _wrong_repair(expectation: Expectation, finding: Finding) -> Iterator[str]:
    cause = finding.diagnostic.cause
    if expectation.cause not in (None, cause):
        yield f"the cause is {cause!r}: {expectation.line}"
    if expectation.term is None:
        return
    repaired = _repaired_row(finding)
    if _bare(expectation.term) not in _bare(repaired):
        yield f"repaired to {repaired!r}: {expectation.line}"


def _repaired_row(finding: Finding) -> str:
    """Return the row that the fix begins to change, as it is then; nothing if there is no fix."""
    fix = finding.diagnostic.fix
    if fix is None or not fix.edits:
        return ""
    row = finding.source.position(min(edit.span.start for edit in fix.edits)).row
    return Source("", _applied(finding.source.text, fix)).line(row)


def _applied(text: str, fix: Fix) -> str:
    for edit in sorted(fix.edits, reverse=True):
        text = text[: edit.span.start] + edit.content + text[edit.span.end :]
    return text


def _bare(text: str) -> str:
    return re.sub(r"\s+", "", text)
