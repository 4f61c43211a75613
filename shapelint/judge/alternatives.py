"""What else may be assumed of a document than its worlds, where lines remain to be told: each is tried by itself."""

from shapelint.conventions.worlds import convention_of
from shapelint.infer.choose import Sheet
from shapelint.judge.case import Case, Place
from shapelint.judge.explanation import Explainer, Explanation, targets
from shapelint.judge.homes import function_of
from shapelint.judge.lines import Line
from shapelint.judge.scopes import Scope
from shapelint.problems import TargetShape
from shapelint.symbol import VERSION, variable_of

_MOST_LEFT_OUT = 14  # forward lines that are left out one by one


def without_groups(explainer: Explainer, best: Explanation) -> Explanation:
    """Names of a group, such as those of a recurrent cell, hold together or not at all."""
    off: set[str] = set()
    for scope, solution in zip(explainer.case.network.scopes, best.solutions, strict=True):
        dropped = {scope.symbols[key].base for key in solution.dropped}
        for group in convention_of(solution.world).groups:
            if dropped & {one.word for one in group.declared if len(one.word) > 1}:
                off.add(group.triggers[0])
    if not off:
        return best
    other = explainer.explained(best.hypothesis._replace(off=frozenset(off)))
    return other if other.cost < best.cost else best


def without_odd(explainer: Explainer, best: Explanation) -> Explanation:
    """Forward lines whose names the convention all lists, and that fit no world, are taken for wrong first."""
    case = explainer.case
    taken = best.told | best.hypothesis.without
    odd = [place for place in sorted(explainer.misfits) if place not in taken]
    forward = {_names_of(scope, line) for scope in case.network.scopes for line in scope.forward()}
    scopes = case.network.scopes
    formulas = {
        _names_of(scopes[scope], line) for scope, number in odd if (line := scopes[scope].line(number))
    }
    if not odd or (2 * len(formulas) > max(2, len(forward)) and not case.of_the_course):
        return best
    other = explainer.explained(best.hypothesis._replace(without=best.hypothesis.without | frozenset(odd)))
    return other if other.told.issuperset(odd) else best


def other_layouts(explainer: Explainer, best: Explanation) -> Explanation:
    """Try gradients as Jacobians, and deltas with numbers of their own."""
    case = explainer.case
    if case.layout.numerator:
        return best
    tries = []
    if len(targets(case, best)) >= 2:
        tries.append((best.hypothesis._replace(numerator=True), 2))
    if any(one.base == "delta" for scope in case.network.scopes for one in scope.symbols.values()):
        tries.append((best.hypothesis._replace(own_deltas=True), 1))
    for hypothesis, least in tries:
        other = explainer.explained(hypothesis)
        fewest = least
        if (
            hypothesis.own_deltas
            and not _counts_on(case)
            and not _tells_deltas(case, other, best.told - other.told)
        ):
            # without a shape they may as well be wrong
            fewest = max(2, 1 + _right_with_deltas(case, best.told))
        if other.cost < best.cost and len(best.told - other.told) >= fewest and not other.told - best.told:
            best = other
    return best


def _counts_on(case: Case) -> bool:
    """Say whether a delta is of a layer behind the last: `δ_3` of two layers, counted from the input on."""
    return any(
        last is not None
        and one.base == "delta"
        and one.layer
        and not one.layer.base
        and one.layer.offset > last
        for scope, last in zip(case.network.scopes, case.last, strict=True)
        for one in scope.symbols.values()
    )


def _right_with_deltas(case: Case, told: frozenset[Place]) -> int:
    """Return how many lines with a delta are right with the numbers of the layers."""
    return sum(
        any(one.base == "delta" for one in (*line.used, *(() if line.target is None else (line.target,))))
        for scope in case.network.scopes
        for line in scope.lines
        if (scope.number, line.number) not in told
    )


def _tells_deltas(case: Case, other: Explanation, mended: frozenset[Place]) -> bool:
    """Say whether the lines that make the deltas of lines that fit now tell their shapes."""
    asked = {
        (number, delta)
        for number, place in mended
        for delta in _deltas_of(case.network.scopes[number].line(place))
    }
    told = {
        (scope.number, line.target.key)
        for scope in case.network.scopes
        for line in scope.lines
        if line.target is not None
        and (verdict := other.sheets[scope.number].judged[line.number].verdict) is not None
        and verdict.told
    }
    return bool(asked) and asked <= told


def _deltas_of(line: Line | None) -> set[str]:
    """Return the deltas that a line uses."""
    return set() if line is None else {one.key for one in line.used if one.base == "delta"}


def other_names(explainer: Explainer, best: Explanation) -> Explanation:
    """A name that its scope makes twice, once with another shape, is two things, or has no shape of its own."""
    own: set[tuple[int, str]] = set()
    scopes = explainer.case.network.scopes
    for number, place in sorted(best.told):
        scope, sheet = scopes[number], best.sheets[number]
        line, verdict = scope.line(place), sheet.judged[place].verdict
        if line is None or line.target is None or line.updates or verdict is None:
            continue
        if not all(isinstance(one, TargetShape) for one in verdict.problems):
            continue
        problem = verdict.problems[0]
        assert isinstance(problem, TargetShape)
        if problem.found == problem.target.shape[::-1]:
            twice = False  # a slip, and no other thing
        elif scope.code:
            twice = VERSION in line.target.key and _is_made_again(scope, line, best.told)
        else:
            twice = not explainer.case.of_the_course and _stands_for_several(scope, line)
        if twice or (scope.code and _has_other_rank(scope, sheet, line, problem)):
            own.add((number, line.target.key))
    if not own:
        return best
    other = explainer.explained(best.hypothesis._replace(own_names=frozenset(own)))
    return other if other.cost < best.cost and not other.told - best.told else best


def _is_made_again(scope: Scope, line: Line, told: frozenset[Place]) -> bool:
    """Say whether a function makes a variable in another line, that is right."""
    assert line.target is not None
    return any(
        other.target is not None
        and not other.updates
        and (scope.number, other.number) not in told
        and function_of(other.target.key) == function_of(line.target.key)
        and variable_of(other.target.key) == variable_of(line.target.key)
        for other in scope.lines
    )


def _stands_for_several(scope: Scope, line: Line) -> bool:
    """Say whether forward lines make a name without a number of several others: `z = f(x)` beside `z = W x`."""
    target = line.target
    assert target is not None
    if target.gradient or target.has_layer:
        return False
    made = {_names_of(scope, other) for other in scope.forward() if other.target is not None}
    return len({names for _, key, names in made if key == target.key}) > 1


def _has_other_rank(scope: Scope, sheet: Sheet, line: Line, problem: TargetShape) -> bool:
    """Say whether a line makes a variable, no gradient of another, with another number of axes."""
    target = line.target
    assert target is not None
    if VERSION not in target.key or target.key in scope.objects or not problem.found:
        return False
    flat = any(len(found.shape) == 1 for one in line.used if (found := sheet.section.found.get(one.key)))
    return flat and len(problem.found) != len(problem.target.shape)


def left_out(explainer: Explainer, best: Explanation) -> Explanation:
    """One forward line may explain several faults: leave out each in turn."""
    forward = [
        (scope.number, line.number)
        for scope in explainer.case.network.scopes
        for line in scope.forward()
        if line.target is not None and line.used
    ]
    torn = any(place in best.told for place in forward) and not best.told <= best.hypothesis.without
    if not 2 <= len(forward) <= _MOST_LEFT_OUT or (len(best.told) < 3 and not torn):
        return best
    least = best
    tied = False
    for place in forward:
        if place in best.hypothesis.without:
            continue
        other = explainer.explained(best.hypothesis._replace(without=best.hypothesis.without | {place}))
        if place not in other.told:
            continue
        if other.cost < least.cost:
            least, tied = other, False
        elif other.cost == least.cost and least is not best:
            tied = True
    return best if tied else least


def _names_of(scope: Scope, line: Line) -> tuple[int, str, frozenset[str]]:
    """Return what a line makes of what: the same formula in another spelling has the same."""
    target = line.target.key if line.target is not None else ""
    return scope.number, target, frozenset(one.key for one in line.used)
