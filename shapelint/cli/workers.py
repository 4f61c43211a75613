"""Texts that are checked side by side, in processes of their own: sources come in, remembered reports come out."""

import os
import signal
from collections.abc import Callable
from concurrent.futures import BrokenExecutor, ProcessPoolExecutor
from typing import Any

from shapelint import check
from shapelint.cache.results import remembered
from shapelint.source import Source


class Workers:
    """So many processes, which are started with the first text."""

    def __init__(self, number: int) -> None:
        """Take how many; 0 takes as many as there are processors."""
        self.number = number or os.cpu_count() or 1
        self._pool = ProcessPoolExecutor(self.number, initializer=_leave_interrupts)

    def begin(self, source: Source, options: check.Options) -> Callable[[], list[Any] | None]:
        """Begin to check a text; call what is returned for the outcome, None where a process failed on it."""
        try:
            work = self._pool.submit(_work, source.name, source.raw, source.mark, options)
        except (BrokenExecutor, RuntimeError):
            return lambda: None

        def outcome() -> list[Any] | None:
            try:
                return work.result()
            except Exception:  # whatever it was, this process comes to the same text and tells
                return None

        return outcome

    def end(self) -> None:
        """Let go of what is not begun, and wait until the processes are gone."""
        self._pool.shutdown(cancel_futures=True)


def _leave_interrupts() -> None:
    """Ctrl-C reaches all processes of a terminal; the one that began the others ends them."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _work(name: str, text: str, mark: str, options: check.Options) -> list[Any]:
    return remembered(check.check(Source(name, text, mark), options))
