"""A faulty side in, what could be written in its place out: variants under every shape of the names, unjudged."""

from collections.abc import Iterator
from functools import partial
from typing import NamedTuple

from shapelint.infer.environment import Environment, Reading
from shapelint.infer.formula import Verdict, work_out
from shapelint.infer.record import Recording
from shapelint.infer.section import Section
from shapelint.parse.formulas import Read
from shapelint.problems import TargetShape
from shapelint.repair import costs
from shapelint.repair.again import Again
from shapelint.repair.assumed import assumed
from shapelint.repair.costs import (
    AXIS,
    BUDGETS,
    CLEARLY,
    COINCIDENCE,
    DROP,
    KEEPDIMS,
    MOST,
    OPEN,
    SWAP,
    TRANSPOSE,
    UNTRANSPOSE,
)
from shapelint.repair.expressions import Expression, opened, transpose, write
from shapelint.repair.hand import Hand
from shapelint.repair.hands import hand
from shapelint.repair.names import others, there
from shapelint.repair.plan import as_it_stands
from shapelint.repair.planner import Planner
from shapelint.repair.reach import fits, may_be_equal, reaching
from shapelint.repair.variants import KEPT, Search, Variant
from shapelint.repair.work import Work
from shapelint.shapes import Shape, settled
from shapelint.symbol import SINGLE, Flags
from shapelint.tree import Node, Paren, span_of

_LONG = 300  # characters of a side for which only the best variant of each shape is remembered


class Candidate(NamedTuple):
    """A variant of the faulty side and its text; `stated` where the convention states that formula."""

    cost: float
    variant: Variant
    text: str
    stated: bool = False
    again: Again | None = None
    is_open: bool = False


def environments(section: Section, verdict: Verdict, flags: Flags) -> Iterator[tuple[Environment, float]]:
    """Yield the shapes under which repairs are sought, with what a repair that needs them costs more."""
    reading = verdict.reading
    general = Reading(reading.last, reading.floating, (), reading.pick, reading.behind)
    yield section.environment(general, forget_ones=True), 0.0
    if flags & SINGLE or section.facts.ones:
        yield section.environment(reading), COINCIDENCE


def candidates(
    section: Section, read: Read, side: Node, environment: Environment, verdict: Verdict, work: Work
) -> list[Candidate]:
    """Return the variants of a side that reach its target under one environment, with their texts."""
    formula = read.formula
    assert formula is not None
    found = Recording(environment, verdict.choices)
    work_out(formula, found)
    guessed = assumed(formula, found)
    if guessed is not None:
        environment, found = guessed, Recording(guessed, verdict.choices)
        work_out(formula, found)
    target = settled(found.met(formula.parts[0]))
    if target is None and not section.code and section.solution is None:
        return []  # in a program a variable takes what comes, as long as it is something
    own = hand_of(section, read, side)
    alike = others(section, formula, environment, own)
    summed = _with_examples(target, environment.examples_axis)
    is_there = there(section, formula)
    spellings = section.facts.spellings
    planner = Planner(section.original, found, spellings, own, False, alike, summed, is_there)
    plan = planner.plan(side)
    kept = KEPT if side.end - side.start < _LONG else 1
    for budget in BUDGETS:
        variants = reaching(
            plan,
            target,
            Search(budget, own, work, kept, target is None or len(target) != 1),
            environment,
        )
        if variants and (variants[0].cost + CLEARLY <= budget or budget == MOST):
            break
    likely: list[Variant] = []
    if all(DROP in one.edits for one in variants):
        agree = partial(may_be_equal, environment)
        search = Search(BUDGETS[0], own, work, kept, target is None or len(target) != 1, agree)
        likely = [
            one
            for one in reaching(plan, target, search, environment)
            if len(one.edits) == 1 and one.edits[0] in _LIKELY
        ]
    if not likely and all(DROP in one.edits for one in variants) and _is_turned(verdict, environment):
        whole = Variant(TRANSPOSE.cost, (TRANSPOSE,), (span_of(side),), transpose(as_it_stands(plan)))
        return [Candidate(whole.cost, whole, _whole(whole.expression, side, own), is_open=True)]
    is_open = planner.is_open or guessed is not None
    sure = [Candidate(one.cost, one, _whole(one.expression, side, own), is_open=is_open) for one in variants]
    return sure + [
        Candidate(one.cost + OPEN, one, _whole(one.expression, side, own), is_open=True) for one in likely
    ]


# Slips that are looked for where sizes are open: those that change no name and throw nothing away.
_LIKELY = frozenset((TRANSPOSE, UNTRANSPOSE, SWAP, costs.PRODUCT, AXIS, KEEPDIMS))


def _is_turned(verdict: Verdict, environment: Environment) -> bool:
    """Say whether all that is wrong is that the transpose was wanted, as far as the sizes are known."""
    if len(verdict.problems) != 1 or not isinstance(verdict.problems[0], TargetShape):
        return False
    target, found = verdict.problems[0].target.shape, verdict.problems[0].found
    agree = partial(may_be_equal, environment)
    return len(target) == 2 == len(found) and fits(found[::-1], target, agree)


def _with_examples(target: Shape | None, axis: int) -> Shape | None:
    """Return the shape of what a bias-like target is the sum of, over all examples."""
    if target is None or not 1 <= len(target) <= 2 or (len(target) == 2 and target[axis] != 1):
        return None
    size = target[0] if len(target) == 1 else target[1 - axis]
    if size == 1:
        return None
    return (size, "m") if axis else ("m", size)


def _whole(expression: Expression, side: Node, own: Hand) -> str:
    """Write a whole side, without brackets that were those of a sum or a transpose around it."""
    return write(expression if isinstance(side, Paren) else opened(expression), own)


def hand_of(section: Section, read: Read, side: Node) -> Hand:
    """Return the hand in which a side is written."""
    return hand(read.notation, section.original, section.original[side.start : side.end])
