"""Repairs: how often the first one gives back what was meant, by kind of slip.

    python -m tests.benchmarks.repairs [--styles 30] [--doubles 20000] [--by slip|network|style]
        [--notation latex|mixed-latex]

Every mutant that is one slip away and wrong to NumPy, in every style, alone in its document: with two and
three layers, with m examples and with one, and where `n2 = 1` is stated. Then two slips, sampled. Last the
faults that no listed edit undoes: there the question is how many repairs are called safe and are not.
"""

import argparse
import random
from collections import defaultdict
from collections.abc import Callable, Iterator
from statistics import mean

from tests.benchmarks.notations import NOTATIONS, written
from tests.benchmarks.repaired import Outcome, outcome
from tests.benchmarks.table import Cell, table
from tests.oracle.cases import Case, Context, Setting, case
from tests.oracle.draws import NETWORKS
from tests.oracle.formulas import right_formulas
from tests.oracle.network import Network
from tests.oracle.slips import OTHERS, REPAIRABLE, Mutant, slip_again, slip_once
from tests.oracle.style import STYLES

COLUMNS = ("wrong", "found", "offered", "original", "%", "in others", "safe", "safe, wrong", "ms")

BY: dict[str, Callable[[Case], str]] = {
    "slip": lambda one: one.kind,
    "network": lambda one: str(one.setting.network),
    "style": lambda one: str(one.setting.style),
}


def main() -> None:
    """Print a table each for one slip, two slips, and faults beyond the edits."""
    options = _options()
    rng = random.Random(options.seed)
    groups = {
        "one slip": _documents(_singles(), options),
        "two slips": _sampled(_doubles(rng), options.doubles, rng, options),
        "no listed edit undoes it": _sampled(_beyond(), options.others, rng, options),
    }
    for name, documents in groups.items():
        outcomes = [
            outcome(one) for one in written(documents, options.notation, options.seed) if one.verdict.is_wrong
        ]
        print(table((name, *COLUMNS), _rows(outcomes, BY[options.by])), end="\n\n")
        for shown in [one for one in outcomes if not one.original][: options.show]:
            print(f"{shown.case!r}  repaired: {shown.repaired or '(no repair)'}\n")


def _singles() -> Iterator[tuple[Mutant, Network]]:
    for network in NETWORKS:
        for formula in right_formulas(network):
            yield from ((mutant, network) for mutant in slip_once(formula, network, REPAIRABLE))


def _doubles(rng: random.Random) -> Iterator[tuple[Mutant, Network]]:
    """Take up to five second slips for every first one: all of them would be hundreds of thousands."""
    for mutant, network in _singles():
        seconds = list(slip_again(mutant, network, REPAIRABLE))
        for second in rng.sample(seconds, min(5, len(seconds))):
            yield Mutant("two slips", second.formula, second.original), network


def _beyond() -> Iterator[tuple[Mutant, Network]]:
    for network in NETWORKS:
        for formula in right_formulas(network):
            yield from ((mutant, network) for mutant in slip_once(formula, network, OTHERS))


def _documents(mutants: Iterator[tuple[Mutant, Network]], options: argparse.Namespace) -> Iterator[Case]:
    for mutant, network in mutants:
        for style in STYLES[:: max(1, len(STYLES) // options.styles)]:
            yield _document(mutant, Setting(network, style, Context(options.context)))


def _sampled(
    mutants: Iterator[tuple[Mutant, Network]], number: int, rng: random.Random, options: argparse.Namespace
) -> Iterator[Case]:
    everything = list(mutants)
    for mutant, network in rng.sample(everything, min(number, len(everything))):
        yield _document(mutant, Setting(network, rng.choice(STYLES), Context(options.context)))


def _document(mutant: Mutant, setting: Setting) -> Case:
    return case(mutant.slip, mutant.formula, setting, mutant.original)


def _rows(outcomes: list[Outcome], key: Callable[[Case], str]) -> Iterator[tuple[Cell, ...]]:
    groups: defaultdict[str, list[Outcome]] = defaultdict(list)
    for one in outcomes:
        groups[key(one.case)].append(one)
    for name, group in sorted(groups.items()):
        yield name, *_figures(group)
    if outcomes:
        yield "all", *_figures(outcomes)


def _figures(group: list[Outcome]) -> Iterator[Cell]:
    original = sum(one.original for one in group)
    yield len(group)
    yield sum(one.found for one in group)
    yield sum(one.offered for one in group)
    yield original
    yield 100 * original / len(group)
    yield sum(one.among_others for one in group)
    yield sum(one.safe for one in group)
    yield sum(one.safe and not one.original for one in group)
    yield mean(one.milliseconds for one in group)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--styles", type=int, default=len(STYLES), help="how many styles each slip is written in"
    )
    parser.add_argument("--notation", choices=NOTATIONS, default="text", help="what they are written in")
    parser.add_argument(
        "--context", choices=list(Context), default=Context.ALONE, help="what stands around it"
    )
    parser.add_argument("--doubles", type=int, default=5_000, help="how many documents with two slips")
    parser.add_argument("--others", type=int, default=5_000, help="how many with a fault beyond the edits")
    parser.add_argument("--by", choices=BY, default="slip", help="what the rows are")
    parser.add_argument("--seed", type=int, default=0, help="of the samples")
    parser.add_argument("--show", type=int, default=0, help="how many that did not come back to print")
    return parser.parse_args()


if __name__ == "__main__":
    main()
