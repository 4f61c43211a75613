"""What a repair draws on besides its formula: a repair that is remembered holds as long as this is the same."""

from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from typing import NamedTuple
from weakref import WeakKeyDictionary

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


def contested(section: Section, judged: Sequence[Judged], one: Judged) -> frozenset[str]:
    """Return the names that stand in two other wrong formulas of a section, where formulas say what they are.

    Where so many lines are wrong with a name it may as well be the one line that makes it.
    """
    if section.trusts_names or section.solution is None:
        return frozenset()
    kept = _KEPT.get(section)
    if kept is None or kept.judged is not judged:
        kept = _KEPT[section] = _tally(section, judged)
    own = kept.names.get(_target(section, one), frozenset())
    return frozenset(name for name in kept.often if kept.times[name] - (name in own) > 1)


class _Tally(NamedTuple):
    """The wrong formulas of a section: by their targets the names in the first of each, and how many have a name."""

    judged: Sequence[Judged]
    names: Mapping[str, frozenset[str]]
    times: Counter[str]
    often: frozenset[str]


# Asked for each wrong formula, worked out once.
_KEPT: "WeakKeyDictionary[Section, _Tally]" = WeakKeyDictionary()


def _tally(section: Section, judged: Sequence[Judged]) -> _Tally:
    names: dict[str, frozenset[str]] = {}
    for one in judged:
        if one.verdict is None or not one.verdict.problems:
            continue
        formula, target = section.read(one.statement).formula, _target(section, one)
        if formula is not None and target not in names:  # the same slip twice is one
            names[target] = frozenset(
                node.symbol.object_key for node in walk(formula.parts) if isinstance(node, Name)
            )
    times = Counter(name for found in names.values() for name in found)
    return _Tally(judged, names, times, frozenset(name for name, count in times.items() if count > 1))


def _target(section: Section, judged: Judged) -> str:
    formula = section.read(judged.statement).formula
    target = untransposed(formula.parts[0]) if formula is not None else None
    return target.symbol.key if isinstance(target, Name) else ""
