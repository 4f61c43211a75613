"""A document in, the analysis of each of its formulas out, right or wrong, as a mentor would write it."""

from collections.abc import Iterator

from shapelint.diagnostic import FormulaShapes, traits
from shapelint.documents.contents import Contents
from shapelint.explain import explain
from shapelint.explain.analysis.lines import Lines
from shapelint.explain.analysis.stories import WRONG, Words
from shapelint.explain.analysis.terms import RULES
from shapelint.explain.analysis.verdicts import FAULTY, OK, UNREAD, conclusion
from shapelint.explain.context import Context
from shapelint.infer.claimed import contradictions
from shapelint.infer.document import Document, Stretch
from shapelint.infer.doubts import doubts
from shapelint.infer.formula import Verdict
from shapelint.infer.judged import Judged
from shapelint.infer.ours import Ours, ours
from shapelint.infer.plain import is_plainly_formula, is_prose
from shapelint.infer.record import record
from shapelint.infer.section import Section
from shapelint.infer.world import world_of_section
from shapelint.problems import OuterBroadcast
from shapelint.source import Source, Span


def analysis(
    source: Source, contents: Contents, document: Document, walked: bool, within: Span | None = None
) -> tuple[FormulaShapes, ...]:
    """Return the shapes of every formula that is checked; `contents` is what `document` was read from.

    With `within`, only those of the formulas that touch this span.
    """
    checked = ours(contents, document, not walked or source.name.endswith(".shapes"))
    found = [
        one for stretch in document.stretches for one in _stretch(source, contents, stretch, checked, within)
    ]
    return tuple(sorted(found, key=lambda one: one.span))  # the columns of a table are sections of their own


def _stretch(
    source: Source, contents: Contents, stretch: Stretch, checked: Ours, within: Span | None
) -> Iterator[FormulaShapes]:
    section = stretch.chosen.section
    name, world = section.convention.name, traits(world_of_section(section))
    for judged in stretch.chosen.judged:
        if within is not None and not _touches(judged, within):
            continue
        if judged.verdict is None:
            if contents.plain and is_plainly_formula(section, judged):
                unread = _unread(Context(source, contents.text, section, None), judged)
                yield unread._replace(convention=name, world=world)
        elif not is_prose(judged) and not checked.passed_over(stretch, judged):
            yield _formula(source, stretch, judged)._replace(convention=name, world=world)


def _touches(judged: Judged, span: Span) -> bool:
    return judged.statement.start <= span.end and span.start <= judged.statement.end


def _unread(context: Context, judged: Judged) -> FormulaShapes:
    read, statement = judged.read, judged.statement
    assert read is not None
    assert read.problem is not None
    text = context.source.slice(Span(statement.start, statement.end)).split("#")[0].rstrip()
    span = Span(statement.start, statement.start + len(text))
    return FormulaShapes(text, span, UNREAD, None, (), f"{WRONG} {explain(context, read.problem).message}")


def _formula(source: Source, stretch: Stretch, judged: Judged) -> FormulaShapes:
    section, verdict = stretch.chosen.section, judged.verdict
    formula = section.read(judged.statement).formula
    assert verdict is not None
    assert formula is not None
    words = Words(source, section.facts.spellings)
    found = record(formula, section.environment(verdict.reading), verdict.choices)
    lines = Lines(RULES, words, section, found, formula, judged.statement.notation)
    for part in formula.parts[1:]:
        lines.visit(part)
    claimed = next(contradictions(section, judged), None)
    status, target, said = conclusion(lines, verdict, claimed)
    if status == OK and verdict.outer and (size := _size_of_one(section, judged, verdict)):
        status, said = FAULTY, f"{WRONG} it fits only where {size} is 1"
    span = Span(formula.start, formula.end)
    return FormulaShapes(source.slice(span), span, status, target.shape, (*lines.terms(), target), said)


def _size_of_one(section: Section, judged: Judged, verdict: Verdict) -> str:
    """Return the size that has to be 1 for a formula to fit, in a program that is written for any; "" otherwise."""
    found = doubts(section, section.read(judged.statement), verdict)
    return next((one.size for one in found if isinstance(one, OuterBroadcast) and one.general), "")
