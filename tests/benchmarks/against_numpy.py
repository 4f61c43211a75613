"""shapelint against NumPy, document by document: what it finds, misses, and blames without reason.

    python -m tests.benchmarks.against_numpy --examples 20000 [--notation latex|mixed-latex]

Every right formula and every mutant that is one slip away, in a drawn style and context; then drawn
documents up to the number of examples. Exits 1 if anything is missed, blamed without reason, or raises.
"""

import argparse
import random
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import chain, islice

from shapelint.check import check
from shapelint.diagnostic import ERROR
from shapelint.source import Source
from tests.benchmarks.notations import NOTATIONS, written
from tests.benchmarks.table import table
from tests.oracle.cases import Case, case
from tests.oracle.draws import NETWORKS, drawn_case, drawn_setting, single_mutants
from tests.oracle.formulas import right_formulas
from tests.oracle.verdict import Verdict

COLUMNS = ("found", "missed", "silent", "false alarm", "open", "raised")
FAILURES = ("missed", "false alarm", "raised")


def main() -> int:
    """Run, print, and say whether all is as it should be."""
    options = _options()
    rng = random.Random(options.seed)
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    shown = []
    for one in written(documents(rng, options.examples), options.notation, options.seed):
        answer = compare(one)
        counts[one.kind][answer] += 1
        if answer in FAILURES:
            shown.append((answer, one))
    print(table(("kind of slip", "documents", *COLUMNS), _rows(counts)))
    for answer, one in shown[: options.show]:
        print(f"\n{answer}: {one!r}", end="")
    return 1 if shown else 0


def documents(rng: random.Random, examples: int) -> Iterator[Case]:
    """Yield what there is of right formulas and single slips, then drawn documents."""
    enumerated = list(chain(_right(rng), _single(rng)))
    rng.shuffle(enumerated)
    yield from islice(enumerated, examples)
    yield from (drawn_case(rng.choice) for _ in range(examples - len(enumerated)))


def compare(one: Case) -> str:
    """Return the column in which a document counts."""
    try:
        found = check(Source(one.filename, one.text)).diagnostics
    except Exception:  # whatever it is, it must not happen, and the others are to be seen all the same
        return "raised"
    is_error = any(diagnostic.severity == ERROR for diagnostic in found)
    match one.verdict:
        case Verdict.OPEN:
            return "open"
        case Verdict.FITS:
            return "false alarm" if is_error else "silent"
        case _:
            return "found" if is_error else "missed"


def _right(rng: random.Random) -> Iterator[Case]:
    for network in NETWORKS:
        for formula in right_formulas(network):
            yield case("right formula", formula, drawn_setting(rng.choice, network))


def _single(rng: random.Random) -> Iterator[Case]:
    for network in NETWORKS:
        for mutant in single_mutants(network):
            yield case(mutant.slip, mutant.formula, drawn_setting(rng.choice, network), mutant.original)


def _rows(counts: dict[str, Counter[str]]) -> Iterator[tuple[str | int, ...]]:
    everything: Counter[str] = Counter()
    for kind, count in sorted(counts.items()):
        everything += count
        yield kind, count.total(), *(count[column] for column in COLUMNS)
    yield "all", everything.total(), *(everything[column] for column in COLUMNS)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--examples", type=int, default=20_000, help="how many documents")
    parser.add_argument("--notation", choices=NOTATIONS, default="text", help="what they are written in")
    parser.add_argument("--seed", type=int, default=0, help="of the draws")
    parser.add_argument("--show", type=int, default=10, help="how many failures to print")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
