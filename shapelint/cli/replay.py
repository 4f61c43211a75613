"""A run that is said again: the same command on the same files, which writes and exits as it did.

What a run wrote is remembered with a digest of each file that it depended on: those that it read, and those where a
configuration was looked for. If none of them changed there is nothing to parse, to check or to draw, and little to
load: this is what a hook costs a commit that changes nothing of it.
"""

import os
import sys
import time

from shapelint.cache.keys import digest, program
from shapelint.cache.store import Store, folder

TYPE_CHECKING = False
if TYPE_CHECKING:  # typing itself is not loaded here: it takes a third of the time of Python's start
    from collections.abc import Iterable, Iterator

_WORLD = ("NO_COLOR", "FORCE_COLOR", "TERM", "COLUMNS")  # what changes how results are drawn
_NEVER = (
    "--fix",
    "--add-ignore",
    "--diff",
    "--no-cache",
    "--show-files",
    "--output-file",
    "-",
    "-v",
    "--verbose",
)
_LONGEST = 1_000_000  # characters of what is said again


def key(arguments: "list[str]") -> "str | None":
    """Return what a run is found by, None for one that is not to be remembered: it acts, or a person watches it."""
    if not arguments or sys.stdout.isatty() or any(word.partition("=")[0] in _NEVER for word in arguments):
        return None
    world = [f"{name}={os.environ.get(name)}" for name in _WORLD]
    return digest("run", program(), os.getcwd(), sys.stdout.encoding, *world, "\n", *arguments)


def replayed(arguments: "list[str]") -> "int | None":
    """Say a run again and return its status; None where it has to be run."""
    run = key(arguments)
    found = Store(folder()).read(run) if run else None
    if not isinstance(found, dict):
        return None
    files, text, status, said = (found.get(one) for one in ("files", "text", "status", "said"))
    if not isinstance(files, dict) or not isinstance(text, str) or status not in (0, 1):
        return None
    if not isinstance(said, str):
        return None
    if any(state(path) != known for path, known in files.items()):
        return None
    if text:
        sys.stdout.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]  # as the outlet does
        sys.stdout.write(text)
        sys.stdout.flush()
    sys.stderr.write(said)
    return int(status)


class Journal:
    """What a run depends on and what it writes, noted while it runs."""

    def __init__(self, arguments: "list[str]") -> None:
        """Begin; a run that is not to be remembered is noted for nothing."""
        self._key = key(arguments)
        self._begun = time.time()
        self._files: dict[str, str] = {}
        self._text: list[str] = []
        self._length = 0

    def saw(self, path: str, data: bytes) -> None:
        """Note what stood in a file."""
        if self._key:
            self._files[path] = digest(data)

    def spoil(self) -> None:
        """Give up: something was met that no digest tells again."""
        self._key = None
        self._text.clear()

    def kept(self, pieces: "Iterable[str]") -> "Iterator[str]":
        """Yield the pieces that are written, and note them."""
        for piece in pieces:
            if self._key:
                self._text.append(piece)
                self._length += len(piece)
                if self._length > _LONGEST:
                    self.spoil()
            yield piece

    def end(self, status: int, asked: "list[str] | None", said: str) -> None:
        """Remember the run, with what it `said` last; `asked` are the paths where a configuration was looked for."""
        if not self._key or asked is None or status not in (0, 1):
            return
        if any(_changed_since(path, self._begun) for path in asked):
            return
        files = self._files | {path: state(path) for path in asked}
        run = {"files": files, "text": "".join(self._text), "status": status, "said": said}
        Store(folder()).write(self._key, run)


def _changed_since(path: str, moment: float) -> bool:
    try:
        return os.stat(path).st_mtime >= moment
    except OSError:
        return False


def state(path: str) -> str:
    """Return a digest of a file, or what it is instead of one."""
    try:
        with open(path, "rb") as file:
            return digest(file.read())
    except IsADirectoryError:
        return "folder"
    except (OSError, ValueError):
        return "nothing"
