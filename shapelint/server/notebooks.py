"""Notebooks come in by the protocol's own messages, cell by cell; their findings are pushed, each to its cell.

A notebook that an editor opens as text is its JSON: nothing is said of it, for no position there is one of a formula.
"""

import logging

from lsprotocol import types

from shapelint.server.app import Server
from shapelint.server.document import Document
from shapelint.server.notebook import Notebook, Text, Whole

_LOG = logging.getLogger(__name__)


class Notebooks:
    """The notebooks that are open, each in its newest version."""

    def __init__(self, made: Server) -> None:
        """Begin without any."""
        self._server = made
        self._open: dict[str, tuple[Notebook, Whole]] = {}

    def open(self, notebook: Notebook) -> None:
        """Take a notebook, or its next version."""
        before = self._open.get(notebook.uri)
        settings = self._server.settings
        options, selection = settings.options(notebook.uri, ""), settings.selection(notebook.uri)
        kept = before[1].memory if before is not None and before[1].options == options else None
        whole = Whole(notebook, options, selection, kept)
        self._open[notebook.uri] = (notebook, whole)
        cells: list[Document] = list(whole.cells(notebook))
        gone = [uri for _, uri, _ in before[1].read] if before is not None else []
        self._server.keep_cells(cells, [uri for uri in gone if uri not in {one.uri for one in cells}])

    def change(self, uri: str, change: types.NotebookDocumentCellChanges) -> None:
        """Take changes of a notebook; those of one that is not open are left aside."""
        before = self._open.get(uri)
        if before is None:
            _LOG.warning("an edit of a notebook that is not open: %s", uri)
            return
        self.open(before[0].changed(change, self._server.client.encoding))

    def close(self, uri: str) -> None:
        """Forget a notebook and the findings in its cells."""
        before = self._open.pop(uri, None)
        if before is not None:
            before[1].closed()
            self._server.keep_cells([], [cell for _, cell, _ in before[1].read])

    def renew(self) -> None:
        """Read every notebook anew, after settings have changed."""
        for notebook, _ in list(self._open.values()):
            self.open(notebook)


def register(made: Server) -> None:
    """Add the messages about notebooks to a server."""
    notebooks = Notebooks(made)
    made.renewed.append(notebooks.renew)

    @made.feature(types.NOTEBOOK_DOCUMENT_DID_OPEN)
    def _(params: types.DidOpenNotebookDocumentParams) -> None:
        texts = {one.uri: Text(one.version, one.text) for one in params.cell_text_documents}
        opened = params.notebook_document
        notebooks.open(Notebook(opened.uri, tuple(opened.cells), texts))

    @made.feature(types.NOTEBOOK_DOCUMENT_DID_CHANGE)
    def _(params: types.DidChangeNotebookDocumentParams) -> None:
        if params.change.cells is not None:
            notebooks.change(params.notebook_document.uri, params.change.cells)

    @made.feature(types.NOTEBOOK_DOCUMENT_DID_CLOSE)
    def _(params: types.DidCloseNotebookDocumentParams) -> None:
        notebooks.close(params.notebook_document.uri)
