"""A document in, the analysis of each of its formulas out, right or wrong, as a mentor would write it."""

from collections.abc import Iterator

from shapelint.account import NO_FORMULA, Account, Entry
from shapelint.diagnostic import FAULTY, OK, UNDETERMINED, UNREAD, FormulaShapes, traits
from shapelint.documents.contents import Contents
from shapelint.explain import explain
from shapelint.explain.analysis.lines import Lines
from shapelint.explain.analysis.stories import UNSURE, WRONG, Words
from shapelint.explain.analysis.terms import RULES
from shapelint.explain.analysis.verdicts import conclusion
from shapelint.explain.context import Context
from shapelint.explain.unsure import in_words, open_because
from shapelint.infer.claimed import contradictions
from shapelint.infer.document import Document, Stretch
from shapelint.infer.doubts import doubts
from shapelint.infer.formula import Verdict
from shapelint.infer.judged import Judged
from shapelint.infer.record import record
from shapelint.infer.section import Section
from shapelint.infer.world import world_of_section
from shapelint.parse.notation import PLAIN
from shapelint.problems import OuterBroadcast
from shapelint.source import Source, Span


def analysis(
    source: Source,
    contents: Contents,
    document: Document,
    walked: bool,
    given: bool = False,
    within: Span | None = None,
) -> tuple[FormulaShapes, ...]:
    """Return the shapes of every formula, and those that were not read; `contents` is what `document` was read from.

    With `within`, only those of the formulas that touch this span.
    """
    account = Account(source, contents, document, walked, given)
    found = [
        one for stretch in document.stretches for one in _stretch(source, contents, stretch, account, within)
    ]
    if within is None:
        found += [_not_read(source, span, why) for span, why in account.passed_by()]
    return tuple(sorted(found, key=lambda one: one.span))  # the columns of a table are sections of their own


def _stretch(
    source: Source, contents: Contents, stretch: Stretch, account: Account, within: Span | None
) -> Iterator[FormulaShapes]:
    section = stretch.chosen.section
    name, world = section.convention.name, traits(world_of_section(section))
    for entry in account.entries(stretch):
        judged = entry.judged
        if entry.status == NO_FORMULA or (within is not None and not _touches(judged, within)):
            continue
        if entry.status == UNREAD:
            shown = _unread(Context(source, contents.text, section, None), entry)
        else:
            shown = _formula(source, stretch, entry)
        yield shown._replace(convention=name, world=world)


def _touches(judged: Judged, span: Span) -> bool:
    return judged.statement.start <= span.end and span.start <= judged.statement.end


def _unread(context: Context, entry: Entry) -> FormulaShapes:
    """Return a formula that was not read; of one that is plainly meant, what stands in the way."""
    read, source = entry.judged.read, context.source
    text = source.slice(entry.span)
    if entry.judged.statement.notation.grammar == PLAIN.grammar:
        text = text.split("#")[0].rstrip()
    shown = _not_read(source, Span(entry.span.start, entry.span.start + len(text)), entry.reason)
    if read is None or read.problem is None or read.doubtful:
        return shown
    said = explain(context, read.problem).message
    return shown._replace(verdict=f"{WRONG} {said}", reason=said if entry.fault else entry.reason)


def _not_read(source: Source, span: Span, why: str) -> FormulaShapes:
    return FormulaShapes(source.slice(span), span, UNREAD, None, (), f"{UNSURE} not read: {why}", reason=why)


def _formula(source: Source, stretch: Stretch, entry: Entry) -> FormulaShapes:
    section, judged = stretch.chosen.section, entry.judged
    verdict, formula = judged.verdict, section.read(judged.statement).formula
    assert verdict is not None
    assert formula is not None
    words = Words(source, section.facts.spellings)
    found = record(formula, section.environment(verdict.reading), verdict.choices)
    lines = Lines(RULES, words, section, found, formula, judged.statement.notation)
    for part in formula.parts[1:] or formula.parts:
        lines.visit(part)
    claimed = next(contradictions(section, judged), None)
    why = "" if entry.status != UNDETERMINED else entry.reason or _why_open(source, section, entry)
    status, target, said = conclusion(lines, verdict, claimed, why)
    if status == OK and verdict.outer and (size := _size_of_one(section, judged, verdict)):
        status, said = FAULTY, f"{WRONG} it fits only where {size} is 1"
    span = Span(formula.start, formula.end)
    terms = lines.terms()
    if len(formula.parts) > 1 or not terms or terms[-1].text != target.text:
        terms = (*terms, target)  # an expression alone is its last term
    return FormulaShapes(source.slice(span), span, status, target.shape, terms, said, reason=why)


def _why_open(source: Source, section: Section, entry: Entry) -> str:
    context = Context(source, section.text, section, None, entry.judged.statement.notation)
    return in_words(context, open_because(section, entry.judged, entry.span))


def _size_of_one(section: Section, judged: Judged, verdict: Verdict) -> str:
    """Return the size that has to be 1 for a formula to fit, in a program that is written for any; "" otherwise."""
    found = doubts(section, section.read(judged.statement), verdict)
    return next((one.size for one in found if isinstance(one, OuterBroadcast) and one.general), "")
