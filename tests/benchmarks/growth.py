"""How the time and the memory of a check grow in every direction: 100,000 of something, beside half as many.

    python -m tests.benchmarks.growth [--number 100000] [--direction terms]

Each check is a process of its own. Wrong formulas are the dearest: each is put into words and repaired.
"""

import argparse
import subprocess
import sys

from tests.benchmarks.table import Cell, table
from tests.growing import GROWING

_ONCE = """
import resource, sys
from time import perf_counter
from shapelint.check import check
from shapelint.source import Source
from tests.growing import GROWING
name, make = GROWING[sys.argv[1]]
check(Source(name, make(3)))
text = make(int(sys.argv[2]))
start = perf_counter()
report = check(Source(name, text))
print(perf_counter() - start, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, len(report.diagnostics))
"""


def main() -> None:
    """Measure, and print a table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--number", type=int, default=100_000)
    parser.add_argument("--direction", choices=GROWING, action="append")
    options = parser.parse_args()
    rows: list[tuple[Cell, ...]] = []
    for direction in options.direction or GROWING:
        half, _, _ = _measured(direction, options.number // 2)
        whole, memory, findings = _measured(direction, options.number)
        rows.append((direction, whole, whole / half, round(memory), round(findings)))
        print(f"{direction}: {whole:.2f} s, {whole / half:.2f} times half of it", file=sys.stderr)
    print(table((f"{options.number:,} of", "seconds", "times half of it", "MB", "findings"), rows))


def _measured(direction: str, number: int) -> tuple[float, ...]:
    command = [sys.executable, "-c", _ONCE, direction, str(number)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return tuple(float(word) for word in done.stdout.split())


if __name__ == "__main__":
    main()
