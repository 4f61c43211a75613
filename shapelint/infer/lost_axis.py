"""Two sides of an elementwise operation in, whether one is the other along its last axis, that axis lost, out."""

from typing import TYPE_CHECKING

from shapelint.infer.parameters import axis_of, integer, positional
from shapelint.shapes import Shape
from shapelint.sizes import Size, Unknown, resolve
from shapelint.tree import Call, Node, bare

if TYPE_CHECKING:
    from shapelint.infer.evaluation import Evaluation


def lies_along_the_wrong_axis(evaluation: "Evaluation", left: Shape, right: Shape, node: Node) -> bool:
    """Say whether an array of a program is combined with what is left of itself along its last axis, that axis lost.

    `e / np.sum(e, axis=1)` is (m, n) beside (m,), which NumPy lays along n: right by chance, where both are as long.
    """
    call = bare(node)
    if not evaluation.environment.code or len(left) != 2 or len(right) != 1 or not isinstance(call, Call):
        return False
    axis = axis_of(call)
    if axis is None or integer(axis) not in (1, -1) or not call.arguments:
        return False
    whole = evaluation.shape(positional(call)[0])
    return whole is not None and len(whole) == 2 and all(map(_is_same, whole, left)) and not _is_same(*left)


def _is_same(one: Size, other: Size) -> bool:
    left, right = resolve(one), resolve(other)
    return left is right or (
        not isinstance(left, Unknown) and not isinstance(right, Unknown) and left == right
    )
