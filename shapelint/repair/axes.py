"""A sum in, the ways to write it with another axis or with `keepdims` out, each with the shape it gives."""

import re
from collections.abc import Iterator

from shapelint.repair.costs import AXIS, Edit
from shapelint.repair.plan import Summed
from shapelint.shapes import Shape, total

# LaTeX may put the words into `\text{…}`.
_AXIS = re.compile(r"((?:axis|dim)\}?\s*=\s*)(?:-?\s*\d+|None)")
_KEEP = re.compile(r",\s*(?:\\text\{)?\s*keepdims?\}?\s*=\s*(?:\\text\{)?\w+\}?")
# An axis by its place: `, 0)` behind the argument of a function, `.sum(0)` behind what a method sums.
_PLAIN_AXIS = re.compile(r"^(,\s*|\s*\.\s*\w+\(\s*)(?:-?\s*\d+|None)")


def axes(plan: Summed, shape: Shape, kept: bool) -> Iterator[tuple[Shape, str, str, Edit | None]]:
    """Yield the sum as it stands, then along each axis: shape, text before and after, edit.

    The axis is `kept`, unless an array of one axis is wanted.
    """
    as_is = total(shape, plan.axis, plan.keepdims)
    if as_is is not None:
        yield as_is, plan.before, plan.after, None
    here = plan.axis + len(shape) if plan.axis is not None and plan.axis < 0 else plan.axis
    for axis in range(len(shape) if plan.after else 0):  # a big sum has no axis to be written
        if (axis, kept) == (here, plan.keepdims):
            continue
        found = total(shape, axis, kept)
        if found is not None:
            yield found, plan.before, _after(plan.after, None if axis == here else axis, kept), AXIS


def _after(after: str, axis: int | None, kept: bool) -> str:
    """Write `keepdims`, and an axis where it is another one, into the text behind the argument: `, axis=0)`."""
    if axis is not None:
        after = _with_axis(after, axis)
    after = _KEEP.sub("", after)
    return _with_argument(after, "keepdims=True") if kept else after


def _with_axis(after: str, axis: int) -> str:
    for written in (_PLAIN_AXIS, _AXIS):
        if written.search(after):
            return written.sub(rf"\g<1>{axis}", after)
    return _with_argument(after, f"axis={axis}")


def _with_argument(after: str, argument: str) -> str:
    """Put an argument before the last bracket, behind a comma unless it is the only one."""
    place = after.rfind(")")
    before = after[:place].rstrip()
    return f"{before}{'' if before.endswith('(') else ', '}{argument}{after[place:]}"
