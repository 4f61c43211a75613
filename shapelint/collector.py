"""What is found in a document, as it comes in."""

from collections.abc import Iterable
from itertools import islice
from typing import TypeVar

from shapelint.account import Entry
from shapelint.diagnostic import FAULTY, OK, UNDETERMINED, UNREAD, Diagnostic, Listed
from shapelint.infer.section import Section
from shapelint.shapes import settled
from shapelint.source import Source, Span

MOST_FINDINGS = 20  # of one formula
_Fact = TypeVar("_Fact")


def at_most(facts: Iterable[_Fact]) -> tuple[list[_Fact], int]:
    """Return as many facts about one formula as are shown, and how many more there are."""
    rest = iter(facts)
    shown = list(islice(rest, MOST_FINDINGS))
    return shown, sum(1 for _ in rest) if len(shown) == MOST_FINDINGS else 0


class Collector:
    """What was found so far: findings, and how many formulas ended up where."""

    def __init__(self, source: Source, text: str, listing: bool, hints: bool) -> None:
        """Begin with nothing found; with `listing` each formula is listed, with `hints` what was not checked, too."""
        self.source = source
        self.text = text
        self.diagnostics: list[Diagnostic] = []
        self.extents: list[Span] = []
        self.listed: list[Listed] = []
        self.listing = listing
        self.hints = hints
        self.counts = {OK: 0, FAULTY: 0, UNDETERMINED: 0, UNREAD: 0}

    def add(self, diagnostic: Diagnostic, extent: Span) -> None:
        """Add a finding about a statement."""
        self.diagnostics.append(diagnostic)
        self.extents.append(extent)

    def leave_out(self, number: int) -> None:
        """Say with the last finding how many more its formula has, if it has."""
        if number:
            from shapelint.explain.phrases import more_findings

            last = self.diagnostics[-1]
            self.diagnostics[-1] = last._replace(notes=(*last.notes, more_findings(number)))

    def unread(self, span: Span, why: str) -> None:
        """Count a formula that was not read, and tell why."""
        self.counts[UNREAD] += 1
        self.list(span, UNREAD, why)
        if self.hints:
            from shapelint.explain.asides import unread

            self.add(unread(self.source, span, why), span)

    def list(self, span: Span, status: str, words: str) -> None:
        """Note where a formula ends up, if somebody wants to know."""
        if self.listing:
            self.listed.append(Listed(span, status, words))

    def list_right(self, section: Section, entry: Entry) -> None:
        """Note a formula that is right with the shape of its target, if somebody wants to know."""
        if self.listing and entry.judged.verdict is not None:
            from shapelint.explain.phrases import shape_text

            shape = settled(entry.judged.verdict.target)
            target = self.source.slice(entry.judged.statement.target)
            spelled = "" if shape is None else f" is {shape_text(shape, section.facts.spellings)}"
            self.list(entry.span, OK, f"{target}{spelled}")
