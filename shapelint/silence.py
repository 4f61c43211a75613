"""Suppressions: diagnostics in, those that nothing silences out, with a warning for each idle suppression."""

from collections.abc import Sequence

from shapelint.codes import CODES, OFF
from shapelint.diagnostic import Diagnostic
from shapelint.documents.directives import Directives, Silence
from shapelint.problems import UnusedIgnore
from shapelint.source import Source, Span


def silenced(
    source: Source, diagnostics: Sequence[Diagnostic], directives: Directives, extents: Sequence[Span]
) -> list[Diagnostic]:
    """Return the diagnostics that stay; `extents` are the statements that they are about."""
    if not directives.silences:
        return list(diagnostics)
    used: set[Span] = set()
    kept: list[Diagnostic] = []
    for diagnostic, extent in zip(diagnostics, extents, strict=True):
        hits = [
            one for one in directives.silences if _covers(source, one, extent) and _names(one, diagnostic)
        ]
        used.update(one.span for one in hits)
        if not hits:
            kept.append(diagnostic)
    idle = [UnusedIgnore(one.span, one.codes) for one in directives.silences if one.span not in used]
    if idle:
        from shapelint.explain import explain  # not loaded where nothing is wrong
        from shapelint.explain.context import Context

        context = Context(source, source.text, None, None)
        kept += [explain(context, one) for one in idle]
    return kept


def _covers(source: Source, silence: Silence, extent: Span) -> bool:
    """Say whether a statement touches the stretch, or ends on the line of the comment."""
    line_end = source.text.find("\n", extent.end)
    end = len(source.text) if line_end < 0 else line_end
    return extent.start < silence.end and end >= silence.start


def _names(silence: Silence, diagnostic: Diagnostic) -> bool:
    if not silence.codes:
        return CODES[diagnostic.code].severity != OFF  # what nobody asked for is no use of a comment
    return diagnostic.code in silence.codes
