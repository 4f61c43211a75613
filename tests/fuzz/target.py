"""What is fuzzed: bytes in, a report out, whatever they are. An exception is a fault, and so is a report that moves."""

import json

from shapelint.check import Options, analyse, check
from shapelint.fixing.edits import edited
from shapelint.source import Source

from .corpus import CELL, KINDS


def run(kind: str, data: bytes) -> None:
    """Check bytes as a file of a kind, and ask what others ask of the answer: places, shapes, repairs."""
    source = Source(KINDS[kind], content(kind, data))
    report = check(source, Options(walked=len(data) % 2 == 1, listing=len(data) % 3 == 0))
    for found in report.diagnostics:
        assert 0 <= found.span.start <= found.span.end <= len(report.source.text), found
        report.source.position(found.span.start)
    if len(data) % 5 == 0:
        analyse(source)
        edited(report.source, [one for one in report.diagnostics if one.fix is not None][:1])


def content(kind: str, data: bytes) -> str:
    """Return the text of the file that is checked."""
    text = data.decode("utf-8", "replace")
    if kind != "cells":
        return text
    cells = [
        {"cell_type": "code" if number % 2 else "markdown", "metadata": {}, "source": source}
        for number, source in enumerate(text.split(CELL))
    ]
    return json.dumps({"cells": cells, "nbformat": 4, "nbformat_minor": 5})


def chosen(data: bytes) -> tuple[str, bytes]:
    """Let the first byte choose the reader."""
    kinds = tuple(KINDS)
    return (kinds[data[0] % len(kinds)], data[1:]) if data else (kinds[0], data)
