"""What every reader of programs has to find (`numpy.md`), in three surroundings, with examples in columns and rows."""

from collections.abc import Iterator
from typing import NamedTuple

import pytest

from shapelint.check import check
from shapelint.diagnostic import ERROR
from shapelint.source import Source

COLUMNS = """
Z1 = np.dot(W1, X) + b1
A1 = np.tanh(Z1)
Z2 = np.dot(W2, A1) + b2
A2 = sigmoid(Z2)
dZ2 = A2 - Y
dW2 = np.dot(dZ2, A1.T) / m
db2 = np.sum(dZ2, axis=1, keepdims=True) / m
dA1 = np.dot(W2.T, dZ2)
dZ1 = dA1 * (1 - np.power(A1, 2))
dW1 = np.dot(dZ1, X.T) / m
db1 = np.sum(dZ1, axis=1, keepdims=True) / m
W1 = W1 - alpha * dW1
b1 = b1 - alpha * db1
W2 = W2 - alpha * dW2
b2 = b2 - alpha * db2
"""

ROWS = """
Z1 = np.dot(X, W1) + b1
A1 = np.tanh(Z1)
Z2 = np.dot(A1, W2) + b2
A2 = sigmoid(Z2)
dZ2 = A2 - Y
dW2 = np.dot(A1.T, dZ2) / m
db2 = np.sum(dZ2, axis=0, keepdims=True) / m
dA1 = np.dot(dZ2, W2.T)
dZ1 = dA1 * (1 - np.power(A1, 2))
dW1 = np.dot(X.T, dZ1) / m
db1 = np.sum(dZ1, axis=0, keepdims=True) / m
W1 = W1 - alpha * dW1
b1 = b1 - alpha * db1
W2 = W2 - alpha * dW2
b2 = b2 - alpha * db2
"""

FAULTS = {
    "columns": (
        "db1 = 1/m * np.sum(dZ1)",
        "db1 = np.sum(dZ1) / m",
        "db2 = np.sum(dZ2, 1) / m",
        "db2 = np.sum(dZ2, axis=1)",
        "db2 = dZ2.sum(axis=1) / m",
        "db2 = np.mean(dZ2)",
        "db2 = np.sum(dZ2, axis=0, keepdims=True) / m",
        "dW2 = np.dot(A1, dZ2.T)",
        "dA1 = W2.T * dZ2",
        "dW2 = np.dot(dZ2 * A1.T)",
        "dZ1 = W2.T.dot(dZ2 * (1 - np.power(A1, 2)))",
        "db1 = np.dot(dZ1, X.T)",
        "dA1 = np.dot(W2, dZ2)",
        "dA1 = W2 @ dZ2",
        "dW1 = dZ1.dot(X)",
        "dW1 = np.matmul(dZ1, X)",
        "Z1 = np.dot(X, W1) + b1",
        "Z2 = np.dot(W2.T, A1) + b2",
        "b1 = b1 - alpha * np.sum(dZ1, axis=1)",
        "b1 -= alpha * np.sum(dZ1, axis=1)",
        "b1 -= alpha * db2",
        "W1 -= alpha * dW1.T",
        "W1 -= alpha * dW2",
        "dW1 = np.dot(dZ1, X.T) / m  # (n_x, n_h)",
        "dZ1 = dA1 * (1 - np.power(A1, 2))  # shape (m, n1)",
    ),
    "rows": (
        "db1 = 1/m * np.sum(dZ1)",
        "db2 = np.sum(dZ2, 1) / m",
        "db2 = np.mean(dZ2)",
        "db2 = np.sum(dZ2, axis=1, keepdims=True) / m",
        "dW2 = np.dot(dZ2.T, A1)",
        "dA1 = dZ2 * W2.T",
        "dW2 = np.dot(A1.T * dZ2)",
        "dZ1 = (dZ2 * (1 - np.power(A1, 2))).dot(W2.T)",
        "db1 = np.dot(X.T, dZ1)",
        "dA1 = np.dot(dZ2, W2)",
        "dA1 = dZ2 @ W2",
        "dW1 = X.dot(dZ1)",
        "Z1 = np.dot(W1, X) + b1",
        "b1 = b1 - alpha * np.sum(dZ1, axis=1)",
        "b1 -= alpha * db2",
        "W1 -= alpha * dW1.T",
        "W1 -= alpha * dW2",
        "dW1 = np.dot(X.T, dZ1) / m  # (n_h, n_x)",
    ),
}
HARMLESS = {
    "columns": (
        "dW1 /= m",
        "b1 -= alpha * db1",
        "W1 -= alpha * dW1",
        "dZ1 *= 2",
        "dW2 = np.matmul(dZ2, A1.T)",
    ),
    "rows": (
        "db1 = np.sum(dZ1, axis=0)",
        "db1 = dZ1.sum(axis=0) / m",
        "b1 -= alpha * np.sum(dZ1, axis=0)",
        "dW1 /= m",
        "W1 -= alpha * dW1",
    ),
}
NETWORKS = {"columns": COLUMNS, "rows": ROWS}


class Surrounding(NamedTuple):
    """What stands above the lines, how far they are indented, and where W1, A1, dW1 are kept."""

    name: str
    head: str
    indent: str
    parameters: str
    values: str


SURROUNDINGS = (
    Surrounding("straight", "import numpy as np\n\n", "", "{}", "{}"),
    Surrounding(
        "dictionary",
        "import numpy as np\n\n\ndef step(X, Y, parameters, alpha):\n    m = X.shape[{axis}]\n",
        "    ",
        'parameters["{}"]',
        "{}",
    ),
    Surrounding(
        "attributes",
        "import numpy as np\n\n\nclass Network:\n    def step(self, X, Y, alpha):\n        m = X.shape[{axis}]\n",
        "        ",
        "self.{}",
        "self.{}",
    ),
)


def _written(line: str, around: Surrounding) -> str:
    """Put the names of a line where this surrounding keeps them."""
    code, comment, behind = line.partition("  #")
    for layer in "12":
        for base in "WbZA":
            kept = around.parameters if base in "Wb" else around.values
            code = _renamed(code, f"{base}{layer}", kept.format(f"{base}{layer}"))
    return code + comment + behind


def _renamed(code: str, name: str, new: str) -> str:
    pieces = code.split(name)
    text = pieces[0]
    for piece in pieces[1:]:
        glued = text[-1:].isalnum() or text[-1:] == "_"
        text += (name if glued else new) + piece
    return text


def _program(layout: str, around: Surrounding, line: str | None) -> tuple[str, int]:
    """Return a network's program with a line in the place of the one for the same target, and that line's number."""
    lines = [one for one in NETWORKS[layout].splitlines() if one]
    row = -1
    if line is not None:
        target = line.split()[0]
        same = [number for number, one in enumerate(lines) if one.split()[0] == target]
        row = same[0]
        updates = line.split()[1] != "=" and target[0] == "d"
        lines[row + updates : row + 1] = [line]
        row += updates
    head = around.head.format(axis=1 if layout == "columns" else 0)
    body = "".join(f"{around.indent}{_written(one, around)}\n" for one in lines)
    return head + body, head.count("\n") + row + 1


def _errors(text: str) -> list[tuple[int, str]]:
    source = Source("network.py", text)
    found = check(source).diagnostics
    return [(source.position(one.span.start).row, one.message) for one in found if one.severity == ERROR]


def _cases(faults: dict[str, tuple[str, ...]]) -> Iterator[tuple[str, Surrounding, str]]:
    for layout, lines in faults.items():
        for around in SURROUNDINGS:
            yield from ((layout, around, line) for line in lines)


def _names(value: object) -> str:
    return value.name if isinstance(value, Surrounding) else str(value)


@pytest.mark.parametrize(("layout", "around", "line"), list(_cases(FAULTS)), ids=_names)
def test_it_is_found_and_nothing_else(layout: str, around: Surrounding, line: str) -> None:
    text, row = _program(layout, around, line)
    found = _errors(text)
    assert [where for where, _ in found] == [row], f"{text}\n{found}"


@pytest.mark.parametrize(("layout", "around", "line"), list(_cases(HARMLESS)), ids=_names)
def test_what_runs_and_means_the_same_is_silent(layout: str, around: Surrounding, line: str) -> None:
    text, _ = _program(layout, around, line)
    assert _errors(text) == [], text


@pytest.mark.parametrize("layout", NETWORKS)
@pytest.mark.parametrize("around", SURROUNDINGS, ids=_names)
def test_the_right_network_is_silent(layout: str, around: Surrounding) -> None:
    assert _errors(_program(layout, around, None)[0]) == []
