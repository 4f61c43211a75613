"""All rules together: what is written down about which kind of node."""

from collections.abc import Callable, Sequence
from typing import Any

from shapelint.explain.analysis.calls import add_big_sum, add_call, add_stack, add_transposed
from shapelint.explain.analysis.leaves import add_leaf, is_leaf, is_number, is_plain_scalar
from shapelint.explain.analysis.lines import Lines, Rules
from shapelint.explain.analysis.products import add_product, add_step
from shapelint.explain.analysis.stories import line_story, repeated
from shapelint.tree import (
    BigSum,
    Call,
    Compare,
    Keyword,
    Name,
    Negate,
    Node,
    Number,
    Paren,
    Power,
    Product,
    Range,
    Slice,
    Stack,
    Sum,
    Transpose,
    Tuple,
)


def _child(lines: Lines, node: Paren | Negate) -> None:
    lines.visit(node.child)


def _sum(lines: Lines, node: Sum) -> None:
    _series(lines, node, node.terms, [sign[2] for sign in node.signs])


def _compare(lines: Lines, node: Compare) -> None:
    _series(lines, node, (node.left, node.right), [node.sign[2]])


def _series(lines: Lines, node: Node, parts: Sequence[Node], signs: Sequence[str]) -> None:
    """Write down parts that go together entry by entry, then what they make, or where they clash."""
    for part in parts:
        if not is_number(part):
            lines.visit(part)
    for number, part in enumerate(parts[1:]):
        step = lines.found.step(part)
        if step is not None and not step.fits:
            add_step(lines, step, step.span, signs[number])
            return
    shape = lines.found.met(node)
    if shape is not None:
        operands = [lines.operand(part) for part in parts]
        story = line_story(lines.words, operands, signs, shape)
        lines.add(node, shape, story, repeated(operands, shape))


def _power(lines: Lines, node: Power) -> None:
    lines.visit(node.base)
    if not is_number(node.exponent):
        lines.visit(node.exponent)
    lines.add(node, lines.found.met(node), "", "entry by entry")


def _transpose(lines: Lines, node: Transpose) -> None:
    lines.visit(node.child)
    add_transposed(lines, node, node.child)


def _slice(lines: Lines, node: Slice) -> None:
    lines.visit(node.child)
    lines.add(node, lines.found.met(node))


def _nothing(_lines: Lines, _node: Node) -> None:
    """Sizes and axes are no terms."""


def _short(rule: Callable[[Lines, Any], None]) -> Callable[[Lines, Any], None]:
    """Let scalars and leaves take one line; for all others the rule holds."""

    def short(lines: Lines, node: Node) -> None:
        if is_plain_scalar(lines, node):
            lines.add(node, ())
        elif is_leaf(lines, node):
            add_leaf(lines, node)
        else:
            rule(lines, node)

    return short


_LONG: dict[type, Callable[[Lines, Any], None]] = {
    Name: _nothing,
    Number: _nothing,
    Paren: _child,
    Negate: _child,
    Product: add_product,
    Sum: _sum,
    Compare: _compare,
    Power: _power,
    Transpose: _transpose,
    Slice: _slice,
    Stack: add_stack,
    BigSum: add_big_sum,
    Call: add_call,
    Keyword: _nothing,
    Range: _nothing,
    Tuple: _nothing,
}

RULES: Rules = {kind: _short(rule) for kind, rule in _LONG.items()}
