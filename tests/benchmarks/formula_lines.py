"""A number in, so many distinct right formulas out, over many layers, that are valid Python as well."""

SHAPES = (
    "Z{l} = np.dot(W{l}, A{p}) + b{l}",
    "A{l} = np.tanh(Z{l})",
    "dZ{l} = np.multiply(np.dot(W{n}.T, dZ{n}), 1 - np.power(A{l}, 2))",
    "dZ{l} = W{n}.T @ dZ{n} * (A{l} * (1 - A{l}))",
    "dA{p} = W{l}.T @ dZ{l}",
    "dW{l} = (1/m) * dZ{l} @ A{p}.T",
    "db{l} = (1/m) * np.sum(dZ{l}, axis=1, keepdims=True)",
    "W{l} = W{l} - alpha * dW{l}",
)
"""Eight shapes of formulas; {l} is a layer, {p} and {n} its neighbours."""


def formula_lines(number: int) -> list[str]:
    """Return distinct formulas, layer by layer."""
    layers = range(2, number // len(SHAPES) + 3)
    lines = [shape.format(p=layer - 1, l=layer, n=layer + 1) for layer in layers for shape in SHAPES]
    return lines[:number]
