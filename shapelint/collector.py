"""What is found in a document, as it comes in."""

from collections.abc import Iterable
from itertools import islice
from typing import TypeVar

from shapelint.diagnostic import Diagnostic, Label
from shapelint.infer.judged import Judged
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
    """What was found so far."""

    def __init__(self, source: Source, text: str, listing: bool) -> None:
        """Begin with nothing found; with `listing` what was read is noted, too."""
        self.source = source
        self.text = text
        self.diagnostics: list[Diagnostic] = []
        self.extents: list[Span] = []
        self.passed_over: list[Label] = []
        self.read: list[Label] = []
        self.listing = listing
        self.formulas = 0
        self.undetermined = 0

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

    def note(self, section: Section, judged: Judged, span: Span) -> None:
        """Note a formula that was read, and what its target is, if somebody wants to know."""
        if self.listing and judged.verdict is not None:
            from shapelint.explain.phrases import shape_text

            shape = settled(judged.verdict.target)
            target = self.source.slice(judged.statement.target)
            spelled = "unknown" if shape is None else shape_text(shape, section.facts.spellings)
            self.read.append(Label(span, f"{target} is {spelled}"))

    def pass_over(self, span: Span, why: str) -> None:
        """Note a place that is left alone."""
        self.passed_over.append(Label(span, why))
