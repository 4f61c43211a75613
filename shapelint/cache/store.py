"""Entries in the user's cache folder, one file each: written beside and renamed, read with distrust.

An entry is JSON behind a checksum of it. What is damaged, half there or of another kind is no entry; a folder that
cannot be written, or that others may write, or a full disk, only means that nothing is remembered.
"""

import os
import sys
import time
from json import JSONDecodeError, dumps, loads

from shapelint.cache.keys import digest

TYPE_CHECKING = False
if TYPE_CHECKING:  # typing itself is not loaded here: it takes a third of the time of Python's start
    from typing import Any

_OLDEST = 30 * 24 * 3600  # seconds that an entry is kept
_LATEST = 24 * 3600  # seconds between two looks for old ones
_SWEPT = "swept"


def folder() -> str:
    """Return the cache folder of shapelint; SHAPELINT_CACHE_DIR names another one."""
    if named := os.environ.get("SHAPELINT_CACHE_DIR"):
        return named
    if (
        sys.platform == "linux"
    ):  # platformdirs says the same, and costs as much as the rest of a run that recalls
        base = os.environ.get("XDG_CACHE_HOME", "")
        return os.path.join(base if os.path.isabs(base) else os.path.expanduser("~/.cache"), "shapelint")
    from platformdirs import user_cache_dir

    return user_cache_dir("shapelint", appauthor=False)


class Store:
    """The entries of one folder."""

    def __init__(self, path: str) -> None:
        """Take the folder; it is made when something is first written."""
        self._path = path
        self._writes = self._trusted = _is_ours(path)

    def read(self, key: str) -> "Any":
        """Return what is remembered under a key, None where nothing is."""
        if not self._trusted:
            return None
        try:
            with open(self._file(key), "rb") as file:
                check, _, body = file.read().partition(b"\n")
            return loads(body) if check.decode("ascii", "replace") == digest(body) else None
        except (OSError, JSONDecodeError, UnicodeDecodeError, RecursionError):
            return None

    def write(self, key: str, value: object) -> None:
        """Remember a value under a key."""
        if not self._writes:
            return
        path = self._file(key)
        beside = f"{path}.{os.getpid()}-{os.urandom(4).hex()}"  # no other run writes there
        try:
            body = dumps(value, separators=(",", ":")).encode("ascii")
            os.makedirs(
                self._path, mode=0o700, exist_ok=True
            )  # nobody else's business, and nobody else's to change
            os.makedirs(os.path.dirname(path), exist_ok=True)
            with open(beside, "wb") as file:
                file.write(digest(body).encode("ascii") + b"\n" + body)
            os.replace(beside, path)
        except OSError:
            self._writes = False
            _remove(beside)

    def sweep(self) -> None:
        """Take away what was written long ago, once a day."""
        if not self._trusted:
            return
        marker, now = os.path.join(self._path, _SWEPT), time.time()
        try:
            if _age(marker, now) < _LATEST:
                return
            with open(marker, "wb"):
                pass
            for folder, _, names in os.walk(self._path):
                for name in names:
                    path = os.path.join(folder, name)
                    if _age(path, now) > _OLDEST:
                        _remove(path)
        except OSError:
            return

    def _file(self, key: str) -> str:
        return os.path.join(self._path, key[:2], f"{key[2:]}.json")


def _is_ours(path: str) -> bool:
    """Say whether nobody else can write into a folder: what is remembered is written into files by `--fix`."""
    try:
        about = os.stat(path)
    except OSError:
        return True  # it is made when something is first written
    return not hasattr(os, "geteuid") or (about.st_uid == os.geteuid() and not about.st_mode & 0o022)


def _age(path: str, now: float) -> float:
    try:
        return now - os.stat(path).st_mtime
    except OSError:
        return _OLDEST


def _remove(path: str) -> None:
    try:
        os.remove(path)
    except OSError:
        return
