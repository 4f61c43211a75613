"""The server: messages come in, documents are kept, and what the rooms beside this one make of them goes out.

Checks run one after the other beside the loop, so that it reads on; the result of an outdated version is dropped.
"""

import asyncio
import logging
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import TypeVar

from lsprotocol import types
from pygls.lsp.server import LanguageServer

from shapelint import __version__
from shapelint.infer.recall.memory import OutdatedError
from shapelint.server.client import Client
from shapelint.server.document import Document
from shapelint.server.findings import NAME, findings, report
from shapelint.server.pace import Pace
from shapelint.server.protocol import Protocol
from shapelint.server.rest import Rest
from shapelint.server.settings import Settings
from shapelint.server.typed import Shown, Typed, shown

_LOG = logging.getLogger(__name__)
_NOTEBOOKS = types.NotebookDocumentSyncOptions([types.NotebookDocumentFilterWithNotebook("jupyter-notebook")])
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
            notebook_document_sync=_NOTEBOOKS,
        )
        self.client = Client()
        self.settings = Settings()
        self.documents: dict[str, Document] = {}
        self.renewed: list[Callable[[], None]] = []  # what else has to be read anew
        self.initialized: list[Callable[[types.InitializeParams], None]] = []  # who else wants to know
        self.pace = Pace(self._settled)
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

    def edit(self, document: Document) -> None:
        """Keep the version that an edit made: its reader is typing."""
        self.pace.edit([(self.documents.get(document.uri), document)])
        self.keep(document)

    def keep_cells(self, cells: Sequence[Document], gone: Sequence[str]) -> None:
        """Keep the newest version of a notebook's cells; their findings are told to every client."""
        self.pace.edit([(self.documents.get(cell.uri), cell) for cell in cells])
        for uri in gone:
            self.pace.forget(uri)
            if self.documents.pop(uri, None) is not None:
                self._publish(uri, None, [])
        for cell in cells:
            self.documents[cell.uri] = cell
            cell.wanted()
            self._tell(cell.uri)
        self._rest.put_off()

    def forget(self, uri: str) -> None:
        """Drop a document that was closed; a client that does not ask is left without its findings."""
        document = self.documents.pop(uri, None)
        self.pace.forget(uri)
        if document is not None:
            document.closed()
            if not self.client.pulls:
                self._publish(uri, None, [])

    def renew(self) -> None:
        """Read every open document anew, after settings have changed."""
        self.settings.reread()
        self.pace.forget_all()
        for again in self.renewed:
            again()
        for uri, old in list(self.documents.items()):
            if old.pushed:
                continue
            options, selection = self.settings.options(uri, old.language), self.settings.selection(uri)
            self.keep(Document(uri, old.language, old.version, old.source.text, options, selection))
        if self.client.refreshes:
            self.workspace_diagnostic_refresh(None)

    async def ask(self, uri: str, question: Callable[[Document], _Found], nothing: _Found) -> _Found:
        """Put a question to a document beside the loop, to its newest version; one that is not open gives `nothing`."""
        while (document := self.documents.get(uri)) is not None:
            with suppress(OutdatedError):
                answer = await asyncio.get_running_loop().run_in_executor(self._worker, question, document)
                if self.documents.get(uri) is document:
                    return answer
        return nothing

    async def ask_notes(self, uri: str, question: Callable[[Document], _Found], nothing: _Found) -> _Found:
        """Put a question to a document of notes: in a program others know the names, and answer it already."""
        document = self.documents.get(uri)
        return nothing if document is None or document.is_program else await self.ask(uri, question, nothing)

    async def beside(self, work: Callable[[], _Found]) -> _Found:
        """Do a piece of work beside the loop."""
        return await asyncio.get_running_loop().run_in_executor(self._worker, work)

    def shown(self, document: Document) -> Shown:
        """Return what is shown of a version now: not yet all that is new, while somebody is typing."""
        delay = self.settings.delay
        return shown(document, self.pace.of(document.uri), delay, lambda one: findings(one, self.client))

    async def pulled(self, uri: str, before: str | None) -> types.DocumentDiagnosticReport:
        """Return the report for a client that asks; `before` is the identity of the one that it has.

        One that cannot be told to ask again is answered when nobody types any more, or an edit asks for another one.
        """
        while True:
            nothing = Shown([])
            found = await self.ask(uri, self.shown, nothing)
            document = self.documents.get(uri)
            if document is None or document.pushed:
                return types.RelatedFullDocumentDiagnosticReport([])
            if found.waits:
                over = self.pace.wait(uri, self.settings.delay)
                if not self.client.refreshes:
                    await asyncio.shield(over)
                    if self.documents.get(uri) is document:
                        continue
            return report(document, found, before)

    def _settled(self, uri: str) -> None:
        """Show what waited."""
        document = self.documents.get(uri)
        if document is None:
            return
        if document.pushed or not self.client.pulls:
            self._tell(uri)
        elif self.client.refreshes:
            self.workspace_diagnostic_refresh(None)

    def _tell(self, uri: str) -> None:
        waiting = self._waiting.get(uri)
        if waiting is None or waiting.done():
            self._waiting[uri] = asyncio.ensure_future(self._told(uri))

    async def _told(self, uri: str) -> None:
        """Publish what is shown, until it is that of the newest version."""
        told: tuple[Document, Typed | None] | None = None
        while (document := self.documents.get(uri)) is not None and (document, self.pace.of(uri)) != told:
            await asyncio.sleep(_PAUSE)
            document = self.documents.get(uri)
            if document is None:
                return
            now = self.pace.of(uri)
            try:
                found = await asyncio.get_running_loop().run_in_executor(self._worker, self.shown, document)
            except OutdatedError:
                continue
            except Exception:
                _LOG.exception("a fault of shapelint, in %s", uri)
                found = Shown([])
            told = document, now
            if self.documents.get(uri) is document:
                self._publish(uri, document.version, found.found)
                if found.waits:
                    self.pace.wait(uri, self.settings.delay)

    def _publish(self, uri: str, version: int | None, found: list[types.Diagnostic]) -> None:
        self.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, found, version))
