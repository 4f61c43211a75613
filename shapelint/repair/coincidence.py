"""A faulty formula in, the sizes out of which one, were it 1, would make it right."""

from collections.abc import Iterator

from shapelint.infer.formula import Verdict, work_out
from shapelint.infer.rules import evaluation
from shapelint.infer.section import Section
from shapelint.parse.formulas import Read
from shapelint.problems import Problem
from shapelint.sizes import atoms

_MOST = 6  # sizes that are tried


def only_if(section: Section, read: Read, verdict: Verdict) -> Iterator[str]:
    """Yield the sizes that hide the fault where they are 1: with one output, a column is a number."""
    assert read.formula is not None
    for atom in _sizes(verdict.problems)[:_MOST]:
        found = evaluation(section.with_one(verdict.reading, atom), None, verdict.choices)
        work_out(read.formula, found)
        if not found.problems:
            yield atom


def _sizes(problems: tuple[Problem, ...]) -> list[str]:
    """Return the sizes of the sides that do not fit, the examples not among them."""
    shapes = [
        side.shape
        for problem in problems
        for side in (
            getattr(problem, "left", None),
            getattr(problem, "right", None),
            getattr(problem, "target", None),
        )
        if side is not None
    ]
    names = [atom for shape in shapes for size in shape for atom in atoms(size)]
    return [atom for atom in dict.fromkeys(names) if atom != "m" and not atom.startswith(("·", "«"))]
