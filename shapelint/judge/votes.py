"""How forward lines are laid out: each product of a weight and data votes for a world, by the weight's side."""

from shapelint.conventions.worlds import World
from shapelint.judge.hints import may_be_weight
from shapelint.judge.homes import Homes
from shapelint.judge.lines import EXPRESSION, FORWARD, Line
from shapelint.judge.scopes import Scope
from shapelint.judge.store import Slot
from shapelint.operators import STAR
from shapelint.symbol import UNDECLARED, Symbol
from shapelint.tree import Call, bare


def traits(homes: Homes, defined: frozenset[Slot]) -> dict[tuple[int, int], World]:
    """Return the world that each telling line votes for; a weight votes where a line uses it first.

    `defined` are the names that forward lines make.
    """
    votes: dict[tuple[int, int], World] = {}
    made = _made_by_products(homes)
    seen: set[str | Slot] = set()
    for scope in homes.scopes:
        for line in scope.lines:
            kind = scope.kind(line)
            counts = kind == FORWARD or (kind == EXPRESSION and scope.code)
            if counts and not _is_elsewhere(line):
                found = _trait(homes, scope, line, made, defined)
                if found is not None and found[1] not in seen:
                    votes[scope.number, line.number] = found[0]
                    seen.add(found[1])
            for pair in line.pairs:
                for factor in (pair.left, pair.right):
                    if factor.symbol is not None and kind == FORWARD:
                        seen.add(homes.slot(scope, factor.symbol.key))
    return votes


def _trait(
    homes: Homes, scope: Scope, line: Line, made: frozenset[Slot], defined: frozenset[Slot]
) -> tuple[World, Slot] | None:
    for pair in reversed(line.pairs):
        if pair.sign is STAR or pair.left.symbol is None or pair.right.symbol is None:
            continue
        sides = pair.left.symbol, pair.right.symbol
        left, right = (may_be_weight(one) and homes.slot(scope, one.key) not in made for one in sides)
        if left == right:
            left, right = (_beside_data(homes, scope, defined, *both) for both in (sides, sides[::-1]))
        if left == right:
            continue
        weight = pair.left if left else pair.right
        symbol = weight.symbol
        assert symbol is not None
        out_in = weight.transposed != left
        leaves = False
        target = line.target
        if target is not None and symbol.layer is not None and target.layer is not None:
            same_base = target.layer.base == symbol.layer.base
            if same_base and target.base in ("Z", "z", "A", "a"):
                leaves = target.layer.offset - symbol.layer.offset == 1
        return World(left, out_in, leaves), homes.slot(scope, symbol.key)
    return None


def _beside_data(homes: Homes, scope: Scope, defined: frozenset[Slot], one: Symbol, other: Symbol) -> bool:
    """Say whether a name of the document's own that nothing makes stands beside the inputs: `Q = X @ F`."""
    given = one.flags & UNDECLARED and homes.slot(scope, one.key) not in defined
    return bool(given) and not scope.code and other.base in ("X", "x") and not other.flags & UNDECLARED


def _made_by_products(homes: Homes) -> frozenset[Slot]:
    """Return the names that a forward line makes of a product: they are no weights."""
    return frozenset(
        homes.slot(one, line.target.key)
        for one in homes.scopes
        for line in one.forward()
        if line.target is not None and any(pair.sign is not STAR for pair in line.pairs)
    )


def _is_elsewhere(line: Line) -> bool:
    """Say whether a line is a call whose formulas stand in the function that it calls: they speak there."""
    value = bare(line.formula.parts[-1])
    return isinstance(value, Call) and value.function == "followed"
