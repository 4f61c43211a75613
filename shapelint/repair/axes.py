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
    if axis is None:
        pass
    elif _PLAIN_AXIS.match(after):
        after = _PLAIN_AXIS.sub(rf"\g<1>{axis}", after)
    elif _AXIS.search(after):
        after = _AXIS.sub(rf"\g<1>{axis}", after)
    else:
        opening = "" if after[: after.rfind(")")].rstrip().endswith("(") else ", "
        after = _before_closing(after, f"{opening}axis={axis}")
    after = _KEEP.sub("", after)
    return _before_closing(after, ", keepdims=True") if kept else after


def _before_closing(after: str, words: str) -> str:
    place = after.rfind(")")
    return after[:place].rstrip() + words + after[place:]
