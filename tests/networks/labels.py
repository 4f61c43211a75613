"""Labels: what NumPy and the sizes say of a slip."""

from functools import cache
from itertools import product

import numpy as np

from .expression import Binary, Expression, Transpose, nodes, parts, rebuilt
from .layouts import Setting, widened
from .sizes import honest
from .slips import Slip, slips
from .values import evaluate, run

WRONG, OPEN, HARMLESS, RIGHT = "wrong", "open", "harmless", "right"


def numpy_says(setting: Setting, index: int, value: Expression, notes: bool = False) -> str:
    """Return "right", "refused", "shape" (other than the object's) or "changed" (another one, but no rule says)."""
    line, done = setting.lines[index], run(setting)
    try:
        with np.errstate(all="ignore"):
            made = np.shape(evaluate(value, done.before[index], notes))
    except (ValueError, IndexError):  # an axis that is not there is an AxisError, which is both
        return "refused"
    if made == np.shape(done.made[index]):
        return "right"
    return "shape" if setting.object(line.target) else "changed"


@cache
def possible(setting: Setting) -> tuple[tuple[int, Slip], ...]:
    """Return every slip of every line of a setting, each right side once, with the line's index."""
    found: dict[tuple[int, Expression], Slip] = {}
    for index, line in enumerate(setting.lines):
        for slip in slips(line.value, setting, run(setting).before[index].keys()):
            if slip.value != line.value:
                found.setdefault((index, slip.value), slip)
    return tuple((index, slip) for (index, _), slip in found.items())


@cache
def verdict(setting: Setting, index: int, value: Expression, notes: bool, stated: bool) -> str:
    """Return WRONG (must be told at the line), OPEN (may be told anywhere) or HARMLESS (no shape is wrong).

    In `notes` factors side by side are read as the elementwise product where only that fits; `stated` documents
    say the sizes of their leaves.
    """
    said, wide = numpy_says(setting, index, value), setting if stated else widened(setting)
    if said == "right":
        certain = stated or (
            numpy_says(wide, index, value) == "right" and not _vector_turned(setting, index, value)
        )
        return HARMLESS if certain else OPEN
    if said == "changed" or honest(setting, index, value, stated):
        return OPEN
    if wide is not setting and honest(wide, index, value, stated):
        return OPEN
    if notes and any(numpy_says(setting, index, other, True) == "right" for other in _elementwise(value)):
        return OPEN
    return WRONG


def _vector_turned(setting: Setting, index: int, value: Expression) -> bool:
    """Return whether something of one axis is transposed: where its axes are not stated, it may have two."""
    before = run(setting).before[index]
    turned = (node.of for node in nodes(value) if isinstance(node, Transpose))
    return any(np.ndim(evaluate(of, before)) == 1 for of in turned)


def _elementwise(value: Expression) -> list[Expression]:
    """Return the ways to read some products of an expression as elementwise ones."""
    products = [node for node in nodes(value) if isinstance(node, Binary) and node.sign == "@"]
    found = []
    for choice in product((False, True), repeat=min(len(products), 4)):
        chosen = {id(node) for node, taken in zip(products, choice, strict=False) if taken}
        found.append(_read_so(value, chosen))
    return found[1:]


def _read_so(value: Expression, chosen: set[int]) -> Expression:
    new = rebuilt(value, tuple(_read_so(part, chosen) for part in parts(value)))
    return Binary("*", new.left, new.right) if id(value) in chosen else new
