"""What is wrong or doubtful about one formula, in words and with its repairs; loaded only where something is."""

from collections.abc import Iterable, Sequence

from shapelint.collector import Collector, at_most
from shapelint.diagnostic import Diagnostic
from shapelint.explain import explain
from shapelint.explain.context import Context, Target, object_text
from shapelint.explain.unsure import in_words, open_because
from shapelint.infer.document import Stretch
from shapelint.infer.doubts import doubts
from shapelint.infer.environment import Environment
from shapelint.infer.formula import Verdict
from shapelint.infer.judged import Judged
from shapelint.infer.section import Section
from shapelint.parse.formulas import Read
from shapelint.parse.notation import Notation
from shapelint.problems import AmbiguousProduct, OuterBroadcast, Problem
from shapelint.sizes import write_size
from shapelint.source import Source, Span
from shapelint.symbol import Symbol
from shapelint.tree import Name, Node, Slice, Transpose, bare


def said(
    source: Source, text: str, section: Section | None, problem: Problem, notation: Notation
) -> Diagnostic:
    """Return a problem in words that is about no target."""
    return explain(Context(source, text, section, None, notation), problem)


def remarks(out: Collector, stretch: Stretch, judged: Judged, extent: Span, told: bool) -> bool:
    """Report what is wrong or doubtful about a formula, from the notes of the last version where they hold."""
    section = stretch.chosen.section
    if not section.recalls:
        return _remarks(out, stretch, judged, extent, told)
    from shapelint.repair.drawn import drawn_on

    kind = (told, stretch.starred, drawn_on(section, judged))
    if (noted := section.note(judged, kind)) is None:
        before = len(out.diagnostics)
        told = _remarks(out, stretch, judged, extent, told)
        section.keep_note(judged, kind, (tuple(out.diagnostics[before:]), told))
        return told
    diagnostics, told = noted
    out.diagnostics += diagnostics
    out.extents += [extent] * len(diagnostics)
    return told


def _remarks(out: Collector, stretch: Stretch, judged: Judged, extent: Span, told: bool) -> bool:
    """Report what is wrong or doubtful about one formula."""
    section, verdict = stretch.chosen.section, judged.verdict
    assert verdict is not None
    if not (verdict.problems or verdict.choices or verdict.outer or verdict.sums):
        return told
    read = judged.read or section.read(judged.statement)
    assert read.formula is not None
    context = _context(out, section, section.environment(verdict.reading), read)
    doubted = _contested(stretch, judged)
    _problems(out, context, read, verdict, extent, doubted)
    doubtful, told = _once(stretch, doubts(section, read, verdict), told)
    shown, left = at_most(doubtful)
    for doubt in shown:
        if isinstance(doubt, OuterBroadcast):
            _repaired(out, context, read, verdict, [doubt], extent, doubted)
        else:
            out.add(explain(context, doubt), extent)
    out.leave_out(left)
    return told


def _once(stretch: Stretch, found: Iterable[Problem], told: bool) -> tuple[list[Problem], bool]:
    """Keep of the doubts about a document's `*` the first, for the whole document."""
    kept: list[Problem] = []
    for doubt in found:
        if not (stretch.starred and isinstance(doubt, AmbiguousProduct) and doubt.matrix):
            kept.append(doubt)
        elif not told:
            kept.append(doubt._replace(everywhere=True))
            told = True
    return kept, told


def _contested(stretch: Stretch, judged: Judged) -> frozenset[str]:
    """Return the names that two other wrong formulas have, too, where formulas say what they are."""
    from shapelint.repair.drawn import contested  # a document without a fault has no use for it

    return contested(stretch.chosen.section, stretch.chosen.judged, judged)


def _problems(
    out: Collector, context: Context, read: Read, verdict: Verdict, extent: Span, doubted: frozenset[str]
) -> None:
    """Report what is wrong with a formula; its repair hangs on the first finding."""
    if verdict.problems:
        shown, left = at_most(verdict.problems)
        _repaired(out, context, read, verdict, shown, extent, doubted)
        out.leave_out(left)


def _repaired(
    out: Collector,
    context: Context,
    read: Read,
    verdict: Verdict,
    problems: Sequence[Problem],
    extent: Span,
    doubted: frozenset[str],
) -> None:
    from shapelint.explain.repairs import mended_above, with_repairs  # a doubt has no use for it
    from shapelint.repair.coincidence import only_if
    from shapelint.repair.find import repairs

    section = context.section
    assert section is not None
    sought = repairs(section, read, verdict, doubted)
    ones = [write_size(atom, section.facts.spellings) for atom in only_if(section, read, verdict)]
    for place, problem in enumerate(problems):
        diagnostic = explain(context, problem)
        if place == 0:
            diagnostic = with_repairs(context, diagnostic, sought)
            if ones:
                note = f"it fits only if {' or '.join(ones)} is 1"
                diagnostic = diagnostic._replace(notes=(*diagnostic.notes, note))
        elif sought.repairs:
            diagnostic = mended_above(diagnostic)
        out.add(diagnostic, extent)


def _context(out: Collector, section: Section, environment: Environment, read: Read) -> Context:
    assert read.formula is not None
    target = read.formula.parts[0]
    shape = gradient = None
    core: Node = target
    while isinstance(core, Transpose | Slice):
        core = core.child
    core = bare(core)
    if isinstance(target, Name) and isinstance(core, Name):
        shape = None if _is_only_named(section, core.symbol) else environment.shape(core.symbol)
        written = out.source.slice(Span(core.start, core.end))
        gradient = object_text(section, core.symbol, written, read.notation) if core.symbol.gradient else None
    text = out.source.slice(Span(target.start, target.end))
    return Context(out.source, out.text, section, Target(text, shape, gradient), read.notation)


def _is_only_named(section: Section, symbol: Symbol) -> bool:
    """Say whether nothing but its name says what shape a target has, where no name has a layer."""
    solution = section.solution
    if solution is None or symbol.gradient or section.speaks_of_layers:
        return False
    return (
        symbol.key not in solution.found
        and symbol.key not in section.found
        and section.stated(symbol) is None
    )


def undetermined(out: Collector, stretch: Stretch, judged: Judged, extent: Span) -> None:
    """Tell why the shapes of a formula cannot be told, from the notes of the last version where they hold."""
    section = stretch.chosen.section
    noted = section.note(judged, _OPEN) if section.recalls else None
    if noted is None:
        fact = open_because(section, judged, extent)
        noted = said(out.source, out.text, section, fact, judged.statement.notation)
        if section.recalls:
            section.keep_note(judged, _OPEN, noted)
    out.add(noted, extent)


_OPEN = "open"


def why_open(source: Source, section: Section, judged: Judged, extent: Span) -> str:
    """Say what of a formula nothing tells."""
    context = Context(source, section.text, section, None, judged.statement.notation)
    return in_words(context, open_because(section, judged, extent))
