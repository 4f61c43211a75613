"""Forward lines that no world explains by their names alone: they are the first that are taken for wrong."""

from collections.abc import Sequence

from shapelint.conventions.worlds import NG, WORLDS, World
from shapelint.infer.formula import judge as judge_formula
from shapelint.infer.section import Section
from shapelint.judge.case import Case, Place
from shapelint.judge.hints import word_of
from shapelint.judge.lines import Line, core, has_stack
from shapelint.judge.network import Network
from shapelint.judge.scopes import Scope
from shapelint.judge.short_cuts import is_of_open_depth, skips
from shapelint.symbol import UNDECLARED, Symbol
from shapelint.tree import Name, bare

_EQUATION = 2  # sides; a chain has more


def misfits(case: Case) -> frozenset[Place]:
    """Return the forward lines whose names a convention all lists, and that fit no world by them."""
    found: set[Place] = set()
    majority = case.votes.most_common(1)
    leaves = majority[0][0].leaves if majority else None
    leaving = any(_leaves(line) for scope in case.network.scopes for line in scope.forward())
    for scope in case.network.scopes:
        used: dict[str, str] = {}  # a weight, and what the first line with it makes
        for line in scope.forward():
            place = (scope.number, line.number)
            weights = {
                side.symbol.key
                for pair in line.pairs
                for side in (pair.left, pair.right)
                if side.symbol is not None and side.symbol.base == "W"
            }
            made = line.target.key if line.target is not None else ""
            again = any(used.get(weight, made) != made for weight in weights)
            again = again and place not in case.network.traits and _is_tied(line)
            for weight in weights:
                used.setdefault(weight, made)
            if (
                not again
                and not (leaving and _makes_the_next(line))
                and not _names_the_output(line)
                and _is_conventional(case.network, scope, line)
                and not _fits_any(case, scope, line, leaves)
            ):
                found.add(place)
    return frozenset(found)


def _leaves(line: Line) -> bool:
    """`z^1 = a^1 ω^1 + b^1`: a sum has the number of the layer that it leaves, by a weight of the document's own."""
    made = line.target
    if made is None or made.base not in ("z", "Z") or not made.has_layer:
        return False
    for pair in line.pairs:
        sides = [side.symbol for side in (pair.left, pair.right) if side.symbol is not None]
        own = any(one.flags & UNDECLARED for one in sides)
        if own and any(one.base in ("a", "A") and one.layer == made.layer for one in sides):
            return True
    return False


def _makes_the_next(line: Line) -> bool:
    """`a^2 = g(z^1)`, `ŷ = a^2 = g(z^1)`: what leaves a layer is the next one's."""
    made, used = line.target, line.used
    if made is not None and made.base in ("yhat", "Yhat") and len(line.formula.parts) > _EQUATION:
        return True
    if made is None or made.layer is None or len(used) != 1 or used[0].layer is None:
        return False
    return used[0].base in ("z", "Z") and used[0].layer == made.layer._replace(offset=made.layer.offset - 1)


def _names_the_output(line: Line) -> bool:
    """`a^{L-1} = ŷ` says which layer is the last one, whatever L counts."""
    names = [*line.used, *((line.target,) if line.target is not None else ())]
    return (
        len(names) == 2
        and all(isinstance(bare(part), Name) for part in line.formula.parts)
        and any(one.base in ("yhat", "Yhat") for one in names)
        and any(one.layer is not None and one.layer.base == "L" and one.base in ("a", "A") for one in names)
    )


def _is_tied(line: Line) -> bool:
    return any(
        side.transposed for pair in line.pairs for side in (pair.left, pair.right) if side.symbol is not None
    )


def _is_conventional(network: Network, scope: Scope, line: Line) -> bool:
    """Say whether a convention lists all names of a line, one with a layer, and nothing is stacked or skipped."""
    assert line.target is not None
    symbols = (*line.used, line.target)
    if (
        not line.used
        or is_of_open_depth(line)
        or any(one.flags & UNDECLARED or one.gradient or one.key.startswith("?") for one in symbols)
    ):
        return False
    if scope.code and any(
        side.transposed and side.symbol is not None and side.symbol.base in "XxYy"
        for pair in line.pairs
        for side in (pair.left, pair.right)
    ):
        return False  # data lie as they came
    of_cell = [one for one in symbols if len(one.base) > 1 and not _is_scalar(scope, one)]
    if has_stack(line) and len(of_cell) < 2:
        return False
    if not of_cell and not any(one.has_layer for one in symbols):
        return False
    if scope.code and _is_of_one_example(scope, symbols):
        return False  # `z1 = W1 @ x + b1`, all but W1 of one axis, which no convention writes
    if scope.code and not line.target.has_layer:
        return False  # a variable of a program is what is assigned to it
    if scope.code and any(one.base == "W" and scope.fills[word_of(one)] for one in line.used):
        return False  # a weight that the program makes itself is no matter of names
    data = core(line.formula.parts[-1])[0]
    if data is not None and data.base in ("X", "x", "Y", "y"):
        return False  # `A[0] = X.T`: data lie as they came
    if line.target.base in ("J", "L", "cost", "loss") or (scope.code and line.target.base in ("W", "b")):
        return False  # a cost, or a parameter that a program makes of others
    return not has_short_cut(network, scope, line)


def has_short_cut(network: Network, scope: Scope, line: Line) -> bool:
    """Say whether a line goes past a layer; what it is made of itself is no way past."""
    is_circular = (scope.number, line.number) in network.circular
    return not is_circular and any(map(skips, line.formula.parts[1:]))


def _is_of_one_example(scope: Scope, symbols: Sequence[Symbol]) -> bool:
    """Say whether a program makes the bias of a line with one axis, and calls the data as those of one example."""
    if any(one.base in ("X", "A", "Z", "Y") for one in symbols):
        return False
    stated = (scope.section.stated(one) for one in symbols if one.base == "b")
    return any(
        one is not None and isinstance(one.shapes[0], tuple) and len(one.shapes[0]) == 1 for one in stated
    )


def _is_scalar(scope: Scope, symbol: Symbol) -> bool:
    declared = scope.section.names.declared(symbol)
    return declared is None or declared.shapes[0] == ()


def _fits_any(case: Case, scope: Scope, line: Line, leaves: bool | None) -> bool:
    for world in WORLDS:
        if leaves is not None and world.leaves is not leaves:
            continue  # how weights are numbered is told by other lines
        section = _by_names(case, scope, world)
        verdict = judge_formula(
            line.formula, section.environments(line.formula, line.read.flags), section.star
        )
        if not verdict.problems:
            return True
    return False


def _by_names(case: Case, scope: Scope, world: World) -> Section:
    """Return a section in which names mean what the convention of a world says."""
    return scope.section if world == NG else scope.section.under(case.known(scope, world, False))
