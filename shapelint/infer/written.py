"""Arrays whose numbers a program writes out: `[[0, 0, 1], [0, 1, 1]]` is (2, 3)."""

from collections.abc import Iterator, Sequence

from shapelint.shapes import MaybeShape
from shapelint.tree import Negate, Node, Number, Tuple, bare

_MOST_AXES = 4


def written_shape(node: Node) -> MaybeShape:
    """Return the shape of rows of numbers, None where anything else stands among them, or rows differ."""
    shape: list[int] = []
    level: Sequence[Node] = [bare(node)]
    while all(isinstance(one, Tuple) for one in level):
        lengths = {len(one.parts) for one in level if isinstance(one, Tuple)}
        if len(lengths) != 1 or 0 in lengths or len(shape) >= _MOST_AXES:
            return None
        shape.append(lengths.pop())
        level = list(_parts(level))
    return tuple(shape) if all(map(_is_number, level)) else None


def _parts(level: Sequence[Node]) -> Iterator[Node]:
    for one in level:
        if isinstance(one, Tuple):
            yield from map(bare, one.parts)


def _is_number(node: Node) -> bool:
    while isinstance(node, Negate):
        node = bare(node.child)
    return isinstance(node, Number)
