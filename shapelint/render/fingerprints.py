"""What tells a finding from others when lines have moved: a report comes in, a fingerprint for each finding comes out.

It is made of the file's name, the code, the line's text and the faulty term, and of a number for each further finding
that is the same in all of them; no row and no column is part of it, nor are the words of the message.
"""

from collections import Counter
from collections.abc import Iterator
from hashlib import blake2b

from shapelint.diagnostic import Diagnostic, Report
from shapelint.render.paths import relative

_SIZE = 16


def fingerprints(report: Report) -> Iterator[tuple[Diagnostic, str]]:
    """Yield each finding of a report with its fingerprint, 32 hexadecimal digits."""
    source, name = report.source, relative(report.source.name)
    seen: Counter[tuple[str, ...]] = Counter()
    for found in report.diagnostics:
        line = " ".join(source.line(source.row(found.span.start)).split()) if source.text else found.message
        same = (name, found.code, line, source.slice(found.span))
        number = seen[same]
        seen[same] += 1
        told = "\0".join((*same, str(number))).encode("utf-8", "surrogatepass")
        yield found, blake2b(told, digest_size=_SIZE).hexdigest()
