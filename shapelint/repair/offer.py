"""Candidates in, the repairs that are offered out: each is read and judged again, the cheapest first."""

from typing import NamedTuple

from shapelint.infer.formula import Verdict
from shapelint.infer.record import record
from shapelint.infer.section import Section
from shapelint.parse.formulas import Read
from shapelint.repair.absurd import is_absurd
from shapelint.repair.again import Again, loses_a_row, mended
from shapelint.repair.candidates import Candidate
from shapelint.repair.costs import CLEARLY, DROP, EXACTLY, NAME, STATED, Edit
from shapelint.repair.derived import satisfied
from shapelint.repair.replace import Replacement, replacement
from shapelint.repair.stated import signature, signatures
from shapelint.repair.touched import does_more, hull
from shapelint.repair.trust import is_known, rests_on_facts
from shapelint.shapes import Shape
from shapelint.source import Span
from shapelint.tree import Node, span_of

_OFFERED = 3


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


def offer(
    section: Section,
    read: Read,
    wrong: Verdict,
    side: Node,
    ordered: list[Candidate],
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
        safe = safe and not (one.again is not None and _joins_examples(section, one.again))
        cause = "layout" if one.text == layout else _cause(one.variant.edits)
        term = hull(one.variant.touched, side) or span_of(side)
        change = replacement(section.original, span_of(side), one.text)
        product = _product(section, one.again, change, formula.start) if one.again and not place else None
        if not any(does_more(one.variant, better.variant) for better in good[:place]):
            offered.append(Repair(one.cost, one.variant.edits, change, term, cause, safe, product))
    return tuple(offered)


def _surest(ranked: list[Candidate]) -> list[Candidate]:
    """Of names of one family none is meant surely, unless a formula says so, or it is the only one that fits."""
    guessed = [one for one in ranked if NAME in one.variant.edits and not one.stated]
    if len(guessed) < 2 or ranked[0] not in guessed:
        return ranked
    rivals = [one for one in guessed[1:] if one.cost - guessed[0].cost < CLEARLY]
    return [one for one in ranked if one not in guessed] if rivals else ranked


def _broadcasts_more(candidate: Candidate, wrong: Verdict) -> bool:
    """Say whether a repair makes a matrix of a row and a column by broadcasting: it fits, and nobody means it.

    Where that is all that is wrong, the repair has to do away with it.
    """
    if candidate.again is None:
        return False
    left = len(candidate.again.verdict.outer)
    return left > len(wrong.outer) or (left == len(wrong.outer) and not wrong.problems)


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
        and step.whole.start <= place
        and place + len(change.content) <= step.whole.end
    ]
    if not around:
        return None
    step = min(around, key=lambda one: one.span.end - one.span.start)
    left, right = (text[one.span.start : one.span.end] for one in (step.left, step.right))
    return Product(left, step.left.shape, right, step.right.shape, step.result or ())


def _joins_examples(section: Section, again: Again) -> bool:
    """Say whether a product in a formula joins every example with every other, which nobody means on the way back."""
    _, formula, verdict = again
    steps = record(formula, section.environment(verdict.reading), verdict.choices).steps()
    return any(step.result == ("m", "m") for step in steps)


def _is_safe(one: Candidate) -> bool:
    """One slip of the safe kinds is written without asking; two only towards a formula that is stated."""
    edits = one.variant.edits
    return (
        not one.is_open
        and all(edit.safe for edit in edits)
        and (len(edits) == 1 or (len(edits) == 2 and one.stated))
    )


def _mended_first(
    section: Section, read: Read, side: Node, ordered: list[Candidate], layout: str | None
) -> list[Candidate]:
    """Keep the candidates that mend the formula; one that the convention states goes before its equals."""
    assert read.formula is not None
    stated = signatures(section)
    fitting: list[Candidate] = []
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
    ranked: list[tuple[bool, float, Candidate]] = []
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


def _cause(edits: tuple[Edit, ...]) -> str:
    causes = list(dict.fromkeys(edit.cause for edit in edits))
    if len(causes) == 2 and set(causes) == {"swap", "transpose"}:
        return "swap"
    return causes[0] if len(causes) == 1 else "several"
