"""How fast: every figure is a ratio, of two things measured in turn in the same run.

    python -m tests.benchmarks.speed [--json]

Start-up is a run on 25 formulas against `python -c pass`; throughput is `check` on one document against
`ast.parse` on each of its lines; memory is the peak of a fresh process, with and without the document.
"""

import argparse
import json
import sys
from collections.abc import Callable, Iterator
from typing import NamedTuple

from tests.benchmarks.memory import memory
from tests.benchmarks.startup import startup
from tests.benchmarks.table import table
from tests.benchmarks.throughput import throughput


class Figure(NamedTuple):
    """`ratio` is measured over reference, both in `unit`."""

    what: str
    measured: float
    reference: float
    unit: str

    @property
    def ratio(self) -> float:
        """Return how many times the reference it is."""
        return self.measured / self.reference


Measure = Callable[[argparse.Namespace], Iterator[tuple[str, float, float, str]]]
MEASURES: tuple[Measure, ...] = (startup, throughput, memory)


def main() -> int:
    """Measure everything and print it."""
    options = _options()
    figures = [Figure(*figure) for measure in MEASURES for figure in measure(options)]
    if options.json:
        print(
            json.dumps([figure._asdict() | {"ratio": round(figure.ratio, 4)} for figure in figures], indent=2)
        )
    else:
        rows = [(one.what, one.measured, one.reference, one.unit, one.ratio) for one in figures]
        print(table(("", "measured", "reference", "unit", "ratio"), rows))
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.add_argument("--runs", type=int, default=31, help="how often each command is started")
    parser.add_argument("--rounds", type=int, default=3, help="how often each document is checked")
    parser.add_argument("--lines", type=int, default=100_000, help="how long the long document is")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
