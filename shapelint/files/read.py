"""What stands in a file: its path comes in, out comes its text, or why it cannot be read."""

import errno
import sys
from typing import NamedTuple

from shapelint.files.find import STDIN

LIMIT = 50_000_000
BYTE_ORDER_MARK = "\ufeff"
_MARK = BYTE_ORDER_MARK.encode()
_OTHER_MARKS = (  # UTF-32 first: its mark begins with that of UTF-16
    (b"\xff\xfe\x00\x00", "UTF-32"),
    (b"\x00\x00\xfe\xff", "UTF-32"),
    (b"\xff\xfe", "UTF-16"),
    (b"\xfe\xff", "UTF-16"),
)


class FileText(NamedTuple):
    """The text of a file without its byte-order mark; `mark` remembers that there was one."""

    text: str
    mark: bool = False


class Unreadable(NamedTuple):
    """Why a file cannot be read; where a place can be shown, the text around it and the offset there."""

    reason: str
    advice: str = ""
    text: str = ""
    offset: int = 0


def read(path: str) -> FileText | Unreadable:
    """Read a file, or standard input for `-`; no fault of the file raises."""
    try:
        data = _bytes(path)
    except (OSError, ValueError) as fault:
        return _refused(path, fault)
    if len(data) > LIMIT:
        return Unreadable(f"`{path}` is larger than {LIMIT // 1_000_000} MB, the stated limit")
    return decode(data)


def decode(data: bytes) -> FileText | Unreadable:
    """Return the text that the bytes are in UTF-8, or the first byte that is none."""
    for mark, encoding in _OTHER_MARKS:
        if data.startswith(mark):
            return Unreadable(f"this is {encoding}, not UTF-8", "save the file as UTF-8")
    marked = data.startswith(_MARK)
    nul = data.find(b"\0")
    if nul >= 0:
        return Unreadable(f"{_place(data, nul)} is NUL: this is not a text file")
    try:
        return FileText(data.removeprefix(_MARK).decode("utf-8"), marked)
    except UnicodeDecodeError as fault:
        return _undecodable(data, fault.start + marked * len(_MARK))


def _bytes(path: str) -> bytes:
    if path == STDIN:
        if sys.stdin is None:
            raise ValueError("standard input is closed")
        return sys.stdin.buffer.read(LIMIT + 1)
    with open(path, "rb") as file:  # one byte more than allowed tells, for a pipe without a size too
        return file.read(LIMIT + 1)


def _refused(path: str, fault: OSError | ValueError) -> Unreadable:
    match fault:
        case FileNotFoundError():
            return Unreadable(f"there is no file `{path}`")
        case IsADirectoryError():
            return Unreadable(f"`{path}` is a folder")
        case PermissionError():
            return Unreadable(f"there is no permission to read `{path}`")
        case OSError(errno=errno.ELOOP):
            return Unreadable(f"`{path}` is a link that leads back to itself")
        case OSError(strerror=str(why)):
            return Unreadable(f"`{path}` cannot be read: {why.lower()}")
        case _:  # a NUL in the name, or a closed standard input
            return Unreadable(f"`{path}` cannot be opened: {fault}")


def _undecodable(data: bytes, at: int) -> Unreadable:
    """Show the place: everything before the byte is UTF-8, so its offset in the text is known."""
    before = data[:at].removeprefix(_MARK).decode("utf-8")
    text = data.removeprefix(_MARK).decode("utf-8", "replace")
    reason = f"{_place(data, at)} is 0x{data[at]:02x}, which is not UTF-8"
    return Unreadable(reason, "save the file as UTF-8", text, len(before))


def _place(data: bytes, at: int) -> str:
    row = data.count(b"\n", 0, at) + 1
    return f"the byte at offset {at} (row {row})"
