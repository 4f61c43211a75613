"""What a run found in all: reports come in one by one, counts and the closing sentence come out."""

from collections import Counter

from shapelint.diagnostic import ERROR, WARNING, Diagnostic, Report


class Tally:
    """The counts of a run."""

    def __init__(self) -> None:
        """Begin with nothing found."""
        self.files = 0
        self.faulty = 0
        self.formulas = 0
        self.undetermined = 0
        self.repairable = 0
        self.severities: Counter[str] = Counter()
        self.codes: Counter[str] = Counter()
        self.repairable_codes: Counter[str] = Counter()
        self.conventions: Counter[str] = Counter()

    def add(self, report: Report) -> None:
        """Count what a report holds."""
        self.files += 1
        self.faulty += bool(report.diagnostics)
        self.formulas += report.formulas
        self.undetermined += report.undetermined
        self.conventions[report.convention] += 1
        for diagnostic in report.diagnostics:
            self._count(diagnostic)

    def _count(self, diagnostic: Diagnostic) -> None:
        self.severities[diagnostic.severity] += 1
        self.codes[diagnostic.code] += 1
        if diagnostic.fix and diagnostic.fix.applicability == "safe":
            self.repairable_codes[diagnostic.code] += 1
            self.repairable += 1


def summary(tally: Tally) -> str:
    """Return the sentence that ends a run on a terminal, and a line for conventions other than ng."""
    checked = f"({count(tally.formulas, 'formula')} checked, {tally.undetermined} undetermined)"
    return "\n".join([_found(tally, checked), *_conventions(tally)]) + "\n"


def count(number: int, noun: str) -> str:
    """Return a number with its noun, in the plural where there is not one."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _found(tally: Tally, checked: str) -> str:
    kinds = [count(tally.severities[kind], kind) for kind in (ERROR, WARNING) if tally.severities[kind]]
    if not kinds:
        return f"No faults found in {count(tally.files, 'file')} {checked}"
    repairs = f"; {tally.repairable} can be repaired with --fix" if tally.repairable else ""
    return f"Found {' and '.join(kinds)} in {tally.faulty} of {count(tally.files, 'file')} {checked}{repairs}"


def _conventions(tally: Tally) -> list[str]:
    others = sorted(name for name in tally.conventions if name != "ng")
    return [f"Read under the convention {name}: {count(tally.conventions[name], 'file')}" for name in others]
