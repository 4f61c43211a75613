"""A way of choosing in, formulas out that nobody has written: free ones, and ones of their target's shape."""

from dataclasses import replace

from .aimed import aimed_tree
from .choice import Choose, around, scaled
from .network import EXAMPLES, Network, shape, symbols
from .tree import Formula, Kind, Product, Sum, Total, Transposed, Tree

_STEPS = ("name", "matrix", "times", "sum", "transposed", "matrix", "around", "total", "scaled", "over")


def free_formula(choose: Choose, network: Network, depth: int = 3) -> Formula:
    """Grow any formula at all; most are wrong."""
    return Formula(choose(symbols(network)), free_tree(choose, network, depth))


def right_formula(choose: Choose, network: Network, depth: int = 3) -> Formula:
    """Grow a formula of its target's shape."""
    target, network = choose(symbols(network)), replace(network, columns=EXAMPLES)
    return Formula(target, aimed_tree(choose, network, shape(target, network), depth))


def free_tree(choose: Choose, network: Network, depth: int) -> Tree:
    """Grow any expression that has a matrix in it."""

    def deeper() -> Tree:
        return free_tree(choose, network, depth - 1)

    match choose(_STEPS) if depth else "name":
        case "matrix":
            return Product(Kind.MATRIX, deeper(), deeper())
        case "times":
            return Product(Kind.TIMES, deeper(), deeper())
        case "over":
            return Product(Kind.OVER, deeper(), deeper())
        case "sum":
            return Sum(choose("+-"), deeper(), deeper())
        case "transposed":
            return Transposed(deeper())
        case "total":
            return Total(deeper(), choose((1, 0, None)), choose((True, False)))
        case "around":
            return around(choose, deeper())
        case "scaled":
            return scaled(choose, deeper())
    return choose(symbols(network))
