"""Throughput: `check` on one long document against `ast.parse` on each of its lines, in lines a second."""

import ast
import gc
from argparse import Namespace
from collections.abc import Callable, Iterator
from time import perf_counter

from shapelint.check import check
from shapelint.source import Source
from tests.benchmarks.formula_lines import formula_lines


def throughput(options: Namespace) -> Iterator[tuple[str, float, float, str]]:
    """Take the two in turn, and the best of each; then half the document, which should take half the time."""
    lines = formula_lines(options.lines)
    text, half = "\n".join(lines), "\n".join(lines[: len(lines) // 2])
    _must_be_silent(text)
    parsing = checking = halfway = float("inf")
    for _ in range(options.rounds):
        parsing = min(parsing, _seconds(lambda: _parse(lines)))
        halfway = min(halfway, _seconds(lambda: _check(half)))
        checking = min(checking, _seconds(lambda: _check(text)))
    yield (
        f"check, {len(lines):,} lines (over ast.parse)",
        len(lines) / checking,
        len(lines) / parsing,
        "lines/s",
    )
    yield f"linearity, {len(lines):,} over {len(lines) // 2:,} lines", checking, halfway, "s"


def _seconds(work: Callable[[], None]) -> float:
    gc.collect()
    gc.disable()
    start = perf_counter()
    work()
    taken = perf_counter() - start
    gc.enable()
    return taken


def _parse(lines: list[str]) -> None:
    for line in lines:
        ast.parse(line)


def _check(text: str) -> None:
    check(Source("formulas.txt", text))


def _must_be_silent(text: str) -> None:
    """The formulas are right; a figure for something that stops early would be none."""
    report = check(Source("formulas.txt", text))
    if report.diagnostics or report.formulas != text.count("\n") + 1:
        first = report.diagnostics[0] if report.diagnostics else None
        raise SystemExit(
            f"{report.formulas} formulas read, {len(report.diagnostics)} findings, first: {first}"
        )
