"""Which lines go forward and which go back: the names of gradients tell, and weights that stand the other way round."""

from collections.abc import Iterator, Mapping

from shapelint.judge.hints import may_be_weight, tells_backward
from shapelint.judge.homes import Homes, function_of
from shapelint.judge.lines import BACKWARD, EXPRESSION, FORWARD, UPDATE, Line, differences
from shapelint.judge.scopes import Scope
from shapelint.judge.store import Slot
from shapelint.operators import STAR
from shapelint.symbol import PARAMETER, UNDECLARED, Symbol


def going_back(homes: Homes) -> set[Slot]:
    """Return the names that only a line going back makes, found by what the lines do."""
    found: set[Slot] = set()
    first: dict[Slot, tuple[int, bool]] = {}
    made: dict[Slot, bool] = {}  # by a forward line: true where a weight is behind it
    for scope in homes.scopes:
        for line in scope.lines:
            if line.target is None:
                _note_sides(homes, scope, line, first, made)
                continue
            if line.updates or line.target.key.startswith("?"):
                continue
            target = homes.slot(scope, line.target.key)
            if _says_back(homes, scope, line, first, made, found):
                found.add(target)
            for side, one in weights(homes, scope, line, made):
                first.setdefault(one, side)
            behind = any(pair.sign is not STAR for pair in line.pairs)
            behind = behind or any(made.get(homes.slot(scope, one.key)) for one in line.used)
            if not (scope.code and line.fills):  # a weight begins with numbers drawn at random
                made.setdefault(target, behind)
    _go_on(homes, found)
    return found


def _go_on(homes: Homes, found: set[Slot]) -> None:
    """Add the names that are made of those that are found."""
    changed = True
    while changed:
        changed = False
        for scope in homes.scopes:
            for line in scope.lines:
                if line.target is None or line.updates or not line.target.flags & UNDECLARED:
                    continue
                if line.target.key.startswith("?"):
                    continue
                target = homes.slot(scope, line.target.key)
                if target not in found and any(goes_back(homes, scope, one, found) for one in line.used):
                    found.add(target)
                    changed = True


def _note_sides(
    homes: Homes, scope: Scope, line: Line, first: dict[Slot, tuple[int, bool]], made: Mapping[Slot, bool]
) -> None:
    """Note where weights stand in what a function of a program gives back: `return X @ self.W.T + self.b`."""
    for side, one in weights(homes, scope, line, made) if scope.code else ():
        first.setdefault(one, side)


def _says_back(
    homes: Homes,
    scope: Scope,
    line: Line,
    first: Mapping[Slot, tuple[int, bool]],
    made: Mapping[Slot, bool],
    found: set[Slot],
) -> bool:
    """Say whether a line goes back by its name, by a weight that stands the other way round, or by a difference."""
    assert line.target is not None
    if line.target.base == "delta":
        return True
    if not line.target.flags & UNDECLARED or line.target.gradient:
        return False
    return (
        tells_backward(line.target)
        or _turns_a_weight(homes, scope, line, first, made, found)
        or _misses(homes, scope, line, made)
    )


def sort_lines(homes: Homes, backward: set[Slot]) -> frozenset[Slot]:
    """Say of every line what kind it is; return the names that forward lines make."""
    defined: set[Slot] = set()
    for scope in homes.scopes:
        for line in scope.lines:
            kind = _kind(homes, scope, line, backward)
            scope.kinds[line.number] = kind
            if kind == FORWARD and line.target is not None:
                defined.add(homes.slot(scope, line.target.key))
    return frozenset(defined)


def first_sides(homes: Homes) -> dict[Slot, tuple[int, bool]]:
    """Return on which side of its first forward product each weight stands, and whether it is transposed there."""
    first: dict[Slot, tuple[int, bool]] = {}
    for scope in homes.scopes:
        for line in scope.lines:
            if scope.kind(line) == FORWARD or (scope.code and scope.kind(line) == EXPRESSION):
                for side, one in weights(homes, scope, line, {}):
                    first.setdefault(one, side)
    return first


def handed_back(homes: Homes) -> frozenset[Slot]:
    """Return the parameters of functions that a line going back uses first: `upstream` of `dW = x.T @ upstream`."""
    first: dict[Slot, bool] = {}
    for scope in homes.scopes if homes.code else ():
        for line in scope.lines if scope.code else ():
            back = (
                scope.kind(line) == BACKWARD and line.target is not None and line.target.key in scope.objects
            )
            for one in line.used:
                if PARAMETER in one.key and function_of(one.key):
                    first.setdefault(homes.slot(scope, one.key), back)
    return frozenset(slot for slot, back in first.items() if back)


def _kind(homes: Homes, scope: Scope, line: Line, backward: set[Slot]) -> str:
    if line.target is None:
        return EXPRESSION
    if line.updates:
        return UPDATE
    if goes_back(homes, scope, line.target, backward):
        return BACKWARD
    if any(goes_back(homes, scope, one, backward) for one in line.used):
        return BACKWARD
    return FORWARD


def goes_back(homes: Homes, scope: Scope, symbol: Symbol, backward: set[Slot] | frozenset[Slot]) -> bool:
    """Say whether a name is one that goes back: a gradient, or made by a line that goes back."""
    return symbol.gradient or symbol.key in scope.objects or homes.slot(scope, symbol.key) in backward


def weights(
    homes: Homes, scope: Scope, line: Line, made: Mapping[Slot, bool]
) -> Iterator[tuple[tuple[int, bool], Slot]]:
    """Yield the weights of a line, each with its side; what a line before has `made` is none."""
    for pair in line.pairs:
        for side, factor in enumerate((pair.left, pair.right)):
            if factor.symbol is not None and may_be_weight(factor.symbol):
                slot = homes.slot(scope, factor.symbol.key)
                if slot not in made:
                    yield (side, factor.transposed), slot


def _turns_a_weight(
    homes: Homes,
    scope: Scope,
    line: Line,
    first: Mapping[Slot, tuple[int, bool]],
    made: Mapping[Slot, bool],
    found: set[Slot],
) -> bool:
    for pair in line.pairs:
        for side, (factor, other) in enumerate(((pair.left, pair.right), (pair.right, pair.left))):
            if factor.symbol is None or not may_be_weight(factor.symbol):
                continue
            slot = homes.slot(scope, factor.symbol.key)
            turned = slot not in made and first.get(slot, (side, factor.transposed)) != (
                side,
                factor.transposed,
            )
            beside = None if other.symbol is None else homes.slot(scope, other.symbol.key)
            if turned and not (beside in made and beside not in found):
                return True  # a tied weight stands beside an activation
    return False


def _misses(homes: Homes, scope: Scope, line: Line, made: Mapping[Slot, bool]) -> bool:
    """Say whether a line takes what nothing defines from an output."""
    for one, other in differences(line):
        slots = [homes.slot(scope, symbol.key) for symbol in (one, other)]
        behind = [made.get(slot) for slot in slots]
        if behind in ([True, None], [None, True]):
            return True
    return False
