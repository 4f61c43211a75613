"""NumPy is the judge of programs, too: the same formulas and slips, as several programmers write them."""

import ast
import os
from typing import TypeVar

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from oracle.cases import Case, Context, Setting, case
from oracle.draws import NETWORKS
from oracle.evaluate import value
from oracle.formulas import right_formulas
from oracle.network import Network
from oracle.program import CODERS, Coder, as_program, code, is_anything, worked_out
from oracle.slips import REPAIRABLE, slip_once
from oracle.strategies import cases
from oracle.style import STYLES
from oracle.tree import names
from oracle.verdict import Verdict

from shapelint.check import Report, check
from shapelint.diagnostic import ERROR, Diagnostic
from shapelint.fixing.edits import edited
from shapelint.source import Source

T = TypeVar("T")
coders = pytest.mark.parametrize("coder", CODERS, ids=str)


def report(text: str) -> Report:
    return check(Source("network.py", text))


def errors(text: str) -> list[Diagnostic]:
    return [found for found in report(text).diagnostics if found.severity == ERROR]


@settings(max_examples=400, deadline=None, derandomize="CI" in os.environ)
@given(cases(), st.sampled_from(CODERS))
def test_an_error_where_numpy_refuses_or_has_another_shape_and_none_where_it_fits(
    one: Case, coder: Coder
) -> None:
    written = as_program(one, coder)
    if written.verdict is Verdict.FITS:
        assert errors(written.text) == [], written.text
    elif written.verdict.is_wrong and written.setting.context is not Context.ALONE and _joins(one):
        assert errors(written.text), written.text


def _joins(one: Case) -> bool:
    """Say whether a formula does more than name something anew, `Z1 = b1`, `X = X.T`: that has its own reasons."""
    if not one.formula.target.layer:
        return False  # a program's data are what it says they are
    if is_anything(one):
        return False
    others = set(names(one.formula.value)) - {one.formula.target}
    return bool(others) and any(sign in one.line for sign in "*@+-/(")


@coders
@pytest.mark.parametrize("network", NETWORKS, ids=str)
def test_what_is_written_as_a_program_works_out_what_was_meant(network: Network, coder: Coder) -> None:
    for formula in right_formulas(network):
        found = worked_out(code(formula, coder), network)
        assert found is not None, code(formula, coder)
        assert np.allclose(found, value(formula, network), equal_nan=True), code(formula, coder)


def _slips(coder: Coder) -> list[Case]:
    documents = []
    for formula in right_formulas(NETWORKS[0]):
        for mutant in slip_once(formula, NETWORKS[0], REPAIRABLE):
            setting = Setting(NETWORKS[0], STYLES[0], Context.NOTES)
            documents.append(as_program(case(mutant.slip, mutant.formula, setting, mutant.original), coder))
    return [one for one in documents if one.verdict.is_wrong and not _turns_data(one, coder)]


def _turns_data(one: Case, coder: Coder) -> bool:
    """`W1 @ X.T + b1` for `W1 @ X + b1` says how a program's data lie: wrong then are the lines that go back."""
    meant = code(one.original, coder) if one.original is not None else ""
    return one.formula.target.base == "Z" and ("X.T" in one.line) is not ("X.T" in meant)


@pytest.mark.parametrize("coder", CODERS[::4], ids=str)
def test_every_slip_is_found_and_its_repair_is_python_that_differs_in_nothing_else(coder: Coder) -> None:
    slips = _slips(coder)[::2]
    assert len(slips) > 250
    for one in slips:
        found = report(one.text)
        first = next(each for each in found.diagnostics if each.severity == ERROR)
        repaired = edited(found.source, [first]).text
        assert errors(repaired) == [], f"{one.text}{repaired}"
        before, after = one.text.splitlines(), repaired.splitlines()
        assert [row for row, pair in enumerate(zip(before, after, strict=True)) if pair[0] != pair[1]] == [
            one.row
        ]
        assert ast.dump(ast.parse(repaired))
        assert after[one.row].partition(" = ")[0] == before[one.row].partition(" = ")[0]
