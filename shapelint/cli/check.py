"""`shapelint check`: lint files and folders."""

import os
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from shapelint import render
from shapelint.cli.closing import close, show_files, status
from shapelint.cli.faults import Faults
from shapelint.cli.inputs import inputs
from shapelint.cli.outlet import is_taken, outlet, write
from shapelint.cli.replay import Journal
from shapelint.cli.reports import reports
from shapelint.cli.settings import Settings
from shapelint.cli.values import Values, behind, plain
from shapelint.diagnostic import Report
from shapelint.files.find import STDIN
from shapelint.misuse import Misuse
from shapelint.render.screen import Screen, screen
from shapelint.render.tally import Tally

if TYPE_CHECKING:
    from shapelint.cli.parser import Parser

_DESCRIPTION = """\
The dimension analysis of backpropagation formulas, as people write them.

  shapelint [check] PATH ...    lint files and folders
  shapelint shapes PATH ...     the shapes of every formula, right or wrong
  shapelint explain CODE        what a finding means; --list lists them all
  shapelint lsp                 the language server for editors
  shapelint completion SHELL    what completes these words in bash, zsh or fish"""

_EPILOG = """\
CODES are divided by commas, each a code or its beginning; `all` is every code.
Exit status: 0 nothing found or left, 1 something found, or changed by --diff,
2 wrong use, a file that cannot be written, or a fault of shapelint itself."""


def run(arguments: Sequence[str]) -> int:
    """Check what the arguments name and return the exit status."""
    journal = Journal(list(arguments))
    values = plain(arguments) or _parsed(arguments)
    _agree(values)
    settings = Settings(values)
    found = list(inputs(values, settings))
    if values.show_files:
        return show_files(found)
    tally, faults = Tally(), Faults(values.verbose)
    if (
        not found
        or any(read.path == STDIN for read in found)
        or any(map(os.path.isdir, values.paths or ["."]))
    ):
        journal.spoil()
    with outlet(values.output_file, is_taken(values)) as stream:
        told = reports(found, values, settings, tally, faults, journal)
        results = _results(told, values, tally, screen(stream, values.color))
        write(journal.kept(results), stream)
    said = close(values, tally, len(found))
    ended = status(values, tally, faults)
    journal.end(ended, settings.asked(), said)
    return ended


def _agree(values: Values) -> None:
    """Raise Misuse for options that exclude each other: what is wanted must be clear before a file is touched."""
    written = values.output_format
    if values.add_ignore and (values.fix or values.unsafe_fixes):
        raise Misuse("`--add-ignore` and `--fix` exclude each other: repair first, then silence what is left")
    if values.statistics and written not in render.COUNTED:
        raise Misuse(f"`--statistics` are not written as `{written}`; {', '.join(render.COUNTED)} can be")
    if is_taken(values) and written not in render.FOR_PEOPLE and not values.output_file:
        raise Misuse(
            f"standard output is taken by the changed text: give `--output-file` for the `{written}`"
        )


def _parsed(arguments: Sequence[str]) -> Values:
    words, paths = behind(arguments)
    values = parser().read(words, Values())
    values.paths = [*values.paths, *paths]
    return values


def parser() -> "Parser":
    """Return the parser of this command."""
    from shapelint.cli.options import (
        add_findings,
        add_input,
        add_output,
        add_repairs,
        add_settings,
        add_speed,
    )
    from shapelint.cli.parser import Parser, add_about

    made = Parser("shapelint [check] [options] [PATH ...]", _DESCRIPTION, _EPILOG)
    add_input(made)
    add_settings(made)
    add_findings(made)
    add_repairs(made)
    add_output(made, tuple(render.REPORTS))
    add_speed(made)
    add_about(made)
    return made


def _results(checked: Iterable[Report], values: Values, tally: Tally, shown: Screen) -> Iterator[str]:
    if not values.statistics:
        return render.findings(checked, values.output_format, shown)
    from shapelint.render.statistics import statistics

    for _ in checked:  # counted as they pass
        pass
    return statistics(tally, values.output_format, shown)
