"""A node in, whether it is a sum, a mean or a maximum along an axis or over all out."""

from shapelint.tree import Call, Negate, Node, Paren, Product, Transpose


def is_total(node: Node) -> bool:
    """Say whether a node is a sum, a mean, a maximum along an axis or over all."""
    return isinstance(node, Call) and node.function in ("total", "noted_total", "first_total")


def adds_up(node: Node) -> bool:
    """Say whether a node is a sum or a mean along an axis or over all."""
    return is_total(node) and isinstance(node, Call) and node.name[2].lower().endswith(("sum", "mean"))


def holds_total(node: Node) -> bool:
    """Say whether a node is a sum over an axis, or a product or a sign around one."""
    match node:
        case Paren() | Negate() | Transpose():
            return holds_total(node.child)
        case Product():
            return any(holds_total(factor) for factor in node.factors)
        case Call(name=(_, _, name)) if name.endswith("divide"):
            return any(holds_total(argument) for argument in node.arguments)
        case _:
            return adds_up(node)
