"""A faulty formula in, its repairs out, the cheapest first.

Repairs are sought with every stated 1 and one example's single column as sizes of their own, since a repair
should hold for every size; only then as they are. What is offered has been read and judged again. No formula takes
more than a budget of work; where it is spent, that is said.
"""

from typing import NamedTuple

from shapelint.infer.formula import Verdict
from shapelint.infer.section import Section
from shapelint.parse.formulas import Read
from shapelint.repair.candidates import Candidate, candidates, environments
from shapelint.repair.costs import MOST, OUTER, UNTRANSPOSE, WORK
from shapelint.repair.expressions import Atom
from shapelint.repair.offer import Repair, offer
from shapelint.repair.other_layout import other_layout
from shapelint.repair.variants import Variant
from shapelint.repair.work import Spent, Work
from shapelint.tree import Formula, Node, span_of

_JUDGED = 10  # candidates that are read and judged again, before the best are offered
LARGEST = 3000  # characters of a side that is searched; a longer one is nobody's slip of the pen


class Sought(NamedTuple):
    """The repairs of a formula, the cheapest first, and the limit (`LONG`, `SPENT`) that ended the search, or ""."""

    repairs: tuple[Repair, ...] = ()
    limit: str = ""


LONG, SPENT = "long", "spent"


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
    found: dict[str, Candidate] = {}
    for environment, extra in environments(section, verdict, read.flags):
        for one in candidates(section, read, side, environment, verdict, work):
            cost = one.cost + extra
            if one.text not in found or cost < found[one.text].cost:
                found[one.text] = one._replace(cost=cost)
    layout = other_layout(section, read, side, verdict, work)
    found.pop(section.original[side.start : side.end], None)  # a warning's formula fits as it is
    if any(one.variant.edits in ((UNTRANSPOSE,), (OUTER,)) for one in found.values()):
        layout = (
            None  # a transpose that somebody put there is one too many: that is nearer than another layout
        )
    ordered = sorted(found.values(), key=lambda one: (one.text != layout, one.cost))
    if layout is not None and not found:
        ordered.insert(0, Candidate(MOST, Variant(MOST, (), (span_of(side),), _NOTHING), layout))
    return offer(section, read, verdict, side, ordered[:_JUDGED], layout, doubted)


_NOTHING = Atom("", 5, None, False)  # the other layout's formula is rewritten as a whole


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
