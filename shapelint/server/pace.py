"""When what waits is shown: edits, cursors and saves come in; a call for each document that may be shown as it is."""

import asyncio
from collections.abc import Callable, Iterable
from typing import NamedTuple

from shapelint.server.document import Document
from shapelint.server.typed import NOWHERE, Typed, typed

_MOMENT = (
    500  # milliseconds after which other lines are shown as they are, where the line itself does not wait
)


class _Wait(NamedTuple):
    """What is shown later: the clock that runs until then, and who waits for it."""

    timer: asyncio.TimerHandle
    over: asyncio.Future[None]


class Pace:
    """The lines that are being typed, a document each, and when nobody types any more."""

    def __init__(self, settled: Callable[[str], None]) -> None:
        """Begin with nobody typing; `settled` is told the documents whose reader waits no longer."""
        self._settled = settled
        self._typed: dict[str, Typed] = {}
        self._edited: dict[str, float] = {}
        self._waits: dict[str, _Wait] = {}

    def of(self, uri: str) -> Typed | None:
        """Return the line of a document that is being typed, None if none is."""
        return self._typed.get(uri)

    def edit(self, edits: Iterable[tuple[Document | None, Document]]) -> None:
        """Take the versions before and after an edit: of a document, or of all the cells of a notebook."""
        pairs = [(old, new) for old, new in edits if old is not None]
        changed = {new.uri: typed(old, new, self.of(new.uri)) for old, new in pairs if old.text != new.text}
        if not changed:
            return
        busy = any(changed.values())
        for old, new in pairs:
            beside = typed(old, new, self.of(new.uri), NOWHERE) if busy else None
            self._note(new.uri, changed.get(new.uri, beside))

    def cursor(self, uri: str, line: int) -> None:
        """Take where the cursor is: in another line than the one that was typed, nobody types that one."""
        now = self.of(uri)
        if now is not None and line != now.line:
            self.settle(uri)

    def settle(self, uri: str) -> None:
        """Show a document as it is."""
        waited = uri in self._waits
        self.forget(uri)
        if waited:
            self._settled(uri)

    def forget(self, uri: str) -> None:
        """Drop what is known of a document."""
        self._typed.pop(uri, None)
        self._edited.pop(uri, None)
        self._stop(uri)

    def forget_all(self) -> None:
        """Drop what is known of every document."""
        for uri in list(self._typed):
            self.forget(uri)

    def wait(self, uri: str, delay: int) -> asyncio.Future[None]:
        """Note that something waits, for so many milliseconds after the last edit; return what tells the end of it."""
        loop = asyncio.get_running_loop()
        if uri not in self._waits:
            left = self._edited.get(uri, 0.0) + (delay or _MOMENT) / 1000 - loop.time()
            self._waits[uri] = _Wait(loop.call_later(max(left, 0), self.settle, uri), loop.create_future())
        return self._waits[uri].over

    def _note(self, uri: str, now: Typed | None) -> None:
        self.forget(uri)
        if now is not None:
            self._typed[uri] = now
            self._edited[uri] = asyncio.get_running_loop().time()

    def _stop(self, uri: str) -> None:
        wait = self._waits.pop(uri, None)
        if wait is not None:
            wait.timer.cancel()
            wait.over.set_result(None)
