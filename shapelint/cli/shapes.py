"""`shapelint shapes`: the analysis of every formula, right or wrong."""

import sys
from collections.abc import Iterable, Iterator, Sequence

from shapelint import render
from shapelint.cli.closing import FAULT, show_files
from shapelint.cli.faults import Faults
from shapelint.cli.inputs import Input, content, inputs
from shapelint.cli.options import add_input, add_output, add_settings
from shapelint.cli.outlet import outlet, write
from shapelint.cli.parser import Parser, add_about
from shapelint.cli.settings import Settings
from shapelint.cli.values import Values, behind
from shapelint.diagnostic import FormulaShapes, Report
from shapelint.render.screen import screen
from shapelint.source import Source

_DESCRIPTION = "The shape of every term of every formula, right or wrong."
_EPILOG = "Exit status: 0; 1 if a file cannot be read; 2 wrong use or a fault of shapelint."


class _Run:
    """The analyses of one run; what could not be read is told on standard error and counted."""

    def __init__(self, values: Values, settings: Settings) -> None:
        self._values = values
        self._settings = settings
        self.faults = Faults(values.verbose)
        self.unreadable = 0

    def analyses(self, found: Iterable[Input]) -> Iterator[render.Analysis]:
        for read in found:
            source = self._opened(read)
            if isinstance(source, Report):
                self._refuse(source)
            elif (formulas := self._analysis(read, source)) is not None:
                yield source, formulas

    def _opened(self, read: Input) -> Source | Report:
        source = content(read, self._values)
        if isinstance(source, Report):
            return source
        from shapelint import check

        return check.opened(source)

    def _analysis(self, read: Input, source: Source) -> tuple[FormulaShapes, ...] | None:
        from shapelint import check

        options = self._settings.options(read.name, read.walked, read.given)
        if read.given:
            from shapelint.cli.given import refuse_others

            refuse_others(check.check(source, options))
        if not self._values.verbose:
            return self.faults.guard(read.name, lambda: check.analyse(source, options))
        from shapelint.cli.reports import tell_world

        def told() -> tuple[FormulaShapes, ...]:
            examined = check.examine(source, options)
            tell_world(examined.report())
            return examined.analysis()

        return self.faults.guard(read.name, told)

    def _refuse(self, report: Report) -> None:
        self.unreadable += 1
        write(render.findings([report], "concise", screen(sys.stderr, self._values.color)), sys.stderr)


def run(arguments: Sequence[str]) -> int:
    """Show the shapes of what the arguments name and return the exit status."""
    words, paths = behind(arguments)
    values = parser().read(words, Values())
    values.paths = [*values.paths, *paths]
    settings = Settings(values)
    found = inputs(values, settings)
    if values.show_files:
        return show_files(found)
    work = _Run(values, settings)
    with outlet(values.output_file) as stream:
        shown = screen(stream, values.color)
        write(render.analyses(work.analyses(found), values.output_format, shown), stream)
    return FAULT if work.faults.count else int(work.unreadable > 0)


def parser() -> Parser:
    """Return the parser of this command."""
    made = Parser("shapelint shapes [options] [PATH ...]", _DESCRIPTION, _EPILOG)
    add_input(made)
    add_settings(made)
    add_output(made, tuple(render.SHAPES))
    add_about(made)
    return made
