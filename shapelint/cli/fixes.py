"""`--fix`, `--add-ignore` and `--diff`: a report comes in, changes are written or shown, what is left comes out."""

import sys

from shapelint.cli.faults import Faults
from shapelint.cli.inputs import Input
from shapelint.cli.outlet import write_exactly
from shapelint.cli.settings import Settings
from shapelint.cli.values import Values
from shapelint.diagnostic import Diagnostic, Report
from shapelint.files.find import STDIN
from shapelint.files.source import whole
from shapelint.fixing.ignore import ignored
from shapelint.fixing.rounds import repaired
from shapelint.selection import wanted
from shapelint.source import Source


class Fixes:
    """The repairs of one run."""

    def __init__(self, values: Values, settings: Settings, faults: Faults) -> None:
        """Take the options; a file that cannot be written is told to `faults`."""
        self._values = values
        self._settings = settings
        self._faults = faults

    def settle(self, read: Input, report: Report) -> Report:
        """Return the report that holds when the changes are written; the same one if they could not be."""
        after = self._faults.guard(read.name, lambda: self._changed(read, report)) or report
        return after if self._deliver(read, report.source, after.source) else report

    def _changed(self, read: Input, report: Report) -> Report:
        from shapelint import check

        options = self._settings.options(read.name, read.walked, read.given)
        selection = self._settings.selection(read.name)

        def judge(source: Source) -> Report:
            return check.check(source, options)

        def is_wanted(found: Diagnostic) -> bool:
            return wanted(found.code, selection)

        if self._values.add_ignore:
            return ignored(report, judge, is_wanted)
        return repaired(report, judge, is_wanted, self._values.unsafe_fixes)

    def _deliver(self, read: Input, before: Source, after: Source) -> bool:
        """Bring the new text to where it belongs; tell whether it is there."""
        if self._values.diff:
            _show(before.name, _whole(read, before), _whole(read, after), self._values.color)
        elif read.path in ("", STDIN):
            write_exactly(_whole(read, after))
        elif after.text != before.text:
            return self._written(read, before, after)
        return True

    def _written(self, read: Input, before: Source, after: Source) -> bool:
        from shapelint.files.write import replace

        why = replace(read.path, _whole(read, before).encode(), _whole(read, after).encode())
        if why is not None:
            self._faults.undone(read.name, f"left as it was: {why}")
        return why is None


def _whole(read: Input, source: Source) -> str:
    """Return all that stands in a file; formulas of the command line have no line end behind the last."""
    return whole(source) if read.path else f"{source.text}\n"


def _show(name: str, before: str, after: str, colour: str) -> None:
    if after == before:
        return
    from shapelint.render.diff import drawn, unified
    from shapelint.render.screen import screen

    lines = unified(name, before, after)
    shown = screen(sys.stdout, colour)
    if shown.colour or sys.stdout.isatty():
        print("".join(drawn(lines, shown)), end="", flush=True)
    else:
        write_exactly("".join(lines))
