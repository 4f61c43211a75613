"""Which names stand for numbers by how lines use them: they scale, they divide, they count the examples."""

from collections.abc import Iterator

from shapelint.infer.sums import index_of, is_over_examples
from shapelint.judge.hints import is_spelled_as_gradient
from shapelint.judge.homes import Homes
from shapelint.judge.lines import Line
from shapelint.judge.scopes import Scope
from shapelint.judge.store import Slot
from shapelint.operators import DIVIDE, SIGNS, SOLVE
from shapelint.symbol import PARAMETER, UNDECLARED, VERSION, Symbol
from shapelint.tree import (
    BigSum,
    Call,
    Name,
    Node,
    Number,
    Power,
    Product,
    Transpose,
    bare,
    walk,
)

_SUMS = frozenset(("total", "noted_total", "first_total"))
_DIVISIONS = frozenset(("divide", "np.divide"))  # a fraction is read as a call


def scales(homes: Homes, others: frozenset[Slot]) -> frozenset[Slot]:
    """Return numbers: what only ever stands before others as a factor, as `lam` of `lam * V`, and is no other name."""
    if homes.code:
        return frozenset()
    in_front: set[Slot] = set()
    elsewhere: set[Slot] = set()
    for scope in homes.scopes:
        for line in scope.lines:
            inside: set[int] = set()
            for node in walk(line.formula.parts):
                if isinstance(node, Product):
                    first = bare(node.factors[0])
                    if isinstance(first, Name) and len(node.factors) > 1 and _scales(node.signs[0][2]):
                        inside.add(id(first))
                        if node.signs[0][2] in ("*", "·", ""):
                            in_front.add(homes.slot(scope, first.symbol.key))
            for node in walk(line.formula.parts):
                if isinstance(node, Name) and id(node) not in inside:
                    elsewhere.add(homes.slot(scope, node.symbol.key))
    return frozenset(
        slot
        for slot in in_front - elsewhere - others
        if PARAMETER not in slot[1]
        and VERSION not in slot[1]
        and slot[1][:1].islower()
        and "[" not in slot[1]
        and homes.scopes[slot[0]].symbols[slot[1]].flags & UNDECLARED
    )


def counts_examples(homes: Homes) -> bool:
    """Say whether anything speaks of several examples; a program does."""
    return homes.code or any(map(_speaks_of_several, homes.scopes))


def _speaks_of_several(scope: Scope) -> bool:
    """Say whether a section of notes speaks of several examples: a sum, their number, a shape that has it."""
    if any("m" in shape for one in scope.section.said.declared for shape in one.shapes if shape):
        return True
    if any("m" in claim.shape for claim in scope.section.claims.values()):
        return True
    for line in scope.lines:
        for node in walk(line.formula.parts):
            if isinstance(node, BigSum) and is_over_examples(node.sign) and not _is_over_entries(node):
                return True
            if isinstance(node, Call) and node.function in _SUMS:
                return True
            if isinstance(node, Name) and scope.section.text[node.start : node.end] in ("m", "N"):
                return True
    return False


def sums_gradients(scope: Scope) -> bool:
    """Say whether a section adds gradients up over its examples: `db = Σ dz^(i)`, `db = np.sum(dZ, axis=1)`."""
    return any(
        isinstance(node, BigSum | Call)
        and (not isinstance(node, Call) or node.function in _SUMS)
        and any(
            isinstance(one, Name) and (one.symbol.gradient or is_spelled_as_gradient(one.symbol))
            for one in walk([node])
        )
        for line in scope.lines
        for node in walk(line.formula.parts[1:])
    )


def _is_over_entries(node: BigSum) -> bool:
    """Say whether a sum runs over the entries of an array: `Σ_i x_i w_ij`."""
    index = index_of(node.sign)
    return bool(index) and any(
        isinstance(one, Name) and one.symbol.flags & UNDECLARED and index in one.symbol.key[1:]
        for one in walk([node.child])
    )


def calculus(homes: Homes) -> frozenset[Slot]:
    """`J(w) = w^2 - 8w + 16`: a cost that is worked out of one name without a sum is a number, as the name is."""
    found: set[Slot] = set()
    for scope in homes.scopes:
        for line in scope.lines:
            first = bare(line.formula.parts[0])
            if isinstance(first, Product) and isinstance(bare(first.factors[0]), Name):
                first = bare(first.factors[0])
            word = (
                first.name[2]
                if isinstance(first, Call)
                else first.symbol.key
                if isinstance(first, Name)
                else ""
            )
            keys = {one.key for one in line.used}
            if scope.code or word.partition("(")[0] not in ("J", "L", "f", "C", "E") or len(keys) != 1:
                continue
            symbol = line.used[0]
            inside = list(walk(line.formula.parts[1:]))
            summed = any(isinstance(node, BigSum | Call | Transpose) for node in inside)
            counted = any(isinstance(node, Number | Power) for node in inside)
            if (
                counted
                and not summed
                and not symbol.has_layer
                and not symbol.gradient
                and not scope.is_scalar(symbol)
            ):
                found.add(homes.slot(scope, symbol.key))
    return frozenset(found)


def divisors(homes: Homes, others: frozenset[Slot]) -> frozenset[Slot]:
    """Return numbers: what divides, as `keep_prob` and `N` do, and is no other name."""
    found: set[Slot] = set()
    for scope in homes.scopes:
        for line in scope.lines:
            for divisor in map(bare, _divisors(line)):
                if isinstance(divisor, Call) and len(divisor.arguments) == 1:
                    divisor = bare(divisor.arguments[0])  # noqa: PLW2901 - by a square root
                if isinstance(divisor, Name) and not (scope.code and is_array_by_name(scope, divisor.symbol)):
                    found.add(homes.slot(scope, divisor.symbol.key))
    return frozenset(
        slot for slot in found - others if VERSION not in slot[1] and not slot[1].startswith("?")
    )


def is_array_by_name(scope: Scope, symbol: Symbol) -> bool:
    """Say whether a convention says of a name that it has axes: `y` of `-t / y`."""
    declared = scope.section.names.declared(symbol)
    return declared is not None and declared.shapes[0] != ()


def roots(homes: Homes) -> frozenset[Slot]:
    """Return what stands nowhere but under the square root of a divisor: `D` of `Q K^T / sqrt(D)` is a size."""
    found: set[Slot] = set()
    elsewhere: set[Slot] = set()
    for scope in homes.scopes:
        if scope.code:
            continue
        for line in scope.lines:
            under = {
                id(bare(one.arguments[0]))
                for one in map(bare, _divisors(line))
                if isinstance(one, Call) and len(one.arguments) == 1 and one.name[2].endswith("sqrt")
            }
            for node in walk(line.formula.parts):
                if isinstance(node, Name):
                    (found if id(node) in under else elsewhere).add(homes.slot(scope, node.symbol.key))
    return frozenset(found - elsewhere)


def _divisors(line: Line) -> Iterator[Node]:
    """Yield what a line divides by."""
    for node in walk(line.formula.parts):
        if isinstance(node, Product):
            for sign, factor in zip(node.signs, node.factors[1:], strict=True):
                if SIGNS.get(sign[2]) in (DIVIDE, SOLVE):
                    yield factor
        elif isinstance(node, Call) and node.name[2] in _DIVISIONS and len(node.arguments) == 2:
            yield node.arguments[1]


def _scales(sign: str) -> bool:
    return sign in ("*", "·", "", "⋅", "/")
