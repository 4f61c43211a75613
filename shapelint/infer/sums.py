"""Sums and means in, the shapes that they leave out: over an axis, as NumPy has it, or over what notes mean."""

from shapelint.infer.evaluation import Evaluation
from shapelint.infer.parameters import axis_of, integer, is_true, keyword, positional
from shapelint.problems import BadAxis
from shapelint.shapes import SCALAR, MaybeShape, Shape, total
from shapelint.sizes import Unknown, is_one_or_all, layer_of, resolve
from shapelint.source import Span
from shapelint.symbol import BATCH, SINGLE
from shapelint.tree import BigSum, Call, Name, Node, Sign, bare, walk

OVER_EXAMPLES = "over the examples"
OVER_ALL = "over all"
TYPESET = "∑"  # a typeset sum without an index, which nobody takes for `np.sum`: no reason to doubt it

# Over what a big sum runs, by its index; other indices run over layers, gates, time steps.
_EXAMPLE_INDICES = frozenset(("i", "m", "batch", "n", "examples"))
_WEIGHTS = frozenset(("W", "w", "U", "V", "Theta", "theta"))
_UNIT_INDICES = frozenset(("j", "k"))


def total_along(evaluation: Evaluation, node: Call) -> MaybeShape:
    """`np.sum`: over all without an axis, and without `keepdims` the axis is gone (NumPy)."""
    arguments = positional(node)
    if not arguments:
        return None
    shape = evaluation.shape(arguments[0])
    axis_node = axis_of(node)
    keepdims = is_true(keyword(node, "keepdims", "keepdim", "keepDims", "keep_dims")) or any(
        isinstance(one, Name) and is_true(one) for one in arguments[2:]
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


def first_total(evaluation: Evaluation, node: Call) -> MaybeShape:
    """`sum(A)` in Octave: along the first axis that is longer than 1, which is kept."""
    shape = evaluation.shape(node.arguments[0])
    if shape is None or len(shape) > 2:
        return None
    rows, columns = (resolve(size) for size in shape) if len(shape) == 2 else (1, 1)
    if 1 in (rows, columns):
        return SCALAR
    return None if isinstance(rows, Unknown) or is_one_or_all(rows) else (1, shape[1])


def noted_total(evaluation: Evaluation, node: Call) -> MaybeShape:
    """`sum(dZ)` in notes: over the examples, or over all; with an axis as in NumPy."""
    if len(node.arguments) != 1:
        return total_along(evaluation, node)
    shape = evaluation.shape(node.arguments[0])
    evaluation.sums += 1
    if evaluation.choices.get(-1 - node.start) == OVER_ALL:
        return SCALAR
    return _over_examples(evaluation, node.arguments[0], shape)


def big_sum(evaluation: Evaluation, node: BigSum) -> MaybeShape:
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
    if _is_gradient_of_weight(node):
        return shape  # `Σ_n ∂L(ŷ_n)/∂W`: one for each example, and no axis for all of them
    if isinstance(size, str) and layer_of(size) is not None and is_of_one_example(node):
        return shape  # `Σ_i dz(i) a(i).T`: the examples are no axis of a term of one example
    return shape[:axis] + (1,) + shape[axis + 1 :]


def _is_gradient_of_weight(node: Node) -> bool:
    node = bare(node)
    return isinstance(node, Name) and node.symbol.gradient and node.symbol.base in _WEIGHTS


def is_of_one_example(node: Node) -> bool:
    """Say whether a term has names that may be one example's, and none that is of all."""
    flags = 0
    for part in walk([node]):
        flags |= part.symbol.flags if isinstance(part, Name) else 0
    return bool(flags & SINGLE) and not flags & BATCH
