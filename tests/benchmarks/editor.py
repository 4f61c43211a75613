"""The language server, timed as an editor feels it: from start to ready, from a change to its findings, a hover.

    python -m tests.benchmarks.editor [--changes 60] [--runs 9] [--edits 10000]

The start is given as a ratio to `python -c pass` in the same run; the rest is milliseconds: median and p95.
With `--edits` so many are made in one document of 200 formulas, and the server's memory is told (on Linux).
"""

import argparse
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter

from tests.benchmarks.formula_lines import formula_lines
from tests.benchmarks.table import table
from tests.server.editor import URI, Editor

SIZES = (200, 5_000)


def main() -> int:
    """Measure and print."""
    options = _options()
    rows: list[tuple[object, ...]] = []
    starts = [(_milliseconds(_python), _milliseconds(_initialized)) for _ in range(options.runs)]
    python, ready = (median(column) for column in zip(*starts, strict=True))
    rows.append(
        (f"start to `initialize`, {ready / python:.1f} times `python -c pass`", ready, max(starts)[1])
    )
    for size in SIZES:
        changes, hovers = _typing(size, options.changes)
        rows.append((f"a change to its findings, {size:,} formulas", median(changes), _p95(changes)))
        rows.append((f"hover, {size:,} formulas", median(hovers), _p95(hovers)))
    print(table(("", "median ms", "p95 ms"), rows))
    if options.edits:
        print(table(("edits", "resident MB"), _memory(options.edits)))
    return 0


def _python() -> None:
    subprocess.run([sys.executable, "-c", "pass"], check=True)


def _initialized() -> None:
    with Editor():
        pass


def _typing(size: int, number: int) -> tuple[list[float], list[float]]:
    """Type into the middle of a document: each change is another one, and half of them leave a fault."""
    lines = formula_lines(size)
    row = size // 2
    changes, hovers = [], []
    with Editor() as editor:
        editor.open("\n".join(lines) + "\n")
        editor.published(1)
        for version in range(2, number + 2):
            line = f"dA{version} = W2 @ dZ2" if version % 2 else f"dA1 = W2.T @ dZ2 * {version}"
            where = {"start": {"line": row, "character": 0}, "end": {"line": row, "character": 999}}
            start = perf_counter()
            editor.edit(version, [{"range": where, "text": line}])
            editor.published(version)
            changes.append((perf_counter() - start) * 1_000)
            start = perf_counter()
            editor.ask(
                "textDocument/hover",
                {"textDocument": {"uri": URI}, "position": {"line": row, "character": 7}},
            )
            hovers.append((perf_counter() - start) * 1_000)
    return changes, hovers


def _memory(edits: int) -> list[tuple[object, ...]]:
    """Edit one line after another, and read the server's memory at each tenth of the way."""
    lines = formula_lines(SIZES[0])
    rows: list[tuple[object, ...]] = []
    with Editor() as editor:
        editor.open("\n".join(lines) + "\n")
        editor.published(1)
        for number in range(1, edits + 1):
            row = number % len(lines)
            text = f"dA{number} = W2 @ dZ2" if number % 3 else lines[row]
            where = {"start": {"line": row, "character": 0}, "end": {"line": row, "character": 999}}
            editor.edit(number + 1, [{"range": where, "text": text}])
            editor.published(number + 1)
            if number % (edits // 10) == 0:
                status = Path(f"/proc/{editor.process}/status").read_text(encoding="ascii")
                rows.append((number, int(status.split("VmRSS:")[1].split()[0]) / 1024))
    return rows


def _milliseconds(action: Callable[[], None]) -> float:
    start = perf_counter()
    action()
    return (perf_counter() - start) * 1_000


def _p95(values: list[float]) -> float:
    return quantiles(values, n=20)[-1]


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--changes", type=int, default=60, help="how many changes are typed into a document")
    parser.add_argument("--runs", type=int, default=9, help="how often the server is started")
    parser.add_argument("--edits", type=int, default=0, help="how many edits the memory is read over")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
