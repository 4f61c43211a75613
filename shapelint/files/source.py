"""A file as the checker wants it: what was found comes in, out comes its source or its report; and back."""

from shapelint.diagnostic import ERROR, Diagnostic, Report
from shapelint.files.read import BYTE_ORDER_MARK, Unreadable, read
from shapelint.source import Source, Span


def source(path: str, name: str) -> Source | Report:
    """Return the text of a file under the name it is reported by, or the report that it is unreadable."""
    match read(path):
        case Unreadable() as fault:
            return _report(name, fault)
        case content:
            return Source(name, content.text, BYTE_ORDER_MARK if content.mark else "")


def whole(source: Source) -> str:
    """Return all that stands in the file of a source; in UTF-8 these are the very bytes that were read."""
    return source.mark + source.text


def _report(name: str, fault: Unreadable) -> Report:
    span = Span(fault.offset, min(fault.offset + 1, len(fault.text)))
    notes = (fault.advice,) if fault.advice else ()
    diagnostic = Diagnostic("unreadable", ERROR, fault.reason, span, notes=notes)
    return Report(Source(name, fault.text), (diagnostic,))
