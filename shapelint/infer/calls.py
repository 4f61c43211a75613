"""The rules of functions, by the names of the rows in `operators`: NumPy's, and those of notes."""

from collections.abc import Callable, Sequence
from typing import Any

from shapelint.infer.evaluation import Evaluation
from shapelint.infer.extents import size_of
from shapelint.infer.parameters import integer, is_true, keyword, positional
from shapelint.infer.stacks import join_shapes, stretch
from shapelint.infer.sums import big_sum, first_total, is_of_one_example, noted_total, total_along
from shapelint.operators import ARRAYS, UNPACKED
from shapelint.operators import FUNCTIONS as NOTED
from shapelint.problems import NotSquare
from shapelint.shapes import SCALAR, MaybeShape, transposed
from shapelint.sizes import Size, is_one_or_all, resolve
from shapelint.source import Span
from shapelint.tree import BigSum, Call, Node, Stack, Tuple, bare

KNOWN = frozenset((*NOTED, *ARRAYS))


def _elementwise(evaluation: Evaluation, node: Call) -> MaybeShape:
    """Return the shape of the arguments together."""
    arguments = positional(node)
    if not arguments:
        return None
    shape = evaluation.shape(arguments[0])
    for place, argument in enumerate(arguments[1:]):
        other = evaluation.shape(argument)
        if shape is None or other is None:
            shape = evaluation.partly_known(shape, other)
            continue
        before = arguments[place]
        sign = (before.end, argument.start, node.name[2])
        whole = Span(node.start, node.end)
        if shape != other and node.name[2] not in KNOWN:
            return None  # what a function of the document's own makes of several things cannot be told
        shape = evaluation.elementwise(shape, other, before.start, before.end, sign, argument, whole)
        if shape is None:
            return None
    return shape


def _matrix_product(evaluation: Evaluation, node: Call) -> MaybeShape:
    return _product(evaluation, node, lenient=False)


def _dot_product(evaluation: Evaluation, node: Call) -> MaybeShape:
    return _product(evaluation, node, lenient=True)


def _product(evaluation: Evaluation, node: Call, lenient: bool) -> MaybeShape:
    """`np.dot(a, b)`; a scalar scales there, `np.matmul` refuses it."""
    arguments = positional(node)
    if len(arguments) == 3 and evaluation.environment.code:
        arguments = arguments[:2]  # behind them the array that is filled
    if len(arguments) != 2:
        return _cannot_be_told(evaluation, node)
    left, right = (evaluation.shape(argument) for argument in arguments)
    if is_true(keyword(node, "transpose_a")):
        left = transposed(left)
    if is_true(keyword(node, "transpose_b")):
        right = transposed(right)
    first, second = arguments
    sign = (first.end, second.start, node.name[2])
    if left is None or right is None:
        return evaluation.unknown_matrix(first, second, left, right)
    if lenient and (not left or not right):
        return left or right
    return evaluation.matrix(left, right, first.start, first.end, sign, second, Span(node.start, node.end))


def _outer_product(evaluation: Evaluation, node: Call) -> MaybeShape:
    """Every entry of one vector with every entry of another, lying or standing; of matrices nobody means it."""
    return outer_of_vectors(evaluation, positional(node))


def outer_of_vectors(evaluation: Evaluation, vectors: Sequence[Node]) -> MaybeShape:
    """Return the shape of the outer product of two vectors, None where one is none.

    Names that may be of all examples are of one here: nobody joins every example with every other.
    """
    lengths = [_length(evaluation, one) for one in vectors]
    if len(lengths) != 2:
        return None
    one, other = lengths
    return None if one is None or other is None else (one, other)


def _length(evaluation: Evaluation, vector: Node) -> Size | None:
    """Return how many entries a vector has; None for a matrix."""
    shape, axis = evaluation.shape(vector), evaluation.environment.examples_axis
    if not shape:
        return None
    if len(shape) == 2 and _counts_examples(resolve(shape[axis]), vector):
        shape = (shape[1 - axis],)
    longer = [size for size in shape if resolve(size) != 1]
    return 1 if not longer else longer[0] if len(longer) == 1 else None


def _counts_examples(size: Size, vector: Node) -> bool:
    """Say whether a size is one example or all of them, or the number of those that the names are one of."""
    return is_one_or_all(size) or (size == "m" and is_of_one_example(vector))


def _transposed(evaluation: Evaluation, node: Call) -> MaybeShape:
    arguments = positional(node)
    shape = evaluation.shape(arguments[0]) if arguments else None
    if len(arguments) == 3 and shape is not None and len(shape) == 2:  # of both axes: `x.transpose(0, 1)`
        axes = {integer(one) for one in arguments[1:]}
        return transposed(shape) if axes in ({0, 1}, {-1, -2}) else None
    return transposed(shape) if len(arguments) == 1 and not keyword(node, "axes", "perm") else None


def _inverse(evaluation: Evaluation, node: Call) -> MaybeShape:
    return _square(evaluation, node, "inverse")


def _square_to_scalar(evaluation: Evaluation, node: Call) -> MaybeShape:
    return SCALAR if _square(evaluation, node, "trace or determinant") is not None else None


def _square(evaluation: Evaluation, node: Call, what: str) -> MaybeShape:
    arguments = positional(node)
    shape = evaluation.shape(arguments[0]) if arguments else None
    if shape is None or len(shape) != 2 or evaluation.equal(*shape):
        return shape
    if all(isinstance(size, str) and size.startswith("«") for size in shape):
        return None  # nothing but this formula says how high and how wide it is
    operand = evaluation.operand(arguments[0].start, arguments[0].end, shape)
    evaluation.problems.append(NotSquare(Span(node.start, node.end), operand, what))
    return None


def _norm(evaluation: Evaluation, node: Call) -> MaybeShape:
    if keyword(node, "axis") is not None:
        return total_along(evaluation, node)
    for argument in node.arguments:
        evaluation.shape(argument)
    return SCALAR


def _joined(evaluation: Evaluation, node: Call) -> MaybeShape:
    """`np.concatenate((a, x), axis=0)`, `np.vstack`, `np.hstack`."""
    arguments = positional(node)
    parts = bare(arguments[0]) if arguments else None
    if not isinstance(parts, Stack | Tuple):
        return None
    shapes = [evaluation.shape(part) for part in parts.parts]
    if evaluation.environment.code:  # in notes a scalar fills what it is joined to
        shapes = [(1,) if shape == () else shape for shape in shapes]
    axis: int | None = 0
    if node.name[2].endswith("vstack"):
        shapes = [(1, *shape) if shape is not None and len(shape) == 1 else shape for shape in shapes]
    elif node.name[2].endswith("hstack"):
        axis = 0 if shapes and shapes[0] is not None and len(shapes[0]) == 1 else 1
    elif (given := keyword(node, "axis") or (arguments[1] if len(arguments) > 1 else None)) is not None:
        axis = integer(given)
        ranks = {len(shape) for shape in shapes if shape}
        if axis is not None and axis < 0:
            axis = axis + ranks.pop() if len(ranks) == 1 else None
    return (
        None
        if axis is None
        else join_shapes(evaluation, parts.parts, shapes, axis, Span(node.start, node.end))
    )


def _filled(evaluation: Evaluation, node: Call) -> MaybeShape:
    """`np.zeros((n1, 1))`, `randn(n1, n0)`: the arguments are sizes."""
    arguments = positional(node)
    parts: Sequence[Node] = arguments
    if arguments and isinstance(arguments[0], Tuple):
        parts = arguments[0].parts
    if any(isinstance(part, Call) for part in parts):
        return None  # np.zeros(W1.shape)
    return evaluation.environment.stated(tuple(size_of(part) for part in parts)) if parts else None


def _identity(evaluation: Evaluation, node: Call) -> MaybeShape:
    arguments = positional(node)
    return evaluation.environment.stated((size_of(arguments[0]),) * 2) if len(arguments) == 1 else None


def _given_scalar(evaluation: Evaluation, node: Call) -> MaybeShape:
    return SCALAR


def _cannot_be_told(evaluation: Evaluation, node: Call) -> MaybeShape:
    """A function that nothing knows: its arguments are still looked at."""
    for argument in positional(node):
        evaluation.shape(argument)
    return None


FUNCTIONS: dict[str, Callable[[Evaluation, Call], MaybeShape]] = {
    "elementwise": _elementwise,
    "total": total_along,
    "noted_total": noted_total,
    "first_total": first_total,
    "stretch": stretch,
    "matrix_product": _matrix_product,
    "dot_product": _dot_product,
    "outer_product": _outer_product,
    "transposed": _transposed,
    "inverse": _inverse,
    "square_to_scalar": _square_to_scalar,
    "norm": _norm,
    "joined": _joined,
    "filled": _filled,
    "identity": _identity,
    "scalar": _given_scalar,
    "cost": _given_scalar,
    "shape_of": _cannot_be_told,
    "unknown": _cannot_be_told,
    UNPACKED: _cannot_be_told,
    "asserted": _cannot_be_told,
}

RULES: dict[type, Callable[[Evaluation, Any], MaybeShape]] = {BigSum: big_sum}
