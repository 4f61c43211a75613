"""A document with a slip in, what became of its repair out: NumPy says whether the original is back."""

from dataclasses import replace
from time import perf_counter
from typing import NamedTuple

import numpy as np

from shapelint.check import check
from shapelint.diagnostic import ERROR, Edit, Fix
from shapelint.source import Source
from tests.oracle.cases import Case
from tests.oracle.evaluate import DoubtfulError, value
from tests.oracle.latex_read import read_latex
from tests.oracle.network import EXAMPLES, Array
from tests.oracle.program import worked_out
from tests.oracle.read import read
from tests.oracle.tree import Formula


class Outcome(NamedTuple):
    """What the first error's first repair does; `among_others`: only another repair is the original."""

    case: Case
    milliseconds: float
    found: bool = False
    offered: bool = False
    safe: bool = False
    original: bool = False
    among_others: bool = False
    repaired: str = ""


def outcome(one: Case) -> Outcome:
    """Check a document and judge the first repair that it is offered."""
    start = perf_counter()
    diagnostics = check(Source(one.filename, one.text)).diagnostics
    milliseconds = (perf_counter() - start) * 1_000
    errors = [diagnostic for diagnostic in diagnostics if diagnostic.severity == ERROR]
    repaired = next((error for error in errors if error.fix), None)
    if repaired is None or repaired.fix is None:
        return Outcome(one, milliseconds, found=bool(errors))
    line = _line(one, repaired.fix)
    is_original = _is_original(one, line)
    return Outcome(
        one,
        milliseconds,
        found=True,
        offered=True,
        safe=repaired.fix.applicability == "safe",
        original=is_original,
        among_others=not is_original
        and any(_is_original(one, _line(one, fix)) for fix in repaired.alternatives),
        repaired=line,
    )


def applied(text: str, edits: tuple[Edit, ...]) -> str:
    """Apply edits from the end, so that those before them keep their places."""
    for span, content in sorted(edits, reverse=True):
        text = text[: span.start] + content + text[span.end :]
    return text


def _line(one: Case, fix: Fix) -> str:
    return applied(one.text, fix.edits).splitlines()[one.row]


def _is_original(one: Case, line: str) -> bool:
    """Compare with every size another one: what agrees only where n2 = 1 or m = 1 is not the original."""
    if one.filename.endswith(".py"):
        network = replace(one.setting.network, columns=EXAMPLES, outputs=None)
        return _agree(worked_out(line, network), _value(one.original, one))
    try:
        found = read(line) if one.filename.endswith(".txt") else read_latex(line, brackets="[" in one.text)
    except ValueError:
        return False
    return found.target == one.formula.target and _agree(_value(found, one), _value(one.original, one))


def _value(formula: Formula | None, one: Case) -> Array | None:
    network = replace(one.setting.network, columns=EXAMPLES, outputs=None)
    try:
        return None if formula is None else value(formula, network)
    except (ValueError, DoubtfulError):
        return None


def _agree(one: Array | None, other: Array | None) -> bool:
    if one is None or other is None or one.shape != other.shape:
        return False
    return bool(np.allclose(one, other, equal_nan=True))
