"""Which formulas of a program only go on with a fault: a variable that is assigned wrongly is wrong below."""

from shapelint.infer.judged import Judged
from shapelint.infer.section import Section
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
    target, values = formula.parts[0], formula.parts[1:] or formula.parts
    names = {node.symbol.key for node in walk(values) if isinstance(node, Name)}
    goes_on = not tainted.isdisjoint(names)
    is_own = isinstance(target, Name) and len(formula.parts) > 1 and target.symbol.flags & UNDECLARED
    if is_own and (goes_on or verdict.problems):
        tainted.add(target.symbol.key)  # type: ignore[union-attr]  # a name, just asked
    return goes_on and bool(verdict.problems)
