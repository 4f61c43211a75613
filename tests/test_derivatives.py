"""Derivatives of whole networks, compared with central differences of the cost as NumPy runs it."""

from collections.abc import Callable

import numpy as np
import pytest

from shapelint.calculus.callee import callee
from shapelint.calculus.derivatives import COURSE, MEAN, SUM, Scale
from shapelint.calculus.evaluate import untold
from shapelint.calculus.expressions import Shapes
from shapelint.calculus.functions import functions
from shapelint.calculus.inside import with_insides_named
from shapelint.calculus.notations import WRITERS
from shapelint.calculus.steps import jacobian, steps
from shapelint.calculus.writer import Spelling
from tests.calculus_oracle import Run, agree, compared, evaluated, network

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
    "LSTM": "ft = sigmoid(Wf @ [a_prev; xt] + bf)\nit = sigmoid(Wi @ [a_prev; xt] + bi)\n"
    "cct = tanh(Wc @ [a_prev; xt] + bc)\not = sigmoid(Wo @ [a_prev; xt] + bo)\n"
    "c_next = ft * c_prev + it * cct\na_next = ot * tanh(c_next)\nyt = softmax(Wy @ a_next + by)",
    "LSTM with a name for the stack": "concat = [a_prev; xt]\nft = sigmoid(Wf @ concat + bf)\n"
    "it = sigmoid(Wi @ concat + bi)\ncct = tanh(Wc @ concat + bc)\nc_next = ft * c_prev + it * cct\n"
    "a_next = sigmoid(Wo @ concat + bo) * tanh(c_next)",
    "GRU": "Gamma_u = sigmoid(Wu @ [c_prev; xt] + bu)\nGamma_r = sigmoid(Wr @ [c_prev; xt] + br)\n"
    "ctilde = tanh(Wc @ [Gamma_r * c_prev; xt] + bc)\nc_next = Gamma_u * ctilde + (1 - Gamma_u) * c_prev",
    "weights in slices": "ft = sigmoid(Wf[:, :n_a] @ a_prev + Wf[:, n_a:] @ xt + bf)\nc_next = ft * c_prev",
    "attention": "X : (T, d)\nWq : (d, k)\nWk : (d, k)\nWv : (d, v)\nQ = X @ Wq\nK = X @ Wk\nV = X @ Wv\n"
    "S = Q @ K.T / np.sqrt(c)\nP = softmax(S, axis=1)\nO = P @ V",
    "one example": "z1 = W1 @ x + b1\na1 = tanh(z1)\nz2 = W2 @ a1 + b2\na2 = softmax(z2)\nL = -np.sum(y * np.log(a2))",
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


@pytest.mark.parametrize("name", ["LSTM", "GRU", "weights in slices", "a recurrent cell"])
def test_what_stands_inside_of_an_activation_gets_a_name(name: str) -> None:
    """The lines that are split give the same derivatives, and one more for each name."""
    before = network(NETWORKS[name])
    found = with_insides_named(before)
    assert len(found.lines) > len(before.lines)
    assert all(agree(got, wanted) for _, got, wanted in compared(found))


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


LAYOUTS = {**NETWORKS, "an LSTM's gate": "ft = sigmoid(Wf @ [a_prev; xt] + bf)\nc_next = ft * c_prev\n"}


@pytest.mark.parametrize("name", LAYOUTS)
def test_forms_and_the_other_layout_have_the_same_value(name: str) -> None:
    """Each further form of a step is worth the same, and the Jacobian layout's formula is its transpose."""
    found = network(LAYOUTS[name])
    run = Run(found)
    run.cost({})
    given = {f"d{key}": value for key, value in run.weights.items()}
    gradients, turned = dict(given), {key: np.transpose(value) for key, value in given.items()}
    for key, step in steps(found, COURSE).by_key.items():
        if key not in run.values:
            continue
        value = evaluated(step.formula, run, gradients)
        gradients[step.gradient] = value
        for form in step.forms:
            assert agree(evaluated(form.node, run, gradients), value, 1e-9), (key, form)
        formula = jacobian(step, found)
        assert formula is not None
        other = evaluated(formula, run, turned)
        turned[step.gradient] = other
        assert agree(other, np.transpose(value), 1e-9), key


@pytest.mark.parametrize("name", NETWORKS)
def test_what_is_written_for_numpy_runs(name: str) -> None:
    """The steps in NumPy's notation, executed as they are printed, agree with central differences."""
    found = network(NETWORKS[name])
    run = Run(found)
    run.cost({})
    write = WRITERS["numpy"](Spelling(found.words, found.spellings), Shapes(found.shape))
    space = {
        **run.functions,
        "m": run.size("m"),
        **{write.name(key): value for key, value in run.values.items()},
    }
    space.update({write.size(size): number for size, number in run.sizes.items()})
    space.update({f"g{layer}_prime": _slope(str(layer)) for layer in range(9)})
    space.update({write.name(f"d{key}"): value for key, value in run.weights.items()})
    for key, step in steps(found, MEAN).by_key.items():
        if key in run.values:
            exec(f"{write.name(step.gradient)} = {write(step.formula)}", space)
            wanted = run.difference(key)
            assert agree(np.asarray(space[write.name(step.gradient)]), wanted), (key, write(step.formula))


def _slope(layer: str) -> Callable[[np.ndarray], np.ndarray]:
    return np.vectorize(untold(layer, 1))
