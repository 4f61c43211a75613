"""The right formulas of the course's networks: forward and backward pass, costs, updates, in their variants.

They stand as people write them; in a template {l} is a layer, {n} the next, {A} and {a} the activations
that go into it. Scalars are taken out of every product, so that a slip never falls between them and a factor.
"""

from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from .network import Network
from .read import read
from .scalars import scalars_first
from .tree import Formula

EVERY_LAYER = """
Z{l} = W{l} @ {A} + b{l}
Z{l} = ({A}.T @ W{l}.T).T + b{l}
A{l} = g(Z{l})
A{l} = g{l}(Z{l})
A{l} = tanh(Z{l})
A{l} = 1 / (1 + np.exp(-Z{l}))
dZ{l} = dA{l} * g'(Z{l})
dZ{l} = dA{l} * g{l}'(Z{l})
dZ{l} = dA{l} * A{l} * (1 - A{l})
dZ{l} = dA{l} * (A{l} * (1 - A{l}))
dZ{l} = dA{l} * (1 - A{l}**2)
dW{l} = (1/m) * dZ{l} @ {A}.T
dW{l} = 1/m * dZ{l} @ {A}.T
dW{l} = dZ{l} @ {A}.T / m
dW{l} = dZ{l} @ {A}.T * (1/m)
dW{l} = (1/m) * (dZ{l} @ {A}.T)
dW{l} = (1/m) * ({A} @ dZ{l}.T).T
dW{l} = (1/m) * (dA{l} * g'(Z{l})) @ {A}.T
dW{l} = (1/m) * dZ{l} @ {A}.T + (lambda/m) * W{l}
db{l} = (1/m) * np.sum(dZ{l}, axis=1, keepdims=True)
db{l} = 1/m * np.sum(dZ{l}, axis=1, keepdims=True)
db{l} = np.sum(dZ{l}, axis=1, keepdims=True) / m
db{l} = (1/m) * np.sum(dZ{l}.T, axis=0, keepdims=True).T
W{l} = W{l} - alpha * dW{l}
W{l} = W{l} - alpha * (dW{l} + (lambda/m) * W{l})
b{l} = b{l} - alpha * db{l}
"""

HIDDEN_LAYER = """
dA{l} = W{n}.T @ dZ{n}
dA{l} = (dZ{n}.T @ W{n}).T
dZ{l} = W{n}.T @ dZ{n} * g'(Z{l})
dZ{l} = W{n}.T @ dZ{n} * g{l}'(Z{l})
dZ{l} = (W{n}.T @ dZ{n}) * g'(Z{l})
dZ{l} = g'(Z{l}) * (W{n}.T @ dZ{n})
dZ{l} = (dZ{n}.T @ W{n}).T * g'(Z{l})
dZ{l} = W{n}.T @ dZ{n} * (1 - A{l}**2)
dZ{l} = W{n}.T @ dZ{n} * A{l} * (1 - A{l})
"""

LAST_LAYER = """
dZ{l} = A{l} - Y
dA{l} = -(Y / A{l}) + (1 - Y) / (1 - A{l})
dA{l} = -Y / A{l} + (1 - Y) / (1 - A{l})
dA{l} = -(Y / A{l} - (1 - Y) / (1 - A{l}))
dW{l} = (1/m) * (A{l} - Y) @ {A}.T
db{l} = (1/m) * np.sum(A{l} - Y, axis=1, keepdims=True)
d{A} = W{l}.T @ (A{l} - Y)
dZ{p} = W{l}.T @ (A{l} - Y) * g'(Z{p})
J = -(1/m) * np.sum(Y * np.log(A{l}) + (1 - Y) * np.log(1 - A{l}))
J = -np.sum(Y * np.log(A{l}) + (1 - Y) * np.log(1 - A{l})) / m
J = 1/(2*m) * np.sum((A{l} - Y)**2)
"""

EVERY_LAYER_ONE_EXAMPLE = """
z{l} = W{l} @ {a} + b{l}
a{l} = g(z{l})
a{l} = 1 / (1 + np.exp(-z{l}))
dz{l} = da{l} * g'(z{l})
dz{l} = da{l} * a{l} * (1 - a{l})
dW{l} = dz{l} @ {a}.T
dW{l} = ({a} @ dz{l}.T).T
dW{l} = (da{l} * g'(z{l})) @ {a}.T
db{l} = dz{l}
db{l} = da{l} * g'(z{l})
W{l} = W{l} - alpha * dW{l}
W{l} = W{l} - alpha * dz{l} @ {a}.T
b{l} = b{l} - alpha * db{l}
"""

HIDDEN_LAYER_ONE_EXAMPLE = """
da{l} = W{n}.T @ dz{n}
da{l} = (dz{n}.T @ W{n}).T
dz{l} = W{n}.T @ dz{n} * g'(z{l})
dz{l} = (W{n}.T @ dz{n}) * g'(z{l})
dz{l} = (dz{n}.T @ W{n}).T * g'(z{l})
dz{l} = W{n}.T @ dz{n} * (1 - a{l}**2)
"""

LAST_LAYER_ONE_EXAMPLE = """
dz{l} = a{l} - y
da{l} = -y / a{l} + (1 - y) / (1 - a{l})
dW{l} = (a{l} - y) @ {a}.T
dz{p} = W{l}.T @ (a{l} - y) * g'(z{p})
"""


@cache
def right_formulas(network: Network) -> tuple[Formula, ...]:
    """Return every right formula of a network, the layers in turn."""
    found = (read(line) for line in _lines(network))
    return tuple(replace(formula, value=scalars_first(formula.value)) for formula in found)


def _lines(network: Network) -> Iterator[str]:
    every, hidden, last = (
        (EVERY_LAYER_ONE_EXAMPLE, HIDDEN_LAYER_ONE_EXAMPLE, LAST_LAYER_ONE_EXAMPLE)
        if network.one_example
        else (EVERY_LAYER, HIDDEN_LAYER, LAST_LAYER)
    )
    for layer in range(1, network.layers + 1):
        template = every + (hidden if layer < network.layers else last)
        yield from at_layer(template, layer)


def at_layer(template: str, layer: int) -> list[str]:
    """Fill a template in for one layer, a line each."""
    inputs = f"A{layer - 1}" if layer > 1 else "X"
    text = template.format(l=layer, n=layer + 1, p=layer - 1, A=inputs, a=inputs.lower())
    return [line for line in text.splitlines() if line]
