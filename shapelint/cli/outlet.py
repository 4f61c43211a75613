"""Where results go: a file, or standard output with what it can show."""

import io
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TextIO

from shapelint.cli.values import Values
from shapelint.files.find import STDIN
from shapelint.misuse import Misuse


def is_taken(values: Values) -> bool:
    """Tell whether standard output is for texts, and not for findings.

    The texts are a diff, or standard input and the formulas of `-e` when they are changed.
    """
    changes = values.fix or values.add_ignore
    return bool(values.diff or (changes and (values.formulas or STDIN in values.paths)))


@contextmanager
def outlet(path: str | None, aside: bool = False) -> Iterator[TextIO]:
    """Open where the results go; raises Misuse if the file cannot be written.

    With `aside` they leave standard output to texts and go to standard error.
    """
    if isinstance(sys.stdout, io.TextIOWrapper):  # what the encoding lacks becomes an escape, no fault
        sys.stdout.reconfigure(errors="backslashreplace")
    if path is None:
        stream = sys.stderr if aside else sys.stdout
        yield stream
        stream.flush()
        return
    try:
        file = open(path, "w", encoding="utf-8", errors="backslashreplace")  # noqa: SIM115 - closed below
    except OSError as fault:
        raise Misuse(f"`{path}` cannot be written: {(fault.strerror or str(fault)).lower()}") from None
    with file:
        yield file


def write_exactly(text: str) -> None:
    """Write a text to standard output in UTF-8 whatever its encoding is, and leave its line ends alone."""
    sys.stdout.flush()
    sys.stdout.buffer.write(text.encode("utf-8"))
    sys.stdout.buffer.flush()


def write(pieces: Iterable[str], stream: TextIO) -> None:
    """Write the pieces as they come."""
    for piece in pieces:
        stream.write(piece)
