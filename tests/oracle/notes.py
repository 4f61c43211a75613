"""A network in, the notes out that somebody would keep of it: forward, cost, backward, updates."""

from collections.abc import Iterator
from functools import cache

from .formulas import at_layer
from .network import Network
from .read import read
from .tree import Formula

_FORWARD = "Z{l} = W{l} @ {A} + b{l}\nA{l} = g{l}(Z{l})"
_COST = "J = -(1/m) * np.sum(Y * np.log(A{l}) + (1 - Y) * np.log(1 - A{l}))\ndZ{l} = A{l} - Y"
_PASSED_BACK = "dZ{l} = W{n}.T @ dZ{n} * g{l}'(Z{l})"
_GRADIENTS = "dW{l} = (1/m) * dZ{l} @ {A}.T\ndb{l} = (1/m) * np.sum(dZ{l}, axis=1, keepdims=True)"
_UPDATE = "W{l} = W{l} - alpha * dW{l}\nb{l} = b{l} - alpha * db{l}"

_FORWARD_ONE = "z{l} = W{l} @ {a} + b{l}\na{l} = g{l}(z{l})"
_COST_ONE = "da{l} = -y / a{l} + (1 - y) / (1 - a{l})\ndz{l} = a{l} - y"
_PASSED_BACK_ONE = "dz{l} = W{n}.T @ dz{n} * g{l}'(z{l})"
_GRADIENTS_ONE = "dW{l} = dz{l} @ {a}.T\ndb{l} = dz{l}"


@cache
def notes(network: Network) -> tuple[Formula, ...]:
    """Return the formulas in the order in which they are worked out."""
    templates = (
        (_FORWARD_ONE, _COST_ONE, _PASSED_BACK_ONE, _GRADIENTS_ONE)
        if network.one_example
        else (_FORWARD, _COST, _PASSED_BACK, _GRADIENTS)
    )
    return tuple(map(read, _lines(network.layers, *templates)))


def _lines(layers: int, forward: str, cost: str, passed_back: str, gradients: str) -> Iterator[str]:
    for layer in range(1, layers + 1):
        yield from at_layer(forward, layer)
    for layer in range(layers, 0, -1):
        yield from at_layer(cost if layer == layers else passed_back, layer)
        yield from at_layer(gradients, layer)
    for layer in range(1, layers + 1):
        yield from at_layer(_UPDATE, layer)
