"""What a run reads: paths and formulas of the command line come in, sources come out one by one."""

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


def inputs(values: Values, settings: Settings) -> Iterator[Input]:
    """Yield the formulas of `-e` and the files; without either those of the current folder."""
    if values.formulas:
        yield Input(FORMULA, "", walked=False)
    paths = values.paths or ([] if values.formulas else ["."])
    for found in find(paths, lambda path: settings.excluded(_name(path, values)), values.force_exclude):
        yield Input(_name(found.path, values), found.path, found.walked)


def content(read: Input, values: Values) -> Source | Report:
    """Return the source of an input, or the report that it is unreadable."""
    if read.path:
        return source(read.path, read.name)
    # One document, a formula a row: what the first declares holds for the others.
    return Source(FORMULA, "\n".join(values.formulas))


def _name(path: str, values: Values) -> str:
    return (values.stdin_filename or "<stdin>") if path == STDIN else path
