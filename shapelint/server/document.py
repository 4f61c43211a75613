"""An open document: its text through all edits, and what was found in that very text."""

import os
from collections.abc import Sequence
from functools import cached_property
from pathlib import PurePath
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from lsprotocol import types

from shapelint.check import Examined, Options, examine
from shapelint.diagnostic import FormulaShapes, Report
from shapelint.documents.directives import Silence
from shapelint.documents.kinds import KINDS, NOTEBOOK, OCTAVE, PYTHON, TEXT, kind
from shapelint.documents.regions import PLAIN, Region
from shapelint.infer.choose import Chosen
from shapelint.infer.occurrences import Occurrences
from shapelint.infer.recall.memory import Memory
from shapelint.selection import Selection, keep
from shapelint.server.places import Places
from shapelint.source import Source, Span, spliced

if TYPE_CHECKING:
    from shapelint.calculus.derivation import Derivation
    from shapelint.calculus.steps import Step

# What an editor calls the languages of our documents, with a suffix of theirs.
_SUFFIXES = {
    "markdown": ".md",
    "quarto": ".qmd",
    "rmd": ".rmd",
    "latex": ".tex",
    "tex": ".tex",
    "plaintex": ".tex",
    "shapelint": ".shapes",
    "python": ".py",
    "octave": ".m",
    "matlab": ".m",
}


class Document:
    """One version of an open document: it never changes, an edit makes the next one.

    What is `pushed` is told to every client, whether it asks for diagnostics or not.
    """

    pushed = False

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
        """Return what is found and wanted."""
        found = self.everything
        return found._replace(diagnostics=keep(found.diagnostics, self.selection))

    @cached_property
    def everything(self) -> Report:
        """Return what is found, wanted or not."""
        examined = self._examined
        return Report(self.source, ()) if examined is None else examined.report()

    @cached_property
    def names(self) -> Occurrences | None:
        """Return where every name stands."""
        return None if self._examined is None else self._examined.names()

    def dialect_at(self, place: int) -> str:
        """Return in which dialect formulas are written at a place, "" where none can stand."""
        line = self.source.line_span(self.source.row(place)).start
        if kind(self.source.name) == TEXT:
            return "" if "#" in self.source.text[line:place] else PLAIN
        return next((one.dialect for one in self._regions if one.start <= place <= one.end), "")

    @property
    def text(self) -> str:
        """Return the text as its editor has it."""
        return self.source.text

    @property
    def is_program(self) -> bool:
        """Say whether this is a program, whose names other servers know."""
        return kind(self.source.name) in (PYTHON, OCTAVE)

    @cached_property
    def _regions(self) -> Sequence[Region]:
        from shapelint.documents.sections import found_in

        return found_in(self.source, kind(self.source.name)).regions

    def section_at(self, place: int) -> Chosen:
        """Return the section of the last formula before a place, else the first; an empty document gets one."""
        judged = self._examined.judged if self._examined is not None else None
        stretches = judged[1].stretches if judged is not None else ()
        begun = [one for one in stretches if one.chosen.judged[0].statement.start <= place]
        if begun or stretches:
            return max(begun or stretches[:1], key=lambda one: one.chosen.judged[0].statement.start).chosen
        empty = examine(Source("formulas.txt", "Z1 = W1 X + b1"), self.options).judged
        assert empty is not None
        return empty[1].stretches[0].chosen

    @property
    def silences(self) -> Sequence[Silence]:
        """Return the comments that silence findings."""
        judged = self._examined.judged if self._examined is not None else None
        return judged[0].directives.silences if judged is not None else ()

    @cached_property
    def shapes(self) -> tuple[FormulaShapes, ...]:
        """Return the analysis of every formula."""
        return self.shapes_within(None)

    def shapes_within(self, span: Span | None) -> tuple[FormulaShapes, ...]:
        """Return the analysis of the formulas that touch a span."""
        return () if self._examined is None else self._examined.analysis(span)

    @cached_property
    def derivation(self) -> "Derivation | None":
        """Return every step of the document's network, None where nothing can be read."""
        if self._examined is None:
            return None
        from shapelint.calculus.usual import usual  # only a gradient that somebody points at is derived

        return self._examined.derivation(lambda _: (), False, usual(self.everything.convention))

    def step(self, gradient: str) -> "Step | None":
        """Return the step to a gradient, as it is written, None where there is none."""
        if self.derivation is None:
            return None
        from shapelint.calculus.targets import key_of

        key = key_of(self.derivation.network, gradient)
        return None if key is None else self.derivation.all.by_key.get(key)

    @cached_property
    def _examined(self) -> Examined | None:
        if kind(self.source.name) == NOTEBOOK:
            return None  # the JSON of a notebook; its cells come by other messages
        return examine(self.source, self.options, self.memory)

    def places(self, encoding: str) -> Places:
        """Return the places of this text as a client counts them."""
        return Places(self.source, encoding)

    def holds(self, span: Span) -> bool:
        """Say whether a span stands in this document, and not in another cell of its notebook."""
        return True

    def located(self, span: Span, encoding: str) -> types.Location:
        """Return where a span stands: the document, or the cell of it, and the range there."""
        return types.Location(self.uri, self.places(encoding).range(span))

    def edited(
        self, version: int, changes: Sequence[types.TextDocumentContentChangeEvent], encoding: str
    ) -> "Document":
        """Return the next version: the changes one after the other, each in the text that the last one left."""
        text = applied(self.source.text, changes, encoding)
        return Document(self.uri, self.language, version, text, self.options, self.selection, self.memory)


def applied(text: str, changes: Sequence[types.TextDocumentContentChangeEvent], encoding: str) -> str:
    """Return a text after changes, one after the other, each in the text that the last one left."""
    for change in changes:
        if isinstance(change, types.TextDocumentContentChangePartial):
            span = Places(Source("", text), encoding).span(change.range)
            text = spliced(text, [(Span(*span), change.text)])
        else:
            text = change.text
    return text


def path_of(uri: str) -> str:
    """Return the path of a file's URI, "" for a document that is no file."""
    parts = urlsplit(uri)
    if parts.scheme != "file":
        return ""
    path = unquote(parts.path)
    return path[1:] if os.name == "nt" and path[2:3] == ":" else path


def _name(uri: str, language: str) -> str:
    """Return a name by which the kind of a document is known: its language says it before that of its file does.

    JupyterLab sends the cells of code of `course.ipynb` under that name, as one document of Python.
    """
    path = path_of(uri)
    name = PurePath(path or unquote(uri).rsplit(":", 1)[-1]).name or "document"
    suffix = _SUFFIXES.get(language, "")
    named = any(name.lower().endswith(row.suffix) for row in KINDS)
    return name if named and (not suffix or kind(name) == kind(suffix)) else name + suffix


def is_named(uri: str, language: str) -> bool:
    """Say whether a document holds formulas by its name: then all of it is about a network."""
    name = _name(uri, language)
    return name.endswith((".shapes", "formulas.txt"))
