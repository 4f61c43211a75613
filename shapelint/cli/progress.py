"""A line on standard error that says how far a run is: on a terminal only, and only where it takes a while."""

import sys
from time import monotonic

from shapelint.render.visible import visible

_PATIENCE = 0.5  # seconds before it appears
_PAUSE = 0.1  # seconds between two changes of it
_WIDTH = 70
_ERASE = "\r\x1b[K"


class Progress:
    """The line of one run over so many files."""

    def __init__(self, total: int, wanted: bool) -> None:
        """Begin; nothing is ever shown where standard error is no terminal."""
        self._total = total
        self._shows = wanted and sys.stderr.isatty()
        self._next = monotonic() + _PATIENCE
        self._done = 0
        self._there = False

    def step(self, name: str) -> None:
        """Say that a file is done."""
        self._done += 1
        if self._shows and monotonic() >= self._next:
            self._next = monotonic() + _PAUSE
            self._there = True
            line = f"{self._done} of {self._total} files: {name}"
            sys.stderr.write(f"{_ERASE}{visible(line)[:_WIDTH]}")
            sys.stderr.flush()

    def make_room(self) -> None:
        """Take the line away before results are written, if they come to the same place."""
        if self._there and sys.stdout.isatty():
            self.clear()

    def clear(self) -> None:
        """Take the line away."""
        if self._there:
            self._there = False
            sys.stderr.write(_ERASE)
            sys.stderr.flush()
