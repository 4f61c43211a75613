"""A formula in, the formulas out that somebody writes who slips once; a table of the kinds of slips.

Those that a listed edit undoes come first. `OTHERS` are beyond every edit (a factor is gone, a letter is
wrong): there the shape may tell that something is wrong, but not what was meant.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import chain
from types import MappingProxyType

from . import changes
from .changes import Change
from .network import Network
from .tree import Formula, Tree, places


@dataclass(frozen=True, slots=True)
class Mutant:
    """A formula that a slip made of the original; two slips have two names, joined with ` + `."""

    slip: str
    formula: Formula
    original: Formula


REPAIRABLE: MappingProxyType[str, Change] = MappingProxyType(
    {
        "transpose dropped": changes.transpose_dropped,
        "transpose added": changes.transpose_added,
        "factors swapped": changes.factors_swapped,
        "product exchanged": changes.product_exchanged,
        "neighbouring layer": changes.neighbouring_layer,
        "axis moved": changes.axis_moved,
        "keepdims lost": changes.keepdims_lost,
        "axis lost": changes.axis_lost,
        "sum lost": changes.sum_lost,
        "sum added": changes.sum_added,
        "brackets misplaced": changes.brackets_misplaced,
    }
)

OTHERS: MappingProxyType[str, Change] = MappingProxyType(
    {
        "factor left out": changes.factor_left_out,
        "term left out": changes.term_left_out,
        "another letter": changes.another_letter,
    }
)


def slip_once(formula: Formula, network: Network, slips: MappingProxyType[str, Change]) -> Iterator[Mutant]:
    """Yield every mutant that is one slip away, each formula once."""
    seen = {formula.value}
    for slip, change in slips.items():
        for tree in _changed(formula.value, change, network):
            if tree not in seen:
                seen.add(tree)
                yield Mutant(slip, replace(formula, value=tree), formula)


def slip_again(mutant: Mutant, network: Network, slips: MappingProxyType[str, Change]) -> Iterator[Mutant]:
    """Yield the mutants that are one more slip away, but for the way back."""
    for second in slip_once(mutant.formula, network, slips):
        if second.formula.value != mutant.original.value:
            yield Mutant(f"{mutant.slip} + {second.slip}", second.formula, mutant.original)


def _changed(tree: Tree, change: Change, network: Network) -> Iterator[Tree]:
    return chain.from_iterable(map(place.put, change(place, network)) for place in places(tree))
