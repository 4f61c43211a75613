"""Calls of functions in, expressions out: by their rule of shapes, or by the row of the function."""

import re
from collections.abc import Callable
from typing import Any

from shapelint.calculus.callee import callee
from shapelint.calculus.expressions import (
    ADD,
    CALL,
    COMPARE,
    JOIN,
    MAT,
    NUM,
    ONE,
    ONES,
    POW,
    SIZE,
    TOTAL,
    TURN,
    Function,
    Node,
    Total,
    add_all,
    div,
    mul,
    mul_all,
    neg,
    num,
)
from shapelint.calculus.functions import SOFTMAX, named
from shapelint.calculus.lowering import Lowering, unlowered
from shapelint.infer.parameters import axis_of, integer, is_true, keyword, positional
from shapelint.operators import MATRIX_PRODUCTS
from shapelint.tree import (
    BigSum,
    Call,
    Stack,
    Tuple,
    bare,
)
from shapelint.tree import Node as Tree

# Functions of two arguments that are operations.
_OPERATIONS: dict[str, Callable[[Node, Node], Node]] = {
    "multiply": mul,
    "mul": mul,
    "divide": div,
    "div": div,
    "true_divide": div,
    "add": lambda left, right: add_all((left, right)),
    "subtract": lambda left, right: add_all((left, neg(right))),
    "sub": lambda left, right: add_all((left, neg(right))),
    "power": lambda left, right: Node(POW, (left, right)),
    "pow": lambda left, right: Node(POW, (left, right)),
}
# Functions that give back what they are given.
_AS_IT_IS = frozenset(
    ("squeeze", "array", "asarray", "copy", "float32", "float64", "astype", "clone", "detach", "float")
)
_MEANS = frozenset(("mean", "average", "Mean", "reduce_mean"))
_SUMS = frozenset(("sum", "Sum", "reduce_sum", "nansum"))
_CONCATENATIONS = {"vstack": 0, "hstack": 1}


def reduced(lowering: Lowering, tree: Tree, argument: Tree, mean: bool) -> Node:
    """A sum over what its shape lost: over all, along the axis that became 1, or the axis that is gone."""
    child = lowering.node(argument)
    if lowering.shaped.met(argument) is None and isinstance(tree, Call) and not mean and _is_over_all(tree):
        return Node(TOTAL, (child,), Total(None))  # over all, whatever its shape
    before, after = lowering.shaped.met(argument), lowering.shaped.met(tree)
    if before is None or after is None:
        raise unlowered("sum", lowering.text, tree)
    told = _total(before, after)
    if told is None:
        if before == after and not isinstance(tree, BigSum):
            return child
        raise unlowered("sum", lowering.text, tree)
    found = Node(TOTAL, (child,), told)
    if not mean:
        return found
    sizes = before if told.axis is None else (before[told.axis],)
    return mul(div(ONE, mul_all([Node(SIZE, (), size) for size in sizes if size != 1])), found)


def _total(before: Any, after: Any) -> Total | None:
    if after == () or (all(size == 1 for size in after) and len(before) == len(after)):
        return Total(None) if after == () else _only_axis(before)
    if len(after) == len(before):
        return next((Total(axis) for axis, size in enumerate(before) if after[axis] != size), None)
    if len(after) == len(before) - 1:
        gone = [axis for axis in range(len(before)) if before[:axis] + before[axis + 1 :] == after]
        return Total(gone[0], kept=False) if gone else None
    return None


def _only_axis(before: Any) -> Total | None:
    longer = [axis for axis, size in enumerate(before) if size != 1]
    return Total(longer[0]) if len(longer) == 1 else None


def _is_over_all(tree: Call) -> bool:
    return tree.function == "total" and axis_of(tree) is None


def joined(lowering: Lowering, tree: Tree, parts: Any, axis: int) -> Node:
    """Return parts side by side or on top of each other. Raises Unlowered."""
    if any(len(lowering.shaped.met(part) or ()) != 2 for part in parts):
        raise unlowered("stack", lowering.text, tree)
    return Node(JOIN, tuple(map(lowering.node, parts)), axis)


def call(lowering: Lowering, tree: Call) -> Node:
    """Return the expression of a call. Raises Unlowered."""
    rule = _CALLS.get(tree.function)
    arguments = positional(tree)
    if not arguments:
        raise unlowered("function", lowering.text, tree)
    if rule is not None:
        return rule(lowering, tree)
    return _function(lowering, tree)


def _matrix_call(lowering: Lowering, tree: Call) -> Node:
    arguments = positional(tree)
    if len(arguments) != 2 or tree.function not in MATRIX_PRODUCTS:
        raise unlowered("function", lowering.text, tree)
    left, right = map(lowering.node, arguments)
    shapes = [lowering.shaped.met(one) for one in arguments]
    if is_true(keyword(tree, "transpose_a")):
        left = Node(TURN, (left,))
    if is_true(keyword(tree, "transpose_b")):
        right = Node(TURN, (right,))
    if () in shapes:
        return mul(left, right)
    if any(shape is None or len(shape) != 2 for shape in shapes):
        raise unlowered("axes", lowering.text, tree)
    return Node(MAT, (left, right))


def _turned_call(lowering: Lowering, tree: Call) -> Node:
    return Node(TURN, (lowering.node(positional(tree)[0]),))


def _total_call(lowering: Lowering, tree: Call) -> Node:
    word = _last_word(tree)
    if word not in _SUMS and word not in _MEANS:
        raise unlowered("function", lowering.text, tree)
    return reduced(lowering, tree, positional(tree)[0], mean=word in _MEANS)


def _size_call(lowering: Lowering, tree: Call) -> Node:
    """`X.shape[1]`, `len(X)`: the number that a size is."""
    arguments = positional(tree)
    shape = lowering.shaped.met(arguments[0])
    axis = integer(arguments[1]) if len(arguments) > 1 else None
    if shape is None or axis is None or not -len(shape) <= axis < len(shape):
        raise unlowered("size", lowering.text, tree)
    return Node(SIZE, (), shape[axis])


def _joined_call(lowering: Lowering, tree: Call) -> Node:
    parts = bare(positional(tree)[0])
    if not isinstance(parts, Stack | Tuple):
        raise unlowered("stack", lowering.text, tree)
    given = keyword(tree, "axis") or next(iter(positional(tree)[1:]), None)
    axis = _CONCATENATIONS.get(_last_word(tree), 0 if given is None else integer(given))
    if axis not in (0, 1, -1, -2):
        raise unlowered("stack", lowering.text, tree)
    return joined(lowering, tree, parts.parts, axis % 2)


def _norm_call(lowering: Lowering, tree: Call) -> Node:
    """The Frobenius norm: the root of the sum of all squares."""
    if len(tree.arguments) != 1:
        raise unlowered("function", lowering.text, tree)
    squares = Node(POW, (lowering.node(tree.arguments[0]), num(2)))
    return Node(CALL, (Node(TOTAL, (squares,), Total(None)),), Function("sqrt", "np.sqrt"))


def _same_call(lowering: Lowering, tree: Call) -> Node:
    return lowering.node(positional(tree)[0])


def _filled_call(lowering: Lowering, tree: Call) -> Node:
    raise unlowered("filled", lowering.text, tree)


def _last_word(tree: Call) -> str:
    return tree.name[2].rpartition(".")[2].strip("'′’`")


def _head(lowering: Lowering, tree: Call) -> str:
    """Return how the function is written: what stands before its bracket, or before its argument."""
    text, first = lowering.text, positional(tree)[0]
    written = text[tree.name[0] : max(tree.name[1], tree.name[0])]
    if tree.method or tree.name[2].startswith("np.") or first.start < tree.name[1]:
        return written
    return re.split(r"\(|\\left|\\bigl|\\big", text[tree.name[0] : first.start])[0] or written


def _function(lowering: Lowering, tree: Call) -> Node:
    """A function that works entry by entry: by its row, or by what it does to two arguments."""
    arguments = positional(tree)
    word = _last_word(tree)
    operation = _OPERATIONS.get(word)
    if operation is not None and len(arguments) == 2:
        return operation(*map(lowering.node, arguments))
    if word in _AS_IT_IS and len(arguments) == 1:
        return lowering.node(arguments[0])
    if word == "where" and len(arguments) == 3:
        return _chosen(*map(lowering.node, arguments))
    if word in ("maximum", "max", "minimum", "min") and len(arguments) == 2:
        return _greater(word.startswith("max"), *map(lowering.node, arguments))
    if word in ("ones_like", "zeros_like"):
        like = Node(ONES, (lowering.node(arguments[0]),))
        return like if word == "ones_like" else mul(num(0), like)
    found = callee(_head(lowering, tree))
    name = named(found.word) or named(tree.name[2])
    if name is None or not _takes_one(arguments, name):
        raise unlowered("function", lowering.text, tree)
    axis = _softmax_axis(lowering, tree, found.layer) if name == SOFTMAX else None
    function = Function(name, found.word, found.order, found.layer, axis)
    return Node(CALL, (lowering.node(arguments[0]),), function)


def _takes_one(arguments: Any, name: str) -> bool:
    return len(arguments) == 1 or name == SOFTMAX


def _softmax_axis(lowering: Lowering, tree: Call, layer: str) -> int:
    """Softmax adds up to 1 over the units, whichever axis they are on: not along the one of the examples."""
    given = axis_of(tree)
    axis = None if given is None else integer(given)
    shape = lowering.shaped.met(positional(tree)[0])
    if axis is not None and shape is not None and len(shape) == 2:
        return axis % 2
    if shape is None or len(shape) != 2:
        raise unlowered("function", lowering.text, tree)
    return 1 if shape[0] == "m" or (shape[0] == 1 and shape[1] != "m") else 0


def _chosen(condition: Node, one: Node, other: Node) -> Node:
    """`np.where(Z > 0, Z, 0)`: each branch times a mask of ones and zeros."""
    return Node(ADD, (mul(condition, one), mul(Node(ADD, (ONE, neg(condition))), other)))


def _greater(greatest: bool, one: Node, other: Node) -> Node:
    """`np.maximum(0, Z)`: relu where one side is 0, else each where it is the greater."""
    zero = next((side for side in (one, other) if side.op == NUM and side.data == 0), None)
    if greatest and zero is not None:
        argument = other if zero is one else one
        return Node(CALL, (argument,), Function("relu", "relu"))
    condition = Node(COMPARE, (one, other) if greatest else (other, one), ">")
    return _chosen(condition, one, other)


_CALLS: dict[str, Callable[[Lowering, Call], Node]] = {
    "total": _total_call,
    "noted_total": _total_call,
    "matrix_product": _matrix_call,
    "dot_product": _matrix_call,
    "transposed": _turned_call,
    "joined": _joined_call,
    "size_along": _size_call,
    "norm": _norm_call,
    "as_it_is": _same_call,
    "squeezed": _same_call,
    "filled": _filled_call,
    "filled_array": _filled_call,
    "drawn": _filled_call,
}
