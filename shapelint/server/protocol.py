"""pygls' protocol, as the standard asks: what it answers before `initialize`, after `shutdown`, and to bad messages.

pygls 2.1 answers requests before `initialize`, never one with bad parameters, none after `shutdown`, and shows
the user bad JSON. Documents are kept by the server: pygls' own lines end where no editor's do.
"""

import logging
from typing import Any

from lsprotocol import types
from pygls.exceptions import JsonRpcException, JsonRpcInvalidParams, JsonRpcInvalidRequest
from pygls.protocol import LanguageServerProtocol
from pygls.protocol.language_server import lsp_method

_LOG = logging.getLogger(__name__)
_NOT_INITIALIZED = -32002


class Unreadable:
    """A message whose parameters are none of its method: a request is answered so, a notification logged."""

    jsonrpc = "2.0"

    def __init__(self, identity: Any, method: str) -> None:
        """Keep what an answer needs."""
        self.id = identity
        self.method = method


class Protocol(LanguageServerProtocol):
    """The protocol with the answers that are missing."""

    _started = False

    @property
    def left_well(self) -> bool:
        """Say whether the client asked for `shutdown` before it left."""
        return self._shutdown

    def structure_message(self, data: dict[str, Any]) -> Any:
        """Read a message; one that is none of its method's kind is kept as that."""
        try:
            return super().structure_message(data)
        except JsonRpcException:
            return Unreadable(data.get("id"), str(data.get("method", "")))

    def handle_message(self, message: Any) -> None:
        """Answer what may not be asked now, and pass on the rest."""
        if isinstance(message, Unreadable):
            _LOG.warning("bad parameters of %r", message.method)
            if message.id is not None:
                self._refuse(message.id, JsonRpcInvalidParams())
        elif not isinstance(getattr(message, "jsonrpc", None), str):
            _LOG.warning("no message of the protocol: %.200r", message)
        else:
            self._handle(message, getattr(message, "method", None), getattr(message, "id", None))

    def _handle(self, message: Any, method: str | None, identity: Any) -> None:
        if method is not None and identity is not None:
            if (refusal := self._refusal(method)) is not None:
                self._refuse(identity, refusal)
                return
        elif method is not None and method != types.EXIT and not self._started:
            return  # notifications before `initialize` are dropped
        self._started = self._started or method == types.INITIALIZE
        super().handle_message(message)

    def _refusal(self, method: str) -> JsonRpcException | None:
        """Return why a request is refused by what came before it, None where it is not."""
        if self._shutdown:
            return JsonRpcInvalidRequest("the server is shut down")
        if not self._started and method != types.INITIALIZE:
            return JsonRpcException("not initialized yet", _NOT_INITIALIZED)
        if self._started and method == types.INITIALIZE:
            return JsonRpcInvalidRequest("initialized already")
        return None

    @lsp_method(types.TEXT_DOCUMENT_DID_OPEN)
    def lsp_text_document__did_open(self, params: types.DidOpenTextDocumentParams) -> None:
        """Leave the document to the server."""
        self._pass_on(types.TEXT_DOCUMENT_DID_OPEN, params)

    @lsp_method(types.TEXT_DOCUMENT_DID_CHANGE)
    def lsp_text_document__did_change(self, params: types.DidChangeTextDocumentParams) -> None:
        """Leave the edits to the server."""
        self._pass_on(types.TEXT_DOCUMENT_DID_CHANGE, params)

    @lsp_method(types.TEXT_DOCUMENT_DID_CLOSE)
    def lsp_text_document__did_close(self, params: types.DidCloseTextDocumentParams) -> None:
        """Leave the document to the server."""
        self._pass_on(types.TEXT_DOCUMENT_DID_CLOSE, params)

    @lsp_method(types.NOTEBOOK_DOCUMENT_DID_OPEN)
    def lsp_notebook_document__did_open(self, params: types.DidOpenNotebookDocumentParams) -> None:
        """Leave the notebook to the server."""
        self._pass_on(types.NOTEBOOK_DOCUMENT_DID_OPEN, params)

    @lsp_method(types.NOTEBOOK_DOCUMENT_DID_CHANGE)
    def lsp_notebook_document__did_change(self, params: types.DidChangeNotebookDocumentParams) -> None:
        """Leave the edits to the server."""
        self._pass_on(types.NOTEBOOK_DOCUMENT_DID_CHANGE, params)

    @lsp_method(types.NOTEBOOK_DOCUMENT_DID_CLOSE)
    def lsp_notebook_document__did_close(self, params: types.DidCloseNotebookDocumentParams) -> None:
        """Leave the notebook to the server."""
        self._pass_on(types.NOTEBOOK_DOCUMENT_DID_CLOSE, params)

    def _pass_on(self, method: str, params: Any) -> None:
        handler = self.fm.features.get(method)
        if handler is not None:
            handler(params)

    def _refuse(self, identity: Any, error: JsonRpcException) -> None:
        self._send_response(identity, None, error.to_response_error())
