"""The verdicts of a document in, its diagnostics out: what is reported, and what is passed over."""

from typing import NamedTuple

from shapelint.collector import Collector, at_most
from shapelint.diagnostic import Diagnostic, Label
from shapelint.documents.contents import Contents
from shapelint.infer.choose import Chosen
from shapelint.infer.claimed import contradictions
from shapelint.infer.document import Document, Stretch
from shapelint.infer.facts import declared_twice, gradients_declared_otherwise
from shapelint.infer.follows import follows
from shapelint.infer.judged import Judged
from shapelint.infer.ours import Ours, ours
from shapelint.infer.plain import is_plainly_formula, is_prose
from shapelint.infer.section import Section
from shapelint.parse.notation import PLAIN, PYTHON, Notation
from shapelint.patterns import lazy
from shapelint.problems import ClaimedShape, DeclaredTwice, MixedConvention, Problem
from shapelint.source import Source, Span


class Found(NamedTuple):
    """The diagnostics of a document, with the extent of the statement that each is about."""

    diagnostics: tuple[Diagnostic, ...]
    extents: tuple[Span, ...]
    formulas: int
    undetermined: int
    passed_over: tuple[Label, ...]
    read: tuple[Label, ...]
    understood: tuple[str, ...]


def findings(
    source: Source, contents: Contents, document: Document, walked: bool, listing: bool = False
) -> Found:
    """Put everything that is wrong with a document into words; with `listing` what was read is noted, too."""
    out = Collector(source, contents.text, listing)
    for misspelt in contents.directives.misspelt:
        _tell(out, None, misspelt, misspelt.span)
    if contents.fault is not None and document.stretches:
        _tell(out, None, contents.fault, contents.fault.span)
    checked = ours(contents, document, not walked or source.name.endswith(".shapes"))
    solved: list[Chosen] = []
    for stretch in document.stretches:
        before = out.formulas
        _stretch(out, stretch, checked, contents.plain)
        if out.formulas > before and stretch.chosen.section.solution is not None:
            solved.append(stretch.chosen)
    if checked.whole and (checked.everything or not contents.plain):
        section = document.stretches[0].chosen.section if document.stretches else None
        numerator = any(one.chosen.layout.numerator for one in document.stretches)
        for said in document.said:
            for twice in (*declared_twice(said), *gradients_declared_otherwise(said, numerator)):
                if not _of_other_indices(contents.original, twice):
                    _tell(out, section, twice, twice.span)
    return Found(
        tuple(out.diagnostics),
        tuple(out.extents),
        out.formulas,
        out.undetermined,
        tuple(out.passed_over),
        tuple(out.read),
        _understood(source, solved) if listing and solved else (),
    )


# A letter above a name: `z^{(a)}` and `z^{(b)}` are of two layers, whatever the letters count.
_INDEX = lazy(r"\^\{? ?\(([a-zA-Z])\)")


def _of_other_indices(original: str, twice: DeclaredTwice) -> bool:
    """Say whether two declarations are of names with another letter above each."""
    one, other = (_INDEX.search(original, *span) for span in (twice.span, twice.other.span))
    return one is not None and other is not None and one[1] != other[1]


def _understood(source: Source, solved: list[Chosen]) -> tuple[str, ...]:
    from shapelint.explain.worlds import understood  # `-v` alone tells it

    return tuple(understood(source, solved))


def _stretch(out: Collector, stretch: Stretch, checked: Ours, plain: bool) -> None:
    chosen = stretch.chosen
    mixed = _mixed(chosen)
    told = False
    tainted: set[str] = set()
    for judged in chosen.judged:
        extent = Span(judged.statement.start, judged.statement.end)
        if judged.verdict is None:
            _unread(out, chosen.section, judged, plain and checked.everything)
            continue
        if why := checked.passed_over(stretch, judged):
            out.pass_over(extent, why)
            continue
        if judged.statement.notation.grammar == PYTHON and follows(chosen.section, judged, tainted):
            out.pass_over(extent, "it works with a variable whose shape is wrong above")
            continue
        if is_prose(judged):
            out.pass_over(extent, "prose")
            continue
        out.formulas += 1
        out.note(chosen.section, judged, extent)
        told = _formula(out, stretch, judged, extent, told)
        if judged in mixed:
            _tell(out, chosen.section, MixedConvention(extent, chosen.section.convention.name, "ng"), extent)


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


def _formula(out: Collector, stretch: Stretch, judged: Judged, extent: Span, told: bool) -> bool:
    """Report one formula; `told` is whether the document's reading of `*` was told already."""
    section, verdict = stretch.chosen.section, judged.verdict
    assert verdict is not None
    out.undetermined += not verdict.problems and not verdict.told
    if verdict.problems or verdict.choices or verdict.outer or verdict.sums or not verdict.told:
        from shapelint.remarks import remarks

        told = remarks(out, stretch, judged, extent, told)
    shown, left = at_most(contradictions(section, judged))
    for other in shown:
        fact = ClaimedShape(other.span, other.claimed, other.term, other.way)
        whole = Span(extent.start, max(extent.end, other.span.end))
        _tell(out, section, fact, whole, judged.statement.notation)
    out.leave_out(left)
    return told


def _unread(out: Collector, section: Section, judged: Judged, told: bool) -> None:
    """Report a statement that is plainly a formula and cannot be read, in files of formulas; else pass it over."""
    read = judged.read
    extent = Span(judged.statement.start, judged.statement.end)
    if read is None or read.problem is None:
        return
    if not told or judged.statement.loose or not is_plainly_formula(section, judged):
        out.pass_over(extent, "it cannot be read as a formula")
        return
    out.formulas += 1
    _tell(out, section, read.problem, extent)


def _tell(
    out: Collector, section: Section | None, problem: Problem, extent: Span, notation: Notation = PLAIN
) -> None:
    """Put a problem into words."""
    from shapelint.remarks import said  # what explains is not loaded where nothing is wrong

    out.add(said(out.source, out.text, section, problem, notation), extent)
