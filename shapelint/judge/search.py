"""The search for the best explanation: first the worlds that forward lines vote for, then what else may be assumed."""

from collections import Counter
from collections.abc import Sequence

from shapelint.conventions.worlds import NG, WORLDS, World
from shapelint.declared import As
from shapelint.judge.alternatives import left_out, other_layouts, other_names, without_groups, without_odd
from shapelint.judge.case import Case, Place
from shapelint.judge.explanation import Explainer, Explanation, Hypothesis, targets
from shapelint.judge.lines import has_known_names
from shapelint.judge.scopes import Scope
from shapelint.symbol import variable_of

_MANY = 3  # lines that a world explains, for each that it does not
_MOST_SCOPES = 8  # functions that are laid out each by itself


def best_explanation(explainer: Explainer) -> Explanation:
    """Return the explanation that costs least: of the worlds first, then with what else may be assumed."""
    first = _first(explainer)
    best = without_odd(explainer, first) if first.told or first.cost else first
    if best.told or best.cost:
        other = without_groups(explainer, first)
        best = min(best, without_odd(explainer, other), key=lambda one: one.cost)
    if best.told:
        best = other_layouts(explainer, best)
    if best.told:
        best = other_names(explainer, best)
    if best.told:
        best = left_out(explainer, best)
    return best


def _first(explainer: Explainer) -> Explanation:
    """Return the best of the worlds that the forward lines vote for; without votes, of all that gradients fit."""
    case = explainer.case
    votes = _votes(case)
    document = case.votes
    if not document:
        return _by_gradients(explainer)
    candidates: list[tuple[World, ...]] = []
    ranked = [world for world, _ in document.most_common()]
    own = tuple(_most_voted(_of_scope(votes, scope) or document) for scope in case.network.scopes)
    candidates.append(own)
    candidates += [(world,) * len(own) for world in ranked[:3]]
    tries = [
        explainer.explained(Hypothesis(worlds, without=_against(case, worlds), star=case.star))
        for worlds in dict.fromkeys(candidates)
    ]
    best = min(tries, key=lambda one: one.cost)
    for number, solution in enumerate(best.solutions):
        if not solution.denied:
            continue
        for world in WORLDS:  # what is stated outranks what is worked out
            worlds = best.hypothesis.worlds
            worlds = (*worlds[:number], world, *worlds[number + 1 :])
            other = explainer.explained(Hypothesis(worlds, without=_against(case, worlds), star=case.star))
            if not world.leaves and other.cost < best.cost and not other.solutions[number].denied:
                best = other
    return _scope_by_scope(explainer, best) if case.code else best


def _scope_by_scope(explainer: Explainer, best: Explanation) -> Explanation:
    """A function without a forward line of its own may be laid out otherwise than those that have one."""
    voting = {scope for scope, _ in explainer.case.network.traits}
    for number in sorted({number for number, _ in best.told} - voting)[:_MOST_SCOPES]:
        worlds = best.hypothesis.worlds
        for world in dict.fromkeys((NG, *explainer.case.network.traits.values())):
            other = explainer.explained(
                best.hypothesis._replace(worlds=(*worlds[:number], world, *worlds[number + 1 :]))
            )
            if other.cost < best.cost and not other.told - best.told:
                best = other
    return best


def _by_gradients(explainer: Explainer) -> Explanation:
    """No forward line tells a trait: the names of the course hold, unless two formulas fit another world only."""
    case = explainer.case
    count = len(case.network.scopes)
    usual = explainer.explained(Hypothesis((NG,) * count, star=case.star))
    before = targets(case, usual)
    stated = any(scope.section.said.declared or scope.section.claims for scope in case.network.scopes)
    if len(before) < 2 and not stated and not _lone_forward(case):
        return usual
    best = usual
    for world in WORLDS[1:]:
        if (world.leaves and not stated) or not _fits_stated_examples(case, world):
            continue
        other = explainer.explained(Hypothesis((world,) * count, star=case.star))
        fixed = before - targets(case, other)
        new = targets(case, other) - before
        enough = len(fixed) >= 2 or (bool(fixed) and (stated or _lone_forward(case)))
        many = len({variable_of(one) for one in fixed})
        few = many >= _MANY and _MANY * len(new) <= many  # a fault is one, a misreading is many
        if (few or (enough and not new)) and other.cost < best.cost:
            best = other
    return best


def _of_scope(votes: Sequence[Counter[World]], scope: Scope) -> Counter[World] | None:
    return next((votes[one.number] for one in scope.chain() if votes[one.number]), None)


def _votes(case: Case) -> list[Counter[World]]:
    votes: list[Counter[World]] = [Counter() for _ in case.network.scopes]
    for (scope, _), world in case.network.traits.items():
        votes[scope][world] += 1
    return votes


def _against(case: Case, worlds: tuple[World, ...]) -> frozenset[Place]:
    """Return the forward lines of another trait than the world's: they are held against what the others make."""
    if len(case.votes) < 2:
        return frozenset()
    return frozenset(place for place, world in case.network.traits.items() if world != worlds[place[0]])


def _fits_stated_examples(case: Case, world: World) -> bool:
    """Say whether a world lays the examples along the axis where the shapes that are stated have `m`."""
    shapes = [
        shape
        for scope in case.network.scopes
        for one in scope.section.said.declared
        for shape in one.shapes
        if isinstance(shape, tuple) and not isinstance(shape, As) and len(shape) == 2
    ]
    axes = {shape.index("m") for shape in shapes if "m" in shape}
    return not axes or world.examples_axis in axes


def _lone_forward(case: Case) -> bool:
    forward = [line for scope in case.network.scopes for line in scope.forward() if has_known_names(line)]
    return len(forward) == 1 and not case.of_the_course


def _most_voted(votes: Counter[World]) -> World:
    """Return the world that most lines vote for; the layout of the course where as many vote for it."""
    return max(votes, key=lambda world: (votes[world], world == NG))
