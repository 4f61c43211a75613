"""A place in a document in, what can be done there out: repairs, a comment that silences, a declaration, the analysis.

An action is offered with its edit, or, where the client can ask for it later, without: then it is found again by the
version of the document, the place, and its number there.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple

from lsprotocol import types

from shapelint.diagnostic import Diagnostic, Edit, Fix
from shapelint.fixing.declare import declaring
from shapelint.fixing.edits import together
from shapelint.fixing.ignore import ignoring
from shapelint.server.client import Client
from shapelint.server.derivations import gradient_at
from shapelint.server.document import Document
from shapelint.server.findings import shown
from shapelint.source import Span

FIX_ALL = "source.fixAll.shapelint"
SHOW_ANALYSIS = "shapelint.showAnalysis"
SHOW_DERIVATION = "shapelint.showDerivation"
QUICK_FIX: str = types.CodeActionKind.QuickFix.value
KINDS = (QUICK_FIX, FIX_ALL)
_NO_EDIT = ""  # the kind of an action that shows something


class Offer(NamedTuple):
    """Something that can be done: what it is called, its kind, and its edits, worked out when they are wanted."""

    title: str
    kind: str
    edits: Callable[[], Iterable[Edit]]
    about: Diagnostic | None = None
    preferred: bool = False


def actions(
    document: Document, client: Client, found: types.Range, only: Iterable[str] | None
) -> list[types.CodeAction]:
    """Return what can be done at a range; `only` are the kinds that are asked for."""
    wanted = None if only is None else [str(getattr(kind, "value", kind)) for kind in only]
    offered = []
    for number, offer in enumerate(_offers(document, document.places(client.encoding).span(found))):
        if _is_wanted(offer.kind, wanted):
            action = _action(document, client, offer, found, number)
            if action is not None:
                offered.append(action)
    if _is_wanted(_NO_EDIT, wanted) and (show := _analysis(document, client, found)) is not None:
        offered.append(show)
        offered += _derivation(document, client, found)
    return offered


def resolved(document: Document, client: Client, action: types.CodeAction) -> types.CodeAction:
    """Fill in the edit of an action; one that was offered for another version of the document stays without."""
    data = action.data if isinstance(action.data, dict) else {}
    if data.get("version") != document.version or not isinstance(data.get("number"), int):
        return action
    span = document.places(client.encoding).span(_range(data.get("range")))
    offer = next((one for n, one in enumerate(_offers(document, span)) if n == data["number"]), None)
    if offer is not None and offer.title == action.title:
        action.edit = _edit(document, client, list(offer.edits()))
    return action


def uri_of(action: types.CodeAction) -> str:
    """Return which document an action was offered for, "" where it does not say."""
    uri = action.data.get("uri") if isinstance(action.data, dict) else None
    return uri if isinstance(uri, str) else ""


def _range(value: Any) -> types.Range:
    """Read a range that came back with an action; one that is none is the beginning of the document."""
    numbers = value if isinstance(value, list) and len(value) == 4 else [0, 0, 0, 0]
    first, second, third, fourth = (one if isinstance(one, int) and one >= 0 else 0 for one in numbers)
    return types.Range(types.Position(first, second), types.Position(third, fourth))


def _is_wanted(kind: str, wanted: list[str] | None) -> bool:
    """A kind that is asked for stands for all that begin with it: `source` for `source.fixAll.shapelint`."""
    return wanted is None or any(not one or kind == one or kind.startswith(f"{one}.") for one in wanted)


def _offers(document: Document, span: Span) -> Iterator[Offer]:
    """Yield what can be done at a span: first the repairs of all findings there, then their silencing."""
    here = [one for one in document.report.diagnostics if _touches(one, span)]
    for diagnostic in here:
        yield from _repairs(diagnostic)
    yield from _declarations(document, span)
    for diagnostic in here:
        title = f"Ignore `{diagnostic.code}` here"
        yield Offer(title, QUICK_FIX, lambda one=diagnostic: ignoring(document.source, [one]), diagnostic)  # type: ignore[misc]  # a default binds it now
    yield from _all(document)


def _touches(diagnostic: Diagnostic, span: Span) -> bool:
    """A cursor anywhere on a finding, or on what its repair would change, is enough."""
    edits = [edit.span for fix in _fixes(diagnostic) for edit in fix.edits]
    return any(one.start <= span.end and span.start <= one.end for one in (diagnostic.span, *edits))


def _fixes(diagnostic: Diagnostic) -> Iterator[Fix]:
    if diagnostic.fix is not None:
        yield diagnostic.fix
    yield from diagnostic.alternatives


def _repairs(diagnostic: Diagnostic) -> Iterator[Offer]:
    for fix in _fixes(diagnostic):
        if fix.edits:
            title = fix.message[:1].upper() + fix.message[1:]
            preferred = fix is diagnostic.fix and fix.applicability == "safe"
            yield Offer(title, QUICK_FIX, fix.edits.__iter__, diagnostic, preferred)


def _declarations(document: Document, span: Span) -> Iterator[Offer]:
    """A formula whose shapes cannot be told lacks a name, whether somebody asked to be told so or not."""
    for diagnostic in document.everything.diagnostics:
        if diagnostic.undeclared is not None and _touches(diagnostic, span):
            yield Offer(
                f"Declare `{diagnostic.undeclared[0]}`", QUICK_FIX, _declaration(document, diagnostic)
            )


def _declaration(document: Document, diagnostic: Diagnostic) -> Callable[[], Iterable[Edit]]:
    def edits() -> Iterable[Edit]:
        edit = declaring(document.source, document.options, diagnostic)
        return () if edit is None else (edit,)

    return edits


def _all(document: Document) -> Iterator[Offer]:
    chosen = together(document.report, lambda _: True, False)
    edits = [edit for one in chosen if one.fix is not None for edit in one.fix.edits]
    if edits:
        yield Offer(f"Write all safe repairs of this document ({len(chosen)})", FIX_ALL, edits.__iter__)


def _analysis(document: Document, client: Client, found: types.Range) -> types.CodeAction | None:
    """Offer to show the analysis of the formula at a place, if there is one."""
    place = document.places(client.encoding).offset(found.start)
    if not document.shapes_within(Span(place, place)):
        return None
    title = "Show the shape of every term"
    arguments: list[Any] = [document.uri, {"line": found.start.line, "character": found.start.character}]
    return types.CodeAction(title, _NO_EDIT, command=types.Command(title, SHOW_ANALYSIS, arguments=arguments))


def _derivation(document: Document, client: Client, found: types.Range) -> list[types.CodeAction]:
    """Offer to show where the gradient at a place comes from, if there is one."""
    gradient = gradient_at(document, document.places(client.encoding).offset(found.start))
    if not gradient:
        return []
    title = f"Show where `{gradient}` comes from"
    arguments: list[Any] = [document.uri, {"line": found.start.line, "character": found.start.character}]
    command = types.Command(title, SHOW_DERIVATION, arguments=arguments)
    return [types.CodeAction(title, _NO_EDIT, command=command)]


def _action(
    document: Document, client: Client, offer: Offer, found: types.Range, number: int
) -> types.CodeAction | None:
    """Return an offer as the client takes it; None where it turns out that nothing is to be written."""
    action = types.CodeAction(offer.title, offer.kind, is_preferred=offer.preferred or None)
    if offer.about is not None:
        action.diagnostics = [shown(document, offer.about, client)]
    if client.resolves:
        ends = (found.start.line, found.start.character, found.end.line, found.end.character)
        action.data = {
            "uri": document.uri,
            "version": document.version,
            "range": list(ends),
            "number": number,
        }
        return action
    edits = list(offer.edits())
    if not edits:
        return None
    action.edit = _edit(document, client, edits)
    return action


def _edit(document: Document, client: Client, edits: Iterable[Edit]) -> types.WorkspaceEdit:
    written: dict[str, list[types.TextEdit]] = {}
    for edit in edits:
        place = document.located(edit.span, client.encoding)
        written.setdefault(place.uri, []).append(types.TextEdit(place.range, edit.content))
    if not client.versioned:
        return types.WorkspaceEdit(changes=written)
    changes = [types.TextDocumentEdit(_held(document, uri), list(texts)) for uri, texts in written.items()]
    return types.WorkspaceEdit(document_changes=changes)


def _held(document: Document, uri: str) -> types.OptionalVersionedTextDocumentIdentifier:
    """Name a document with its version; that of another cell of the notebook is not told."""
    version = document.version if uri == document.uri else None
    return types.OptionalVersionedTextDocumentIdentifier(uri=uri, version=version)
