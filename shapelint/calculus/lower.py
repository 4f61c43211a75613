"""A tree and the shapes that its evaluation met in, an expression out, or why there is none.

What a product is, a matrix product or one entry by entry, and over what a sum runs is not decided here: shape inference
did, and value and shape are read alike.
"""

from collections.abc import Callable
from fractions import Fraction
from typing import Any

from shapelint.calculus.calls import call, joined, reduced
from shapelint.calculus.expressions import (
    ADD,
    CALL,
    COMPARE,
    MAT,
    MUL,
    NEG,
    NUM,
    ONE,
    PART,
    POW,
    SIZE,
    TURN,
    VAR,
    Function,
    Node,
    Part,
    div,
    neg,
    num,
)
from shapelint.calculus.lowering import Lowering, Shaped, unlowered
from shapelint.infer.stacks import SIDE_BY_SIDE
from shapelint.operators import DIVIDE
from shapelint.shapes import MaybeShape
from shapelint.sizes import ANY
from shapelint.source import Span
from shapelint.symbol import Symbol
from shapelint.tree import (
    BigSum,
    Call,
    Compare,
    Name,
    Negate,
    Number,
    Paren,
    Power,
    Product,
    Range,
    Slice,
    Stack,
    Sum,
    Transpose,
    bare,
)
from shapelint.tree import Node as Tree


def _paren(lowering: Lowering, tree: Paren) -> Node:
    return lowering.node(tree.child)


def _name(lowering: Lowering, tree: Name) -> Node:
    if tree.symbol.key in ("m", "True", "False", "None", "pi"):
        return _word(tree.symbol.key)
    return Node(VAR, (), lowering.key(tree.symbol))


def _word(key: str) -> Node:
    known = {"True": ONE, "False": num(0), "None": num(0)}
    return Node(SIZE, (), "m") if key == "m" else known.get(key) or Node(VAR, (), key)


def _number(lowering: Lowering, tree: Number) -> Node:
    written = lowering.text[tree.start : tree.end].replace("_", "").rstrip(".,")
    if tree.value is not None:
        return num(tree.value)
    try:
        return num(Fraction(written))
    except (ValueError, ZeroDivisionError):
        raise unlowered("number", lowering.text, tree) from None


def _negate(lowering: Lowering, tree: Negate) -> Node:
    child = lowering.node(tree.child)
    return child if lowering.text[tree.start : tree.start + 1] == "+" else neg(child)


def _transpose(lowering: Lowering, tree: Transpose) -> Node:
    child = lowering.node(tree.child)
    return child if lowering.shaped.met(tree.child) == () else Node(TURN, (child,))


def _power(lowering: Lowering, tree: Power) -> Node:
    exponent = lowering.node(tree.exponent)
    below = bare(tree.base)
    if isinstance(below, Name) and below.symbol.key == "e":
        return Node(CALL, (exponent,), Function("exp", "exp"))
    if exponent.op == NEG and exponent.args[0].op == NUM:
        exponent = num(-exponent.args[0].data)
    if exponent.op == NUM and exponent.data < 0 and _is_square(lowering.shaped.met(tree.base)):
        raise unlowered("inverse", lowering.text, tree)
    return Node(POW, (lowering.node(tree.base), exponent))


def _is_square(shape: MaybeShape) -> bool:
    return shape is not None and len(shape) == 2 and shape[0] == shape[1] and shape[0] != 1


_MORE = {"<": ">", "<=": ">="}


def _sum(lowering: Lowering, tree: Sum) -> Node:
    terms = [lowering.node(tree.terms[0])]
    for sign, term in zip(tree.signs, tree.terms[1:], strict=True):
        found = lowering.node(term)
        terms.append(found if sign[2] == "+" else neg(found))
    return Node(ADD, tuple(terms))


def _compare(lowering: Lowering, tree: Compare) -> Node:
    left, right, sign = lowering.node(tree.left), lowering.node(tree.right), tree.sign[2]
    sign = {"≥": ">=", "≤": "<=", "≠": "!="}.get(sign, sign)
    return Node(COMPARE, (right, left) if sign in _MORE else (left, right), _MORE.get(sign, sign))


def _product(lowering: Lowering, tree: Product) -> Node:
    found = lowering.node(tree.factors[0])
    for sign, factor in zip(tree.signs, tree.factors[1:], strict=True):
        other = lowering.node(factor)
        if lowering.shaped.meaning(sign) == DIVIDE:
            found = div(found, other)
        elif lowering.shaped.is_matrix(factor):
            found = Node(MAT, (found, other))
        elif found.op == MUL:
            found = Node(MUL, (*found.args, other))
        else:
            found = Node(MUL, (found, other))
        found = found._replace(at=Span(tree.start, factor.end))
    return found


def _big_sum(lowering: Lowering, tree: BigSum) -> Node:
    return reduced(lowering, tree, tree.child, mean=False)


def _slice(lowering: Lowering, tree: Slice) -> Node:
    """`Wf[:, n_a:]`: a stretch of one axis whose bounds are sizes."""
    shape = lowering.shaped.met(tree.child)
    found = lowering.node(tree.child)
    if shape is None or len(tree.items) != len(shape):
        raise unlowered("slice", lowering.text, tree)
    for axis, item in enumerate(tree.items):
        if not isinstance(item, Range):
            raise unlowered("slice", lowering.text, tree)
        low = 0 if item.low is None else lowering.shaped.size(item.low)
        high = shape[axis] if item.high is None else lowering.shaped.size(item.high)
        if low is ANY or high is ANY:
            raise unlowered("slice", lowering.text, tree)
        if (low, high) != (0, shape[axis]):
            found = Node(PART, (found,), Part(axis, low, high, shape[axis]))
    return found


def _stack(lowering: Lowering, tree: Stack) -> Node:
    if not tree.separator:
        return lowering.node(tree.parts[0])
    beside = tree.separator == "|" or lowering.shaped.reading_of(tree.start) == SIDE_BY_SIDE
    return joined(lowering, tree, tree.parts, 1 if beside else 0)


_RULES: dict[type, Callable[[Lowering, Any], Node]] = {
    Paren: _paren,
    Name: _name,
    Number: _number,
    Negate: _negate,
    Transpose: _transpose,
    Power: _power,
    Sum: _sum,
    Compare: _compare,
    Product: _product,
    BigSum: _big_sum,
    Call: call,
    Slice: _slice,
    Stack: _stack,
}


def lowering(text: str, shaped: Shaped, key: Callable[[Symbol], str]) -> Lowering:
    """Return what turns the trees of a formula into expressions; `text` is what it stands in."""
    return Lowering(text, shaped, key, _lower)


def _lower(lowering: Lowering, tree: Tree) -> Node:
    rule = _RULES.get(type(tree))
    if rule is None:
        raise unlowered("notation", lowering.text, tree)
    return rule(lowering, tree)
