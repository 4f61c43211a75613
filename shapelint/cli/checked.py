"""Inputs in, each with its report out, in the same order: recalled, checked here, or checked side by side."""

import gc
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from shapelint.cache.results import Results, recalled
from shapelint.cache.store import Store, folder
from shapelint.cli.faults import Faults
from shapelint.cli.inputs import Input, content
from shapelint.cli.replay import Journal
from shapelint.cli.settings import Settings
from shapelint.cli.values import Values
from shapelint.diagnostic import Report
from shapelint.files.source import whole
from shapelint.source import Source

if TYPE_CHECKING:
    from shapelint.check import Options
    from shapelint.cli.workers import Workers

_AHEAD = 4  # texts that wait for each process, so that none is idle while results are written
_FEW = 8  # files that are checked before another process would be ready


class Checked(NamedTuple):
    """An input with its report, None where the program failed on it; `refused` is one that cannot be read."""

    read: Input
    report: Report | None
    refused: bool


_Waiting: TypeAlias = Callable[[], Checked]


def checked(
    found: Sequence[Input], values: Values, settings: Settings, faults: Faults, journal: Journal
) -> Iterator[Checked]:
    """Yield each input with its report."""
    store = None if values.no_cache or values.verbose else Store(folder())
    workers = _workers(values, len(found))
    run = _Run(values, settings, faults, journal, Results(store) if store else None, workers)
    waiting: deque[_Waiting] = deque()
    try:
        for read in found:
            waiting.append(run.begin(read))
            if len(waiting) > run.ahead:
                yield waiting.popleft()()
        while waiting:
            yield waiting.popleft()()
    finally:
        if workers is not None:
            workers.end()
    if store is not None and run.missed:
        store.sweep()


def _workers(values: Values, number: int) -> "Workers | None":
    if values.jobs in (None, 1) or number < _FEW:
        return None
    from shapelint.cli.workers import Workers

    return Workers(values.jobs or 0)


class _Run:
    """What all inputs of a run share."""

    def __init__(
        self,
        values: Values,
        settings: Settings,
        faults: Faults,
        journal: Journal,
        results: Results | None,
        workers: "Workers | None",
    ) -> None:
        self._values = values
        self._settings = settings
        self._faults = faults
        self._journal = journal
        self._results = results
        self._workers = workers
        self.ahead = workers.number * _AHEAD if workers is not None else 0
        self.missed = 0

    def begin(self, read: Input) -> _Waiting:
        """Read a file and begin to check it; call what is returned for the outcome."""
        source = content(read, self._values)
        if isinstance(source, Report):
            self._journal.spoil()
            refusal = Checked(read, source, refused=True)
            return lambda: refusal
        if read.path:
            self._journal.saw(read.path, whole(source).encode())
        options = self._settings.options(read.name, read.walked, read.given)
        if self._results is not None and (found := self._results.find(source, options)) is not None:
            report = _report(source, found)
            if report is not None:
                return lambda: Checked(read, report, refused=False)
        self.missed += 1
        begun = self._workers.begin(source, options) if self._workers is not None else None
        return lambda: Checked(read, self._outcome(read, source, options, begun), refused=False)

    def _outcome(
        self, read: Input, source: Source, options: "Options", begun: Callable[[], list[Any] | None] | None
    ) -> Report | None:
        found = begun() if begun is not None else None
        report = None if found is None else _report(source, found)
        if report is None:
            report = self._faults.guard(read.name, lambda: _check(source, options))
        if report is not None and self._results is not None:
            self._results.keep(source, options, report)
        return report


def _check(source: Source, options: "Options") -> Report:
    from shapelint import check  # the engine: a run that finds nothing to check does not load it

    gc.enable()
    return check.check(source, options)


def _report(source: Source, found: list[Any]) -> Report | None:
    """Return a remembered report; None for what is none, whoever wrote it."""
    try:
        report = recalled(source, found)
    except (TypeError, ValueError):
        return None
    if not report.diagnostics:
        return report
    from shapelint import check

    opened = check.opened(source)  # the places in a notebook are those of its cells
    return report._replace(source=opened) if isinstance(opened, Source) else report
