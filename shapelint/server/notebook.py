"""A notebook as an editor keeps it: its cells in their order, each with its text; together they are one document.

Positions count inside of a cell, and what one cell declares holds in those below it. The cells of code are one program.
"""

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

from lsprotocol import types

from shapelint.check import Examined, Options, examine
from shapelint.diagnostic import FormulaShapes, Report
from shapelint.documents.notebook.view import CODE, MARKDOWN, Cells
from shapelint.infer.occurrences import Occurrences
from shapelint.infer.recall.memory import Memory
from shapelint.selection import Selection
from shapelint.server.document import Document, applied
from shapelint.server.places import CellPlaces, Places
from shapelint.source import Cell, Span

_KINDS = {types.NotebookCellKind.Markup: MARKDOWN, types.NotebookCellKind.Code: CODE}


_LANGUAGES = {MARKDOWN: "markdown", CODE: "python"}


class Text(NamedTuple):
    """The text of a cell, and its version."""

    version: int
    text: str


class Notebook(NamedTuple):
    """One version of a notebook: its cells in their order, by URI and kind, and their texts."""

    uri: str
    cells: tuple[types.NotebookCell, ...]
    texts: Mapping[str, Text]

    def changed(self, change: types.NotebookDocumentCellChanges, encoding: str) -> "Notebook":
        """Return the next version: cells first, then their texts. What speaks of unknown cells is left aside."""
        cells, texts = list(self.cells), dict(self.texts)
        if change.structure is not None:
            array = change.structure.array
            cells[array.start : array.start + array.delete_count] = array.cells or []
            for opened in change.structure.did_open or ():
                texts[opened.uri] = Text(opened.version, opened.text)
            for closed in change.structure.did_close or ():
                texts.pop(closed.uri, None)
        for content in change.text_content or ():
            uri = content.document.uri
            if uri in texts:
                text = applied(texts[uri].text, content.changes, encoding)
                texts[uri] = Text(content.document.version, text)
        kinds = {one.document: one for one in change.data or ()}
        return Notebook(self.uri, tuple(kinds.get(one.document, one) for one in cells), texts)

    @property
    def read(self) -> list[tuple[int, str, str]]:
        """Return the number, over all cells, the URI and the kind of each cell that is read."""
        numbered = enumerate(self.cells, 1)
        return [
            (n, one.document, _KINDS[types.NotebookCellKind(one.kind)])
            for n, one in numbered
            if one.document in self.texts
        ]


class Whole(Document):
    """All cells of one version of a notebook, joined."""

    def __init__(
        self, notebook: Notebook, options: Options, selection: Selection, memory: Memory | None
    ) -> None:
        """Join the cells that are read."""
        super().__init__(notebook.uri, "", 0, "", options, selection, memory)
        self.read = notebook.read
        texts = [(number, notebook.texts[uri].text, kind) for number, uri, kind in self.read]
        self.source = Cells("notebook.ipynb", texts)

    @cached_property
    def _examined(self) -> Examined | None:
        return examine(self.source, self.options, self.memory)

    def cells(self, notebook: Notebook) -> Sequence["CellDocument"]:
        """Return a document for each cell that is read."""
        pairs = zip(self.read, self.source.cells, strict=True)
        return [CellDocument(self, uri, notebook.texts[uri].version, cell) for (_, uri, _), cell in pairs]


class CellDocument(Document):
    """One cell: its findings and places; what is known of names and shapes is the whole notebook's."""

    pushed = True

    def __init__(self, whole: Whole, uri: str, version: int, cell: Cell) -> None:
        """Take the notebook, and the cell of it."""
        super().__init__(
            uri, _LANGUAGES[cell.kind], version, "", whole.options, whole.selection, whole.memory
        )
        self.whole = whole
        self.cell = cell
        self.source = whole.source

    @cached_property
    def report(self) -> Report:
        """Return what is found and wanted in this cell."""
        return self._inside(self.whole.report)

    @cached_property
    def everything(self) -> Report:
        """Return what is found in this cell, wanted or not."""
        return self._inside(self.whole.everything)

    @cached_property
    def shapes(self) -> tuple[FormulaShapes, ...]:
        """Return the analysis of every formula of this cell."""
        return tuple(one for one in self.whole.shapes if self.holds(one.span))

    def shapes_within(self, span: Span | None) -> tuple[FormulaShapes, ...]:
        """Return the analysis of the formulas of this cell that touch a span."""
        found = self.whole.shapes_within(span or Span(self.cell.start, self.cell.end))
        return tuple(one for one in found if self.holds(one.span))

    @cached_property
    def names(self) -> Occurrences | None:
        """Return where every name of the notebook stands."""
        return self.whole.names

    @property
    def _examined(self) -> Examined | None:
        return self.whole._examined

    @property
    def text(self) -> str:
        """Return the text of this cell."""
        return self.source.text[self.cell.start : self.cell.end]

    @property
    def is_program(self) -> bool:
        """Say whether this is a cell of code."""
        return self.cell.kind == CODE

    def places(self, encoding: str) -> Places:
        """Return the places of this cell."""
        return CellPlaces(self.source, encoding, self.cell)

    def holds(self, span: Span) -> bool:
        """Say whether a span stands in this cell."""
        return self.cell.start <= span.start <= self.cell.end

    def located(self, span: Span, encoding: str) -> types.Location:
        """Return the cell in which a span stands, and the range there."""
        for (_, uri, _), cell in zip(self.whole.read, self.source.cells, strict=True):
            if cell.start <= span.start <= cell.end:
                return types.Location(uri, CellPlaces(self.source, encoding, cell).range(span))
        return types.Location(self.uri, self.places(encoding).range(span))

    def _inside(self, report: Report) -> Report:
        return report._replace(diagnostics=tuple(one for one in report.diagnostics if self.holds(one.span)))
