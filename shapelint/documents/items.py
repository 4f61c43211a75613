"""The statements of a section in, those of its list items out where each item declares names of its own.

`- 2-layer network` with its `W_1`, then `- 3-layer network` with another `W_1`: what an item declares holds in it.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from shapelint.documents.statements import DECLARATION, Statement
from shapelint.patterns import lazy


class Item(NamedTuple):
    """An item that stands in no other: its extent, and the number of its list."""

    start: int
    end: int
    number: int


_DECLARED = lazy(r"\s*(?P<names>[^=]{1,60}?)\s*(?:\\in(?![A-Za-z])|∈)\s*(?P<shape>[^=]{1,120})")
_LINE = re.compile(r"(?P<indent>[ \t]*)(?:(?P<mark>[-*+]|\d{1,3}[.)])[ \t]+)?(?P<text>[^\n]*)(?:\n|\Z)")


def by_item(original: str, own: Sequence[Statement]) -> list[list[Statement]]:
    """Return the statements outside of such items, then those of each item."""
    said = [(one, match) for one in own if (match := _declared(original, one)) is not None]
    shapes: dict[str, set[str]] = {}
    for _, match in said:
        shapes.setdefault(_plain(match["names"]), set()).add(_plain(match["shape"]))
    if all(len(one) < 2 for one in shapes.values()):
        return [list(own)]
    items = _items(original, own[0].start, own[-1].end)
    places = {one.start: _item_at(items, one.start) for one in own}
    using = {
        places[one.start] for one in own if one.kind != DECLARATION
    }  # a list of names is one of a section
    lists = _lists([(one, match) for one, match in said if places[one.start] in using], places)
    found: dict[Item | None, list[Statement]] = {None: []}
    for one in own:
        item = places[one.start]
        found.setdefault(item if item is not None and item.number in lists else None, []).append(one)
    return list(found.values())


def _declared(original: str, one: Statement) -> re.Match[str] | None:
    if one.kind != DECLARATION:
        return None
    return _DECLARED.match(original[one.start : one.end])


def _plain(text: str) -> str:
    return "".join(text.split())


def _lists(said: Sequence[tuple[Statement, re.Match[str]]], places: dict[int, Item | None]) -> set[int]:
    """Return the lists of which two items declare one name, each in its own way and once."""
    declared: dict[tuple[int, str], dict[Item, set[str]]] = {}
    for one, match in said:
        item = places[one.start]
        if item is not None:
            of_item = declared.setdefault((item.number, _plain(match["names"])), {})
            of_item.setdefault(item, set()).add(_plain(match["shape"]))
    return {
        number
        for (number, _), of_item in declared.items()
        if len(of_item) > 1
        and all(len(shapes) == 1 for shapes in of_item.values())
        and len(set.union(*of_item.values())) > 1
    }


def _items(original: str, start: int, end: int) -> list[Item]:
    """Return the items of a stretch that stand in no other, in their order."""
    items: list[Item] = []
    number, margin, blank = 0, -1, False
    place = original.rfind("\n", 0, start) + 1
    while place < end and (line := _LINE.match(original, place)) is not None and line.end() > place:
        indent = len(line["indent"].expandtabs(4))
        if not line["text"] and line["mark"] is None:
            blank = True
        elif line["mark"] is not None and (margin < 0 or indent <= margin):
            margin = indent
            items.append(Item(place, end, number))
        elif margin >= 0 and blank and indent <= margin:
            number, margin = number + 1, -1
            items.append(Item(place, end, -1))
        blank = blank and not line["text"]
        place = line.end()
    ends = [*(one.start for one in items[1:]), end]
    return [one._replace(end=stop) for one, stop in zip(items, ends, strict=False)]


def _item_at(items: Sequence[Item], place: int) -> Item | None:
    number = bisect_right(items, place, key=lambda one: one.start) - 1
    return items[number] if number >= 0 and items[number].number >= 0 else None
