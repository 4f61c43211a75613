"""What a client says of itself at `initialize` in, what the server goes by out."""

from typing import NamedTuple

from lsprotocol import types

from shapelint.server.places import ENCODINGS


class Client(NamedTuple):
    """What a client can do.

    `pulls` is true where it asks for diagnostics itself: then nothing is pushed; if it `refreshes`, it can be
    told to ask again. `related` stands for related
    information, `resolves` for code actions whose edit comes later, `versioned` for `documentChanges`, `links` for
    definitions as links, `documented` for Markdown and `snippets` for places to fill in, both in completions.
    One that `configures` is asked for its settings, one that `watches` tells of files that change.
    """

    encoding: str = "utf-16"
    pulls: bool = False
    refreshes: bool = False
    related: bool = False
    resolves: bool = False
    versioned: bool = False
    markdown: bool = False
    links: bool = False
    documented: tuple[str, ...] = ()
    snippets: bool = False
    configures: bool = False
    watches: bool = False


def client(capabilities: types.ClientCapabilities, options: object = None) -> Client:
    """Read a client's capabilities; what it leaves out it cannot do, unless its options for us say so."""
    documents = capabilities.text_document or types.TextDocumentClientCapabilities()
    published, actions, hover = documents.publish_diagnostics, documents.code_action, documents.hover
    workspace = capabilities.workspace
    edits = workspace.workspace_edit if workspace else None
    watched = workspace.did_change_watched_files if workspace else None
    asked = workspace.diagnostics if workspace else None
    item = documents.completion.completion_item if documents.completion else None
    formats = (hover.content_format if hover else None) or ()
    return Client(
        encoding=encoding(capabilities, options),
        pulls=documents.diagnostic is not None,
        refreshes=bool(asked and asked.refresh_support),
        related=bool(published and published.related_information),
        resolves=bool(actions and actions.data_support and _resolves_edit(actions)),
        versioned=bool(edits and edits.document_changes),
        markdown=bool(formats) and formats[0] == types.MarkupKind.Markdown,
        links=bool(documents.definition and documents.definition.link_support),
        documented=tuple(one.value for one in (item.documentation_format if item else None) or ()),
        snippets=bool(item and item.snippet_support),
        configures=bool(workspace and workspace.configuration),
        watches=bool(watched and watched.dynamic_registration),
    )


def _resolves_edit(actions: types.CodeActionClientCapabilities) -> bool:
    return actions.resolve_support is not None and "edit" in actions.resolve_support.properties


def encoding(capabilities: types.ClientCapabilities, options: object = None) -> str:
    """Return the first encoding of a client that is known.

    One that names none counts in UTF-16, unless its plugin knows better: `{"positionEncoding": "utf-8"}`.
    """
    general = capabilities.general
    offered = (general.position_encodings if general else None) or ()
    named = [str(getattr(one, "value", one)) for one in offered]
    if not named and isinstance(options, dict):
        named = [str(options.get("positionEncoding"))]
    return next((name for name in named if name in ENCODINGS), "utf-16")
