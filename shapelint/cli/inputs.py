"""What a run reads: paths and formulas of the command line come in, sources come out one by one."""

import os
from collections.abc import Iterator
from typing import NamedTuple

from shapelint.cli.settings import Settings
from shapelint.cli.values import Values
from shapelint.diagnostic import Report
from shapelint.files.find import STDIN, find
from shapelint.files.source import source
from shapelint.source import Source

FORMULA = "<formula>"


class Input(NamedTuple):
    """One thing to read: `name` is what it is reported by, and what its settings are looked up for."""

    name: str
    path: str
    walked: bool

    @property
    def given(self) -> bool:
        """Say whether these are formulas of the command line."""
        return not self.path


def inputs(values: Values, settings: Settings) -> Iterator[Input]:
    """Yield the formulas of `-e` and the files; without either those of the current folder."""
    if values.formulas:
        from shapelint.cli.given import refuse_empty  # most runs read files

        refuse_empty(values.formulas)
        yield Input(FORMULA, "", walked=False)
    paths = values.paths or ([] if values.formulas else ["."])
    for found in find(paths, lambda path: settings.excluded(_name(path, values)), values.force_exclude):
        yield Input(_name(found.path, values), found.path, found.walked)


def content(read: Input, values: Values) -> Source | Report:
    """Return the source of an input, or the report that it is unreadable."""
    if read.path:
        found = source(read.path, read.name)
        return _advised(found, read.path) if isinstance(found, Report) else found
    # One document, a formula a row: what the first declares holds for the others.
    return Source(FORMULA, "\n".join(values.formulas))


def _advised(report: Report, path: str) -> Report:
    """Say what was probably meant by a path that does not exist."""
    if path == STDIN or os.path.lexists(path):
        return report
    from shapelint.cli.meant import advice  # nearly every path exists

    meant = advice(path)
    told = tuple(one._replace(notes=(*one.notes, meant)) for one in report.diagnostics)
    return report._replace(diagnostics=told) if meant else report


def _name(path: str, values: Values) -> str:
    return (values.stdin_filename or "<stdin>") if path == STDIN else path
