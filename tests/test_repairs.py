"""What a slip is repaired to: what was meant, as NumPy works it out with a different prime for every size."""

import random
from collections.abc import Mapping
from itertools import islice

import pytest

from tests.benchmarks.notations import written
from tests.benchmarks.repaired import Outcome, outcome
from tests.oracle.cases import Case, Context, Setting, case
from tests.oracle.draws import NETWORKS
from tests.oracle.formulas import right_formulas
from tests.oracle.slips import OTHERS, REPAIRABLE, Change, Mutant, slip_again, slip_once
from tests.oracle.style import STYLES

DRAWN = 300  # slips, always the same ones
DOCUMENTS = 120  # of each notation, of those that NumPy refuses


def _slips(kinds: Mapping[str, Change], context: Context = Context.ALONE) -> list[Case]:
    rng = random.Random(8)
    mutants = [
        (mutant, network)
        for network in NETWORKS
        for formula in right_formulas(network)
        for mutant in slip_once(formula, network, kinds)
    ]
    return [
        case(mutant.slip, mutant.formula, Setting(network, rng.choice(STYLES), context), mutant.original)
        for mutant, network in rng.sample(mutants, DRAWN)
    ]


def _outcomes(documents: list[Case], notation: str) -> list[Outcome]:
    wrong = (one for one in written(documents, notation, 0) if one.verdict.is_wrong)
    return [outcome(one) for one in islice(wrong, DOCUMENTS)]


@pytest.mark.parametrize("notation", ["text", "latex", "mixed-latex", "python"])
def test_a_slip_is_repaired_to_what_was_meant(notation: str) -> None:
    """A file of formulas is held to the course's layout; on a page and in a program other lines say which it is."""
    context = Context.ALONE if notation == "text" else Context.NOTES_ALONE
    found = _outcomes(_slips(REPAIRABLE, context), notation)
    missed = [one for one in found if not one.original]
    assert len(found) == DOCUMENTS
    assert sum(one.found for one in found) >= DOCUMENTS - (2 if notation == "python" else 0)
    assert not [one for one in missed if one.safe]
    assert len(missed) <= (0 if notation == "text" else 2), missed


def test_two_slips_are_mostly_repaired_and_never_written_wrongly_with_confidence() -> None:
    rng = random.Random(9)
    documents = []
    for one in _slips(REPAIRABLE):
        seconds = list(
            slip_again(Mutant(one.kind, one.formula, one.original), one.setting.network, REPAIRABLE)
        )
        if seconds:
            second = rng.choice(seconds)
            documents.append(case("two slips", second.formula, one.setting, second.original))
    found = _outcomes(documents, "text")
    assert sum(one.original for one in found) >= 0.85 * len(found)
    assert sum(one.safe and not one.original for one in found) <= 0.03 * len(found)


def test_what_no_edit_undoes_is_hardly_ever_written() -> None:
    found = _outcomes(_slips(OTHERS), "text")
    assert all(one.found for one in found)
    assert sum(one.safe for one in found) <= 0.1 * len(found)


def test_among_other_formulas_a_slip_is_repaired_as_well() -> None:
    found = _outcomes(_slips(REPAIRABLE, Context.NOTES_ALONE), "text")
    assert sum(one.original for one in found) >= 0.97 * len(found)
