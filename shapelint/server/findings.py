"""A report in, the protocol's diagnostics out."""

from collections.abc import Iterator

from lsprotocol import types

from shapelint.diagnostic import ERROR, Diagnostic
from shapelint.server.client import Client
from shapelint.server.document import Document

NAME = "shapelint"


def findings(document: Document, client: Client) -> list[types.Diagnostic]:
    """Return the diagnostics of a document as its client shows them."""
    return [shown(document, one, client) for one in document.report.diagnostics]


def pulled(document: Document, client: Client) -> list[types.Diagnostic]:
    """Return the diagnostics that a client gets that asks for them: none of what is pushed to it anyway."""
    return [] if document.pushed else findings(document, client)


def shown(document: Document, diagnostic: Diagnostic, client: Client) -> types.Diagnostic:
    """Return one finding; where the client shows nothing beside it, the message stands alone."""
    places = document.places(client.encoding)
    return types.Diagnostic(
        range=places.range(diagnostic.span),
        message="\n".join(_sentences(diagnostic)),
        severity=types.DiagnosticSeverity.Error
        if diagnostic.severity == ERROR
        else types.DiagnosticSeverity.Warning,
        code=diagnostic.code,
        source=NAME,
        related_information=_related(document, diagnostic, client) if client.related else None,
    )


def _sentences(diagnostic: Diagnostic) -> Iterator[str]:
    yield diagnostic.message
    yield from diagnostic.notes
    if diagnostic.fix is not None:
        reason = f"{diagnostic.fix.reason}: " if diagnostic.fix.reason else ""
        yield f"help: {reason}{diagnostic.fix.message}"


def _related(
    document: Document, diagnostic: Diagnostic, client: Client
) -> list[types.DiagnosticRelatedInformation]:
    return [
        types.DiagnosticRelatedInformation(document.located(label.span, client.encoding), label.message)
        for label in diagnostic.labels
    ]
