"""A way of choosing in, an expression of a wanted shape out, as nobody has written it."""

from .choice import Choose, around, scaled
from .network import EXAMPLES, Network, Shape, shape, symbols
from .tree import Kind, Name, Product, Sum, Total, Transposed, Tree

_STEPS = ("name", "matrix", "times", "sum", "matrix", "transposed", "around", "scaled", "broadcast", "name")


def aimed_tree(choose: Choose, network: Network, wanted: Shape, depth: int) -> Tree:
    """Grow an expression of a wanted shape (rows, columns)."""
    rows, columns = wanted

    def aimed(*other: int) -> Tree:
        return aimed_tree(choose, network, other or wanted, depth - 1)

    match choose(_STEPS) if depth else "name":
        case "matrix":
            inner = choose(sizes(network))
            return Product(Kind.MATRIX, aimed(rows, inner), aimed(inner, columns))
        case "times":
            return Product(choose((Kind.TIMES, Kind.OVER)), aimed(), aimed())
        case "sum":
            return Sum(choose("+-"), aimed(), aimed())
        case "broadcast":
            return Sum(choose("+-"), aimed(), choose((aimed(rows, 1), aimed(1, columns))))
        case "transposed":
            return Transposed(aimed(columns, rows))
        case "around":
            return around(choose, aimed())
        case "scaled":
            return scaled(choose, aimed())
    return _leaf(choose, network, wanted)


def sizes(network: Network) -> tuple[int, ...]:
    """Return every size that a matrix of the network has, m among them."""
    return (*(network.units(layer) for layer in range(network.layers + 1)), EXAMPLES)


def _leaf(choose: Choose, network: Network, wanted: Shape) -> Tree:
    """Find a symbol of this shape, or of its transpose, or put one together from a column and a row."""
    same = [name for name in symbols(network) if shape(name, network) == wanted]
    turned = [Transposed(name) for name in symbols(network) if shape(name, network) == wanted[::-1]]
    if same or turned:
        return choose(same + turned)
    rows, columns = wanted
    if columns == 1:
        return Total(_with_rows(choose, network, rows), axis=1, keepdims=True)
    if rows == 1:
        return Transposed(_leaf(choose, network, (columns, 1)))
    return Product(Kind.MATRIX, _leaf(choose, network, (rows, 1)), _leaf(choose, network, (1, columns)))


def _with_rows(choose: Choose, network: Network, rows: int) -> Tree:
    """Find something with so many rows; a single 1 stands for every example."""
    trees = [*symbols(network), *map(Transposed, symbols(network))]
    return choose([tree for tree in trees if _rows(tree, network) == rows])


def _rows(tree: Tree, network: Network) -> int:
    match tree:
        case Transposed(Name() as name):
            return shape(name, network)[1]
        case Name() as name:
            return shape(name, network)[0]
    raise TypeError(tree)
