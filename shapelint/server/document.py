"""An open document: its text through all edits, and what was found in that very text."""

import os
from collections.abc import Sequence
from functools import cached_property
from pathlib import PurePath
from urllib.parse import unquote, urlsplit

from lsprotocol import types

from shapelint.check import Examined, Options, examine
from shapelint.diagnostic import FormulaShapes, Report
from shapelint.documents.kinds import KINDS, NOTEBOOK, kind
from shapelint.infer.recall.memory import Memory
from shapelint.selection import Selection, keep
from shapelint.server.places import Places
from shapelint.source import Source, Span, spliced

# What an editor calls the languages of documents that have no suffix of ours.
_SUFFIXES = {"markdown": ".md", "latex": ".tex", "tex": ".tex", "plaintex": ".tex", "shapelint": ".shapes"}


class Document:
    """One version of an open document: it never changes, an edit makes the next one."""

    def __init__(
        self,
        uri: str,
        language: str,
        version: int,
        text: str,
        options: Options,
        selection: Selection,
        memory: Memory | None = None,
    ) -> None:
        """Take the text as the editor sent it; nothing is worked out before somebody asks.

        `memory` recalls the earlier versions under the same options.
        """
        self.uri = uri
        self.language = language
        self.version = version
        self.source = Source(_name(uri, language), text)
        self.options = options
        self.selection = selection
        self.memory = memory or Memory()

    def wanted(self) -> None:
        """Say that this version is the newest: work on another one may stop, and raises OutdatedError."""
        self.memory.wanted = self.source

    def closed(self) -> None:
        """Say that nobody waits for any version."""
        self.memory.wanted = self

    @cached_property
    def report(self) -> Report:
        """Return what is found."""
        examined = self._examined
        if examined is None:
            return Report(self.source, ())
        found = examined.report()
        return found._replace(diagnostics=keep(found.diagnostics, self.selection))

    @cached_property
    def shapes(self) -> tuple[FormulaShapes, ...]:
        """Return the analysis of every formula."""
        return self.shapes_within(None)

    def shapes_within(self, span: Span | None) -> tuple[FormulaShapes, ...]:
        """Return the analysis of the formulas that touch a span."""
        return () if self._examined is None else self._examined.analysis(span)

    @cached_property
    def _examined(self) -> Examined | None:
        if kind(self.source.name) == NOTEBOOK:
            return None  # the JSON of a notebook; its cells come by other messages
        return examine(self.source, self.options, self.memory)

    def places(self, encoding: str) -> Places:
        """Return the places of this text as a client counts them."""
        return Places(self.source, encoding)

    def edited(
        self, version: int, changes: Sequence[types.TextDocumentContentChangeEvent], encoding: str
    ) -> "Document":
        """Return the next version: the changes one after the other, each in the text that the last one left."""
        text = self.source.text
        for change in changes:
            if isinstance(change, types.TextDocumentContentChangePartial):
                span = Places(Source("", text), encoding).span(change.range)
                text = spliced(text, [(Span(*span), change.text)])
            else:
                text = change.text
        return Document(self.uri, self.language, version, text, self.options, self.selection, self.memory)


def path_of(uri: str) -> str:
    """Return the path of a file's URI, "" for a document that is no file."""
    parts = urlsplit(uri)
    if parts.scheme != "file":
        return ""
    path = unquote(parts.path)
    return path[1:] if os.name == "nt" and path[2:3] == ":" else path


def _name(uri: str, language: str) -> str:
    """Return a name by which the kind of a document is known: that of its file, else that of its language."""
    path = path_of(uri)
    name = PurePath(path or unquote(uri).rsplit(":", 1)[-1]).name or "document"
    if any(name.lower().endswith(row.suffix) for row in KINDS):
        return name
    return name + _SUFFIXES.get(language, "")


def is_named(uri: str, language: str) -> bool:
    """Say whether a document holds formulas by its name: then all of it is about a network."""
    name = _name(uri, language)
    return name.endswith((".shapes", "formulas.txt"))
