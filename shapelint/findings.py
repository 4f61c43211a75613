"""The verdicts of a document in, its diagnostics out: what is reported, and what is passed over."""

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from shapelint.diagnostic import Diagnostic, Label
from shapelint.documents.contents import Contents
from shapelint.explain import explain
from shapelint.explain.context import Context, Target, object_text, shown
from shapelint.explain.phrases import shape_text
from shapelint.infer.choose import Chosen
from shapelint.infer.claimed import contradictions
from shapelint.infer.document import Document, Stretch
from shapelint.infer.doubts import doubts
from shapelint.infer.environment import Environment
from shapelint.infer.facts import declared_twice
from shapelint.infer.formula import Verdict
from shapelint.infer.ours import Ours, ours
from shapelint.infer.plain import is_plainly_formula, is_prose
from shapelint.infer.section import Judged, Section
from shapelint.parse.formulas import Read
from shapelint.problems import (
    AmbiguousProduct,
    ClaimedShape,
    MixedConvention,
    OuterBroadcast,
    Problem,
    Undetermined,
)
from shapelint.shapes import settled
from shapelint.sizes import write_size
from shapelint.source import Source, Span
from shapelint.tree import Name, Node, Slice, Transpose, bare, walk

MOST_FINDINGS = 20  # of one formula


class Found(NamedTuple):
    """The diagnostics of a document, with the extent of the statement that each is about."""

    diagnostics: tuple[Diagnostic, ...]
    extents: tuple[Span, ...]
    formulas: int
    undetermined: int
    passed_over: tuple[Label, ...]
    read: tuple[Label, ...]


class _Collector:
    def __init__(self, source: Source, text: str, listing: bool) -> None:
        self.source = source
        self.text = text
        self.diagnostics: list[Diagnostic] = []
        self.extents: list[Span] = []
        self.passed_over: list[Label] = []
        self.read: list[Label] = []
        self.listing = listing
        self.formulas = 0
        self.undetermined = 0

    def add(self, context: Context, problem: Problem, extent: Span) -> None:
        self.diagnostics.append(explain(context, problem))
        self.extents.append(extent)

    def note(self, section: Section, judged: Judged, span: Span) -> None:
        """Note a formula that was read, and what its target is, if somebody wants to know."""
        if self.listing and judged.verdict is not None:
            shape = settled(judged.verdict.target)
            target = self.source.slice(judged.statement.target)
            spelled = "unknown" if shape is None else shape_text(shape, section.facts.spellings)
            self.read.append(Label(span, f"{target} is {spelled}"))

    def pass_over(self, span: Span, why: str) -> None:
        self.passed_over.append(Label(span, why))


def findings(
    source: Source, contents: Contents, document: Document, walked: bool, listing: bool = False
) -> Found:
    """Put everything that is wrong with a document into words; with `listing` what was read is noted, too."""
    out = _Collector(source, contents.text, listing)
    bare_context = Context(source, contents.text, None, None)
    for misspelt in contents.directives.misspelt:
        out.add(bare_context, misspelt, misspelt.span)
    checked = ours(contents, document, not walked or source.name.endswith(".shapes"))
    for stretch in document.stretches:
        _stretch(out, stretch, checked, contents.plain)
    if checked.whole and (checked.everything or not contents.plain):
        section = document.stretches[0].chosen.section if document.stretches else None
        for said in document.said:
            for twice in declared_twice(said):
                out.add(Context(source, contents.text, section, None), twice, twice.span)
    return Found(
        tuple(out.diagnostics),
        tuple(out.extents),
        out.formulas,
        out.undetermined,
        tuple(out.passed_over),
        tuple(out.read),
    )


def _stretch(out: _Collector, stretch: Stretch, checked: Ours, plain: bool) -> None:
    chosen = stretch.chosen
    mixed = _mixed(chosen)
    told = False
    for judged in chosen.judged:
        extent = Span(judged.statement.start, judged.statement.end)
        if judged.verdict is None:
            _unread(out, chosen.section, judged, plain and checked.everything)
            continue
        if why := checked.passed_over(stretch, judged):
            out.pass_over(extent, why)
            continue
        if is_prose(judged):
            out.pass_over(extent, "prose")
            continue
        out.formulas += 1
        out.note(chosen.section, judged, extent)
        told = _formula(out, stretch, judged, extent, told)
        if judged in mixed:
            fact = MixedConvention(extent, chosen.section.convention.name, "ng")
            out.add(Context(out.source, out.text, chosen.section, None), fact, extent)


def _mixed(chosen: Chosen) -> list[Judged]:
    """Return the formulas that would fit the default, where another convention was taken."""
    if chosen.judged is chosen.default:
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


def _formula(out: _Collector, stretch: Stretch, judged: Judged, extent: Span, told: bool) -> bool:
    """Report one formula; `told` is whether the document's reading of `*` was told already."""
    section, verdict = stretch.chosen.section, judged.verdict
    assert verdict is not None
    out.undetermined += not verdict.problems and not verdict.told
    if verdict.problems or verdict.choices or verdict.outer or verdict.sums or not verdict.told:
        told = _recalled_remarks(out, stretch, judged, extent, told)
    for other in islice(contradictions(section, judged), MOST_FINDINGS):
        context = Context(out.source, out.text, section, None, judged.statement.notation)
        fact = ClaimedShape(other.span, other.claimed, other.term, other.way)
        out.add(context, fact, Span(extent.start, max(extent.end, other.span.end)))
    return told


def _recalled_remarks(out: _Collector, stretch: Stretch, judged: Judged, extent: Span, told: bool) -> bool:
    """Report what is wrong or doubtful, from the notes of the document's last version where they hold."""
    section = stretch.chosen.section
    if not section.recalls:
        return _remarks(out, stretch, judged, extent, told)
    from shapelint.repair.hands import habits
    from shapelint.repair.stated import signatures

    kind = (told, stretch.starred, habits(judged.statement.notation, section.original), signatures(section))
    if (noted := section.note(judged, kind)) is None:
        before = len(out.diagnostics)
        told = _remarks(out, stretch, judged, extent, told)
        section.keep_note(judged, kind, (tuple(out.diagnostics[before:]), told))
        return told
    diagnostics, told = noted
    out.diagnostics += diagnostics
    out.extents += [extent] * len(diagnostics)
    return told


def _remarks(out: _Collector, stretch: Stretch, judged: Judged, extent: Span, told: bool) -> bool:
    """Report what is wrong or doubtful about one formula, or that its shapes cannot be told."""
    section, verdict = stretch.chosen.section, judged.verdict
    assert verdict is not None
    if not verdict.problems and not verdict.told:
        _undetermined(out, section, judged, extent)
    if not (verdict.problems or verdict.choices or verdict.outer or verdict.sums):
        return told
    read = judged.read or section.read(judged.statement)
    assert read.formula is not None
    context = _context(out, section, section.environment(verdict.reading), read)
    _problems(out, context, read, verdict, extent)
    for doubt in islice(doubts(section, read, verdict), MOST_FINDINGS):
        if stretch.starred and isinstance(doubt, AmbiguousProduct) and doubt.matrix:
            if told:
                continue
            doubt, told = doubt._replace(everywhere=True), True  # noqa: PLW2901 - the same doubt, said once
        if isinstance(doubt, OuterBroadcast):
            _repaired(out, context, read, verdict, [doubt], extent)
        else:
            out.add(context, doubt, extent)
    return told


def _problems(out: _Collector, context: Context, read: Read, verdict: Verdict, extent: Span) -> None:
    """Report what is wrong with a formula; its repair hangs on the first finding."""
    if verdict.problems:
        _repaired(out, context, read, verdict, list(verdict.problems[:MOST_FINDINGS]), extent)


def _repaired(
    out: _Collector, context: Context, read: Read, verdict: Verdict, problems: Sequence[Problem], extent: Span
) -> None:
    from shapelint.explain.repairs import (
        mended_above,
        with_repairs,
    )  # a document without faults has no use for it
    from shapelint.repair.coincidence import only_if
    from shapelint.repair.find import repairs

    section = context.section
    assert section is not None
    found = repairs(section, read, verdict)
    ones = [write_size(atom, section.facts.spellings) for atom in only_if(section, read, verdict)]
    for place, problem in enumerate(problems):
        diagnostic = explain(context, problem)
        if place == 0:
            diagnostic = with_repairs(context, diagnostic, found)
            if ones:
                note = f"it fits only if {' or '.join(ones)} is 1"
                diagnostic = diagnostic._replace(notes=(*diagnostic.notes, note))
        elif found:
            diagnostic = mended_above(diagnostic)
        out.diagnostics.append(diagnostic)
        out.extents.append(extent)


def _context(out: _Collector, section: Section, environment: Environment, read: Read) -> Context:
    assert read.formula is not None
    target = read.formula.parts[0]
    shape = gradient = None
    core: Node = target
    while isinstance(core, Transpose | Slice):
        core = core.child
    core = bare(core)
    if isinstance(target, Name) and isinstance(core, Name):
        shape = environment.shape(core.symbol)
        written = out.source.slice(Span(core.start, core.end))
        gradient = object_text(section, core.symbol, written, read.notation) if core.symbol.gradient else None
    text = out.source.slice(Span(target.start, target.end))
    return Context(out.source, out.text, section, Target(text, shape, gradient), read.notation)


def _unread(out: _Collector, section: Section, judged: Judged, told: bool) -> None:
    """Report a statement that is plainly a formula and cannot be read, in files of formulas; else pass it over."""
    read = judged.read
    extent = Span(judged.statement.start, judged.statement.end)
    if read is None or read.problem is None:
        return
    if not told or not is_plainly_formula(section, judged):
        out.pass_over(extent, "it cannot be read as a formula")
        return
    out.formulas += 1
    out.add(Context(out.source, out.text, section, None), read.problem, extent)


def _undetermined(out: _Collector, section: Section, judged: Judged, extent: Span) -> None:
    node = next(_untold(section, judged), None)
    if node is not None:
        context = Context(out.source, out.text, section, None)
        name = shown(node.symbol.object_key)
        out.add(context, Undetermined(extent, name, Span(node.start, node.end)), extent)


def _untold(section: Section, judged: Judged) -> Iterator[Name]:
    """Yield the names of a formula whose shapes nothing tells."""
    verdict = judged.verdict
    read = section.read(judged.statement)
    if read.formula is None or verdict is None:
        return
    environment = section.environment(verdict.reading)
    for node in walk(read.formula.parts):
        if isinstance(node, Name) and environment.shape(node.symbol) is None and "/" not in node.symbol.key:
            yield node
