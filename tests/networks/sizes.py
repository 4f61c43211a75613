"""Symbolic sizes: can a document with a slip be read in another way, in which all its lines hold?

Sizes are variables that lines make equal. A reading is honest if no line fails, no two sizes of an input become
one, and as many sizes stay different as in the right document.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import product

from .catalogue import Leaf
from .expression import Binary, Expression, Line, Name, Number, Slice, Stack, Sum, Transpose, names, parts
from .layouts import FORWARD, Setting
from .values import run

ONE = 0
Shape = tuple[int, ...]


class ConflictError(Exception):
    """A line does not hold: a size would have to be 1, or an axis too many."""


@dataclass
class Sizes:
    """Variables for sizes, and which of them are equal; number 0 is the size 1."""

    parents: list[int] = field(default_factory=lambda: [ONE])
    symbols: dict[object, int] = field(default_factory=dict)

    def fresh(self) -> int:
        """Return a new size."""
        self.parents.append(len(self.parents))
        return len(self.parents) - 1

    def symbol(self, key: object) -> int:
        """Return the size of that name."""
        if key not in self.symbols:
            self.symbols[key] = self.fresh()
        return self.symbols[key]

    def root(self, size: int) -> int:
        """Return what stands for all sizes equal to this one."""
        while self.parents[size] != size:
            size = self.parents[size]
        return size

    def equal(self, a: int, b: int) -> int:
        """Make two sizes one."""
        a, b = self.root(a), self.root(b)
        if a != b and ONE in (a, b):
            raise ConflictError
        self.parents[max(a, b)] = min(a, b)
        return min(a, b)

    def beside(self, a: int, b: int) -> int:
        """Return the size of an axis of an elementwise operation."""
        return b if a == ONE else a if b == ONE else self.equal(a, b)

    def same(self, a: Shape, b: Shape) -> None:
        """Make two shapes one."""
        if len(a) != len(b):
            raise ConflictError
        for one, other in zip(a, b, strict=True):
            self.equal(one, other)


class Reading:
    """The shapes of a document under one choice of how its biases lie."""

    def __init__(self, setting: Setting, leaves: Mapping[str, Leaf], stated: bool) -> None:
        """Give every axis of every leaf a size; `stated` ones are the sizes of their letters."""
        self.setting = setting
        self.sizes = Sizes()
        self.root = self.sizes.root
        self.shapes: dict[str, Shape] = {}
        self.leaves = {name: self._leaf(leaf, stated) for name, leaf in leaves.items()}
        self.examples = [
            size
            for name, leaf in leaves.items()
            if leaf.kind == "d" and name in _inputs(setting)
            for axis, size in zip(leaf.shape, self.leaves[name], strict=True)
            if axis == setting.network.examples
        ]

    def _leaf(self, leaf: Leaf, stated: bool) -> Shape:
        if leaf.kind == "s":
            return ()
        new = self.sizes.symbol if stated else lambda _: self.sizes.fresh()
        return tuple(ONE if axis == "1" else new(axis) for axis in leaf.shape)

    def take(self, line: Line) -> None:
        """Hold a line to be right."""
        shape = self.shape(line.value)
        of = self.setting.object(line.target)
        if of:
            self.sizes.same(shape, self.name(of))
        elif line.target in self.shapes:
            self.sizes.same(shape, self.shapes[line.target])
        self.shapes[line.target] = shape

    def name(self, id: str) -> Shape:
        """Return the shape of a name; what no line makes has the shape of its object, or any."""
        if id in self.shapes:
            return self.shapes[id]
        if id in self.setting.scalars:
            return ()
        of = self.setting.object(id)
        if of and of != id:
            return self.name(of)
        if id in self.leaves:
            return self.leaves[id]
        known = run(self.setting).shapes[id]
        self.shapes[id] = tuple(ONE if size == 1 else self.sizes.fresh() for size in known)
        return self.shapes[id]

    def shape(self, tree: Expression) -> Shape:
        """Return the shape of an expression."""
        match tree:
            case Name(id):
                return self.name(id)
            case Number():
                return ()
            case Transpose(of):
                return self.shape(of)[::-1]
            case Binary("@", left, right):
                return self._product(self.shape(left), self.shape(right))
            case Binary(_, left, right):
                return self._elementwise(self.shape(left), self.shape(right))
            case Sum(of, axis, keep):
                return self._sum(self.shape(of), axis, keep)
            case Stack(first, second, axis):
                return self._stacked(self.shape(first), self.shape(second), axis)
            case Slice(of, axis, low, high):
                return self._sliced(self.shape(of), axis, low, high)
        return self.shape(parts(tree)[0])

    def _product(self, a: Shape, b: Shape) -> Shape:
        if not a or not b:
            return self._elementwise(a, b)
        self.sizes.equal(a[-1], b[-2] if len(b) == 2 else b[0])
        return a[:-1] + (b[1:] if len(b) == 2 else ())

    def _elementwise(self, a: Shape, b: Shape) -> Shape:
        rank = max(len(a), len(b))
        a, b = ((ONE,) * (rank - len(shape)) + shape for shape in (a, b))
        return tuple(self.sizes.beside(self.root(one), self.root(two)) for one, two in zip(a, b, strict=True))

    def _sum(self, shape: Shape, axis: int | None, keep: bool) -> Shape:
        if axis is None:
            return ()
        if axis >= len(shape):
            raise ConflictError
        return shape[:axis] + ((ONE,) if keep else ()) + shape[axis + 1 :]

    def _stacked(self, a: Shape, b: Shape, axis: int) -> Shape:
        if len(a) != 2 or len(b) != 2:
            raise ConflictError
        other = self.sizes.equal(a[1 - axis], b[1 - axis])
        both = self.sizes.symbol((self.sizes.root(a[axis]), self.sizes.root(b[axis])))
        return (both, other) if axis == 0 else (other, both)

    def _sliced(self, shape: Shape, axis: int, low: str, high: str) -> Shape:
        if len(shape) != 2:
            raise ConflictError
        size = self.sizes.symbol(high) if high else self.sizes.symbol((low, self.sizes.root(shape[axis])))
        return shape[:axis] + (size,) + shape[axis + 1 :]


def honest(setting: Setting, index: int, value: Expression, stated: bool) -> bool:
    """Return whether a document with a slip can be read so that the slipped line is right.

    A gradient is held against the forward pass. A forward line is held against the others, and where they do not
    agree it is the fault only if no other forward line could be it, the gradients considered.
    """
    slipped, right = Line(setting.lines[index].target, value), setting.lines[index]
    group = _what_decides(setting, index)
    if _holds(setting, group, slipped, right, stated):
        return True
    if setting.kind(index) != FORWARD:
        return False
    others = [*setting.implied, *(line for place, line in enumerate(setting.lines) if place != index)]
    suspects = [
        line for place, line in enumerate(setting.lines) if place != index and setting.kind(place) == FORWARD
    ]
    return any(
        _holds(setting, [line for line in others if line is not suspect], slipped, right, stated)
        for suspect in suspects
    )


def _what_decides(setting: Setting, index: int) -> list[Line]:
    """Return the lines that a line is judged by: the forward pass, and what the gradients before it define."""
    found = [*setting.implied]
    for place, line in enumerate(setting.lines):
        before = place < index and not setting.object(line.target)
        if place != index and (before or setting.kind(place) == FORWARD):
            found.append(line)
    return found


def _holds(setting: Setting, others: Sequence[Line], slipped: Line, right: Line, stated: bool) -> bool:
    """Return whether lines hold together with a slipped one, and keep apart what the right one keeps apart."""
    involved = names(slipped.value) | {slipped.target, setting.object(slipped.target)}
    reference = _read(setting, setting.leaves, [*others, right], stated)
    assert reference is not None, f"{setting.network.name}: the right document does not hold"
    return any(
        reading is not None and _as_many(reading, reference)
        for leaves in _lying(setting, involved, stated)
        if (reading := _read(setting, leaves, [*others, slipped], stated))
    )


def _read(
    setting: Setting, leaves: Mapping[str, Leaf], lines: Sequence[Line], stated: bool
) -> Reading | None:
    reading = Reading(setting, leaves, stated)
    try:
        for line in sorted(lines, key=_order(setting)):
            reading.take(line)
    except ConflictError:
        return None
    return reading


def _order(setting: Setting) -> Callable[[Line], int]:
    places = {line.target: place for place, line in reversed(list(enumerate(setting.lines)))}
    return lambda line: places.get(line.target, -1)


def _as_many(reading: Reading, reference: Reading) -> bool:
    """Return whether as many sizes are different, and those of one input; no bias lies along the examples."""
    if _count(reading) < _count(reference):
        return False
    for name in _inputs(reading.setting):
        (a, b), (c, d) = ((*each.leaves[name], ONE, ONE)[:2] for each in (reference, reading))
        if reading.root(c) == reading.root(d) != ONE and reference.root(a) != reference.root(b):
            return False
    examples = {reading.root(size) for size in reading.examples}
    biases = (reading.leaves[name] for name, leaf in reading.setting.leaves.items() if leaf.kind in "bc")
    vectors = (sizes for shape in biases if len(sizes := [size for size in shape if size != ONE]) == 1)
    return not any(reading.root(size) in examples for [size] in vectors)


@cache
def _inputs(setting: Setting) -> frozenset[str]:
    """Return the leaves that a forward line uses."""
    lines = (line for place, line in enumerate(setting.lines) if setting.kind(place) == FORWARD)
    return frozenset(name for line in lines for name in names(line.value)) & setting.leaves.keys()


def _count(reading: Reading) -> int:
    return len({reading.root(size) for shape in reading.leaves.values() for size in shape if size != ONE})


def _lying(setting: Setting, involved: frozenset[str], stated: bool) -> Iterator[dict[str, Leaf]]:
    """Yield the leaves with every way in which the biases of a line may lie, unless they are stated."""
    choices = {
        name: _ways(leaf)
        for name, leaf in setting.leaves.items()
        if name in involved and not stated and leaf.kind in "bcd" and len(leaf.shape) < 3
    }
    for shapes in product(*choices.values()):
        chosen = {
            name: Leaf(setting.leaves[name].kind, shape) for name, shape in zip(choices, shapes, strict=True)
        }
        yield {**setting.leaves, **chosen}


def _ways(leaf: Leaf) -> tuple[tuple[str, ...], ...]:
    axes = tuple(axis for axis in leaf.shape if axis != "1")
    if len(axes) == 2:
        return (leaf.shape,)
    if not axes:
        return ((), ("1",), ("1", "1")) if leaf.kind == "b" else (leaf.shape,)
    return ((*axes, "1"), ("1", *axes), axes)
