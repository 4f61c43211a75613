"""A run of names without blanks in, its parts out, where there is only one way to take it apart: `W2dZ2`."""

from collections.abc import Callable
from typing import TypeAlias

from shapelint.parse.tokens import Piece

_LONGEST = 40

# What a part of a word is, from one place to another: a matrix or a transpose, None where it is neither.
Part: TypeAlias = Callable[[str, int, int], Piece | None]


def run_of(word: str, part: Part) -> list[Piece] | None:
    """Return a run of known names as their product, None unless there is exactly one way to read it so."""
    if not 1 < len(word) <= _LONGEST or not word.replace("_", "").isalnum():
        return None
    ways = _ways(word, 0, {}, part)
    if len(ways) != 1 or len(ways[0]) < 2:
        return None
    names = [value for kind, _, _, value in ways[0] if kind == "NAME"]
    transposed = len(names) < len(ways[0])
    layered = any(name.has_layer for name in names)
    if not transposed and not layered and not any(name.base[:1].isupper() for name in names):
        return None
    return ways[0]


def _ways(word: str, start: int, seen: dict[int, list[list[Piece]]], part: Part) -> list[list[Piece]]:
    """Return up to two ways to take the rest of a word apart into matrices and transposes."""
    if start == len(word):
        return [[]]
    if start in seen:
        return seen[start]
    ways: list[list[Piece]] = []
    for end in range(len(word), start, -1):
        if end < len(word) and word[end].isdigit():
            continue
        if (piece := part(word, start, end)) is not None:
            ways += [[piece, *rest] for rest in _ways(word, end, seen, part)]
    seen[start] = ways[:2]
    return seen[start]
