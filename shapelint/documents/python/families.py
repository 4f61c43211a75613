"""The scopes of a program in, which of them work together out: one calls the other, or hands it what it has kept.

A file of layers has functions that have nothing to do with each other: what `lstm_step` calls `Wx` is not the `Wx` of
`rnn_step`.
"""

import ast
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from shapelint.documents.python.pairs import pairs

ANY = -1  # a function that nothing joins to others may work with all of them
_FEWEST = 3  # names that are kept together, before others that are taken apart so are the same
_SIDES = ("forward", "backward")


class Part(NamedTuple):
    """What a scope says of others: its names, what it speaks of, what it keeps and takes apart in one go."""

    names: frozenset[str]
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
    return Part(frozenset((name,) if name else ()), frozenset(used), frozenset(kept), frozenset(taken))


def families(parts: Sequence[Part]) -> list[int]:
    """Return a number for each scope, the same for those that work together, ANY for one that stands alone."""
    heads = list(range(len(parts)))

    def head(place: int) -> int:
        while heads[place] != place:
            place = heads[place]
        return place

    tools = _tools(parts)
    for place, part in enumerate(parts):
        for other, one in enumerate(parts[:place]):
            if _work_together(part, one, tools):
                heads[head(place)] = head(other)
    found = [head(place) for place in range(len(parts))]
    counts = Counter(found)
    return [one if counts[one] > 1 else ANY for one in found]


def _tools(parts: Sequence[Part]) -> frozenset[str]:
    """Return what several call and what calls nothing but such: `sigmoid` and its derivative join none of them."""
    defined = frozenset(name for part in parts for name in part.names)
    calls = Counter(name for part in parts for name in part.used & defined - part.names)
    tools: set[str] = set()
    before = -1
    while len(tools) > before:
        before = len(tools)
        tools.update(
            name
            for part in parts
            for name in part.names
            if calls[name] > 1 and part.used & defined - part.names <= tools
        )
    return frozenset(tools)


def _work_together(one: Part, other: Part, tools: frozenset[str]) -> bool:
    if (one.names - tools) & other.used or (other.names - tools) & one.used:
        return True
    if one.kept & other.taken or other.kept & one.taken:
        return True
    return bool(_stems(one) & _stems(other))


def _stems(part: Part) -> set[str]:
    """Return the names without the way they go: `lstm_step_forward` and `lstm_step_backward` are one step."""
    return {name.replace(side, "") for name in part.names for side in _SIDES if side in name and name != side}


def _words(value: ast.expr) -> Iterator[tuple[str, ...]]:
    """Yield the names of a tuple that has enough of them."""
    if isinstance(value, ast.Tuple):
        names = tuple(one.id for one in value.elts if isinstance(one, ast.Name))
        if len(names) == len(value.elts) >= _FEWEST:
            yield names


def _walk(nodes: Sequence[ast.AST]) -> Iterator[ast.AST]:
    for node in nodes:
        yield from ast.walk(node)
