"""A file as the checker wants it: what was found comes in, out comes its source or its report; and back."""

from shapelint.diagnostic import Report, unreadable
from shapelint.files.read import BYTE_ORDER_MARK, Unreadable, read
from shapelint.source import Source


def source(path: str, name: str) -> Source | Report:
    """Return the text of a file under the name it is reported by, or the report that it is unreadable."""
    match read(path):
        case Unreadable() as fault:
            return unreadable(Source(name, fault.text), fault.reason, fault.offset, fault.advice)
        case content:
            return Source(name, content.text, BYTE_ORDER_MARK if content.mark else "")


def whole(source: Source) -> str:
    """Return all that stands in the file of a source; in UTF-8 these are the very bytes that were read."""
    return source.mark + source.raw
