"""Derivatives of whole networks, compared with central differences of the cost as NumPy runs it."""

import numpy as np
import pytest

from shapelint.calculus.callee import callee
from shapelint.calculus.derivatives import COURSE, MEAN, SUM, Scale
from shapelint.calculus.functions import functions
from tests.calculus_oracle import agree, compared, network

CROSS = "J = -(1/m) * np.sum(Y * np.log({0}) + (1 - Y) * np.log(1 - {0}))"
SOFT = "J = -(1/m) * np.sum(Y * np.log({0}))"
SQUARES = "J = (1/(2*m)) * np.sum((A2 - Y)**2)"
DENSE = "Z1 = W1 @ X + b1\nA1 = {0}(Z1)\nZ2 = W2 @ A1 + b2\nA2 = {1}(Z2)\n"
ROWS = "Z1 = X @ W1 + b1\nA1 = {0}(Z1)\nZ2 = A1 @ W2 + b2\nA2 = {1}(Z2)\n"
TORCH = "Z1 = X @ W1.T + b1\nA1 = {0}(Z1)\nZ2 = A1 @ W2.T + b2\nA2 = {1}(Z2)\n"
GATE = "{0} = {1}(W{0} @ [a_prev; x] + b{0})"

NETWORKS = {
    "logistic regression": "Z = np.dot(w.T, X) + b\nA = sigmoid(Z)\n" + CROSS.format("A"),
    "softmax regression": "Z1 = W1 @ X + b1\nA1 = softmax(Z1)\n" + SOFT.format("A1"),
    "two layers": DENSE.format("tanh", "sigmoid") + CROSS.format("A2"),
    "two layers, rows": ROWS.format("relu", "sigmoid") + CROSS.format("A2"),
    "two layers, weights of PyTorch": TORCH.format("g1", "softmax") + SOFT.format("A2"),
    "softmax in rows": ROWS.format("tanh", "softmax") + SOFT.format("A2"),
    "squared error": DENSE.format("leaky_relu", "g2") + SQUARES,
    "squared error, linear": DENSE.format("softplus", "") + SQUARES,
    "elu and swish": DENSE.format("elu", "swish") + SQUARES,
    "four layers": DENSE.format("g1", "g2")
    + "Z3 = W3 @ A2 + b3\nA3 = g3(Z3)\nZ4 = W4 @ A3 + b4\nA4 = sigmoid(Z4)\n"
    + CROSS.format("A4"),
    "L2": DENSE.format("relu", "sigmoid")
    + "J = -(1/m) * np.sum(Y * np.log(A2) + (1 - Y) * np.log(1 - A2))"
    + " + lambd/(2*m) * (np.sum(np.square(W1)) + np.sum(W2**2))",
    "dropout": "Z1 = W1 @ X + b1\nA1 = relu(Z1)\nA1 = A1 * D1\nA1 = A1 / keep_prob\nZ2 = W2 @ A1 + b2\n"
    "A2 = sigmoid(Z2)\n" + CROSS.format("A2"),
    "a residual connection": "n2 = n1\n"
    + DENSE.format("g1", "g2")
    + "A2 = A2 + A1\nZ3 = W3 @ A2 + b3\nA3 = sigmoid(Z3)\n"
    + CROSS.format("A3"),
    "tied weights": "n2 = n0\nZ1 = W1 @ X + b1\nA1 = tanh(Z1)\nZ2 = W1.T @ A1 + b2\n"
    "J = (1/(2*m)) * np.sum((Z2 - X)**2)",
    "batch norm": "Z1 = W1 @ X\nmu1 = (1/m) * np.sum(Z1, axis=1, keepdims=True)\n"
    "sigma1 = (1/m) * np.sum((Z1 - mu1)**2, axis=1, keepdims=True)\n"
    "Z1_norm = (Z1 - mu1) / np.sqrt(sigma1 + epsilon)\nZ1_tilde = gamma1 * Z1_norm + beta1\n"
    "A1 = relu(Z1_tilde)\nZ2 = W2 @ A1 + b2\nA2 = sigmoid(Z2)\n" + CROSS.format("A2"),
    "means": "Z1 = W1 @ X + b1\nA1 = tanh(Z1)\nZ2 = W2 @ A1 + b2\nA2 = sigmoid(Z2)\nJ = np.mean((A2 - Y)**2)",
    "a recurrent cell": "a_next = np.tanh(Wax @ xt + Waa @ a_prev + ba)\nyt = softmax(Wya @ a_next + by)",
}


@pytest.mark.parametrize("scale", [MEAN, COURSE, SUM], ids=["mean", "course", "sum"])
@pytest.mark.parametrize("name", NETWORKS)
def test_derivatives_agree_with_differences(name: str, scale: Scale) -> None:
    found = network(NETWORKS[name])
    assert not found.stopped
    met = 0
    for one, got, wanted in compared(found, scale):
        assert agree(got, wanted), (one.key, got, wanted)
        met += 1
    weights = [key for key in found.shapes if key[:1] in "Ww" and key in dict.fromkeys(found.shapes)]
    assert met > len(weights)


def test_slopes_agree_with_differences() -> None:
    """Every row of the table: f'(Z), and f'(Z) in terms of A = f(Z)."""
    from shapelint.calculus.evaluate import MisfitError, evaluate
    from shapelint.calculus.expressions import CALL, Function, Node, var
    from shapelint.calculus.slopes import slope, slope_of_value

    class At:
        def __init__(self, **names: float) -> None:
            self.names = names

        def name(self, key: str) -> float:
            return self.names[key]

        def size(self, size: object) -> int:
            raise MisfitError

        def activation(self, layer: str) -> str:
            return "g"

    def value(name: str, z: float) -> float:
        found = evaluate(Node(CALL, (var("Z"),), Function(name)), At(Z=z))
        assert isinstance(found, float)
        return found

    for row in dict.fromkeys(functions().values()):
        for z in (0.3, 0.9, 1.7):
            wanted = (value(row.name, z + 1e-6) - value(row.name, z - 1e-6)) / 2e-6
            first = slope(row.name)
            assert first is not None
            assert np.isclose(evaluate(first, At(Z=z)), wanted, rtol=1e-6, atol=1e-9), row.name
            second = slope_of_value(row.name)
            if second is not None:
                found = evaluate(second, At(Z=z, A=value(row.name, z)))
                assert np.isclose(found, wanted, rtol=1e-6, atol=1e-9), row.name


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("g'", ("g", 1, "")),
        ("g1'", ("g", 1, "1")),
        ("g^{[1]'}", ("g", 1, "1")),
        ("g^{[l]}{'}", ("g", 1, "l")),
        (r"g^{[1]\prime}", ("g", 1, "1")),
        (r"{{g}^{\left[l\right]}}'", ("g", 1, "l")),
        ("g'^{[2]}", ("g", 1, "2")),
        (r"\sigma'", ("sigma", 1, "")),
        ("g_2'", ("g", 1, "2")),
        ("tanh_prime", ("tanh", 1, "")),
        ("np.tanh", ("np.tanh", 0, "")),
        ("np.log2", ("np.log2", 0, "")),
    ],
)
def test_calls_keep_order_and_layer(written: str, expected: tuple[str, int, str]) -> None:
    assert callee(written) == expected
