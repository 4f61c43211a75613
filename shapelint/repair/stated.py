"""The formulas that a convention states: of several repairs that cost the same, one of them is meant.

Two formulas are alike here if they have the same target and the same names, layers counted from the target's.
"""

from functools import lru_cache
from typing import TypeAlias

from shapelint.declared import Declared, known
from shapelint.infer.section import Section
from shapelint.names import Names
from shapelint.parse.formulas import read_formula
from shapelint.repair.totals import adds_up
from shapelint.symbol import Symbol
from shapelint.tree import Call, Formula, Name, Transpose, walk

Signature: TypeAlias = tuple[str, frozenset[tuple[str, int | None]]]

SCALARS = frozenset(("m", "alpha", "lambda", "e", "True", "False"))


def signatures(section: Section) -> frozenset[Signature | None]:
    """Return the signatures of the formulas that the convention of a section states."""
    convention = section.convention
    groups = (one for group in convention.groups for one in group.declared)
    return _signatures(convention.formulas, (*convention.declared, *groups))


@lru_cache(maxsize=4)
def _signatures(formulas: tuple[str, ...], declared: tuple[Declared, ...]) -> frozenset[Signature | None]:
    names = Names(known(declared), frozenset(), brackets=False)
    read = (read_formula(text, 0, len(text), names) for text in formulas)
    return frozenset(signature(one.formula) for one in read if one.formula is not None)


def signature(formula: Formula) -> Signature | None:
    """Return what a formula is about, None where its target is no single name."""
    target = formula.parts[0]
    while isinstance(target, Transpose):
        target = target.child
    if not isinstance(target, Name):
        return None
    base = _layer(target.symbol) or 0
    names = set()
    for part in formula.parts[1:]:
        for node in walk([part]):
            if isinstance(node, Name) and node.symbol.base not in SCALARS:
                layer = _layer(node.symbol)
                names.add((_word(node.symbol), None if layer is None else layer - base))
            elif isinstance(node, Call) and adds_up(node):
                names.add(("sum", None))
    return _word(target.symbol), frozenset(names)


def _word(symbol: Symbol) -> str:
    """Return a name without its layer and its case; X is A[0]."""
    base = {"X": "A", "x": "A"}.get(symbol.base, symbol.base[:1].upper() + symbol.base[1:])
    return ("d" if symbol.gradient else "") + base


def _layer(symbol: Symbol) -> int | None:
    if symbol.base in ("X", "x"):
        return 0
    return symbol.layer.offset if symbol.layer is not None else None
