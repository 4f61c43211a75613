"""Documents: what 10 MB of Markdown without a formula cost, and how the time grows with the formulas.

    python -m tests.benchmarks.documents

Whole processes, each beside one that reads a small document; the best of several runs.
"""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from tests.benchmarks.markdown_scan import prose
from tests.benchmarks.table import Cell, table

_SIZE = 10_000_000
_RUNS = 5
_FORMULAS = (2_500, 5_000, 10_000)


def notes(formulas: int) -> str:
    """Return lecture notes with so many formulas, ten to a section."""
    return "".join(_lines(formulas))


def _lines(formulas: int) -> Iterator[str]:
    for number in range(formulas):
        layer = number % 50 + 1
        if number % 10 == 0:
            yield f"\n## Part {number}\n\n"
        yield (
            rf"Then $dW^{{[{layer + 1}]}} = \frac{{1}}{{m}} dZ^{{[{layer + 1}]}} A^{{[{layer}]T}}$ follows."
            + "\n"
        )


def main() -> None:
    """Measure, and print the times."""
    with TemporaryDirectory() as folder:
        small = _seconds(Path(folder), "A line of text.\n")
        large = _seconds(Path(folder), prose(_SIZE))
        rows: list[tuple[Cell, ...]] = [
            ("a line of text", small, 0.0),
            ("10 MB of prose", large, large - small),
        ]
        for formulas in _FORMULAS:
            seconds = _seconds(Path(folder), notes(formulas))
            rows.append((f"{formulas:,} formulas", seconds, seconds - small))
    print(table(("Markdown", "seconds", "more than start-up"), rows))


def _seconds(folder: Path, text: str) -> float:
    path = folder / "notes.md"
    path.write_text(text, encoding="utf-8")
    return min(_run(path) for _ in range(_RUNS))


def _run(path: Path) -> float:
    start = perf_counter()
    subprocess.run([sys.executable, "-m", "shapelint", "-q", str(path)], check=True, capture_output=True)
    return perf_counter() - start


if __name__ == "__main__":
    main()
