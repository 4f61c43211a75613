"""What a client asks about a document: each question is put to its newest version, beside the loop."""

from typing import Any

from lsprotocol import types

from shapelint.server.actions import KINDS, actions, resolved, uri_of
from shapelint.server.app import Server
from shapelint.server.findings import NAME
from shapelint.server.hover import hover
from shapelint.server.outline import hints, symbols


def register(made: Server) -> None:
    """Add the questions to a server."""
    _diagnostics(made)
    _actions(made)
    _places(made)


def _diagnostics(made: Server) -> None:
    options = types.DiagnosticOptions(
        inter_file_dependencies=False, workspace_diagnostics=True, identifier=NAME
    )

    @made.feature(types.TEXT_DOCUMENT_DIAGNOSTIC, options)
    async def _(params: types.DocumentDiagnosticParams) -> types.DocumentDiagnosticReport:
        return await made.pulled(params.text_document.uri, params.previous_result_id)


def _actions(made: Server) -> None:
    offers = types.CodeActionOptions(code_action_kinds=list(KINDS), resolve_provider=True)

    @made.feature(types.TEXT_DOCUMENT_CODE_ACTION, offers)
    async def _(params: types.CodeActionParams) -> list[types.CodeAction]:
        where, only = params.range, params.context.only
        if where.start == where.end:
            made.pace.cursor(params.text_document.uri, where.start.line)
        return await made.ask(
            params.text_document.uri, lambda one: actions(one, made.client, where, only), []
        )

    @made.feature(types.CODE_ACTION_RESOLVE)
    async def _(action: types.CodeAction) -> types.CodeAction:
        return await made.ask(uri_of(action), lambda one: resolved(one, made.client, action), action)


def _places(made: Server) -> None:
    @made.feature(types.TEXT_DOCUMENT_HOVER)
    async def _(params: types.HoverParams) -> types.Hover | None:
        nothing: Any = None
        return await made.ask(
            params.text_document.uri, lambda one: hover(one, made.client, params.position), nothing
        )

    @made.feature(types.TEXT_DOCUMENT_DOCUMENT_SYMBOL)
    async def _(params: types.DocumentSymbolParams) -> list[types.DocumentSymbol]:
        return await made.ask_notes(params.text_document.uri, lambda one: symbols(one, made.client), [])

    @made.feature(types.TEXT_DOCUMENT_INLAY_HINT)
    async def _(params: types.InlayHintParams) -> list[types.InlayHint]:
        return await made.ask(params.text_document.uri, lambda one: hints(one, made.client, params.range), [])
