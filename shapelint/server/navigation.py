"""Where names come from and stand, what may be written next: each question is put to the newest version."""

from lsprotocol import types

from shapelint.server import completion, signatures
from shapelint.server.app import Server
from shapelint.server.definitions import definition, highlights, references


def register(made: Server) -> None:
    """Add the questions to a server."""
    _names(made)
    _writing(made)


def _names(made: Server) -> None:
    @made.feature(types.TEXT_DOCUMENT_DEFINITION)
    async def _(params: types.DefinitionParams) -> list[types.Location] | list[types.LocationLink]:
        nothing: list[types.Location] | list[types.LocationLink] = []
        return await made.ask_notes(
            params.text_document.uri, lambda one: definition(one, made.client, params.position), nothing
        )

    @made.feature(types.TEXT_DOCUMENT_REFERENCES)
    async def _(params: types.ReferenceParams) -> list[types.Location]:
        declared = params.context.include_declaration
        return await made.ask_notes(
            params.text_document.uri, lambda one: references(one, made.client, params.position, declared), []
        )

    @made.feature(types.TEXT_DOCUMENT_DOCUMENT_HIGHLIGHT)
    async def _(params: types.DocumentHighlightParams) -> list[types.DocumentHighlight]:
        made.pace.cursor(params.text_document.uri, params.position.line)
        return await made.ask_notes(
            params.text_document.uri, lambda one: highlights(one, made.client, params.position), []
        )


def _writing(made: Server) -> None:
    @made.feature(
        types.TEXT_DOCUMENT_COMPLETION, types.CompletionOptions(trigger_characters=list(completion.TRIGGERS))
    )
    async def _(params: types.CompletionParams) -> types.CompletionList:
        nothing = types.CompletionList(is_incomplete=False, items=[])
        return await made.ask_notes(
            params.text_document.uri,
            lambda one: completion.completions(one, made.client, params.position),
            nothing,
        )

    @made.feature(
        types.TEXT_DOCUMENT_SIGNATURE_HELP,
        types.SignatureHelpOptions(trigger_characters=list(signatures.TRIGGERS)),
    )
    async def _(params: types.SignatureHelpParams) -> types.SignatureHelp | None:
        nothing: types.SignatureHelp | None = None
        return await made.ask_notes(
            params.text_document.uri,
            lambda one: signatures.help_at(one, made.client, params.position),
            nothing,
        )
