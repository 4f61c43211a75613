"""Put a new content in the place of a file: in one step, so that at every moment the old or the new one is there."""

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress

_CHANGED = "it was changed meanwhile"


def replace(path: str, before: bytes, after: bytes) -> str | None:
    """Write `after` where `before` was read; return why the file was left alone, None if it was written.

    Of a link the file behind it is replaced. Mode and, as far as we may, owner stay.
    """
    target = os.path.realpath(path)
    try:
        return _replace(target, before, after)
    except FileNotFoundError:
        return _CHANGED
    except OSError as fault:
        what = "it" if fault.filename == target else "its folder"
        return f"{what} cannot be written: {(fault.strerror or str(fault)).lower()}"


def _replace(target: str, before: bytes, after: bytes) -> str | None:
    status = os.stat(target)
    if not stat.S_ISREG(status.st_mode):
        return "it is not a regular file"
    with open(target, "r+b"):  # the folder alone would let us replace a file that must not be written
        pass
    with _beside(target, after) as temporary:
        _dress(temporary, status)
        if not _holds(target, before):  # as late as possible: an editor may be at work on the file
            return _CHANGED
        os.replace(temporary, target)
    return None


@contextmanager
def _beside(target: str, content: bytes) -> Iterator[str]:
    """Write a file of our own in the target's folder: only within one file system is a replacement one step."""
    from tempfile import mkstemp  # most runs write nothing

    handle, path = mkstemp(prefix=".shapelint-", suffix=".tmp", dir=os.path.dirname(target))
    try:
        with open(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())  # else a crash of the machine may leave the new name with no content
        yield path
    finally:
        with suppress(FileNotFoundError):  # it has replaced the target
            os.unlink(path)


def _dress(path: str, status: os.stat_result) -> None:
    """Give a new file the owner and the mode of the old one."""
    if hasattr(os, "chown"):
        with suppress(PermissionError):  # only root may give a file away
            os.chown(path, status.st_uid, status.st_gid)
    os.chmod(path, stat.S_IMODE(status.st_mode))  # after the owner: giving away takes bits of the mode


def _holds(path: str, content: bytes) -> bool:
    with open(path, "rb") as file:
        return file.read(len(content) + 1) == content
