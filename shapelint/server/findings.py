"""A report in, the protocol's diagnostics out."""

from collections.abc import Iterable
from hashlib import blake2b

from lsprotocol import types

from shapelint.codes import CODES, OFF
from shapelint.diagnostic import ERROR, Diagnostic
from shapelint.server.client import Client
from shapelint.server.document import Document
from shapelint.server.typed import Shown

NAME = "shapelint"


def findings(document: Document, client: Client) -> list[types.Diagnostic]:
    """Return the diagnostics of a document as its client shows them."""
    return [shown(document, one, client) for one in document.report.diagnostics]


def report(document: Document, shown: Shown, before: str | None) -> types.DocumentDiagnosticReport:
    """Return the report for a client that asks; `before` is the identity of the report that it has."""
    identified = identity(document, shown.found if shown.waits else None)
    if identified == before:
        return types.RelatedUnchangedDocumentDiagnosticReport(identified)
    return types.RelatedFullDocumentDiagnosticReport(shown.found, result_id=identified)


def identity(document: Document, shown: Iterable[types.Diagnostic] | None = None) -> str:
    """Return what tells a report from others: the same text under the same settings has the same.

    `shown` is what is shown of it where something waits.
    """
    told = f"{document.options}{document.selection}{document.source.text}"
    if shown is not None:
        told += f"\0{[(one.range.start, one.message) for one in shown]}"
    return blake2b(told.encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()


def shown(document: Document, diagnostic: Diagnostic, client: Client) -> types.Diagnostic:
    """Return one finding; where the client shows nothing beside it, the message stands alone."""
    places = document.places(client.encoding)
    return types.Diagnostic(
        range=places.range(diagnostic.span),
        message="\n".join(diagnostic.sentences),
        severity=_severity(diagnostic),
        code=diagnostic.code,
        source=NAME,
        related_information=_related(document, diagnostic, client) if client.related else None,
    )


def _severity(diagnostic: Diagnostic) -> types.DiagnosticSeverity:
    """What was not checked is a hint, which editors underline faintly: nothing is wrong with it."""
    if CODES[diagnostic.code].severity == OFF:
        return types.DiagnosticSeverity.Hint
    wrong = diagnostic.severity == ERROR
    return types.DiagnosticSeverity.Error if wrong else types.DiagnosticSeverity.Warning


def _related(
    document: Document, diagnostic: Diagnostic, client: Client
) -> list[types.DiagnosticRelatedInformation]:
    return [
        types.DiagnosticRelatedInformation(document.located(label.span, client.encoding), label.message)
        for label in diagnostic.labels
    ]
