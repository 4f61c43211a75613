"""Shapes, and what NumPy's operations make of them.

A shape is a tuple of sizes: () is a scalar, (n1,) has rank 1. None is a shape that cannot be told; it
agrees with everything. Every function here returns the result's shape, or the axes that clash.
"""

from collections.abc import Callable
from typing import NamedTuple, TypeAlias

from shapelint.sizes import ANY, Size, Unknown, resolve

Shape: TypeAlias = tuple[Size, ...]
MaybeShape: TypeAlias = Shape | None
# Says whether two sizes agree; may learn from it what an unknown size is.
Agree: TypeAlias = Callable[[Size, Size], bool]


class Clash(NamedTuple):
    """Two shapes do not go together: the sizes that should agree."""

    left: Size
    right: Size


SCALAR: Shape = ()


def is_scalar(shape: Shape) -> bool:
    """Say whether a shape is a scalar's; in notes (1, 1) and a scalar agree."""
    return all(size == 1 for size in shape)


def transposed(shape: MaybeShape) -> MaybeShape:
    """Return the shape of Aᵀ: the axes in reverse, so that rank 1 stays as it is (NumPy)."""
    return shape[::-1] if shape else shape


def settled(shape: MaybeShape) -> MaybeShape:
    """Return a shape with what was found out about its sizes, None while one of them is unknown."""
    if shape is None:
        return None
    sizes = tuple(resolve(size) for size in shape)
    return None if any(isinstance(size, Unknown) for size in sizes) else sizes


def broadcast(left: Shape, right: Shape, agree: Agree) -> Shape | Clash:
    """Return the shape of an elementwise operation: sizes are equal, or one of them is 1 (NumPy)."""
    if left == right or not right:
        return left
    if not left:
        return right
    if len(left) < len(right):
        left = (1,) * (len(right) - len(left)) + left
    elif len(right) < len(left):
        right = (1,) * (len(left) - len(right)) + right
    sizes: list[Size] = []
    for one, other in zip(left, right, strict=True):
        if one == other or other == 1:
            sizes.append(one)
        elif one == 1:
            sizes.append(other)
        elif agree(one, other):
            sizes.append(_surer(one, other))
        else:
            return Clash(one, other)
    return tuple(sizes)


def matrix_product(left: Shape, right: Shape, agree: Agree) -> MaybeShape | Clash:
    """Return the shape of left @ right, (a, b) @ (b, c) → (a, c), with NumPy's rules for rank 1.

    Three and more axes cannot be told here. Neither side may be a scalar.
    """
    if len(left) > 2 or len(right) > 2:
        return None
    inner, outer = left[-1], right[0]
    if inner != outer and not agree(inner, outer):
        return Clash(inner, outer)
    return left[:-1] + right[1:]


def total(shape: Shape, axis: int | None, keepdims: bool) -> Shape | None:
    """Return the shape of a sum along an axis, or over all; None if there is no such axis."""
    if axis is None:
        return (1,) * len(shape) if keepdims else SCALAR
    if not shape and axis in (0, -1):
        return SCALAR  # NumPy sums a scalar along its last axis, though it has none
    place = axis + len(shape) if axis < 0 else axis
    if not 0 <= place < len(shape):
        return None
    return shape[:place] + ((1,) if keepdims else ()) + shape[place + 1 :]


def joined(parts: list[Shape], axis: int, add: Callable[[Size, Size], Size], agree: Agree) -> Shape | Clash:
    """Return the shape of parts joined along an axis: the other sizes agree, that one adds up."""
    result = parts[0]
    for part in parts[1:]:
        if len(part) != len(result):
            return Clash(len(result), len(part))
        sizes: list[Size] = []
        for place, (one, other) in enumerate(zip(result, part, strict=True)):
            if place == axis:
                sizes.append(add(one, other))
            elif one == other or agree(one, other):
                sizes.append(_surer(one, other))
            else:
                return Clash(one, other)
        result = tuple(sizes)
    return result


def _surer(one: Size, other: Size) -> Size:
    """Of two sizes that may be equal, keep the one that says more."""
    if other is ANY:
        return one
    return other if one is ANY or type(one).__name__ == "Unknown" else one
