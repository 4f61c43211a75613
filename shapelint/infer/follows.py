"""Which formulas of a program only go on with a fault: a variable whose assignment is wrong is wrong wherever it is read."""

from shapelint.infer.section import Judged, Section
from shapelint.symbol import UNDECLARED
from shapelint.tree import Name, walk


def follows(section: Section, judged: Judged, tainted: set[str]) -> bool:
    """Say whether what is wrong with a formula was told above; `tainted` are the variables that are wrong so far."""
    verdict = judged.verdict
    if verdict is None or (not verdict.problems and not tainted):
        return False
    formula = section.read(judged.statement).formula
    if formula is None:
        return False
    target, *values = formula.parts if len(formula.parts) > 1 else (None, *formula.parts)
    names = {node.symbol.key for node in walk(values) if isinstance(node, Name)}
    goes_on = not tainted.isdisjoint(names)
    if goes_on or verdict.problems:
        if isinstance(target, Name) and target.symbol.flags & UNDECLARED:
            tainted.add(target.symbol.key)
    return goes_on and bool(verdict.problems)
