"""NumPy is the judge of LaTeX, too: the same formulas and slips, set as several writers set them, in Markdown."""

import os
import re
from collections.abc import Sequence
from typing import TypeVar

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from oracle.cases import Case, Context, Setting, case
from oracle.draws import NETWORKS
from oracle.evaluate import value
from oracle.formulas import right_formulas
from oracle.latex import HANDS, Hand, drawn_hand, in_markdown, write
from oracle.latex_read import read_latex
from oracle.network import Network
from oracle.slips import REPAIRABLE, slip_once
from oracle.strategies import cases
from oracle.style import STYLES
from oracle.verdict import Verdict

from shapelint.check import check
from shapelint.diagnostic import ERROR, Diagnostic, Report
from shapelint.fixing.edits import edited
from shapelint.fixing.rounds import repaired
from shapelint.source import Source

T = TypeVar("T")
hands = pytest.mark.parametrize("hand", HANDS, ids=lambda hand: hand.name)


def report(text: str) -> Report:
    return check(Source("notes.md", text))


def errors(text: str) -> list[Diagnostic]:
    return [found for found in report(text).diagnostics if found.severity == ERROR]


@settings(max_examples=250, deadline=None, derandomize="CI" in os.environ)
@given(cases(), st.sampled_from(HANDS))
def test_an_error_where_numpy_refuses_or_has_another_shape_and_none_where_it_fits(
    one: Case, hand: Hand
) -> None:
    written = in_markdown(one, hand)
    if written.verdict is Verdict.FITS:
        assert errors(written.text) == [], written.text
    elif _is_to_be_found(written, write(one.formula, hand)):
        assert errors(written.text), written.text


def _is_to_be_found(written: Case, formula: str) -> bool:
    """A lone formula may be about anything, and so may `x = g(y)` or `x = np.sum(y)` in notes about a network."""
    letters = re.sub(r"\\[A-Za-z]+|np\.\w+|axis|keepdims|True|\W|\d|_", "", formula)
    anyones = set(letters) <= set("gxyzT")
    alone = written.setting.context is Context.ALONE
    return written.verdict is not Verdict.OPEN and not alone and not anyones


@hands
@pytest.mark.parametrize("network", NETWORKS, ids=str)
def test_what_is_set_in_latex_is_read_as_it_was_meant(network: Network, hand: Hand) -> None:
    for formula in right_formulas(network):
        found = read_latex(write(formula, hand), brackets="[" in hand.layer)
        assert found.target == formula.target
        assert np.allclose(value(found, network), value(formula, network), equal_nan=True), write(
            formula, hand
        )


def _slips(hand: Hand) -> list[Case]:
    """Slips in lone formulas; where no layer has the course's brackets, notes around it say which way they lie."""
    documents = []
    context = Context.ALONE if "[" in hand.layer else Context.NOTES
    for formula in right_formulas(NETWORKS[0]):
        for mutant in slip_once(formula, NETWORKS[0], REPAIRABLE):
            setting = Setting(NETWORKS[0], STYLES[0], context)
            drawn = case(mutant.slip, mutant.formula, setting, mutant.original)
            documents.append(in_markdown(drawn, hand))
    return [one for one in documents if one.verdict.is_wrong]


def _first(found: Report) -> Diagnostic:
    return next(each for each in found.diagnostics if each.severity == ERROR)


@pytest.mark.parametrize("hand", HANDS[:3], ids=lambda hand: hand.name)
def test_every_slip_is_found_and_its_first_repair_leaves_nothing_wrong(hand: Hand) -> None:
    slips = _slips(hand)
    assert len(slips) > 500
    for one in slips:
        found = report(one.text)
        repaired = edited(found.source, [_first(found)]).text
        assert repaired != one.text
        assert errors(repaired) == [], f"{one.text}{repaired}"
        _is_right_of_its_equals_sign(one, repaired)


@settings(max_examples=100, deadline=None, derandomize="CI" in os.environ)
@given(st.data())
def test_a_slip_in_notes_of_any_hand_is_repaired_to_what_was_meant(data: st.DataObject) -> None:
    def choose(options: Sequence[T]) -> T:
        return data.draw(st.sampled_from(options))

    network = choose(NETWORKS[:2])
    mutant = choose(list(slip_once(choose(right_formulas(network)), network, REPAIRABLE)))
    drawn = case(
        mutant.slip, mutant.formula, Setting(network, STYLES[0], Context.NOTES_ALONE), mutant.original
    )
    one = in_markdown(drawn, drawn_hand(choose))
    if not one.verdict.is_wrong:
        return
    found = report(one.text)
    first = _first(found)
    repaired = edited(found.source, [first]).text
    _is_right_of_its_equals_sign(one, repaired)
    fixes = [first.fix, *first.alternatives] if first.fix else []
    assert any(_means(one, found.source.edited(fix.edits).text) for fix in fixes), f"{one!r}{repaired}"


@hands
def test_to_repair_twice_is_to_repair_once(hand: Hand) -> None:
    for one in _slips(hand)[::12]:
        once = repaired(report(one.text), check, lambda _: True).source
        assert repaired(check(once), check, lambda _: True).source.text == once.text


def _is_right_of_its_equals_sign(one: Case, repaired: str) -> None:
    """Everything outside of the formula's right side is as it was, the ends of its line with it."""
    before, after = one.text.splitlines(keepends=True), repaired.splitlines(keepends=True)
    wrong, right = before.pop(one.row), after.pop(one.row)
    assert before == after
    assert wrong.partition("=")[0] == right.partition("=")[0]
    end = next((end for end in ("$$\n", " \\\\\n") if wrong.endswith(end)), "\n")
    assert right.endswith(end)


def _means(one: Case, text: str) -> bool:
    """Say whether a repaired text is the formula that was meant."""
    assert one.original is not None
    found = read_latex(text.splitlines()[one.row], brackets="[" in text)
    network = one.setting.network
    if found.target != one.original.target:
        return False
    old, new = value(one.original, network), value(found, network)
    return old.shape == new.shape and bool(np.allclose(old, new, equal_nan=True))


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
        (r"$dW_2 = dZ_2 (A_1)^T$", r"W_2 dZ_2", r"(W_2)^T dZ_2"),
        (r"$dW_2 = dZ_2 \mathbf{A}_1^{T}$", r"\mathbf{W}_2 dZ_2", r"\mathbf{W}_2^{T} dZ_2"),
        (r"$dW^{[1]} = dZ^{[1]} X^{\mathsf{T}}$", r"W^{[2]} dZ^{[2]}", r"W^{[2]\mathsf{T}} dZ^{[2]}"),
        (r"$dW^{[1]} = dZ^{[1]} X^\top$", r"W^{[2]} dZ^{[2]}", r"W^{[2]\top} dZ^{[2]}"),
        (
            r"$dW^{[2]} = dZ^{[2]} \left(A^{[1]}\right)^T$",
            r"W^{[2]} dZ^{[2]}",
            r"\left(W^{[2]}\right)^T dZ^{[2]}",
        ),
        (r"$dW_2 = dZ_2 A_1^T$", r"\frac{1}{m} W_2 \cdot dZ_2", r"\frac{1}{m} W_2^T \cdot dZ_2"),
        (r"$dW_2 = dZ_2 A_1^T$", r"\frac{1}{m} W_2^T * dZ_2", r"\frac{1}{m} W_2^T dZ_2"),
    ],
)
def test_a_transpose_is_written_as_the_document_does_it(notes: str, wrong: str, right: str) -> None:
    target = "dA_1" if "_" in notes else "dA^{[1]}"
    text = f"{notes}\n\n$${target} = {wrong}$$\n"
    (found,) = errors(text)
    assert edited(Source("notes.md", text), [found]).text == text.replace(wrong, right)


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        (r"$$db_1 = \frac{1}{m} dZ_1$$", r"$$db_1 = \frac{1}{m} \sum_{i=1}^{m} dZ_1$$"),
        (
            "$$db_2 = \\sum_{i=1}^m dZ_2$$\n\n$$db_1 = \\frac{1}{m} dZ_1$$",
            "$$db_2 = \\sum_{i=1}^m dZ_2$$\n\n$$db_1 = \\frac{1}{m} \\sum_{i=1}^m dZ_1$$",
        ),
        (r"$$dA_1 = 1 - X^2$$", r"$$dA_1 = 1 - A_1^2$$"),
        (r"$$dA^{[1]} = 1 - X^2$$", r"$$dA^{[1]} = 1 - (A^{[1]})^2$$"),
        (
            r"$$\mathbf{Z}_{1} = \mathbf{W}_{2} \mathbf{X}$$",
            r"$$\mathbf{Z}_{1} = \mathbf{W}_{1} \mathbf{X}$$",
        ),
        (
            r"$$d\mathbf{W}_1 = d\mathbf{z}_1 \mathbf{a}_1^T$$",
            r"$$d\mathbf{W}_1 = d\mathbf{z}_1 \mathbf{x}^T$$",
        ),
        (
            r"$$d\mathbf{W}_{2} = d\mathbf{z}_{2} \mathbf{x}^T$$",
            r"$$d\mathbf{W}_{2} = d\mathbf{z}_{2} \mathbf{a}_{1}^T$$",
        ),
        (r"$$dW^{[2]} = dz^{[2](i)} x^{(i)T}$$", r"$$dW^{[2]} = dz^{[2](i)} a^{[1](i)T}$$"),
        (r"$$dW^{[1]} = dz^{[1](i)} a^{[1](i)T}$$", r"$$dW^{[1]} = dz^{[1](i)} x^{(i)T}$$"),
        (r"$$dA^{[l]} = W^{[l]T} dZ^{[l + 1]}$$", r"$$dA^{[l]} = W^{[l+1]T} dZ^{[l + 1]}$$"),
    ],
)
def test_a_repair_is_written_as_the_document_writes(wrong: str, right: str) -> None:
    (found,) = errors(wrong)
    assert edited(Source("notes.md", wrong), [found]).text == right
