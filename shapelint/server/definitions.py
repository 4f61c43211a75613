"""A place in a document in, where the name there comes from and where else it stands out."""

from lsprotocol import types

from shapelint.infer.occurrences import DECLARED, USED, Occurrence
from shapelint.server.client import Client
from shapelint.server.document import Document


def definition(
    document: Document, client: Client, position: types.Position
) -> list[types.Location] | list[types.LocationLink]:
    """Return where the name at a place is declared, else first assigned."""
    places = document.places(client.encoding)
    name = _name(document, client, position)
    if name is None or document.names is None:
        return []
    found = document.names.origins(name)
    where = [document.located(one.span, client.encoding) for one in found]
    if not client.links:
        return where
    here = places.range(name.span)
    return [types.LocationLink(one.uri, one.range, one.range, here) for one in where]


def references(
    document: Document, client: Client, position: types.Position, declarations: bool
) -> list[types.Location]:
    """Return where the name at a place stands, with or without its declarations."""
    return [
        document.located(one.span, client.encoding)
        for one in _same(document, client, position)
        if declarations or one.role != DECLARED
    ]


def highlights(document: Document, client: Client, position: types.Position) -> list[types.DocumentHighlight]:
    """Return where the name at a place stands: what assigns or declares it is written, the rest is read."""
    places = document.places(client.encoding)
    kinds = types.DocumentHighlightKind
    return [
        types.DocumentHighlight(places.range(one.span), kinds.Read if one.role == USED else kinds.Write)
        for one in _same(document, client, position)
        if document.holds(one.span)
    ]


def _name(document: Document, client: Client, position: types.Position) -> Occurrence | None:
    place = document.places(client.encoding).offset(position)
    return document.names.at(place) if document.names is not None else None


def _same(document: Document, client: Client, position: types.Position) -> list[Occurrence]:
    name = _name(document, client, position)
    return [] if name is None or document.names is None else document.names.same(name)
