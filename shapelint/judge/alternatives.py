"""What else may be assumed of a document than its worlds, where lines remain to be told: each is tried by itself."""

from shapelint.conventions.worlds import convention_of
from shapelint.judge.case import Case, Place
from shapelint.judge.explanation import Explainer, Explanation, targets
from shapelint.judge.lines import Line
from shapelint.judge.scopes import Scope, function_of
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
        alone = hypothesis.own_deltas and not _tells_deltas(case, other, best.told)
        fewest = 2 if alone else least  # alone it may as well be wrong
        if other.cost < best.cost and len(best.told - other.told) >= fewest and not other.told - best.told:
            best = other
    return best


def _tells_deltas(case: Case, other: Explanation, told: frozenset[Place]) -> bool:
    """Say whether lines that make the deltas of a line that was told tell their shapes."""
    for scope in case.network.scopes:
        for line in scope.lines:
            if (scope.number, line.number) not in told:
                continue
            deltas = {one.key for one in line.used if one.base == "delta"}
            judged = other.sheets[scope.number].judged
            for made in scope.lines:
                verdict = judged[made.number].verdict
                if (
                    made.target is not None
                    and made.target.key in deltas
                    and verdict is not None
                    and verdict.told
                ):
                    return True
    return False


def other_names(explainer: Explainer, best: Explanation) -> Explanation:
    """A gradient that its scope makes twice, once with another shape, or of another rank, is a name of its own."""
    own: set[tuple[int, str]] = set()
    for scope, sheet in zip(explainer.case.network.scopes, best.sheets, strict=True):
        if not scope.code:
            continue
        lines = [line for line in scope.lines if line.target is not None and not line.updates]
        for line in lines:
            target = line.target
            assert target is not None
            verdict = sheet.judged[line.number].verdict
            if (scope.number, line.number) not in best.told or verdict is None:
                continue
            if VERSION not in target.key or not all(isinstance(one, TargetShape) for one in verdict.problems):
                continue
            problem = verdict.problems[0]
            assert isinstance(problem, TargetShape)
            twice = any(
                other.target is not None
                and (scope.number, other.number) not in best.told
                and function_of(other.target.key) == function_of(target.key)
                and variable_of(other.target.key) == variable_of(target.key)
                for other in lines
            )
            flat = any(
                len(found.shape) == 1 for one in line.used if (found := sheet.section.found.get(one.key))
            )
            rank = flat and len(problem.found) != len(problem.target.shape) and problem.found
            turned = problem.found == problem.target.shape[::-1]  # a slip, and no other thing
            if (twice and not turned) or (rank and target.key not in scope.objects):
                own.add((scope.number, target.key))
    if not own:
        return best
    other = explainer.explained(best.hypothesis._replace(own_names=frozenset(own)))
    return other if other.cost < best.cost and not other.told - best.told else best


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
