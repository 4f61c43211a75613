"""Verdicts where a document takes a size for 1 in words: what fits with it is right, and what does not stays wrong."""

from collections.abc import Sequence

from shapelint.documents.assumed import EXAMPLES, Assumed, assumed, gradients_in_rows
from shapelint.documents.contents import Contents
from shapelint.infer.choose import Chosen
from shapelint.infer.formula import judge
from shapelint.infer.judged import Judged
from shapelint.infer.section import Section
from shapelint.patterns import lazy

_COUNTS_EXAMPLES = lazy(r"(?<![\w.\\])m(?!\w)(?! {0,2}= {0,2}1\b)")


def assumptions(contents: Contents) -> Sequence[Assumed]:
    """Return what a document takes for 1; that of the examples ends where a formula counts them again."""
    found = assumed(contents.original)
    if not found:
        return ()
    counting = sorted(
        one.start
        for scope in contents.scopes
        for one in scope.statements
        if _COUNTS_EXAMPLES.search(one.spelled or contents.text[one.start : one.end])
    )
    return [_until(one, counting) if one.size == EXAMPLES else one for one in found]


def _until(one: Assumed, counting: Sequence[int]) -> Assumed:
    return one._replace(end=min((place for place in counting if place > one.start), default=one.end))


def under(found: Sequence[Assumed], chosen: Chosen) -> Chosen:
    """Return a section with no word about what fits where a size is taken for 1."""
    if not found or chosen.section.code:
        return chosen
    return chosen._replace(judged=[_under(found, chosen.section, one) for one in chosen.judged])


def in_rows(contents: Contents, chosen: Chosen) -> Chosen:
    """Return a section with no word about what fits with gradients in rows, where its document says that they are."""
    section = chosen.section
    if section.code or section.numerator or not gradients_in_rows(contents.original):
        return chosen
    return chosen._replace(judged=[_in_rows(section, one) for one in chosen.judged])


def _in_rows(section: Section, one: Judged) -> Judged:
    if one.verdict is None or not one.verdict.problems:
        return one
    formula, reading = section.read(one.statement).formula, one.verdict.reading
    if formula is None:
        return one
    again = judge(formula, [section.gradients_in_rows(reading), section.other_layout(reading)], section.star)
    return one if again.problems else one._replace(verdict=again)


def _under(found: Sequence[Assumed], section: Section, one: Judged) -> Judged:
    verdict = one.verdict
    if verdict is None or not verdict.problems:
        return one
    sizes = [it.size for it in found if it.start <= one.statement.start < it.end]
    if not sizes:
        return one
    if all(size == EXAMPLES for size in sizes):
        formula = section.read(one.statement).formula
        if formula is None:
            return one
        again = judge(formula, [section.with_one(verdict.reading, EXAMPLES)], section.star)
        return one if again.problems else one._replace(verdict=again)
    return one._replace(verdict=verdict._replace(problems=(), told=False))  # numbers go with numbers
