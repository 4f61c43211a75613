"""The formulas of `functions.rows` as expressions: a function's value, its derivative at Z and by A = f(Z)."""

from functools import lru_cache

from shapelint.calculus.expressions import Node
from shapelint.calculus.functions import functions
from shapelint.calculus.lower import lowering
from shapelint.conventions import convention
from shapelint.infer.facts import Said, facts
from shapelint.names import Names
from shapelint.operators import SIGNS
from shapelint.parse.formulas import read_formula
from shapelint.shapes import MaybeShape
from shapelint.sizes import ANY, Size
from shapelint.symbol import Symbol
from shapelint.tree import Node as Tree
from shapelint.tree import Sign

ARGUMENT, VALUE = "Z", "A"  # the names that the rows are written with


class _EntryByEntry:
    """Of the formulas of the rows no shape is known: every product in them works entry by entry."""

    def met(self, node: Tree) -> MaybeShape:
        return None

    def is_matrix(self, right: Tree) -> bool:
        return False

    def meaning(self, sign: Sign) -> str:
        return SIGNS[sign[2]]

    def reading_of(self, place: int) -> str:
        return ""

    def size(self, node: Tree) -> Size:
        return ANY


@lru_cache(maxsize=1)
def _names() -> Names:
    return Names(facts(convention("ng"), (), Said((), (), {})).known, frozenset(), False)


def _key(symbol: Symbol) -> str:
    return symbol.base


@lru_cache(maxsize=128)
def expression(formula: str) -> Node | None:
    """Return the expression of a row's formula, None where there is none."""
    if not formula:
        return None
    text = f"Q = {formula}"
    read = read_formula(text, 0, len(text), _names()).formula
    assert read is not None, formula
    return lowering(text, _EntryByEntry(), _key).node(read.parts[1])


def value_of(name: str) -> Node | None:
    """Return f(Z), None of a basic function, whose value is a library's."""
    row = functions().get(name)
    return expression(row.value) if row is not None else None


def slope(name: str) -> Node | None:
    """Return f'(Z), None where the function has no row."""
    row = functions().get(name)
    return expression(row.slope) if row is not None else None


def slope_of_value(name: str) -> Node | None:
    """Return f'(Z) in terms of A = f(Z), None where nothing shorter is known."""
    row = functions().get(name)
    return expression(row.slope_of_value) if row is not None else None
