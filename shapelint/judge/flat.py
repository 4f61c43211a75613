"""What a program keeps as arrays of one axis: one example at a time, `dz[:, None] * x`.

Who adds an axis to an array by `x[:, None]` says that it has one; so does a bias of one axis behind `W @ x`. What is
made of such an array entry by entry, and what it is made of, has one axis, too.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from shapelint.declared import As
from shapelint.infer.extents import is_none
from shapelint.infer.parameters import factors_of
from shapelint.judge.hints import may_be_weight
from shapelint.judge.homes import Homes
from shapelint.judge.lines import Line, core, differences
from shapelint.judge.scopes import Scope
from shapelint.judge.store import Slot
from shapelint.operators import DIVIDE, MATRIX, SIGNS, STAR
from shapelint.shapes import Shape
from shapelint.symbol import Symbol
from shapelint.tree import Call, Name, Negate, Node, Paren, Product, Range, Slice, Sum, bare, walk

_ENTRYWISE = frozenset((STAR, DIVIDE))
_MAPS = frozenset(("elementwise", "like_first"))


class _Part(NamedTuple):
    """A name that has no more axes than what it is a part of; `multiplied` by a matrix, it has one."""

    symbol: Symbol
    multiplied: bool


def flat(homes: Homes, sided: frozenset[Slot]) -> frozenset[Slot]:
    """Return the names of a program that have one axis; `sided` have two."""
    if not homes.code:
        return frozenset()
    made: dict[Slot, list[tuple[Scope, Line]]] = {}
    found: set[Slot] = set()
    waiting: list[Slot] = []
    for scope in homes.scopes:
        if not scope.code:
            continue
        for line in scope.lines:
            if line.target is not None and not line.updates:
                made.setdefault(homes.stands_for(scope, line.target), []).append((scope, line))
            waiting += [
                slot
                for one in _told(scope, line)
                if (slot := homes.stands_for(scope, one)) not in sided and not one.key.startswith("?")
            ]
    while waiting:
        slot = waiting.pop()
        if slot in found:
            continue
        found.add(slot)
        for scope, line in made.get(slot, ()):
            labels = {one.key for pair in differences(line) for one in pair}
            for one in _behind(line.formula.parts[-1]):
                other = homes.stands_for(scope, one.symbol)
                known = one.multiplied or one.symbol.key in labels or other in made
                if known and not one.symbol.key.startswith("?"):  # what only scales may be a number
                    waiting.append(other)
    return frozenset(found)


def _told(scope: Scope, line: Line) -> Iterator[Symbol]:
    """Yield what a line says has one axis."""
    for node in walk(line.formula.parts):
        if isinstance(node, Slice) and isinstance(child := bare(node.child), Name) and _adds_axis(node):
            yield child.symbol
        elif isinstance(node, Sum):
            lengths = {shape for term in node.terms if len(shape := _stated(scope, bare(term))) == 1}
            for term in map(bare, node.terms) if lengths else ():
                sides = _sides(term)
                matrix = _stated(scope, bare(sides[0])) if sides else ()
                if len(matrix) == 2 and matrix[:1] in lengths and isinstance(side := bare(sides[1]), Name):
                    yield side.symbol


def _adds_axis(node: Slice) -> bool:
    """Say whether an array of one axis is given a second one: `x[:, None]`, `x[None, :]`."""
    return (
        len(node.items) == 2
        and sum(map(is_none, node.items)) == 1
        and any(isinstance(one, Range) and one.low is None and one.high is None for one in node.items)
    )


def _stated(scope: Scope, node: Node) -> Shape:
    """Return the shape that a program fills an array with, () where it says none."""
    declared = scope.section.stated(node.symbol) if isinstance(node, Name) else None
    shape = declared.shapes[0] if declared is not None and declared.shapes else None
    return shape if isinstance(shape, tuple) and not isinstance(shape, As) else ()


def _sides(node: Node) -> Sequence[Node]:
    """Return the two sides of a matrix product, nothing of anything else."""
    if isinstance(node, Call):
        return factors_of(node)
    if isinstance(node, Product) and len(node.factors) == 2 and SIGNS[node.signs[0][2]] is MATRIX:
        return node.factors
    return ()


def _behind(node: Node) -> Iterator[_Part]:
    """Yield the names that have one axis where an expression has."""
    waiting = [node]
    while waiting:
        part = waiting.pop()
        if sides := _sides(part):
            symbol, turned = core(sides[0])
            name = bare(sides[1])
            if symbol is not None and (turned or may_be_weight(symbol)) and isinstance(name, Name):
                yield _Part(name.symbol, True)
            elif symbol is not None and (turned or may_be_weight(symbol)):
                waiting.append(name)
            continue
        match part:
            case Name():
                yield _Part(part.symbol, False)
            case Paren() | Negate():
                waiting.append(part.child)
            case Sum():
                waiting += part.terms
            case Product() if all(SIGNS[sign[2]] in _ENTRYWISE for sign in part.signs):
                waiting += part.factors
            case Call() if part.function in _MAPS:
                waiting += part.arguments[:1]
