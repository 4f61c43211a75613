"""What a client says of itself at `initialize` in, what the server goes by out."""

from typing import NamedTuple

from lsprotocol import types

from shapelint.server.places import ENCODINGS


class Client(NamedTuple):
    """What a client can do.

    `pulls` is true where it asks for diagnostics itself: then nothing is pushed. `related` stands for related
    information, `resolves` for code actions whose edit comes later, `versioned` for `documentChanges`.
    """

    encoding: str = "utf-16"
    pulls: bool = False
    related: bool = False
    literals: bool = True
    versioned: bool = False
    markdown: bool = False


def client(capabilities: types.ClientCapabilities) -> Client:
    """Read a client's capabilities; what it leaves out it cannot do."""
    documents = capabilities.text_document or types.TextDocumentClientCapabilities()
    published, actions, hover = documents.publish_diagnostics, documents.code_action, documents.hover
    edits = capabilities.workspace.workspace_edit if capabilities.workspace else None
    formats = (hover.content_format if hover else None) or ()
    return Client(
        encoding=encoding(capabilities),
        pulls=documents.diagnostic is not None,
        related=bool(published and published.related_information),
        literals=bool(actions and actions.code_action_literal_support),
        versioned=bool(edits and edits.document_changes),
        markdown=bool(formats) and formats[0] == types.MarkupKind.Markdown,
    )


def encoding(capabilities: types.ClientCapabilities) -> str:
    """Return the first encoding of a client that is known, UTF-16 where it names none."""
    general = capabilities.general
    offered = (general.position_encodings if general else None) or ()
    named = (str(getattr(one, "value", one)) for one in offered)
    return next((name for name in named if name in ENCODINGS), "utf-16")
