"""The repairs of a document in, code actions out: each a quick fix, and one that writes all the safe ones."""

from collections.abc import Iterable, Iterator

from lsprotocol import types

from shapelint.diagnostic import Diagnostic, Edit, Fix
from shapelint.fixing.edits import together
from shapelint.server.client import Client
from shapelint.server.document import Document
from shapelint.server.findings import shown
from shapelint.source import Span

FIX_ALL = "source.fixAll.shapelint"
KINDS = (types.CodeActionKind.QuickFix, FIX_ALL)


def actions(
    document: Document, client: Client, found: types.Range, only: Iterable[str] | None
) -> list[types.CodeAction]:
    """Return what can be done at a range; `only` are the kinds that are asked for."""
    wanted = None if only is None else [str(getattr(kind, "value", kind)) for kind in only]
    offered: list[types.CodeAction] = []
    if _is_wanted("quickfix", wanted):
        span = document.places(client.encoding).span(found)
        for diagnostic in document.report.diagnostics:
            if _touches(diagnostic, span):
                offered += _repairs(document, client, diagnostic)
    if _is_wanted(FIX_ALL, wanted):
        offered += _all(document, client)
    return offered


def _is_wanted(kind: str, wanted: list[str] | None) -> bool:
    """A kind that is asked for stands for all that begin with it: `source` for `source.fixAll.shapelint`."""
    return wanted is None or any(not one or kind == one or kind.startswith(f"{one}.") for one in wanted)


def _touches(diagnostic: Diagnostic, span: Span) -> bool:
    """A cursor anywhere on a finding, or on what its repair would change, is enough."""
    edits = [edit.span for fix in _fixes(diagnostic) for edit in fix.edits]
    return any(one.start <= span.end and span.start <= one.end for one in (diagnostic.span, *edits))


def _fixes(diagnostic: Diagnostic) -> Iterator[Fix]:
    if diagnostic.fix is not None:
        yield diagnostic.fix
    yield from diagnostic.alternatives


def _repairs(document: Document, client: Client, diagnostic: Diagnostic) -> Iterator[types.CodeAction]:
    for fix in _fixes(diagnostic):
        if not fix.edits:
            continue
        yield types.CodeAction(
            title=fix.message[:1].upper() + fix.message[1:],
            kind=types.CodeActionKind.QuickFix,
            diagnostics=[shown(document, diagnostic, client)],
            is_preferred=fix is diagnostic.fix and fix.applicability == "safe",
            edit=_edit(document, client, fix.edits),
        )


def _all(document: Document, client: Client) -> Iterator[types.CodeAction]:
    chosen = together(document.report, lambda _: True, False)
    edits = [edit for one in chosen if one.fix is not None for edit in one.fix.edits]
    if edits:
        title = f"Write all safe repairs of this document ({len(chosen)})"
        yield types.CodeAction(title=title, kind=FIX_ALL, edit=_edit(document, client, edits))


def _edit(document: Document, client: Client, edits: Iterable[Edit]) -> types.WorkspaceEdit:
    places = document.places(client.encoding)
    written = [types.TextEdit(places.range(edit.span), edit.content) for edit in edits]
    if not client.versioned:
        return types.WorkspaceEdit(changes={document.uri: written})
    held = types.OptionalVersionedTextDocumentIdentifier(uri=document.uri, version=document.version)
    return types.WorkspaceEdit(document_changes=[types.TextDocumentEdit(held, list(written))])
