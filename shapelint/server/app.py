"""The server: messages come in, documents are kept, and what the rooms beside this one make of them goes out.

Checks run one after the other beside the loop, so that it reads on; the result of an outdated version is dropped.
"""

import asyncio
import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Any, TypeVar

from lsprotocol import types
from pygls.lsp.server import LanguageServer

from shapelint import __version__
from shapelint.infer.recall.memory import OutdatedError
from shapelint.server.actions import KINDS, actions
from shapelint.server.client import Client, client
from shapelint.server.document import Document
from shapelint.server.findings import NAME, findings
from shapelint.server.hover import hover
from shapelint.server.outline import hints, symbols
from shapelint.server.protocol import Protocol
from shapelint.server.rest import Rest
from shapelint.server.settings import Settings

_LOG = logging.getLogger(__name__)
_PAUSE = 0.005  # seconds in which edits are taken together, before they are checked
_Found = TypeVar("_Found")


class Server(LanguageServer):
    """The state of one connection."""

    def __init__(self) -> None:
        """Start without a client and without documents."""
        super().__init__(
            NAME,
            __version__,
            text_document_sync_kind=types.TextDocumentSyncKind.Incremental,
            protocol_cls=Protocol,
        )
        self.client = Client()
        self.settings = Settings()
        self.documents: dict[str, Document] = {}
        self._rest = Rest()
        self._worker = ThreadPoolExecutor(max_workers=1)
        self._waiting: dict[str, asyncio.Task[None]] = {}

    @property
    def left_well(self) -> bool:
        """Say whether the client asked for `shutdown` before it left."""
        return isinstance(self.protocol, Protocol) and self.protocol.left_well

    def report_server_error(self, error: Exception, source: object) -> None:
        """Log a fault; nobody's editor shows a window for it."""
        _LOG.error("%s", error)

    def keep(self, document: Document) -> None:
        """Keep a document's newest version, and tell its findings to a client that does not ask."""
        self.documents[document.uri] = document
        document.wanted()
        self._rest.put_off()
        if not self.client.pulls:
            self._tell(document.uri)

    def forget(self, uri: str) -> None:
        """Drop a document that was closed; a client that does not ask is left without its findings."""
        document = self.documents.pop(uri, None)
        if document is not None:
            document.closed()
            if not self.client.pulls:
                self._publish(uri, None, [])

    def renew(self) -> None:
        """Read every open document anew, after settings have changed."""
        self.settings.reread()
        for uri, old in list(self.documents.items()):
            options, selection = self.settings.options(uri, old.language), self.settings.selection(uri)
            self.keep(Document(uri, old.language, old.version, old.source.text, options, selection))

    async def ask(self, uri: str, question: Callable[[Document], _Found], nothing: _Found) -> _Found:
        """Put a question to a document beside the loop, to its newest version; one that is not open gives `nothing`."""
        while (document := self.documents.get(uri)) is not None:
            with suppress(OutdatedError):
                answer = await asyncio.get_running_loop().run_in_executor(self._worker, question, document)
                if self.documents.get(uri) is document:
                    return answer
        return nothing

    def _tell(self, uri: str) -> None:
        waiting = self._waiting.get(uri)
        if waiting is None or waiting.done():
            self._waiting[uri] = asyncio.ensure_future(self._told(uri))

    async def _told(self, uri: str) -> None:
        """Publish what is found, until it is that of the newest version."""
        told: Document | None = None
        while (document := self.documents.get(uri)) is not None and document is not told:
            await asyncio.sleep(_PAUSE)
            document = self.documents.get(uri)
            if document is None:
                return
            try:
                found = await asyncio.get_running_loop().run_in_executor(
                    self._worker, findings, document, self.client
                )
            except OutdatedError:
                continue
            except Exception:
                _LOG.exception("a fault of shapelint, in %s", uri)
                found = []
            told = document
            if self.documents.get(uri) is document:
                self._publish(uri, document.version, found)

    def _publish(self, uri: str, version: int | None, found: list[types.Diagnostic]) -> None:
        self.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, found, version))


def server() -> Server:
    """Return a server with all its features, before `initialize`."""
    made = Server()
    for register in (_lifecycle, _texts, _diagnostics, _questions):
        register(made)
    return made


def _lifecycle(made: Server) -> None:
    @made.feature(types.INITIALIZE)
    def _(params: types.InitializeParams) -> None:
        made.client = client(params.capabilities)
        made.settings.take(params.initialization_options)

    @made.feature(types.WORKSPACE_DID_CHANGE_CONFIGURATION)
    def _(params: types.DidChangeConfigurationParams) -> None:
        made.settings.take(params.settings)
        made.renew()

    @made.feature(types.WORKSPACE_DID_CHANGE_WATCHED_FILES)
    def _(params: types.DidChangeWatchedFilesParams) -> None:
        made.renew()


def _texts(made: Server) -> None:
    @made.feature(types.TEXT_DOCUMENT_DID_OPEN)
    def _(params: types.DidOpenTextDocumentParams) -> None:
        opened = params.text_document
        language = str(getattr(opened.language_id, "value", opened.language_id))
        options = made.settings.options(opened.uri, language)
        selection = made.settings.selection(opened.uri)
        made.keep(Document(opened.uri, language, opened.version, opened.text, options, selection))

    @made.feature(types.TEXT_DOCUMENT_DID_CHANGE)
    def _(params: types.DidChangeTextDocumentParams) -> None:
        document = made.documents.get(params.text_document.uri)
        if document is None:
            _LOG.warning("an edit of a document that is not open: %s", params.text_document.uri)
            return
        made.keep(document.edited(params.text_document.version, params.content_changes, made.client.encoding))

    @made.feature(types.TEXT_DOCUMENT_DID_CLOSE)
    def _(params: types.DidCloseTextDocumentParams) -> None:
        made.forget(params.text_document.uri)


def _diagnostics(made: Server) -> None:
    options = types.DiagnosticOptions(
        inter_file_dependencies=False, workspace_diagnostics=False, identifier=NAME
    )

    @made.feature(types.TEXT_DOCUMENT_DIAGNOSTIC, options)
    async def _(params: types.DocumentDiagnosticParams) -> types.RelatedFullDocumentDiagnosticReport:
        none: list[types.Diagnostic] = []
        found = await made.ask(params.text_document.uri, lambda one: findings(one, made.client), none)
        return types.RelatedFullDocumentDiagnosticReport(found)


def _questions(made: Server) -> None:
    @made.feature(types.TEXT_DOCUMENT_CODE_ACTION, types.CodeActionOptions(code_action_kinds=list(KINDS)))
    async def _(params: types.CodeActionParams) -> list[types.CodeAction]:
        where, only = params.range, params.context.only
        return await made.ask(
            params.text_document.uri, lambda one: actions(one, made.client, where, only), []
        )

    @made.feature(types.TEXT_DOCUMENT_HOVER)
    async def _(params: types.HoverParams) -> types.Hover | None:
        nothing: Any = None
        return await made.ask(
            params.text_document.uri, lambda one: hover(one, made.client, params.position), nothing
        )

    @made.feature(types.TEXT_DOCUMENT_DOCUMENT_SYMBOL)
    async def _(params: types.DocumentSymbolParams) -> list[types.DocumentSymbol]:
        return await made.ask(params.text_document.uri, lambda one: symbols(one, made.client), [])

    @made.feature(types.TEXT_DOCUMENT_INLAY_HINT)
    async def _(params: types.InlayHintParams) -> list[types.InlayHint]:
        return await made.ask(params.text_document.uri, lambda one: hints(one, made.client, params.range), [])
