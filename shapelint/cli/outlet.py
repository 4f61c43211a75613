"""Where results go: a file, or standard output with what it can show."""

import io
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TextIO

from shapelint.misuse import Misuse


@contextmanager
def outlet(path: str | None) -> Iterator[TextIO]:
    """Open where the results go; raises Misuse if the file cannot be written."""
    if path is None:
        if isinstance(sys.stdout, io.TextIOWrapper):  # what the encoding lacks becomes an escape, no fault
            sys.stdout.reconfigure(errors="backslashreplace")
        yield sys.stdout
        sys.stdout.flush()
        return
    try:
        file = open(path, "w", encoding="utf-8", errors="backslashreplace")  # noqa: SIM115 - closed below
    except OSError as fault:
        raise Misuse(f"`{path}` cannot be written: {(fault.strerror or str(fault)).lower()}") from None
    with file:
        yield file


def write(pieces: Iterable[str], stream: TextIO) -> None:
    """Write the pieces as they come."""
    for piece in pieces:
        stream.write(piece)
