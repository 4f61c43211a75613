"""What a document's own forward lines say a gradient is made of: `Z = W A + b` gives dW of dZ and A, db of dZ.

Of repairs that all fit, the one is meant that is made of these.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import TypeAlias

from shapelint.infer.parameters import factors_of
from shapelint.infer.section import Section
from shapelint.operators import DIVIDE, SIGNS, STAR
from shapelint.operators import ELEMENTWISE as TIMES
from shapelint.repair.stated import SCALARS
from shapelint.symbol import Symbol, variable_of
from shapelint.tree import Call, Formula, Name, Node, Product, Slice, Sum, Transpose, bare, walk

# A part of a gradient: of what it is the gradient, or the name itself.
Part: TypeAlias = tuple[bool, str]
Parts: TypeAlias = frozenset[Part]


def satisfied(section: Section, formula: Formula) -> tuple[int, bool]:
    """Count the products that the forward lines ask for in a gradient and that stand in it; and whether one is all.

    It is all if each of its names stands there once, and no other.
    """
    target = _name(formula.parts[0])
    if target is None or not _is_gradient(section, target.symbol):
        return 0, False
    parts = _parts(section, formula.parts[1:])
    there = frozenset(parts)
    wanted = derived(section).get(_object(section, target.symbol), frozenset())
    return sum(one <= there for one in wanted), there in wanted and len(there) == len(parts)


@lru_cache(maxsize=4)
def derived(section: Section) -> Mapping[str, frozenset[Parts]]:
    """Return, for each name on a right side of a forward line, what its gradient is made of."""
    found: defaultdict[str, set[Parts]] = defaultdict(set)
    for statement in section.statements:
        formula = section.read(statement).formula
        if formula is None or (target := _name(formula.parts[0])) is None:
            continue
        if _is_gradient(section, target.symbol):
            continue
        above = (True, _variable(target.symbol))
        for left, right in _products(formula.parts[1:]):
            one, other = _name(left), _name(right)
            if one is None or other is None:
                continue
            found[_variable(one.symbol)].add(frozenset((above, (False, _variable(other.symbol)))))
            found[_variable(other.symbol)].add(frozenset((above, (False, _variable(one.symbol)))))
        for term in _added(formula.parts[-1]):
            found[_variable(term.symbol)].add(frozenset((above,)))
    return {name: frozenset(parts) for name, parts in found.items()}


def _products(parts: Iterable[Node]) -> Iterator[tuple[Node, Node]]:
    """Yield the two sides of each matrix product of two."""
    for node in walk(parts):
        if isinstance(node, Product):
            for left, sign, right in zip(node.factors, node.signs, node.factors[1:], strict=False):
                if SIGNS.get(sign[2]) not in (STAR, TIMES, DIVIDE):
                    yield left, right
        elif isinstance(node, Call) and (factors := factors_of(node)):
            yield factors[0], factors[1]


def _added(side: Node) -> Iterator[Name]:
    """Yield the names that are whole terms of a sum, such as a bias."""
    side = bare(side)
    for term in side.terms if isinstance(side, Sum) else ():
        inner = bare(term)
        if isinstance(inner, Name):
            yield inner


def _parts(section: Section, parts: Iterable[Node]) -> tuple[Part, ...]:
    """Return the names of a right side that are no scalars."""
    return tuple(
        (True, _object(section, node.symbol))
        if _is_gradient(section, node.symbol)
        else (False, _variable(node.symbol))
        for node in walk(parts)
        if isinstance(node, Name) and node.symbol.base not in SCALARS
    )


def _name(node: Node) -> Name | None:
    node = bare(node)
    while isinstance(node, Transpose | Slice):
        node = bare(node.child)
    return node if isinstance(node, Name) else None


def _is_gradient(section: Section, symbol: Symbol) -> bool:
    solution = section.solution
    return symbol.gradient or (solution is not None and symbol.key in solution.objects)


def _object(section: Section, symbol: Symbol) -> str:
    """Return the variable that a gradient is of."""
    solution = section.solution
    of = solution.objects.get(symbol.key) if solution is not None else None
    return variable_of(of if of is not None else symbol.object_key)


def _variable(symbol: Symbol) -> str:
    return variable_of(symbol.object_key)
