"""Garbage is collected when nobody waits: in the middle of typing it would take longer than the check does."""

import asyncio
import gc

_QUIET = 1.0  # seconds without work, after which a collection disturbs nobody
_MOST = 500  # pieces of work after which it is done all the same


class Rest:
    """Puts the collection off from one piece of work to the next, but not for ever."""

    def __init__(self) -> None:
        """Begin to collect only here: Python's own collections are switched off."""
        gc.disable()
        self._timer: asyncio.TimerHandle | None = None
        self._work = 0

    def put_off(self) -> None:
        """Note a piece of work: the rest after it begins anew."""
        self._work += 1
        if self._timer is not None:
            self._timer.cancel()
        quiet = _QUIET if self._work < _MOST else 0
        self._timer = asyncio.get_running_loop().call_later(quiet, self._collect)

    def _collect(self) -> None:
        self._work = 0
        self._timer = None
        gc.collect()
