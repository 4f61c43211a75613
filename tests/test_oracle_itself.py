"""The judge is judged: right formulas fit, what is written is read back, no kind of slip is missing."""

from collections import Counter
from itertools import cycle

import numpy as np
import pytest
from hypothesis import given, settings
from oracle.cases import Case, Context, Setting, case
from oracle.draws import NETWORKS, SLIPS, single_mutants
from oracle.evaluate import DoubtfulError, value
from oracle.formulas import right_formulas
from oracle.network import Network
from oracle.notes import notes
from oracle.read import read
from oracle.strategies import cases
from oracle.style import STYLES, Style
from oracle.tree import Formula
from oracle.verdict import Verdict, judge
from oracle.write import write


def worked_out(formula: Formula, network: Network) -> np.ndarray | type[Exception]:
    try:
        return value(formula, network)
    except (ValueError, DoubtfulError) as error:
        return type(error)


def mean_the_same(one: Formula, other: Formula, network: Network) -> bool:
    left, right = worked_out(one, network), worked_out(other, network)
    if isinstance(left, type) or isinstance(right, type):
        return left is right
    return left.shape == right.shape and np.allclose(left, right, equal_nan=True)


@pytest.mark.parametrize("network", NETWORKS)
@pytest.mark.parametrize("style", STYLES, ids=str)
def test_every_right_formula_fits_and_is_read_back(network: Network, style: Style) -> None:
    for formula in (*right_formulas(network), *notes(network)):
        text = write(formula, style)
        assert judge(formula, network, style) is Verdict.FITS, text
        assert read(text).target == formula.target
        assert mean_the_same(read(text), formula, network), text


@pytest.mark.parametrize("network", NETWORKS)
def test_every_mutant_is_read_back(network: Network) -> None:
    for mutant, style in zip(single_mutants(network), cycle(STYLES), strict=False):
        text = write(mutant.formula, style)
        assert mean_the_same(read(text), mutant.formula, network), text


@settings(max_examples=500, deadline=None)
@given(cases())
def test_every_document_holds_its_formula(case: Case) -> None:
    assert mean_the_same(read(case.line), case.formula, case.setting.network), case.line


def test_every_kind_of_slip_occurs() -> None:
    slips = Counter(mutant.slip for network in NETWORKS for mutant in single_mutants(network))
    assert set(slips) == set(SLIPS)


@pytest.mark.parametrize(
    ("line", "verdict"),
    [
        ("dZ1 = dZ2 @ W2 * g'(Z1)", Verdict.REFUSED),
        ("dZ1 = dZ2.T @ W2", Verdict.OTHER_SHAPE),
        ("dZ1 = W2.T @ (dZ2 * g'(Z1))", Verdict.REFUSED),
        ("db1 = 1/m * np.sum(dZ1)", Verdict.OTHER_SHAPE),
        ("db1 = (1/m) * np.sum(dZ1, axis=1)", Verdict.OTHER_SHAPE),
        ("dZ1 = W2.T * dZ2 * g'(Z1)", Verdict.REFUSED),
        ("Z2 = W2 * A1 * b1 * X", Verdict.REFUSED),
        ("dZ1 = W2.T * dZ2 * dZ2.T * dZ2", Verdict.OPEN),
        ("dZ1 = W2.T @ dZ2 / dA1", Verdict.OPEN),
        ("J = np.dot(Y, np.log(A2).T)", Verdict.FITS),
    ],
)
def test_the_verdict_on_known_slips(line: str, verdict: Verdict) -> None:
    assert judge(read(line), Network(2), Style()) is verdict


def test_one_examples_column_may_be_all_of_them() -> None:
    network = Network(2, one_example=True)
    assert judge(read("db2 = dz2"), network, Style()) is Verdict.FITS
    assert judge(read("db2 = np.sum(dz2, axis=1, keepdims=True)"), network, Style()) is Verdict.FITS
    assert judge(read("dz1 = dz2 @ W2 * g'(z1)"), network, Style()) is Verdict.REFUSED


def test_factors_side_by_side_may_be_elementwise() -> None:
    side_by_side = next(style for style in STYLES if style.juxtaposes)
    formula = read("dZ1 = dA1 g'(Z1)")
    assert judge(formula, Network(2), Style()) is Verdict.REFUSED
    assert judge(formula, Network(2), side_by_side) is Verdict.FITS
    outer, one_example = read("dW2 = a1.T @ dz2"), Network(2, one_example=True)
    assert judge(outer, one_example, side_by_side) is Verdict.REFUSED


def test_a_document_states_what_its_formula_cannot_tell() -> None:
    formula, style = read("dZ2 = A2 - Y"), Style()
    assert case("", formula, Setting(Network(2), style)).text == "L = 2\ndZ2 = A2 - Y\n"
    assert case("", formula, Setting(Network(2, outputs=1), style)).text == "L = 2\nn2 = 1\ndZ2 = A2 - Y\n"
    whole = case("", formula, Setting(Network(2), style, Context.NOTES))
    assert whole.text.startswith("L = 2\nZ1 = W1 @ X + b1\nA1 = g1(Z1)\n")
    assert whole.line == "dZ2 = A2 - Y"
