"""Many files: a cold run, one that recalls, and one side by side, beside pyflakes on the same formulas as Python.

    python -m tests.benchmarks.many [--files 1000] [--lines 100] [--rounds 3]

Whole processes, taken in turn; medians in seconds. Every file holds other formulas, all of them right.
"""

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median
from time import perf_counter

from tests.benchmarks.formula_lines import formula_lines
from tests.benchmarks.table import table

SHAPELINT = [sys.executable, "-m", "shapelint"]


def main() -> int:
    """Measure and print."""
    options = _options()
    with tempfile.TemporaryDirectory() as folder:
        _write(Path(folder), options.files, options.lines)
        times: dict[str, list[float]] = {}
        for _ in range(options.rounds):
            for name, taken in _round(folder).items():
                times.setdefault(name, []).append(taken)
    medians = {name: median(taken) for name, taken in times.items()}
    cold = medians["cold"]
    rows = [(name, taken, cold / taken) for name, taken in medians.items()]
    print(
        table(
            (f"{options.files:,} files of {options.lines} formulas", "seconds", "times as fast as cold"), rows
        )
    )
    return 0


def _round(folder: str) -> dict[str, float]:
    files = sorted(str(path) for path in Path(folder, "formulas").iterdir())
    program = sorted(str(path) for path in Path(folder, "python").iterdir())
    with tempfile.TemporaryDirectory() as cache, tempfile.TemporaryDirectory() as other:
        return {
            "cold": _seconds([*SHAPELINT, *files], cache),
            "recalled, the same run": _seconds([*SHAPELINT, *files], cache),
            "recalled, file by file": _seconds([*SHAPELINT, *files, "--exit-zero"], cache),
            "cold, -j 2": _seconds([*SHAPELINT, "-j", "2", *files], other),
            "pyflakes": _seconds([sys.executable, "-m", "pyflakes", *program], cache),
        }


def _write(folder: Path, files: int, lines: int) -> None:
    all_lines = formula_lines(files * lines)
    for name in ("formulas", "python"):
        (folder / name).mkdir()
    for place in range(files):
        text = "\n".join(all_lines[place * lines : (place + 1) * lines]) + "\n"
        (folder / "formulas" / f"{place:04}.formulas.txt").write_text(text)
        # an assignment and names of Python: `:=` and g'(Z) are none
        (folder / "python" / f"f{place:04}.py").write_text(text.replace(":=", "=").replace("'", "_prime"))


def _seconds(command: list[str], cache: str) -> float:
    environment = os.environ | {"SHAPELINT_CACHE_DIR": cache}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed program has its bytecode
    start = perf_counter()
    done = subprocess.run(command, capture_output=True, check=False, env=environment, text=True)
    taken = perf_counter() - start
    if command[2] == "shapelint" and (done.returncode or done.stdout):
        raise RuntimeError(done.stdout[:500] + done.stderr)
    return taken


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--files", type=int, default=1000, help="how many files")
    parser.add_argument("--lines", type=int, default=100, help="how many formulas in each")
    parser.add_argument("--rounds", type=int, default=3, help="how often each command is run")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
