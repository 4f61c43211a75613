"""The verdicts of a document in, its diagnostics out: what is reported, and what is passed over."""

from typing import NamedTuple

from shapelint.account import NO_FORMULA, Account, Entry
from shapelint.collector import Collector, at_most
from shapelint.diagnostic import FAULTY, OK, UNDETERMINED, UNREAD, Diagnostic, Listed
from shapelint.documents.contents import Contents
from shapelint.infer.choose import Chosen
from shapelint.infer.claimed import contradictions
from shapelint.infer.document import Document, Stretch
from shapelint.infer.facts import declared_twice, gradients_declared_otherwise
from shapelint.infer.judged import Judged
from shapelint.infer.section import Section
from shapelint.parse.notation import PLAIN, Notation
from shapelint.patterns import lazy
from shapelint.problems import ClaimedShape, DeclaredTwice, MixedConvention, Problem
from shapelint.source import Source, Span


class Found(NamedTuple):
    """The diagnostics of a document, with the extent of the statement that each is about, and its account."""

    diagnostics: tuple[Diagnostic, ...]
    extents: tuple[Span, ...]
    formulas: int
    undetermined: int
    unread: int
    listed: tuple[Listed, ...]
    understood: tuple[str, ...]


def findings(
    source: Source,
    contents: Contents,
    document: Document,
    walked: bool,
    listing: bool = False,
    hints: bool = True,
    given: bool = False,
) -> Found:
    """Put everything that is wrong with a document into words; with `listing` every formula is listed, too.

    Without `hints` nothing is said of the formulas that were not checked: they are only counted. With `given` each line
    is meant as a formula.
    """
    out = Collector(source, contents.text, listing, hints)
    for misspelt in contents.directives.misspelt:
        _tell(out, None, misspelt, misspelt.span)
    if contents.fault is not None and document.stretches:
        _tell(out, None, contents.fault, contents.fault.span)
    account = Account(source, contents, document, walked, given)
    solved: list[Chosen] = []
    for stretch in document.stretches:
        before = _read(out)
        _stretch(out, stretch, account)
        if _read(out) > before and stretch.chosen.section.solution is not None:
            solved.append(stretch.chosen)
    for span, why in account.passed_by():
        out.unread(span, why)
    if account.checked.whole and (account.checked.everything or not contents.plain):
        _declarations(out, contents, document)
    return Found(
        tuple(out.diagnostics),
        tuple(out.extents),
        out.counts[OK] + out.counts[FAULTY],
        out.counts[UNDETERMINED],
        out.counts[UNREAD],
        tuple(out.listed),
        _understood(source, solved) if listing and solved else (),
    )


def _read(out: Collector) -> int:
    return out.counts[OK] + out.counts[FAULTY] + out.counts[UNDETERMINED]


def _declarations(out: Collector, contents: Contents, document: Document) -> None:
    """Report declarations that contradict each other."""
    section = document.stretches[0].chosen.section if document.stretches else None
    numerator = any(one.chosen.layout.numerator for one in document.stretches)
    for said in document.said:
        for twice in (*declared_twice(said), *gradients_declared_otherwise(said, numerator)):
            if not _of_other_indices(contents.original, twice):
                _tell(out, section, twice, twice.span)


# A letter above a name: `z^{(a)}` and `z^{(b)}` are of two layers, whatever the letters count.
_INDEX = lazy(r"\^\{? ?\(([a-zA-Z])\)")


def _of_other_indices(original: str, twice: DeclaredTwice) -> bool:
    """Say whether two declarations are of names with another letter above each."""
    one, other = (_INDEX.search(original, *span) for span in (twice.span, twice.other.span))
    return one is not None and other is not None and one[1] != other[1]


def _understood(source: Source, solved: list[Chosen]) -> tuple[str, ...]:
    from shapelint.explain.worlds import understood  # `-v` alone tells it

    return tuple(understood(source, solved))


def _stretch(out: Collector, stretch: Stretch, account: Account) -> None:
    chosen = stretch.chosen
    mixed = _mixed(chosen)
    told = False
    for entry in account.entries(stretch):
        judged, extent = entry.judged, entry.span
        if entry.status == UNREAD:
            _unread(out, chosen.section, entry)
        elif entry.status == NO_FORMULA:
            out.list(extent, NO_FORMULA, entry.reason)
        else:
            out.counts[entry.status] += 1
        if judged.verdict is None or entry.reason:
            if entry.status == UNDETERMINED:
                out.list(extent, UNDETERMINED, entry.reason)
            continue
        before = len(out.diagnostics)
        told = _formula(out, stretch, entry, told)
        if judged in mixed:
            _tell(out, chosen.section, MixedConvention(extent, chosen.section.convention.name, "ng"), extent)
        _list(out, chosen.section, entry, before)


def _list(out: Collector, section: Section, entry: Entry, before: int) -> None:
    """List a formula that was read, with the first that is told of it; so many findings were there before."""
    if not out.listing:
        return
    if entry.status == OK:
        out.list_right(section, entry)
    elif entry.status == UNDETERMINED:
        from shapelint.remarks import why_open

        out.list(entry.span, UNDETERMINED, why_open(out.source, section, entry.judged, entry.span))
    else:
        said = out.diagnostics[before].message if len(out.diagnostics) > before else ""
        out.list(entry.span, FAULTY, said)


def _mixed(chosen: Chosen) -> list[Judged]:
    """Return the formulas that would fit the default, where another convention was set."""
    if chosen.judged is chosen.default or chosen.section.solution is not None:
        return []
    pairs = zip(chosen.judged, chosen.default, strict=True)
    return [
        here
        for here, there in pairs
        if here.verdict is not None
        and here.verdict.problems
        and there.verdict is not None
        and not there.verdict.problems
        and there.verdict.told
    ]


def _formula(out: Collector, stretch: Stretch, entry: Entry, told: bool) -> bool:
    """Report one formula; `told` is whether the document's reading of `*` was told already."""
    section, judged = stretch.chosen.section, entry.judged
    verdict = judged.verdict
    assert verdict is not None
    if entry.status == UNDETERMINED and out.hints:
        from shapelint.remarks import undetermined

        undetermined(out, stretch, judged, entry.span)
    if verdict.problems or verdict.choices or verdict.outer or verdict.sums:
        from shapelint.remarks import remarks

        told = remarks(out, stretch, judged, entry.span, told)
    if entry.status == FAULTY:
        _claims(out, section, judged, entry.span)
    return told


def _claims(out: Collector, section: Section, judged: Judged, extent: Span) -> None:
    """Report what is claimed of a formula and is otherwise."""
    shown, left = at_most(contradictions(section, judged))
    for other in shown:
        fact = ClaimedShape(other.span, other.claimed, other.term, other.way)
        whole = Span(extent.start, max(extent.end, other.span.end))
        _tell(out, section, fact, whole, judged.statement.notation)
    out.leave_out(left)


def _unread(out: Collector, section: Section, entry: Entry) -> None:
    """Report a formula that was not read; as a mistake where it is plainly meant and cannot be read."""
    read = entry.judged.read
    if not entry.fault or read is None or read.problem is None:
        out.unread(entry.span, entry.reason)
        return
    out.counts[UNREAD] += 1
    out.list(entry.span, UNREAD, entry.reason)
    _tell(out, section, read.problem, entry.span)


def _tell(
    out: Collector, section: Section | None, problem: Problem, extent: Span, notation: Notation = PLAIN
) -> None:
    """Put a problem into words."""
    from shapelint.remarks import said  # what explains is not loaded where nothing is wrong

    out.add(said(out.source, out.text, section, problem, notation), extent)
