"""An array beside what is left of itself along its last axis, that axis lost.

`e / np.sum(e, axis=1)` is (m, n) beside (m,), which NumPy lays along n: right by chance, where both are as long.
"""

from shapelint.infer.parameters import axis_of, integer, positional
from shapelint.shapes import Shape
from shapelint.sizes import resolve
from shapelint.tree import Call, Node, bare


def taken_together(node: Node) -> Node | None:
    """Return the array that a call takes together along the second of its two axes, None where it does not."""
    call = bare(node)
    if not isinstance(call, Call) or not (arrays := positional(call)):
        return None
    axis = axis_of(call)
    return arrays[0] if axis is not None and integer(axis) in (1, -1) else None


def only_fits_a_square(left: Shape, whole: Shape) -> bool:
    """Say whether two arrays have the same two axes, which are not the same size for certain.

    What is left of an array with one row is one number, which goes with all of it.
    """
    sizes = [resolve(size) for size in left]
    alike = len(left) == 2 and sizes == [resolve(size) for size in whole]
    return alike and sizes[0] not in (1, sizes[1])
