"""What is found in a document, as it comes in."""

from shapelint.diagnostic import Diagnostic, Label
from shapelint.infer.section import Judged, Section
from shapelint.shapes import settled
from shapelint.source import Source, Span

MOST_FINDINGS = 20  # of one formula


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
