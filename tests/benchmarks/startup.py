"""Start-up: the median of runs on a file of 25 formulas, over that of `python -c pass`, in milliseconds."""

import os
import subprocess
import sys
import tempfile
from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from time import perf_counter

from tests.benchmarks.formula_lines import formula_lines

LINES = 25


def startup(options: Namespace) -> Iterator[tuple[str, float, float, str]]:
    """Start the commands in turn, so that what else the machine does hits them alike."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "formulas.txt")
        file.write_text("\n".join(formula_lines(LINES)) + "\n")
        times: dict[str, list[float]] = {}
        for _ in range(options.runs + 1):
            for name, command in _commands(str(file)).items():
                times.setdefault(name, []).append(_cold(command))
            times.setdefault("python -m shapelint FILE, unchanged", []).append(
                _milliseconds([sys.executable, "-m", "shapelint", str(file)], cache=folder)
            )
    # the first round fills the system's file cache and writes Python's bytecode: it is not counted
    medians = {name: median(taken[1:]) for name, taken in times.items()}
    reference = medians.pop("python -c pass")
    for name, taken in medians.items():
        yield f"start-up, {name}", taken, reference, "ms"


def _commands(file: str) -> dict[str, list[str]]:
    commands = {
        "python -c pass": [sys.executable, "-c", "pass"],
        "python -m shapelint FILE": [sys.executable, "-m", "shapelint", file],
    }
    console = Path(sys.executable).with_name("shapelint")
    if console.exists():
        commands["shapelint FILE"] = [str(console), file]
    return commands


def _cold(command: list[str]) -> float:
    """Run with an empty cache folder: nothing of an earlier run is left."""
    with tempfile.TemporaryDirectory() as cache:
        return _milliseconds(command, cache)


def _milliseconds(command: list[str], cache: str) -> float:
    environment = os.environ | {"XDG_CACHE_HOME": cache}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed program has its bytecode
    start = perf_counter()
    done = subprocess.run(command, capture_output=True, check=False, env=environment)
    taken = (perf_counter() - start) * 1_000
    if done.returncode:
        output = (done.stdout + done.stderr).decode()
        raise SystemExit(f"{' '.join(command)} exits {done.returncode}:\n{output}")
    return taken
