"""The scopes of a program in, which of them work together out: one calls the other, or hands it what it has kept.

A file of layers has functions that have nothing to do with each other: what `lstm_step` calls `Wx` is not the `Wx` of
`rnn_step`.
"""

import ast
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from shapelint.documents.python.pairs import pairs

_FEWEST = 3  # names that are kept together, before others that are taken apart so are the same
_SIDES = ("forward", "backward")


class Part(NamedTuple):
    """What a scope says of others: its name, what it speaks of, what it keeps and takes apart in one go."""

    name: str
    used: frozenset[str]
    kept: frozenset[tuple[str, ...]]
    taken: frozenset[tuple[str, ...]]


def part_of(name: str, nodes: Sequence[ast.AST]) -> Part:
    """Return what a scope says of others: a function, a class with its methods, the top of a module (no name)."""
    kept: set[tuple[str, ...]] = set()
    taken: set[tuple[str, ...]] = set()
    used: set[str] = set()
    for node in _walk(nodes):
        if isinstance(node, ast.Name):
            used.add(node.id)
        elif isinstance(node, ast.Assign):
            for target, value in pairs(node):
                if isinstance(target, ast.Name | ast.Subscript):
                    kept.update(_words(value))
            if isinstance(node.targets[0], ast.Tuple) and isinstance(node.value, ast.Name | ast.Subscript):
                taken.update(_words(node.targets[0]))
        elif isinstance(node, ast.Return) and isinstance(node.value, ast.Tuple):
            for one in node.value.elts:
                kept.update(_words(one))
    return Part(name, frozenset(used), frozenset(kept), frozenset(taken))


def families(parts: Sequence[Part]) -> list[int | None]:
    """Return a number for each scope, the same for those that work together, None for one that stands alone.

    Where all that work together are one family, they are all that there is: none is a stranger.
    """
    heads = list(range(len(parts)))

    def head(place: int) -> int:
        while heads[place] != place:
            heads[place] = place = heads[heads[place]]
        return place

    for first, *others in _together(parts):
        for other in others:
            heads[head(other)] = head(first)
    found = [head(place) for place in range(len(parts))]
    counts = Counter(found)
    several = sum(count > 1 for count in counts.values()) > 1
    return [one if several and counts[one] > 1 else None for one in found]


def _together(parts: Sequence[Part]) -> Iterator[list[int]]:
    """Yield the places of parts that work together: what one offers others take; the two ways of one step."""
    offered: dict[object, list[int]] = {}
    taken: dict[object, list[int]] = {}
    stems: dict[str, list[int]] = {}
    tools = _tools(parts)
    for place, part in enumerate(parts):
        for one in (part.name, *part.kept):
            if one and one not in tools:
                offered.setdefault(one, []).append(place)
        for one in (*part.used, *part.taken):
            taken.setdefault(one, []).append(place)
        for stem in _stems(part.name):
            stems.setdefault(stem, []).append(place)
    yield from (places + taken[one] for one, places in offered.items() if one in taken)
    yield from stems.values()


def _tools(parts: Sequence[Part]) -> frozenset[str]:
    """Return what several call and what calls nothing but such: `sigmoid` and its derivative join none of them."""
    defined = frozenset(part.name for part in parts if part.name)
    called = [(part.name, part.used & defined - {part.name}) for part in parts]
    calls = Counter(name for _, others in called for name in others)
    tools: set[str] = set()
    before = -1
    while len(tools) > before:
        before = len(tools)
        tools.update(name for name, others in called if calls[name] > 1 and others <= tools)
    return frozenset(tools)


def _stems(name: str) -> set[str]:
    """Return a name without the way it goes: `lstm_step_forward` and `lstm_step_backward` are one step."""
    return {name.replace(side, "") for side in _SIDES if side in name and name != side}


def _words(value: ast.expr) -> Iterator[tuple[str, ...]]:
    """Yield the names of a tuple that has enough of them."""
    if isinstance(value, ast.Tuple):
        names = tuple(one.id for one in value.elts if isinstance(one, ast.Name))
        if len(names) == len(value.elts) >= _FEWEST:
            yield names


def _walk(nodes: Sequence[ast.AST]) -> Iterator[ast.AST]:
    for node in nodes:
        yield from ast.walk(node)
