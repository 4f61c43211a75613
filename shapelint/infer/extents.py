"""Expressions that stand for sizes: `n_a` in a slice, `n1` in `np.zeros((n1, 1))`."""

from shapelint.sizes import ANY, Size, add, multiply
from shapelint.symbol import UNDECLARED
from shapelint.tree import Name, Negate, Node, Number, Paren, Product, Sum


def size_of(node: Node) -> Size:
    """Return the size that an expression stands for, ANY where it cannot be told."""
    match node:
        case Number():
            return ANY if node.value is None else node.value
        case Name():
            return _named(node)
        case Paren():
            return size_of(node.child)
        case Negate():
            return multiply(-1, size_of(node.child))
        case Sum():
            total = size_of(node.terms[0])
            for sign, term in zip(node.signs, node.terms[1:], strict=True):
                total = add(total, size_of(term), 1 if sign[2] == "+" else -1)
            return total
        case Product() if all(sign[2] in ("*", "", "mtimes", ".*") for sign in node.signs):
            product: Size = 1
            for factor in node.factors:
                product = multiply(product, size_of(factor))
            return product
        case _:
            return ANY


def _named(node: Name) -> Size:
    symbol = node.symbol
    if symbol.base == "n" and symbol.layer is not None:
        return f"n[{symbol.layer}]"
    if symbol.base in _ALIASES:
        return _ALIASES[symbol.base]
    if symbol.flags & UNDECLARED and not symbol.key[:1].islower():
        return ANY
    return symbol.key if symbol.flags & UNDECLARED else symbol.base


def is_none(node: Node) -> bool:
    """Say whether a node is the word None."""
    return isinstance(node, Name) and node.symbol.key == "None"


_ALIASES = {"nx": "n[0]", "ny": "n[L]"}
