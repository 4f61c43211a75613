"""A way of choosing in, a document out: right formulas, slips of every kind, and what grows by itself."""

from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from types import MappingProxyType

from .cases import Case, Context, Setting, case
from .choice import Choose
from .formulas import right_formulas
from .growth import free_formula, right_formula
from .network import Network
from .slips import OTHERS, REPAIRABLE, Mutant, slip_again, slip_once
from .style import STYLES
from .tree import Formula

SLIPS = MappingProxyType(REPAIRABLE | OTHERS)
NETWORKS = (
    Network(2),
    Network(3),
    Network(2, one_example=True),
    Network(3, one_example=True),
    Network(2, outputs=1),
)
"""Two and three layers, all examples and one, and the course's single output, where `n2 = 1` is stated."""

_SOURCES = ("right formula", "one slip", "two slips", "grown right", "grown with a slip", "grown freely")


def drawn_setting(choose: Choose, network: Network) -> Setting:
    """Choose how and where a formula is written."""
    return Setting(network, choose(STYLES), choose(tuple(Context)))


def drawn_case(choose: Choose) -> Case:
    """Choose a document."""
    setting = drawn_setting(choose, choose(NETWORKS))
    network = setting.network
    match choose(_SOURCES):
        case "one slip":
            mutant = _drawn_mutant(choose, choose(right_formulas(network)), network)
        case "two slips":
            mutant = _twice(choose, _drawn_mutant(choose, choose(right_formulas(network)), network), network)
        case "grown right":
            return case("grown, right", right_formula(choose, network), setting)
        case "grown with a slip":
            mutant = _grown(_drawn_mutant(choose, right_formula(choose, network), network))
        case "grown freely":
            return case("grown freely", free_formula(choose, network), setting)
        case _:
            return case("right formula", choose(right_formulas(network)), setting)
    return case(mutant.slip, mutant.formula, setting, mutant.original)


def single_mutants(network: Network) -> Iterator[Mutant]:
    """Yield every mutant of every right formula that is one slip away."""
    for formula in right_formulas(network):
        for mutants in _mutants(formula, network).values():
            yield from mutants


@cache
def _mutants(formula: Formula, network: Network) -> MappingProxyType[str, tuple[Mutant, ...]]:
    """Return the mutants of a formula by kind of slip: the kind is drawn first, so that none is rare."""
    found = defaultdict(list)
    for mutant in slip_once(formula, network, SLIPS):
        found[mutant.slip].append(mutant)
    return MappingProxyType({slip: tuple(mutants) for slip, mutants in found.items()})


def _drawn_mutant(choose: Choose, formula: Formula, network: Network) -> Mutant:
    mutants = _mutants(formula, network)
    return choose(mutants[choose(tuple(mutants))])


def _twice(choose: Choose, mutant: Mutant, network: Network) -> Mutant:
    seconds = tuple(slip_again(mutant, network, SLIPS))
    second = choose(seconds)
    return Mutant("two slips", second.formula, second.original)


def _grown(mutant: Mutant) -> Mutant:
    return Mutant("grown, one slip", mutant.formula, mutant.original)
