"""Whether what a repair rests on is known: only then may it be written without being asked."""

from shapelint.infer.section import Section
from shapelint.operators import UPDATES
from shapelint.symbol import UNDECLARED
from shapelint.tree import Formula, Name, Transpose, untransposed, walk


def is_known(section: Section, formula: Formula) -> bool:
    """Say whether the target's shape is known without this formula."""
    target = formula.parts[0]
    while isinstance(target, Transpose):
        target = target.child
    if not isinstance(target, Name) or not target.symbol.flags & UNDECLARED:
        return True
    found = section.found.get(target.symbol.object_key)
    return found is not None and not found.start <= formula.start < found.end


def rests_on_facts(section: Section, formula: Formula, doubted: frozenset[str]) -> bool:
    """Say whether forward lines or statements tell every shape in a formula, where names alone are not trusted.

    `dz = dZ.T` may as well say what `dz` is.
    """
    updates = bool(formula.signs) and formula.signs[-1][2] in UPDATES
    if formula.signs and not updates and isinstance(untransposed(formula.parts[-1]), Name):
        return False
    solution = section.solution
    if section.trusts_names or solution is None:
        return True
    for node in walk(formula.parts):
        if not isinstance(node, Name):
            continue
        symbol = node.symbol
        declared = section.names.declared(symbol)
        if symbol.key in solution.numbers or (declared is not None and declared.shapes[0] == ()):
            continue
        if (solution.objects.get(symbol.key) or symbol.object_key) not in solution.found:
            return False
        if symbol.object_key in doubted and section.stated(symbol) is None:
            return False
    return True
