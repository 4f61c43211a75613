"""The lines of calls, big sums and stacks."""

from collections.abc import Callable, Sequence

from shapelint.explain.analysis.leaves import is_number
from shapelint.explain.analysis.lines import Lines, place
from shapelint.explain.analysis.products import add_step
from shapelint.explain.analysis.stories import (
    Stumble,
    failing_story,
    line_story,
    noted_story,
    repeated,
    stack_story,
    total_story,
)
from shapelint.infer.parameters import keyword, positional
from shapelint.tree import BigSum, Call, Node, Stack, Tuple, bare

_SIGNS = {"multiply": "*", "divide": "/", "add": "+", "subtract": "-"}


def add_call(lines: Lines, node: Call) -> None:
    """Write down a call: its arguments, then what it makes of them, or what it stumbles over."""
    arguments = positional(node)
    if node.function == "joined" and arguments and isinstance(parts := bare(arguments[0]), Stack | Tuple):
        _add_stacked(lines, node, parts.parts)
        return
    for argument in _shown(node, arguments):
        if not is_number(argument):
            lines.visit(argument)
    if not _add_failing(lines, node, arguments[:1]):
        _RULES.get(node.function, _plain)(lines, node, arguments)


def add_stack(lines: Lines, node: Stack) -> None:
    """Write down the parts of a stack and what they make; one part in brackets is that part."""
    if node.separator:
        _add_stacked(lines, node, node.parts)
    else:
        lines.visit(node.parts[0])


def add_big_sum(lines: Lines, node: BigSum) -> None:
    """Write down what is summed, and over what."""
    lines.visit(node.child)
    _add_noted(lines, node, node.child)


def add_transposed(lines: Lines, node: Node, child: Node) -> None:
    """Write down the transpose of something that has lines of its own."""
    shape, whole = lines.found.met(child), lines.found.met(node)
    lines.add(node, whole, f"{lines.words.shape(shape)} transposed → {lines.words.shape(whole)}")


def _shown(node: Call, arguments: Sequence[Node]) -> Sequence[Node]:
    """Return the arguments that are terms: the second one of a sum is its axis."""
    return arguments[:1] if node.function in ("total", "noted_total", "first_total") else arguments


def _add_stacked(lines: Lines, node: Node, parts: Sequence[Node]) -> None:
    for part in parts:
        lines.visit(part)
    if not _add_failing(lines, node, parts):
        shape = lines.found.met(node)
        shapes = [lines.found.met(part) for part in parts]
        lines.add(node, shape, stack_story(lines.words, shapes, shape) if shape else "")


def _add_failing(lines: Lines, node: Node, parts: Sequence[Node]) -> bool:
    problem = lines.found.problem(node)
    if not isinstance(problem, Stumble):
        return False
    shapes = [lines.found.met(part) for part in parts]
    lines.add_clash(node, failing_story(lines.words, problem, shapes))
    return True


def _add_noted(lines: Lines, node: Node, child: Node) -> None:
    axis = lines.found.environment.examples_axis
    shape, whole = lines.found.met(child), lines.found.met(node)
    lines.add(node, whole, noted_story(lines.words, shape, whole, axis))


def _total(lines: Lines, node: Call, arguments: Sequence[Node]) -> None:
    if not arguments:
        return  # np.sum(axis=1): there is nothing to sum
    if node.function == "noted_total" and len(node.arguments) == 1:
        _add_noted(lines, node, arguments[0])
        return
    axis_node = keyword(node, "axis", "dim") or (arguments[1] if len(arguments) > 1 else None)
    axis = lines.text(axis_node) if axis_node is not None else ""
    shape, whole = lines.found.met(arguments[0]), lines.found.met(node)
    gone = bool(axis and shape and whole is not None and len(whole) < len(shape))
    story = total_story(lines.words, node.name[2], axis, shape, whole)
    lines.add(node, whole, story, "without keepdims the axis is gone" if gone else "")


def _matrix(lines: Lines, node: Call, arguments: Sequence[Node]) -> None:
    step = lines.found.step(arguments[-1]) if arguments else None
    if step is None:
        _plain(lines, node, arguments)
    else:
        add_step(lines, step, place(node), "@")


def _transposed(lines: Lines, node: Call, arguments: Sequence[Node]) -> None:
    if arguments:
        add_transposed(lines, node, arguments[0])


def _elementwise(lines: Lines, node: Call, arguments: Sequence[Node]) -> None:
    shape = lines.found.met(node)
    if len(arguments) < 2 or shape is None:
        lines.add(node, shape, "", "entry by entry" if shape else "")
        return
    sign = _SIGNS.get(node.name[2].rpartition(".")[2], "with")
    operands = [lines.operand(argument) for argument in arguments]
    story = line_story(lines.words, operands, [sign] * (len(operands) - 1), shape)
    lines.add(node, shape, story, repeated(operands, shape))


def _unknown(lines: Lines, node: Call, _arguments: Sequence[Node]) -> None:
    lines.add(node, None, "", f"nothing says what {node.name[2]} gives")


def _plain(lines: Lines, node: Call, _arguments: Sequence[Node]) -> None:
    lines.add(node, lines.found.met(node))


_RULES: dict[str, Callable[[Lines, Call, Sequence[Node]], None]] = {
    "total": _total,
    "noted_total": _total,
    "first_total": _total,
    "matrix_product": _matrix,
    "dot_product": _matrix,
    "transposed": _transposed,
    "elementwise": _elementwise,
    "unknown": _unknown,
}
