"""What a repair draws on besides its formula: a repair that is remembered holds as long as this is the same."""

from collections import Counter
from collections.abc import Hashable, Iterable

from shapelint.infer.judged import Judged
from shapelint.infer.section import Section
from shapelint.repair.derived import derived
from shapelint.repair.hands import habits
from shapelint.repair.names import spelt
from shapelint.repair.stated import signatures
from shapelint.tree import Name, untransposed, walk


def drawn_on(section: Section, judged: Judged) -> Hashable:
    """Return all that the repairs of a formula look up in its document."""
    seen = (habits(judged.statement.notation, section.original), signatures(section))
    if judged.verdict is None or not (judged.verdict.problems or judged.verdict.outer):
        return seen
    asked = frozenset(derived(section).items())
    return *seen, asked, section.original if section.code else spelt(section)


def contested(section: Section, wrong: Iterable[Judged], judged: Judged) -> frozenset[str]:
    """Return the names that stand in two other wrong formulas, where formulas say what they are.

    Where so many lines are wrong with a name it may as well be the one line that makes it.
    """
    if section.trusts_names or section.solution is None:
        return frozenset()
    seen = {_target(section, judged)}
    found: Counter[str] = Counter()
    for one in wrong:
        formula, target = section.read(one.statement).formula, _target(section, one)
        if formula is not None and target not in seen:  # the same slip twice is one
            seen.add(target)
            names = {node.symbol.object_key for node in walk(formula.parts) if isinstance(node, Name)}
            found.update(names)
    return frozenset(name for name, times in found.items() if times > 1)


def _target(section: Section, judged: Judged) -> str:
    formula = section.read(judged.statement).formula
    target = untransposed(formula.parts[0]) if formula is not None else None
    return target.symbol.key if isinstance(target, Name) else ""
