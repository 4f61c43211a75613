"""The raw JSON of a notebook in, its cells out, each with the places of the strings that its source is made of.

Only what leads to a cell's source is walked here. Every other value, outputs of many megabytes among them, is
left to the decoder of `json`, which is written in C: it says where the value ends, and the value is dropped.
So what is read, and what is refused, is what `json.loads` reads and refuses, without a parser of our own.
"""

import re
from collections.abc import Callable
from json import JSONDecodeError, JSONDecoder, loads
from typing import Any, NamedTuple, NoReturn, TypeAlias

from shapelint.source import Span

# A reader takes the text and the place of a value, and returns the value and the place behind it.
_Reader: TypeAlias = Callable[[str, int], tuple[Any, int]]

_decode: _Reader = JSONDecoder().raw_decode
_BLANKS = re.compile(r"[ \t\n\r]*")


class String(NamedTuple):
    """A string: what it says, and its stretch of the raw text inside the quotes."""

    text: str
    raw: Span


class RawCell(NamedTuple):
    """A cell: its number counts from 1 over all cells of the notebook, whatever their kind."""

    number: int
    kind: str
    strings: tuple[String, ...]


class NoNotebookError(Exception):
    """Raised for JSON that is no notebook, at the place of the value that should be another."""

    def __init__(self, place: int) -> None:
        """Take the place in the raw text."""
        super().__init__(place)
        self.place = place


def cells(raw: str) -> list[RawCell]:
    """Return the cells that have a source, in their order.

    Raises NoNotebookError, and for what is no JSON what `json.loads` raises: ValueError (a JSONDecodeError
    where the place is known) or RecursionError.
    """
    try:
        members = _notebook(raw)
    except JSONDecodeError:
        loads(raw)  # says the same with more precise words
        raise
    # Up to version 3 cells lay on worksheets.
    sheets = [members] if "cells" in members else _list(members["worksheets"])
    found = [cell for sheet in sheets for cell in _list(sheet.get("cells", []))]
    raw_cells = (_raw_cell(number, cell) for number, cell in enumerate(found, 1))
    return [cell for cell in raw_cells if cell is not None]


def _list(found: list[dict[str, Any]] | int) -> list[dict[str, Any]]:
    """Return a list of objects; raises NoNotebookError where the place of something else was found."""
    if isinstance(found, int):
        raise NoNotebookError(found)
    return found


def _raw_cell(number: int, members: dict[str, Any]) -> RawCell | None:
    """Return a cell, None if its source holds no string, or something else."""
    kind, source = members.get("cell_type"), members.get("source")
    strings = source if isinstance(source, list) else [source]
    texts = tuple(string for string in strings if isinstance(string, String))
    return (
        RawCell(number, kind, texts) if texts and texts == tuple(strings) and isinstance(kind, str) else None
    )


def _notebook(raw: str) -> dict[str, Any]:
    place = _past(raw, 0)
    if not raw.startswith("{", place):
        loads(raw)
        raise NoNotebookError(place)
    members: dict[str, Any]
    members, end = _object(raw, place, {"cells": _cells, "worksheets": _sheets})
    if (end := _past(raw, end)) < len(raw):
        _fail(raw, end)
    if not members:
        raise NoNotebookError(place)
    return members


def _sheets(raw: str, place: int) -> tuple[Any, int]:
    return _objects(raw, place, {"cells": _cells})


def _cells(raw: str, place: int) -> tuple[Any, int]:
    return _objects(raw, place, {"source": _source, "cell_type": _decode})


def _source(raw: str, place: int) -> tuple[Any, int]:
    """Read a source, which is a string or a list of strings."""
    return _array(raw, place, _string) if raw.startswith("[", place) else _string(raw, place)


def _string(raw: str, place: int) -> tuple[Any, int]:
    value, end = _decode(raw, place)
    return (String(value, Span(place + 1, end - 1)) if isinstance(value, str) else None), end


def _objects(raw: str, place: int, readers: dict[str, _Reader]) -> tuple[Any, int]:
    """Read a list of objects, in which what is none counts as an empty one; of another value return the place."""
    if not raw.startswith("[", place):
        return place, _decode(raw, place)[1]

    def entry(raw: str, place: int) -> tuple[Any, int]:
        return _object(raw, place, readers) if raw.startswith("{", place) else ({}, _decode(raw, place)[1])

    return _array(raw, place, entry)


def _array(raw: str, place: int, reader: _Reader) -> tuple[Any, int]:
    values: list[Any] = []

    def entry(place: int) -> int:
        value, end = reader(raw, place)
        values.append(value)
        return end

    return values, _entries(raw, place, "]", entry)


def _object(raw: str, place: int, readers: dict[str, _Reader]) -> tuple[Any, int]:
    """Read the members that there are readers for; of two with the same key the last one holds, as in `json`."""
    members: dict[str, Any] = {}

    def member(place: int) -> int:
        key, end = _decode(raw, place) if raw.startswith('"', place) else _fail(raw, place)
        place = _past(raw, end)
        place = _past(raw, place + 1) if raw.startswith(":", place) else _fail(raw, place)
        value, end = readers.get(key, _decode)(raw, place)
        if key in readers:
            members[key] = value
        return end

    return members, _entries(raw, place, "}", member)


def _entries(raw: str, place: int, closing: str, entry: Callable[[int], int]) -> int:
    """Read what stands between two brackets, divided by commas; return the place behind the closing one."""
    place = _past(raw, place + 1)
    if raw.startswith(closing, place):
        return place + 1
    while True:
        place = _past(raw, entry(place))
        if raw.startswith(closing, place):
            return place + 1
        place = _past(raw, place + 1) if raw.startswith(",", place) else _fail(raw, place)


def _past(raw: str, place: int) -> int:
    """Return the place behind blanks."""
    match = _BLANKS.match(raw, place)
    return match.end() if match else place


def _fail(raw: str, place: int) -> NoReturn:
    raise JSONDecodeError("Expecting something else", raw, place)
