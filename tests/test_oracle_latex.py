"""NumPy is the judge of LaTeX, too: the same formulas and slips, set as several writers set them, in Markdown."""

import os
from itertools import cycle

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from oracle.cases import Case, Context, Setting, case
from oracle.draws import NETWORKS
from oracle.evaluate import value
from oracle.formulas import right_formulas
from oracle.latex import HANDS, Hand, in_markdown, write
from oracle.latex_read import read_latex
from oracle.network import Network
from oracle.slips import REPAIRABLE, slip_once
from oracle.strategies import cases
from oracle.style import STYLES
from oracle.verdict import Verdict

from shapelint.check import check
from shapelint.diagnostic import ERROR, Diagnostic, Report
from shapelint.fixing.edits import edited
from shapelint.source import Source

hands = pytest.mark.parametrize("hand", HANDS, ids=lambda hand: hand.name)


def report(text: str) -> Report:
    return check(Source("notes.md", text))


def errors(text: str) -> list[Diagnostic]:
    return [found for found in report(text).diagnostics if found.severity == ERROR]


@settings(max_examples=600, deadline=None, derandomize="CI" in os.environ)
@given(cases(), st.sampled_from(HANDS))
def test_an_error_where_numpy_refuses_or_has_another_shape_and_none_where_it_fits(
    one: Case, hand: Hand
) -> None:
    written = in_markdown(one, hand)
    if written.verdict is Verdict.FITS:
        assert errors(written.text) == [], written.text
    elif written.verdict is not Verdict.OPEN and written.setting.context is not Context.ALONE:
        assert errors(written.text), written.text


@hands
@pytest.mark.parametrize("network", NETWORKS, ids=str)
def test_what_is_set_in_latex_is_read_as_it_was_meant(network: Network, hand: Hand) -> None:
    for formula in right_formulas(network):
        found = read_latex(write(formula, hand), brackets="[" in hand.layer)
        assert found.target == formula.target
        assert np.allclose(value(found, network), value(formula, network), equal_nan=True), write(
            formula, hand
        )


def _slips() -> list[Case]:
    documents = []
    for formula in right_formulas(NETWORKS[0]):
        for mutant, hand in zip(slip_once(formula, NETWORKS[0], REPAIRABLE), cycle(HANDS)):
            drawn = case(mutant.slip, mutant.formula, Setting(NETWORKS[0], STYLES[0]), mutant.original)
            documents.append(in_markdown(drawn, hand))
    return [one for one in documents if one.verdict.is_wrong]


def test_every_slip_is_found_and_its_first_repair_leaves_nothing_wrong() -> None:
    slips = _slips()
    assert len(slips) > 300
    for one in slips:
        found = report(one.text)
        wrong = next((each for each in found.diagnostics if each.severity == ERROR), None)
        assert wrong is not None, one.text
        assert wrong.fix is not None, one.text
        repaired = edited(found.source, [wrong]).text
        assert errors(repaired) == [], f"{one.text}{repaired}"
        before, after = one.text.splitlines(), repaired.splitlines()
        assert [line for row, line in enumerate(before) if row != one.row] == [
            line for row, line in enumerate(after) if row != one.row
        ]


@pytest.mark.parametrize(
    ("notes", "wrong", "right"),
    [
        (r"$dW^{[2]} = dZ^{[2]} A^{[1]T}$", r"W^{[2]} dZ^{[2]}", r"W^{[2]T} dZ^{[2]}"),
        (r"$dW^{[2]} = dZ^{[2]} A^{[1]\,T}$", r"W^{[2]} dZ^{[2]}", r"W^{[2]\,T} dZ^{[2]}"),
        (r"$dW^{[2]} = dZ^{[2]} A^{[1]^T}$", r"W^{[2]} dZ^{[2]}", r"W^{[2]^T} dZ^{[2]}"),
        (r"$dW^{[2]} = dZ^{[2]} A^{[1]\top}$", r"W^{[2]} dZ^{[2]}", r"W^{[2]\top} dZ^{[2]}"),
        (r"$dW^{[2]} = dZ^{[2]} (A^{[1]})^T$", r"W^{[2]} dZ^{[2]}", r"(W^{[2]})^T dZ^{[2]}"),
        (r"$dW^{[2]} = dZ^{[2]} {A^{[1]}}^{\top}$", r"W^{[2]} dZ^{[2]}", r"{W^{[2]}}^{\top} dZ^{[2]}"),
        (r"$dW_2 = dZ_2 A_1^\top$", r"W_2 dZ_2", r"W_2^\top dZ_2"),
        (r"$dW_2 = dZ_2 A_1^{\mathsf{T}}$", r"W_2 dZ_2", r"W_2^{\mathsf{T}} dZ_2"),
        (r"$dW^{[1]} = dZ^{[1]} X^T$", r"\mathbf{W}^{[2]} dZ^{[2]}", r"\mathbf{W}^{[2]T} dZ^{[2]}"),
    ],
)
def test_a_transpose_is_written_as_the_document_does_it(notes: str, wrong: str, right: str) -> None:
    target = "dA_1" if "_" in notes else "dA^{[1]}"
    text = f"{notes}\n\n$${target} = {wrong}$$\n"
    (found,) = errors(text)
    assert edited(Source("notes.md", text), [found]).text == text.replace(wrong, right)
