"""The rules of stacks and slices: parts on top of each other, side by side, and taken out again."""

from collections.abc import Callable, Sequence
from typing import Any

from shapelint.infer.evaluation import Evaluation
from shapelint.infer.extents import is_none, size_of
from shapelint.problems import StackSizes
from shapelint.shapes import Clash, MaybeShape, Shape, joined
from shapelint.sizes import ANY, Size, add, atoms, resolve
from shapelint.source import Span
from shapelint.tree import BigSum, Call, Name, Node, Number, Product, Range, Slice, Stack, bare, walk

SIDE_BY_SIDE = "side by side"


def _stack(evaluation: Evaluation, node: Stack) -> MaybeShape:
    """`[a; x]` on top of each other, `[A | B]` side by side, `[A, B]` the first that fits."""
    if not evaluation.environment.code and _is_in_numbers(node):
        return _written_out(node)
    if not node.separator:
        return _single(evaluation, node.parts[0])
    if not evaluation.environment.code and _are_entries(node.parts):
        return None
    if node.separator == "|" or evaluation.choices.get(-1 - node.start) == SIDE_BY_SIDE:
        return join(evaluation, node.parts, 1, node.start, node.end)
    if node.separator == ",":
        found = len(evaluation.problems)
        shape = join(evaluation, node.parts, 0, node.start, node.end)
        if shape is not None or len(evaluation.problems) == found:
            return shape
        before = evaluation.problems[found:]
        del evaluation.problems[found:]
        beside = join(evaluation, node.parts, 1, node.start, node.end)
        if beside is None:
            evaluation.problems[found:] = before
        return beside
    return join(evaluation, node.parts, 0, node.start, node.end)


def _is_in_numbers(node: Stack) -> bool:
    """Say whether nothing but numbers are stacked: `[0.1, 0.2]` may lie or stand."""
    return not any(isinstance(part, Name | Call | BigSum) for part in walk([node]))


def _written_out(node: Stack) -> MaybeShape:
    """Return the shape of a matrix that is written out in numbers, `[[0.5, 0.3], [0.2, 0.6]]`; None for others."""
    rows = [part for part in map(bare, node.parts) if isinstance(part, Stack) and part.separator in ("", ",")]
    lengths = {len(row.parts) for row in rows}
    if node.separator not in ("", ",") or len(rows) < len(node.parts) or len(lengths) > 1:
        return None
    if any(isinstance(bare(part), Stack) for row in rows for part in row.parts):
        return None
    return len(rows), lengths.pop()


def _are_entries(parts: Sequence[Node]) -> bool:
    """Say whether parts are the entries of a matrix that is written out, `b_1` above `b_2`: these number no layers."""
    names = [bare(part) for part in parts]
    symbols = [one.symbol for one in names if isinstance(one, Name)]
    return (
        len(symbols) == len(parts) > 1
        and len({one.base.rstrip("0123456789") for one in symbols}) == 1
        and symbols[0] is not symbols[1]
    )


def _single(evaluation: Evaluation, part: Node) -> MaybeShape:
    """`[z > 0]` is what it holds; `[ones(m,1) X]` stacks without a comma, which cannot be told."""
    if isinstance(part, Product) and part.tight:
        return None
    return evaluation.shape(part)


def join(evaluation: Evaluation, parts: Sequence[Node], axis: int, start: int, end: int) -> MaybeShape:
    """Return the shape of parts joined along an axis; a scalar fills the other sizes."""
    return join_shapes(evaluation, parts, [evaluation.shape(part) for part in parts], axis, Span(start, end))


def join_shapes(
    evaluation: Evaluation, parts: Sequence[Node], shapes: Sequence[MaybeShape], axis: int, whole: Span
) -> MaybeShape:
    """Return the shape of parts of these shapes, joined along an axis."""
    if any(shape is None for shape in shapes):
        return _partly_joined(shapes, axis)
    sides = [(1, ANY)[:: -1 if axis else 1] if shape == () else shape or () for shape in shapes]
    if any(len(shape) <= axis for shape in sides):
        return None
    result: Shape = sides[0]
    for place in range(1, len(sides)):
        found = joined([result, sides[place]], axis, evaluation.add, evaluation.equal)
        if type(found) is Clash:
            first = evaluation.operand(parts[0].start, parts[place - 1].end, result)
            second = evaluation.operand(parts[place].start, parts[place].end, sides[place])
            evaluation.problems.append(StackSizes(whole, first, second, axis == 0))
            return None
        result = found
    return result


def _partly_joined(shapes: Sequence[MaybeShape], axis: int) -> MaybeShape:
    """Of parts of which some cannot be told, the size across is that of the known ones."""
    known = next((shape for shape in shapes if shape is not None and len(shape) == 2), None)
    if known is None or axis > 1:
        return None
    return (ANY, known[1]) if axis == 0 else (known[0], ANY)


def _slice(evaluation: Evaluation, node: Slice) -> MaybeShape:
    """`Wf[:, n_a:]`: of a size that is a sum, at its seams; `x[:, None]` has a new axis; the rest cannot be told."""
    shape = evaluation.shape(node.child)
    if not evaluation.environment.code and any(
        isinstance(item, Name) and not is_none(item) for item in node.items
    ):
        return None  # `z[1, i]` in notes: the layer, the example
    if shape is None or sum(not is_none(item) for item in node.items) > len(shape):
        return None
    sizes: list[Size] = []
    place = 0
    for item in node.items:
        if is_none(item):
            sizes.append(1)
            continue
        if isinstance(item, Range):
            sizes.append(_part(evaluation, item, shape[place]))
        place += 1
    return (*sizes, *shape[place:])


def _part(evaluation: Evaluation, item: Range, size: Size) -> Size:
    if item.low is None and item.high is None:
        return size
    if item.low is not None and item.high is not None:
        return ANY
    if isinstance(first := item.low, Number) and first.value is not None:
        return evaluation.less(size, first.value)
    bound_node = item.low or item.high
    assert bound_node is not None
    (bound,) = evaluation.environment.stated((size_of(bound_node),))
    if not isinstance(bound, str) or bound == size or bound not in atoms(size):
        return ANY
    return bound if item.high is not None else add(size, bound, -1)


def stretch(evaluation: Evaluation, node: Call) -> MaybeShape:
    """`x(2:end)`: a stretch of a row or a column, which lies as they do."""
    shape, items = evaluation.shape(node.arguments[0]), node.arguments[1]
    if shape is None or len(shape) != 2 or not isinstance(items, Range):
        return None
    if resolve(shape[1]) == 1:
        return (_part(evaluation, items, shape[0]), 1)
    return (1, _part(evaluation, items, shape[1])) if resolve(shape[0]) == 1 else None


RULES: dict[type, Callable[[Evaluation, Any], MaybeShape]] = {Stack: _stack, Slice: _slice}
