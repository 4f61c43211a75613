"""All features of the server: what opens, changes and closes stands here, the rest in the rooms beside this one."""

import logging

from lsprotocol import types

from shapelint.server import commands, navigation, notebooks, questions, workspace
from shapelint.server.app import Server
from shapelint.server.client import client
from shapelint.server.document import Document

_LOG = logging.getLogger(__name__)


def server() -> Server:
    """Return a server with all its features, before `initialize`."""
    made = Server()
    _lifecycle(made)
    _texts(made)
    for room in (questions, navigation, notebooks, workspace, commands):
        room.register(made)
    return made


def _lifecycle(made: Server) -> None:
    @made.feature(types.INITIALIZE)
    def _(params: types.InitializeParams) -> None:
        made.client = client(params.capabilities)
        made.settings.take(params.initialization_options)
        for begin in made.initialized:
            begin(params)

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
