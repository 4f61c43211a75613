"""Explanations of a document: what is assumed, what that makes of every line, and what it costs.

A hypothesis is a world for each scope and the forward lines that are taken for wrong. It costs what has to be told
under it, and what it asks to believe.
"""

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

from shapelint.conventions.worlds import NG, World, convention_of
from shapelint.infer.choose import Sheet
from shapelint.infer.claimed import contradicts
from shapelint.infer.solution import Solution
from shapelint.infer.solved import SolvedSection
from shapelint.judge.case import Case, Place
from shapelint.judge.draft import Draft
from shapelint.judge.lines import FORWARD
from shapelint.judge.misfits import has_short_cut, misfits
from shapelint.judge.solver import solve
from shapelint.sizes import Size, layer_of

# What a line that is told costs, a name whose conventional shape is not taken, and one that the document states.
TOLD_FORWARD, TOLD, _DROPPED, _DENIED = 2.0, 1.0, 0.25, 2.0


class Hypothesis(NamedTuple):
    """What is assumed: a world for each scope, the layout, lines that define nothing, whose delta is whose."""

    worlds: tuple[World, ...]
    numerator: bool = False
    without: frozenset[Place] = frozenset()
    own_deltas: bool = False
    star: str = ""
    own_names: frozenset[tuple[int, str]] = frozenset()
    off: frozenset[str] = frozenset()  # groups of a convention that do not hold, by their first trigger


class Explanation(NamedTuple):
    """A hypothesis, what it makes of every section, the lines that have to be told under it, and what that costs."""

    hypothesis: Hypothesis
    solutions: tuple[Solution, ...]
    sheets: tuple[Sheet, ...]
    told: frozenset[Place]
    cost: float


class Explainer:
    """Explains a case under one hypothesis after another."""

    def __init__(self, case: Case) -> None:
        """Begin with nothing tried."""
        self.case = case
        self._tried: dict[Hypothesis, Explanation] = {}

    @cached_property
    def misfits(self) -> frozenset[Place]:
        """The forward lines that fit no world by their names."""
        return misfits(self.case)

    @cached_property
    def _with_short_cuts(self) -> frozenset[int]:
        """The scopes that go past a layer somewhere: its ends are as wide as each other."""
        network = self.case.network
        return frozenset(
            scope.number
            for scope in network.scopes
            if any(has_short_cut(network, scope, line) for line in scope.forward())
        )

    def explained(self, hypothesis: Hypothesis) -> Explanation:
        """Return what a hypothesis makes of the document; each is worked out once."""
        found = self._tried.get(hypothesis)
        if found is None:
            found = self._tried[hypothesis] = self._explain(hypothesis)
        return found

    def _explain(self, hypothesis: Hypothesis) -> Explanation:
        case, scopes = self.case, self.case.network.scopes
        known = [
            case.known(scope, world, hypothesis.own_deltas, hypothesis.off)
            for scope, world in zip(scopes, hypothesis.worlds, strict=True)
        ]
        usual = [
            case.usual(scope, world, hypothesis.off)
            for scope, world in zip(scopes, hypothesis.worlds, strict=True)
        ]
        draft = Draft(
            case.network,
            hypothesis.worlds,
            usual,
            case.last,
            hypothesis.without,
            hypothesis.own_names,
            not case.of_the_course and not case.network.counts_examples,
        )
        solutions = solve(draft)
        sheets: list[Sheet] = []
        for scope, solution in zip(scopes, solutions, strict=True):
            parent = scope.parent
            section = SolvedSection(
                scope.section,
                convention_of(solution.world),
                hypothesis.numerator or case.layout.numerator,
                hypothesis.star,
                solution,
                known[scope.number],
                sheets[parent.number].section if parent is not None else None,
            )
            sheets.append(Sheet(section, section.judge()))
        told = frozenset(_told(case, sheets))
        cost = self._cost(hypothesis, solutions, sheets, told)
        return Explanation(hypothesis, tuple(solutions), tuple(sheets), told, cost)

    def _cost(
        self,
        hypothesis: Hypothesis,
        solutions: Sequence[Solution],
        sheets: Sequence[Sheet],
        told: frozenset[Place],
    ) -> float:
        """Return what the lines that are told cost under a hypothesis, and what it takes for granted."""
        case, cost = self.case, 0.0
        for place, number in told:
            forward = case.network.scopes[place].kinds[number] == FORWARD
            cost += TOLD_FORWARD if forward else TOLD
        of_the_course = case.of_the_course and not case.code
        if of_the_course:
            kept = self.misfits - told - hypothesis.without
            cost += TOLD_FORWARD * len(kept)  # names that do not mean what they say, where they do
            votes = case.votes
            others = {world for world in hypothesis.worlds if world != NG and votes[world] <= votes[NG]}
            cost += TOLD_FORWARD * len(others)  # the course's layout, unless more lines are of another
        cost += (TOLD_FORWARD if of_the_course else TOLD if not case.code else 0.0) * len(hypothesis.off)
        for scope, solution, sheet in zip(case.network.scopes, solutions, sheets, strict=True):
            taken = len(solution.dropped) + len(solution.doubled)
            weight = TOLD_FORWARD if of_the_course else _DROPPED
            if scope.number not in self._with_short_cuts:
                last = solution.last if case.network.traits else None
                stated = scope.section.facts.equal
                taken += sum(
                    _is_one_of_two(one, other, last)
                    for one, other in solution.equal.items()
                    if stated.get(one) != other
                )
            cost += weight * taken + _DENIED * solution.denied
            cost += TOLD * sum(contradicts(sheet.section, one) for one in sheet.judged)
        return cost


def targets(case: Case, explanation: Explanation) -> frozenset[str]:
    """Return the names that the lines told under an explanation make."""
    scopes = case.network.scopes
    found = set()
    for scope, number in explanation.told:
        line = scopes[scope].line(number)
        target = line.target if line is not None else None
        found.add(target.key if target is not None else f"{scope}:{number}")
    return frozenset(found)


def _told(case: Case, sheets: Sequence[Sheet]) -> Iterator[Place]:
    for scope, sheet in zip(case.network.scopes, sheets, strict=True):
        for number, one in enumerate(sheet.judged):
            if one.verdict is not None and one.verdict.problems and number in scope.kinds:
                yield scope.number, number


def _is_one_of_two(one: Size, other: Size, last: int | None) -> bool:
    """Say whether two sizes that the course keeps apart became one; an output may have one unit."""
    index = layer_of(one) if isinstance(one, str) else None
    if isinstance(other, int):
        return (one == "m" and other == 1) or (index is not None and not index.base and index.offset != last)
    return (index is not None or one == "m") and (
        other == "m" or (isinstance(other, str) and layer_of(other) is not None)
    )
