"""A faulty formula in, its repairs out, the cheapest first.

Repairs are sought with every stated 1 and one example's single column as sizes of their own, since a repair
should hold for every size; only then as they are. What is offered has been read and judged again. No formula takes
more than a budget of work; where it is spent, that is said.
"""

from collections.abc import Iterator
from functools import partial
from typing import NamedTuple

from shapelint.infer.environment import Environment, Reading
from shapelint.infer.formula import Verdict, work_out
from shapelint.infer.record import Recording, record
from shapelint.infer.section import Section
from shapelint.parse.formulas import Read
from shapelint.problems import TargetShape
from shapelint.repair import costs
from shapelint.repair.absurd import is_absurd
from shapelint.repair.again import Again, loses_a_row, mended
from shapelint.repair.assumed import assumed
from shapelint.repair.costs import (
    AXIS,
    BUDGETS,
    CLEARLY,
    COINCIDENCE,
    DROP,
    EXACTLY,
    KEEPDIMS,
    MOST,
    NAME,
    OPEN,
    OUTER,
    STATED,
    SUM,
    SWAP,
    TRANSPOSE,
    UNTRANSPOSE,
    WORK,
    Edit,
)
from shapelint.repair.derived import satisfied
from shapelint.repair.expressions import (
    ATOM,
    PRODUCT,
    Around,
    Atom,
    Expression,
    Front,
    opened,
    transpose,
    write,
)
from shapelint.repair.hand import Hand
from shapelint.repair.hands import hand
from shapelint.repair.joining import Agree, equal
from shapelint.repair.names import others, there
from shapelint.repair.plan import Plan, as_it_stands
from shapelint.repair.planner import Planner
from shapelint.repair.replace import Replacement, replacement
from shapelint.repair.stated import signature, signatures
from shapelint.repair.totals import is_total
from shapelint.repair.touched import does_more, hull
from shapelint.repair.trust import is_known, rests_on_facts
from shapelint.repair.variants import KEPT, Search, Variant
from shapelint.repair.work import Spent, Work
from shapelint.shapes import Shape, settled
from shapelint.sizes import Size
from shapelint.source import Span
from shapelint.symbol import SINGLE, Flags
from shapelint.tree import Call, Formula, Name, Node, Paren, Transpose, walk

_OFFERED = 3
_JUDGED = 10  # candidates that are read and judged again, before the best are offered
_LONG = 300  # characters of a side for which only the best variant of each shape is remembered
LARGEST = 3000  # characters of a side that is searched; a longer one is nobody's slip of the pen


class Product(NamedTuple):
    """The matrix product that a repair leads to: its sides' texts and shapes, its result's."""

    left: str
    left_shape: Shape
    right: str
    right_shape: Shape
    result: Shape


class Repair(NamedTuple):
    """One way to mend a formula: what it costs, the edits, what is rewritten, and the faulty term."""

    cost: float
    edits: tuple[Edit, ...]
    replacement: Replacement
    term: Span
    cause: str
    safe: bool
    product: Product | None


class Sought(NamedTuple):
    """The repairs of a formula, the cheapest first, and the limit (`LONG`, `SPENT`) that ended the search, or ""."""

    repairs: tuple[Repair, ...] = ()
    limit: str = ""


LONG, SPENT = "long", "spent"


class _Candidate(NamedTuple):
    """A variant of the faulty side and its text; `stated` where the convention states that formula."""

    cost: float
    variant: Variant
    text: str
    stated: bool = False
    again: Again | None = None
    is_open: bool = False


def repairs(section: Section, read: Read, verdict: Verdict, doubted: frozenset[str] = frozenset()) -> Sought:
    """Return the repairs of a formula that is wrong, the cheapest first; none where nothing is sure.

    None is safe that rests on names that are `doubted`.
    """
    side = _faulty_side(read.formula, verdict)
    if side is None:
        return Sought()
    if side.end - side.start > LARGEST:
        return Sought(limit=LONG)
    try:
        return Sought(_sought(section, read, verdict, side, Work(WORK), doubted))
    except Spent:
        return Sought(limit=SPENT)


def _sought(
    section: Section, read: Read, verdict: Verdict, side: Node, work: Work, doubted: frozenset[str]
) -> tuple[Repair, ...]:
    found: dict[str, _Candidate] = {}
    for environment, extra in _environments(section, verdict, read.flags):
        for one in _candidates(section, read, side, environment, verdict, work):
            cost = one.cost + extra
            if one.text not in found or cost < found[one.text].cost:
                found[one.text] = one._replace(cost=cost)
    layout = _other_layout(section, read, side, verdict, work)
    found.pop(section.original[side.start : side.end], None)  # a warning's formula fits as it is
    if any(one.variant.edits in ((UNTRANSPOSE,), (OUTER,)) for one in found.values()):
        layout = (
            None  # a transpose that somebody put there is one too many: that is nearer than another layout
        )
    ordered = sorted(found.values(), key=lambda one: (one.text != layout, one.cost))
    if layout is not None and not found:
        ordered.insert(0, _Candidate(MOST, Variant(MOST, (), (_span(side),), _NOTHING), layout))
    return _offered(section, read, verdict, side, ordered[:_JUDGED], layout, doubted)


_NOTHING = Atom("", 5, None, False)  # the other layout's formula is rewritten as a whole


def _offered(
    section: Section,
    read: Read,
    wrong: Verdict,
    side: Node,
    ordered: list[_Candidate],
    layout: str | None,
    doubted: frozenset[str],
) -> tuple[Repair, ...]:
    """Judge each candidate again; the first is safe if it is clearly the cheapest and its target is known."""
    formula = read.formula
    assert formula is not None
    offered: list[Repair] = []
    judged = _mended_first(section, read, side, ordered, layout)
    good = _surest([one for one in judged if not _broadcasts_more(one, wrong)])[:_OFFERED]
    for place, one in enumerate(good):
        rivals = [rival.cost - one.cost for rival in good[1:] if DROP not in rival.variant.edits]
        clear = place == 0 and (not rivals or rivals[0] >= CLEARLY)
        # where `*` may be the matrix product, another sign for it changes how the whole document is read
        known = clear and not section.star and is_known(section, formula)
        safe = known and _is_safe(one) and rests_on_facts(section, formula, doubted)
        cause = "layout" if one.text == layout else _cause(one.variant.edits)
        term = hull(one.variant.touched, side) or _span(side)
        change = replacement(section.original, _span(side), one.text)
        product = _product(section, one.again, change, formula.start) if one.again and not place else None
        if not any(does_more(one.variant, better.variant) for better in good[:place]):
            offered.append(Repair(one.cost, one.variant.edits, change, term, cause, safe, product))
    return tuple(offered)


def _surest(ranked: list[_Candidate]) -> list[_Candidate]:
    """Of names of one family none is meant surely, unless a formula says so, or it is the only one that fits."""
    guessed = [one for one in ranked if NAME in one.variant.edits and not one.stated]
    if len(guessed) < 2 or ranked[0] not in guessed:
        return ranked
    rivals = [one for one in guessed[1:] if one.cost - guessed[0].cost < CLEARLY]
    return [one for one in ranked if one not in guessed] if rivals else ranked


def _broadcasts_more(candidate: _Candidate, wrong: Verdict) -> bool:
    """Say whether a repair makes a matrix of a row and a column by broadcasting: it fits, and nobody means it."""
    return candidate.again is not None and len(candidate.again.verdict.outer) > len(wrong.outer)


def _product(section: Section, again: Again, change: Replacement, start: int) -> Product | None:
    """Return the smallest matrix product of the repaired formula, which began at `start`, that the edit is part of."""
    text, formula, verdict = again
    place = change.span.start - start
    steps = record(formula, section.environment(verdict.reading), verdict.choices).steps()
    around = [
        step
        for step in steps
        if step.matrix
        and step.result
        and step.span.start <= place
        and place + len(change.content) <= step.span.end
    ]
    if not around:
        return None
    step = min(around, key=lambda one: one.span.end - one.span.start)
    left, right = (text[one.span.start : one.span.end] for one in (step.left, step.right))
    return Product(left, step.left.shape, right, step.right.shape, step.result or ())


def _is_safe(one: _Candidate) -> bool:
    """One slip of the safe kinds is written without asking; two only towards a formula that is stated."""
    edits = one.variant.edits
    return (
        not one.is_open
        and all(edit.safe for edit in edits)
        and (len(edits) == 1 or (len(edits) == 2 and one.stated))
    )


def _mended_first(
    section: Section, read: Read, side: Node, ordered: list[_Candidate], layout: str | None
) -> list[_Candidate]:
    """Keep the candidates that mend the formula; one that the convention states goes before its equals."""
    assert read.formula is not None
    stated = signatures(section)
    fitting: list[_Candidate] = []
    for one in ordered:
        again = None if loses_a_row(section, side, one.text) else mended(section, read, side, one.text)
        if again is None:
            continue
        edits = one.variant.edits
        if one.text == layout or not is_absurd(
            read.formula, again.formula, section.original, again.text, edits
        ):
            fitting.append(one._replace(again=again))
    asked = {one.text: satisfied(section, one.again.formula) for one in fitting if one.again is not None}
    most = max([satisfied(section, read.formula)[0], *(count for count, _ in asked.values())])
    ranked: list[tuple[bool, float, _Candidate]] = []
    for one in fitting:
        assert one.again is not None
        count, exactly = asked[one.text]
        listed = signature(one.again.formula) in stated
        if DROP in one.variant.edits and not listed and not exactly:
            continue
        known = listed or (count == most and most > 0)
        ranked.append(
            (one.text != layout, one.cost - STATED * known - EXACTLY * exactly, one._replace(stated=known))
        )
    return [one for _, _, one in sorted(ranked, key=lambda row: row[:2])]


def _faulty_side(formula: Formula | None, verdict: Verdict) -> Node | None:
    """Return the one side of a relation in which everything that is wrong stands."""
    if formula is None:
        return None
    spans = [problem.span for problem in verdict.problems] or [outer.span for outer in verdict.outer]
    found: Node | None = None
    for span in spans:
        side = next(
            (one for one in formula.parts[1:] if one.start <= span.start and span.end <= one.end), None
        )
        if found is not None and side is not None and side is not found:
            return None
        found = found or side
    return found


def _environments(section: Section, verdict: Verdict, flags: Flags) -> Iterator[tuple[Environment, float]]:
    """Yield the shapes under which repairs are sought, with what a repair that needs them costs more."""
    reading = verdict.reading
    general = Reading(reading.last, reading.floating, (), reading.pick, reading.behind)
    yield section.environment(general, forget_ones=True), 0.0
    if flags & SINGLE or section.facts.ones:
        yield section.environment(reading), COINCIDENCE


def _candidates(
    section: Section, read: Read, side: Node, environment: Environment, verdict: Verdict, work: Work
) -> list[_Candidate]:
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
    own = _hand(section, read, side)
    alike = others(section, formula, environment, own)
    summed = _with_examples(target, environment.examples_axis)
    is_there = there(section, formula)
    spellings = section.facts.spellings
    planner = Planner(section.original, found, spellings, own, False, alike, summed, is_there)
    plan = planner.plan(side)
    kept = KEPT if side.end - side.start < _LONG else 1
    for budget in BUDGETS:
        variants = _search(
            plan,
            target,
            Search(budget, own, work, kept, target is None or len(target) != 1),
            environment,
        )
        if variants and (variants[0].cost + CLEARLY <= budget or budget == MOST):
            break
    likely: list[Variant] = []
    if all(DROP in one.edits for one in variants):
        agree = partial(_may_be_equal, environment)
        search = Search(BUDGETS[0], own, work, kept, target is None or len(target) != 1, agree)
        likely = [
            one
            for one in _search(plan, target, search, environment)
            if len(one.edits) == 1 and one.edits[0] in _LIKELY
        ]
    if not likely and all(DROP in one.edits for one in variants) and _is_turned(verdict, environment):
        whole = Variant(TRANSPOSE.cost, (TRANSPOSE,), (_span(side),), transpose(as_it_stands(plan)))
        return [_Candidate(whole.cost, whole, _whole(whole.expression, side, own), is_open=True)]
    is_open = planner.is_open or guessed is not None
    sure = [_Candidate(one.cost, one, _whole(one.expression, side, own), is_open=is_open) for one in variants]
    return sure + [
        _Candidate(one.cost + OPEN, one, _whole(one.expression, side, own), is_open=True) for one in likely
    ]


# Slips that are looked for where sizes are open: those that change no name and throw nothing away.
_LIKELY = frozenset((TRANSPOSE, UNTRANSPOSE, SWAP, costs.PRODUCT, AXIS, KEEPDIMS))


def _is_turned(verdict: Verdict, environment: Environment) -> bool:
    """Say whether all that is wrong is that the transpose was wanted, as far as the sizes are known."""
    if len(verdict.problems) != 1 or not isinstance(verdict.problems[0], TargetShape):
        return False
    target, found = verdict.problems[0].target.shape, verdict.problems[0].found
    agree = partial(_may_be_equal, environment)
    return len(target) == 2 == len(found) and _alike(found[::-1], target, agree)


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


def _hand(section: Section, read: Read, side: Node) -> Hand:
    return hand(read.notation, section.original, section.original[side.start : side.end])


def _search(plan: Plan, target: Shape | None, search: Search, environment: Environment) -> list[Variant]:
    table, budget = search.variants(plan), search.budget
    if target is None:
        return sorted(
            (one for ones in table.values() for one in ones if one.cost <= budget), key=lambda one: one.cost
        )
    found = _reaching(table, target, search, environment, equal)
    if all(DROP in one.edits for one in found):  # layer l may be layer 2
        found = _reaching(table, target, search, environment, partial(_may_be_equal, environment))
    return sorted((one for one in found if one.cost <= budget), key=lambda one: one.cost)


def _may_be_equal(environment: Environment, one: Size, other: Size) -> bool:
    return one == other or (1 not in (one, other) and environment.same(one, other) is None)


def _reaching(
    table: dict[Shape, list[Variant]], target: Shape, search: Search, environment: Environment, agree: Agree
) -> list[Variant]:
    """Return the variants that have the target's shape, and those that have it with a sum around them."""
    axis = environment.examples_axis
    found = [one for shape in table if _alike(shape, target, agree) for one in table[shape]]
    if all(size == 1 for size in target):
        found += [
            one
            for shape, ones in table.items()
            if shape != target and all(s == 1 for s in shape)
            for one in ones
        ]
    if len(target) == 1 or (len(target) == 2 and target[axis] == 1):
        size = target[0] if len(target) == 1 else target[1 - axis]
        found += _summed(table, size, search, axis, len(target) == 2, agree)
    return found


def _alike(shape: Shape, target: Shape, agree: Agree) -> bool:
    return len(shape) == len(target) and all(map(agree, shape, target))


def _summed(
    table: dict[Shape, list[Variant]], size: Size, search: Search, axis: int, kept: bool, agree: Agree
) -> list[Variant]:
    """Put a sum over the examples around a whole side whose target is a column like a bias, of one axis or two."""
    found: list[Variant] = []
    for shape, ones in table.items():
        if len(shape) != 2 or not agree(shape[1 - axis], size) or not _may_count_examples(shape[axis]):
            continue
        for one in ones:
            if one.cost + SUM.cost <= search.budget:
                expression = _sum_of(one.expression, search.hand.total(axis, kept))
                found.append(Variant(one.cost + SUM.cost, (*one.edits, SUM), one.touched, expression))
    return found


def _may_count_examples(size: Size) -> bool:
    """Say whether a size is not that of a layer."""
    return size != 1 and not (isinstance(size, str) and size.startswith("n["))


def _sum_of(expression: Expression, around: tuple[str, str]) -> Expression:
    if isinstance(expression, Front):
        return Front(expression.text, _sum_of(expression.child, around))
    if around[1]:  # its own brackets are enough
        expression = opened(expression)
    return Around(around[0], expression, around[1], ATOM if around[1] else PRODUCT, False)


def _other_layout(section: Section, read: Read, side: Node, verdict: Verdict, work: Work) -> str | None:
    """Return the formula in this layout, if it is right with gradients laid out the other way."""
    formula = read.formula
    assert formula is not None
    target = formula.parts[0]
    if not _is_gradient(target) or any(
        isinstance(node, Call) and is_total(node) for node in walk(formula.parts)
    ):
        return None  # which axis a sum runs along is no matter of the layout
    environment = section.other_layout(verdict.reading)
    found = Recording(environment, verdict.choices)
    work_out(formula, found)
    if found.problems or settled(found.met(side)) is None:
        return None
    own = _hand(section, read, side)
    plan = Planner(section.original, found, section.facts.spellings, own, True).plan(side)
    shape = settled(found.met(formula.parts[0]))
    ones = Search(0.0, own, work).variants(plan).get(shape, []) if shape is not None else []
    if not ones:
        return None
    return write(transpose(ones[0].expression), own)


def _is_gradient(node: Node) -> bool:
    while isinstance(node, Transpose):
        node = node.child
    return isinstance(node, Name) and node.symbol.gradient


def _cause(edits: tuple[Edit, ...]) -> str:
    causes = list(dict.fromkeys(edit.cause for edit in edits))
    if len(causes) == 2 and set(causes) == {"swap", "transpose"}:
        return "swap"
    return causes[0] if len(causes) == 1 else "several"


def _span(node: Node) -> Span:
    return Span(node.start, node.end)
