"""A formula in the layout where a gradient has the shape of its object in, the same in the Jacobian layout out.

There every gradient is the transpose of what it is here: so the formula is transposed as a whole, and every gradient in
it once more.
"""

from shapelint.calculus.expressions import VAR, Node, Shapes, rebuilt, turn, var
from shapelint.calculus.network import GRADIENT, Network
from shapelint.calculus.simplify import Simplifier
from shapelint.shapes import Shape


def is_gradient_key(network: Network, key: str) -> bool:
    """Say whether a key is that of a gradient in a network."""
    return key[:1] == GRADIENT and key[1:] in network.shapes and key not in network.lines


def jacobian_shapes(network: Network) -> Shapes:
    """Return the shapes of names where every gradient is the transpose of its object."""

    def shape(key: str) -> Shape | None:
        found = network.shape(key)
        return found[::-1] if found and is_gradient_key(network, key) else found

    return Shapes(shape)


def in_jacobian_layout(node: Node, network: Network) -> Node:
    """Return a gradient's formula in the Jacobian layout. Raises UnshapedError."""
    simple = Simplifier(jacobian_shapes(network))
    return simple(turn(_marked(node, network)))


def _marked(node: Node, network: Network) -> Node:
    """Put the transpose of the other layout's gradient for each gradient."""
    if node.op == VAR and is_gradient_key(network, node.data):
        scalar = not network.shape(node.data)
        return node if scalar else turn(var(node.data))
    return rebuilt(node, lambda one: _marked(one, network))
