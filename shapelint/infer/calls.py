"""The rules of functions, by the names of the rows in `operators`: NumPy's, and those of notes."""

from collections.abc import Callable, Sequence
from typing import Any

from shapelint.infer.evaluation import Evaluation
from shapelint.infer.extents import is_none, size_of
from shapelint.infer.stacks import join_shapes
from shapelint.operators import ARRAYS
from shapelint.operators import FUNCTIONS as NOTED
from shapelint.problems import BadAxis, NotSquare
from shapelint.shapes import SCALAR, MaybeShape, Shape, total, transposed
from shapelint.sizes import Size, layer_of, resolve
from shapelint.source import Span
from shapelint.symbol import BATCH, SINGLE
from shapelint.tree import (
    BigSum,
    Call,
    Keyword,
    Name,
    Negate,
    Node,
    Number,
    Sign,
    Stack,
    Tuple,
    bare,
    walk,
)

KNOWN = frozenset((*NOTED, *ARRAYS))
OVER_EXAMPLES = "over the examples"
OVER_ALL = "over all"
TYPESET = "∑"  # a typeset sum without an index, which nobody takes for `np.sum`: no reason to doubt it

# Over what a big sum runs, by its index; other indices run over layers, gates, time steps.
_EXAMPLE_INDICES = frozenset(("i", "m", "batch", "n", "examples"))
_UNIT_INDICES = frozenset(("j", "k"))


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


def _total(evaluation: Evaluation, node: Call) -> MaybeShape:
    """`np.sum`: over all without an axis, and without `keepdims` the axis is gone (NumPy)."""
    arguments = positional(node)
    if not arguments:
        return None
    shape = evaluation.shape(arguments[0])
    axis_node = axis_of(node)
    keepdims = _is_true(keyword(node, "keepdims", "keepdim", "keepDims", "keep_dims")) or any(
        isinstance(one, Name) and _is_true(one) for one in arguments[2:]
    )  # `np.sum(a, 1, None, None, True)`: nothing else that may stand there is True
    if axis_node is None:
        if shape is None:
            return None if keepdims else SCALAR
        return total(shape, None, keepdims)
    axis = integer(axis_node)
    if shape is None or axis is None:
        return None
    if node.function == "noted_total" and axis == 2 and len(shape) == 2 and len(arguments) > 1:
        return total(shape, 1, True)  # Octave counts axes from 1 and keeps them: sum(A, 2)
    return _along(evaluation, node, arguments[0], shape, axis, keepdims)


def _along(
    evaluation: Evaluation, node: Call, argument: Node, shape: Shape, axis: int, keepdims: bool
) -> MaybeShape:
    found = total(shape, axis, keepdims)
    if found is None:
        operand = evaluation.operand(argument.start, argument.end, shape)
        evaluation.problems.append(BadAxis(Span(node.start, node.end), operand, axis))
    return found


def _noted_total(evaluation: Evaluation, node: Call) -> MaybeShape:
    """`sum(dZ)` in notes: over the examples, or over all; with an axis as in NumPy."""
    if len(node.arguments) != 1:
        return _total(evaluation, node)
    shape = evaluation.shape(node.arguments[0])
    evaluation.sums += 1
    if evaluation.choices.get(-1 - node.start) == OVER_ALL:
        return SCALAR
    return _over_examples(evaluation, node.arguments[0], shape)


def _bigsum(evaluation: Evaluation, node: BigSum) -> MaybeShape:
    """`Σ_i dZ`: the index says over what; without one as `sum(dZ)`."""
    shape = evaluation.shape(node.child)
    index = index_of(node.sign)
    if not index:
        evaluation.sums += 1
        return (
            SCALAR
            if evaluation.choices.get(-1 - node.start) == OVER_ALL
            else _over_examples(evaluation, node.child, shape)
        )
    if index in _EXAMPLE_INDICES:
        return _over_examples(evaluation, node.child, shape)
    if index in _UNIT_INDICES and shape is not None and len(shape) == 2:
        axis = 1 - evaluation.environment.examples_axis
        return shape[:axis] + (1,) + shape[axis + 1 :]
    return shape


def index_of(sign: Sign) -> str:
    """Return the index of a big sum: `i` of `Σ_{i=1}^m`."""
    text = sign[2].lstrip("Σ∑").lstrip("_{").split("}")[0].split("^")[0]
    return text.split("=")[0].strip()


def is_over_examples(sign: Sign) -> bool:
    """Say whether a big sum runs over the examples: by its index, or because it has none."""
    index = index_of(sign)
    return not index or index in _EXAMPLE_INDICES


def _over_examples(evaluation: Evaluation, node: Node, shape: MaybeShape) -> MaybeShape:
    if shape is None or len(shape) != 2:
        return shape
    axis = evaluation.environment.examples_axis
    size = resolve(shape[axis])
    if isinstance(size, str) and layer_of(size) is not None and _is_of_one_example(node):
        return shape  # `Σ_i dz(i) a(i).T`: the examples are no axis of a term of one example
    return shape[:axis] + (1,) + shape[axis + 1 :]


def _is_of_one_example(node: Node) -> bool:
    """Say whether a term has names that may be one example's, and none that is of all."""
    flags = 0
    for part in walk([node]):
        flags |= part.symbol.flags if isinstance(part, Name) else 0
    return bool(flags & SINGLE) and not flags & BATCH


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
    if _is_true(keyword(node, "transpose_a")):
        left = transposed(left)
    if _is_true(keyword(node, "transpose_b")):
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
    return isinstance(size, str) and (size.startswith("·") or (size == "m" and _is_of_one_example(vector)))


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
        return _total(evaluation, node)
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


def positional(node: Call) -> Sequence[Node]:
    """Return the arguments without a keyword."""
    return [argument for argument in node.arguments if not isinstance(argument, Keyword)]


def keyword(node: Call, *keys: str) -> Node | None:
    """Return the value of the first of these keywords that the call has."""
    for argument in node.arguments:
        if isinstance(argument, Keyword) and argument.key in keys:
            return argument.value
    return None


def axis_of(node: Call) -> Node | None:
    """Return what stands for the axis of a sum, by its name or its place; None where it runs over all."""
    found = keyword(node, "axis", "dim", "reduction_indices") or next(iter(positional(node)[1:2]), None)
    return None if found is None or is_none(found) else found


def integer(node: Node) -> int | None:
    """Return the whole number that stands there, None where it is something else."""
    if isinstance(node, Number):
        return node.value
    if isinstance(node, Negate) and isinstance(node.child, Number) and node.child.value is not None:
        return -node.child.value
    return None


def _is_true(node: Node | None) -> bool:
    if isinstance(node, Number):
        return node.value == 1
    return isinstance(node, Name) and node.symbol.key == "True"


FUNCTIONS: dict[str, Callable[[Evaluation, Call], MaybeShape]] = {
    "elementwise": _elementwise,
    "total": _total,
    "noted_total": _noted_total,
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
    "asserted": _cannot_be_told,
}

RULES: dict[type, Callable[[Evaluation, Any], MaybeShape]] = {BigSum: _bigsum}
