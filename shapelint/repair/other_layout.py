"""A faulty formula in, the same formula in this layout out, if it is right with gradients laid out the other way."""

from shapelint.infer.formula import Verdict, work_out
from shapelint.infer.record import Recording
from shapelint.infer.section import Section
from shapelint.parse.formulas import Read
from shapelint.repair.candidates import hand_of
from shapelint.repair.expressions import transpose, write
from shapelint.repair.planner import Planner
from shapelint.repair.totals import is_total
from shapelint.repair.variants import Search
from shapelint.repair.work import Work
from shapelint.shapes import settled
from shapelint.tree import Call, Name, Node, Transpose, walk


def other_layout(section: Section, read: Read, side: Node, verdict: Verdict, work: Work) -> str | None:
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
    own = hand_of(section, read, side)
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
