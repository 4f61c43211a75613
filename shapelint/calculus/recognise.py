"""Functions that a document writes out, found again: 1/(1 + exp(-Z)) is the sigmoid of Z."""

from shapelint.calculus.expressions import (
    ADD,
    CALL,
    DIV,
    NEG,
    NUM,
    TOTAL,
    Function,
    Node,
    rebuilt,
    same,
)
from shapelint.calculus.functions import SOFTMAX


def recognised(node: Node) -> Node:
    """Return an expression with every function that it writes out under its name."""
    node = rebuilt(node, recognised)
    if node.op != DIV:
        return node
    return _sigmoid(node) or _softmax(node) or node


def _sigmoid(node: Node) -> Node | None:
    above, below = node.args
    if not _is_one(above) or below.op != ADD or len(below.args) != 2:
        return None
    rest = [term for term in below.args if not _is_one(term)]
    if len(rest) != 1 or not _is_exponential(rest[0]) or rest[0].args[0].op != NEG:
        return None
    return Node(CALL, rest[0].args[0].args, Function("sigmoid", "sigmoid"), node.at)


def _softmax(node: Node) -> Node | None:
    above, below = node.args
    if (
        not _is_exponential(above)
        or below.op != TOTAL
        or below.data.axis is None
        or not same(above, below.args[0])
    ):
        return None
    return Node(CALL, above.args, Function(SOFTMAX, SOFTMAX, axis=below.data.axis), node.at)


def _is_one(node: Node) -> bool:
    return node.op == NUM and node.data == 1


def _is_exponential(node: Node) -> bool:
    return node.op == CALL and node.data.name == "exp" and not node.data.order
