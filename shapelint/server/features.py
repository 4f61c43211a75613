"""All features of the server: what opens, changes and closes stands here, the rest in the rooms beside this one."""

import logging

from lsprotocol import types
from pygls.exceptions import JsonRpcException

from shapelint.server import commands, navigation, notebooks, questions, workspace
from shapelint.server.app import Server
from shapelint.server.client import client
from shapelint.server.document import Document
from shapelint.server.findings import NAME

_LOG = logging.getLogger(__name__)
_CONFIGURATIONS = ("shapelint.toml", "pyproject.toml")


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
        made.client = client(params.capabilities, params.initialization_options)
        made.settings.take(params.initialization_options)
        for begin in made.initialized:
            begin(params)

    @made.feature(types.INITIALIZED)
    async def _(_: types.InitializedParams) -> None:
        await _configure(made)
        if made.client.watches:
            await _watch(made)

    @made.feature(types.WORKSPACE_DID_CHANGE_CONFIGURATION)
    async def _(params: types.DidChangeConfigurationParams) -> None:
        if params.settings:
            made.settings.take(params.settings)
            made.renew()
        else:
            await _configure(made)

    @made.feature(types.WORKSPACE_DID_CHANGE_WATCHED_FILES)
    def _(params: types.DidChangeWatchedFilesParams) -> None:
        made.renew()


async def _configure(made: Server) -> None:
    """Ask the client for its settings, if it can be asked; an empty answer changes nothing."""
    if not made.client.configures:
        return
    asked = types.ConfigurationParams([types.ConfigurationItem(section=NAME)])
    try:
        answer = await made.workspace_configuration_async(asked)
    except JsonRpcException as refusal:
        _LOG.warning("the client tells no settings: %s", refusal)
        return
    if answer and answer[0]:
        made.settings.take(answer[0])
        made.renew()


async def _watch(made: Server) -> None:
    """Ask to be told when a configuration file changes."""
    watchers = [types.FileSystemWatcher(f"**/{name}") for name in _CONFIGURATIONS]
    options = types.DidChangeWatchedFilesRegistrationOptions(watchers)
    wanted = types.Registration("shapelint-configuration", types.WORKSPACE_DID_CHANGE_WATCHED_FILES, options)
    try:
        await made.client_register_capability_async(types.RegistrationParams([wanted]))
    except JsonRpcException as refusal:
        _LOG.warning("the client does not tell when a configuration changes: %s", refusal)


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
        made.edit(document.edited(params.text_document.version, params.content_changes, made.client.encoding))

    @made.feature(types.TEXT_DOCUMENT_DID_SAVE)
    def _(params: types.DidSaveTextDocumentParams) -> None:
        made.pace.settle(params.text_document.uri)

    @made.feature(types.TEXT_DOCUMENT_DID_CLOSE)
    def _(params: types.DidCloseTextDocumentParams) -> None:
        made.forget(params.text_document.uri)
