"""A sum in, the ways to write it with another axis or with `keepdims` out, each with the shape it gives."""

from collections.abc import Iterator

from shapelint.repair.arguments import arguments, written
from shapelint.repair.costs import AXIS, KEEPDIMS, Edit
from shapelint.repair.plan import Summed
from shapelint.shapes import Shape, total


def axes(plan: Summed, shape: Shape, kept: bool) -> Iterator[tuple[Shape, str, str, Edit | None]]:
    """Yield the sum as it stands, then along each axis: shape, text before and after, edit.

    The axis is `kept`, unless an array of one axis is wanted. A sum that its own terms are divided by is one of
    the units, whatever else would fit.
    """
    as_is = total(shape, plan.axis, plan.keepdims)
    if as_is is not None and plan.only in (None, _place(plan.axis, shape)):
        yield as_is, plan.before, plan.after, None
    if not plan.words[0] and not plan.may_go:
        return  # `max(A, [], 2)`: its axis stands behind another argument
    here = _place(plan.axis, shape)
    for axis in range(len(shape) if plan.after else 0):  # a big sum has no axis to be written
        if (axis, kept) == (here, plan.keepdims) or plan.only not in (None, axis):
            continue
        found = total(shape, axis, kept)
        if found is not None:
            after = written(arguments(plan.after), None if axis == here else axis, kept, plan.words)
            yield found, plan.before, after, KEEPDIMS if axis == here else AXIS


def _place(axis: int | None, shape: Shape) -> int | None:
    return axis + len(shape) if axis is not None and axis < 0 else axis
