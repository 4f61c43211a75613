"""The words for repairs: what to write, and why that form is the one."""

from shapelint.diagnostic import Diagnostic, Edit, Fix
from shapelint.explain.context import Context
from shapelint.repair.find import Repair
from shapelint.source import Span

SAFE, UNSAFE = "safe", "unsafe"


def with_repairs(context: Context, diagnostic: Diagnostic, found: tuple[Repair, ...]) -> Diagnostic:
    """Hang the repairs of a formula on its first diagnostic, and highlight what the best of them touches."""
    if not found:
        return diagnostic
    best = found[0]
    notes = (*diagnostic.notes, *_why(context, best))
    fixes = tuple(_fix(context, diagnostic, repair) for repair in found)
    term = best.term if _highlights(found) else diagnostic.span
    return diagnostic._replace(
        span=term,
        term=context.source.slice(term),
        cause=best.cause,
        marks=_marks(diagnostic, term),
        notes=notes,
        fix=fixes[0],
        alternatives=fixes[1:],
    )


def mended_above(diagnostic: Diagnostic) -> Diagnostic:
    """Say of a further fault of a formula that the repair stands with the first one."""
    return diagnostic._replace(
        notes=(*diagnostic.notes, "the repair of the whole formula stands with its first finding")
    )


def _highlights(found: tuple[Repair, ...]) -> bool:
    """Two equally cheap repairs in different places leave the highlight on the part that fails."""
    rivals = [repair for repair in found[1:] if repair.cost - found[0].cost < 0.05]
    return all(repair.term == found[0].term for repair in rivals)


def _marks(diagnostic: Diagnostic, term: Span) -> tuple[Span, ...]:
    """Mark the faulty term, unless it is the whole operation: then its sign is marked as before."""
    sides = [label.span for label in diagnostic.labels]
    covers = [side for side in sides if term.start <= side.start and side.end <= term.end]
    if len(covers) > 1 or term == diagnostic.span:
        return diagnostic.marks
    return (term,)


def _fix(context: Context, diagnostic: Diagnostic, repair: Repair) -> Fix:
    change = repair.replacement
    edits = (Edit(change.span, change.content),)
    message = f"write `{_written(context, diagnostic, repair)}`"
    return Fix(message, _reason(repair), SAFE if repair.safe else UNSAFE, edits, repair.cause)


def _written(context: Context, diagnostic: Diagnostic, repair: Repair) -> str:
    """Return the new text of what the repair touches, wide enough to be read alone."""
    change = repair.replacement
    start = min(change.span.start, repair.term.start, *_inside(diagnostic, change.span))
    end = max(change.span.end, repair.term.end)
    text = context.source.text
    return " ".join((text[start : change.span.start] + change.content + text[change.span.end : end]).split())


def _inside(diagnostic: Diagnostic, change: Span) -> tuple[int, ...]:
    """A repair within the failing operation is shown with the operation."""
    if diagnostic.span.start <= change.start and change.end <= diagnostic.span.end:
        return (diagnostic.span.start,)
    return ()


def _reason(repair: Repair) -> str:
    return _REASONS.get(repair.cause, "then every size agrees")


_REASONS = {
    "transpose": "with the transpose every size agrees",
    "swap": "the factors in the other order fit",
    "product": "the other product fits",
    "layer": "the neighbouring layer fits",
    "sum": "so the sum keeps the shape that is needed",
    "parentheses": "with the brackets there every size agrees",
    "layout": "right with gradients laid out as rows; in this layout",
    "name": "then every size agrees",
    "several": "then every size agrees",
}


def _why(context: Context, repair: Repair) -> tuple[str, ...]:
    del context
    if repair.cause == "layout":
        return (
            "this is right when a gradient is laid out as a row, the transpose of its object; "
            "here a gradient has the shape of its object",
        )
    return ()
