"""Networks beyond dense layers, against NumPy; first the oracle against itself."""

from random import Random

import numpy as np
import pytest
from networks.__main__ import document, documents, shown, table
from networks.catalogue import COLUMNS, NETWORKS, Network
from networks.documents import LATEX, NOTATIONS, OCTAVE, PROGRAM, TEXT, drawn, every_network
from networks.expression import expression
from networks.labels import HARMLESS, OPEN, RIGHT, WRONG, verdict
from networks.layouts import ADAM, BACKWARD, FORWARD, PLAIN, Setting, setting
from networks.mutants import MUTANT, Mutant, drawn_mutant
from networks.scoring import (
    BAD_REPAIR,
    HARMLESS_TOLD,
    MISSED,
    RIGHT_TOLD,
    Outcome,
    outcome,
    parsed,
    same_value,
)
from networks.values import evaluate, run, sizes_of, start

each_network = pytest.mark.parametrize("network", NETWORKS, ids=lambda network: network.name)
STEP = 1e-5


@each_network
def test_gradients_are_those_of_the_cost(network: Network) -> None:
    given = setting(network, COLUMNS, False, PLAIN)
    random = np.random.default_rng(1)
    forward = [line.target for line in network.forward]
    for index, (line, made) in enumerate(zip(given.lines, run(given).made, strict=True)):
        of = given.object(line.target) or dict(network.helpers).get(line.target, "")
        if (
            given.kind(index) != BACKWARD
            or not of
            or line.target in network.unchecked
            or forward.count(of) > 1
        ):
            continue
        direction = random.standard_normal(np.shape(made))
        slope = (_cost(given, of, STEP * direction) - _cost(given, of, -STEP * direction)) / (2 * STEP)
        found = float(np.sum(direction * made))
        per_example = slope * sizes_of(given).get(network.examples, 1)  # Ng's dZ has no 1/m
        assert np.isclose(found, [slope, per_example], rtol=1e-4, atol=1e-7).any(), line.target


def _cost(given: Setting, moved: str, by: np.ndarray) -> float:
    values = dict(start(given))
    if moved in given.network.leaves:
        values[moved] = values[moved] + by
    for line in given.lines[: len(given.network.forward)]:
        values[line.target] = evaluate(line.value, values) + (by if line.target == moved else 0)
    return float(evaluate(given.cost.value, values))


@each_network
def test_every_layout_has_the_same_values_and_the_shapes_of_its_objects(network: Network) -> None:
    columns = run(setting(network, COLUMNS, False, PLAIN))
    for layout in network.layouts:
        for flat in (False, True):
            given = setting(network, layout, flat, ADAM)
            done = run(given)
            for line, made in zip(given.lines, done.made, strict=True):
                assert (
                    not given.object(line.target) or np.shape(made) == done.shapes[given.object(line.target)]
                )
            gradients = len(network.forward) + len(network.backward)
            for line, made, other in zip(given.lines[:gradients], done.made, columns.made, strict=False):
                turned = np.transpose(made) if given.flips(line.target) else made
                assert np.allclose(np.reshape(turned, np.shape(other)), other), line.target


@pytest.mark.parametrize("notation", (*NOTATIONS, OCTAVE))
@each_network
def test_a_document_says_what_was_meant(network: Network, notation: str) -> None:
    for number in range(3):
        document = drawn(Random(number), network, notation, RIGHT)
        done, rows = run(document.setting), document.text.splitlines()
        for place, row in zip(document.places, document.rows, strict=True):
            value = evaluate(parsed(document, rows[row - 1]), done.before[place], document.manner.notes)
            assert np.allclose(np.reshape(value, np.shape(done.made[place])), done.made[place]), rows[row - 1]


@each_network
def test_programs_run_and_mutants_are_refused_where_it_is_said(network: Network) -> None:
    for number in range(3):
        document = drawn(Random(number), network, PROGRAM, RIGHT)
        with np.errstate(all="ignore"):
            exec(compile(document.text, document.manner.name, "exec"), {})
        mutant = drawn_mutant(Random(number), network, WRONG)
        assert mutant.verdict != WRONG or mutant.faulty


def test_a_wrong_line_has_another_value() -> None:
    for notation in (TEXT, LATEX, PROGRAM):
        for number, network in enumerate(NETWORKS):
            document = drawn(Random(number), network, notation, WRONG)
            assert document.verdict == WRONG
            assert not same_value(document, document.written)


@pytest.mark.parametrize(
    ("network", "target", "written", "expected"),
    [
        ("three layers", "dW2", "(1/m) * (A1 @ dZ2.T)", WRONG),
        ("three layers", "dZ2", "W3.T @ dZ3 * (1 - A1**2)", WRONG),
        ("three layers", "db2", "(1/m) * sum(dZ2, 0)", WRONG),
        ("three layers", "dW2", "(1/m) * (dZ2 @ A1.T) * 2", HARMLESS),
        ("three layers", "Z2", "W2.T @ A1 + b2", OPEN),  # nothing else in the forward pass says how W2 lies
        ("three layers", "Z2", "W3 @ A1 + b2", WRONG),  # W3 is used with another size below
        ("three layers", "dZ3", "A3 - Y.T", OPEN),  # nothing else says how the labels lie
        ("attention", "dWq", "dK @ X.T", HARMLESS),
        ("attention", "dV", "dO @ P", HARMLESS),
        ("cross attention", "dV", "dC @ P", WRONG),
        ("recurrent cell", "dh_prev", "Wh @ dz", HARMLESS),
        ("recurrent cell", "dx", "Wx @ dz", WRONG),
        ("own names", "out_error", "(output - targets).T", OPEN),  # no rule says what it is the gradient of
    ],
)
def test_labels(network: str, target: str, written: str, expected: str) -> None:
    given = setting(every_network()[network], COLUMNS, False, PLAIN)
    index = [line.target for line in given.lines].index(target)
    assert verdict(given, index, expression(written), False, False) == expected


def test_the_same_seed_draws_the_same() -> None:
    first, second = ([each.text for each in documents(3, 160)] for _ in range(2))
    assert first == second
    assert [each.text for each in documents(4, 160)] != first


@pytest.fixture(scope="module")
def outcomes() -> list[Outcome]:
    return [outcome(document) for document in documents(1, 720)]


def _report(outcomes: list[Outcome], *faults: str) -> str:
    failed = [(number, each) for number, each in enumerate(outcomes) if {*faults} & {*each.faults}]
    return "\n".join([*table(outcomes), *(shown(number, each, True) for number, each in failed[:10])])


def _share(outcomes: list[Outcome], fault: str, verdict: str = WRONG) -> float:
    of = [each for each in outcomes if each.document.verdict == verdict]
    return sum(fault in each.faults for each in of) / len(of)


@pytest.mark.long
def test_slips_are_found_at_their_line_and_repaired(outcomes: list[Outcome]) -> None:
    # A slip in a forward line is counted by `python -m tests.networks --forward`: it leaves more open.
    wrong = [
        each
        for each in outcomes
        if each.document.verdict == WRONG
        and each.document.notation != MUTANT
        and each.document.kind != FORWARD
    ]
    assert _share(wrong, MISSED) <= 0.03, _report(wrong, MISSED)
    assert _share(wrong, RIGHT_TOLD) == 0, _report(wrong, RIGHT_TOLD)
    found = [each for each in wrong if each.found]
    assert _share(found, BAD_REPAIR) <= 0.05, _report(wrong, BAD_REPAIR)


@pytest.mark.long
def test_programs_of_octave_are_told_at_the_line() -> None:
    found = [outcome(document(1, number, [OCTAVE])) for number in range(200)]
    wrong = [each for each in found if each.document.verdict == WRONG and each.document.kind != FORWARD]
    assert not [each for each in found if HARMLESS_TOLD in each.faults], _report(found, HARMLESS_TOLD)
    assert _share(wrong, RIGHT_TOLD) == 0, _report(wrong, RIGHT_TOLD)
    assert _share(wrong, MISSED) <= 0.22, _report(wrong, MISSED)


@pytest.mark.long
def test_what_is_right_or_harmless_is_not_told(outcomes: list[Outcome]) -> None:
    told = [each for each in outcomes if HARMLESS_TOLD in each.faults]
    assert not told, _report(outcomes, HARMLESS_TOLD)


@pytest.mark.long
def test_programs_that_numpy_refuses_are_told_at_the_line(outcomes: list[Outcome]) -> None:
    refused = [
        each for each in outcomes if isinstance(each.document, Mutant) and each.document.verdict == WRONG
    ]
    assert _share(refused, MISSED) <= 0.2, _report(refused, MISSED)
