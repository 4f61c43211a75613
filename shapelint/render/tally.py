"""What a run found in all: reports come in one by one, the counts come out."""

from collections import Counter
from collections.abc import Iterable

from shapelint.diagnostic import Diagnostic, Report


class Tally:
    """The counts of a run. What was repaired is counted apart, the other counts are of what is left."""

    def __init__(self) -> None:
        """Begin with nothing found."""
        self.files = 0
        self.faulty = 0
        self.changed = 0
        self.formulas = 0
        self.undetermined = 0
        self.unread = 0
        self.conventions: Counter[str] = Counter()
        self.severities: Counter[str] = Counter()
        self.fixed: Counter[str] = Counter()
        self.codes: Counter[str] = Counter()
        self.repairable_codes: Counter[str] = Counter()
        self.repairable: Counter[str] = Counter()

    def add(self, report: Report, before: Report | None = None) -> None:
        """Count what a report holds; `before` is the one of the text before its repairs were written."""
        first = before or report
        self.files += 1
        self.faulty += bool(first.diagnostics)
        self.changed += first.source.text != report.source.text
        self.formulas += report.formulas
        self.undetermined += report.undetermined
        self.unread += report.unread
        self.conventions[report.convention] += 1
        self.fixed += _severities(first.diagnostics) - _severities(report.diagnostics)
        self.severities += _severities(report.diagnostics)
        for diagnostic in report.diagnostics:
            self._count(diagnostic)

    def _count(self, diagnostic: Diagnostic) -> None:
        self.codes[diagnostic.code] += 1
        if diagnostic.fix:
            self.repairable[diagnostic.fix.applicability] += 1
            self.repairable_codes[diagnostic.code] += diagnostic.fix.applicability == "safe"


def _severities(diagnostics: Iterable[Diagnostic]) -> Counter[str]:
    return Counter(diagnostic.severity for diagnostic in diagnostics)
