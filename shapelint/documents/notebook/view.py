"""A notebook's source in, its view out: the text of its cells, and the way back into the raw JSON."""

from collections.abc import Iterable, Iterator, Sequence

from shapelint.documents.kinds import Refusal
from shapelint.documents.notebook.faults import refusal
from shapelint.documents.notebook.rewrite import Piece, rewritten
from shapelint.documents.notebook.scan import NoNotebookError, RawCell, cells
from shapelint.source import Cell, Source, Span, spliced

MARKDOWN, CODE = "markdown", "code"
# What is read of a notebook. Between two cells there is an empty line: no statement goes on in the next cell.
_KINDS = frozenset({MARKDOWN, CODE})
_BETWEEN = "\n\n"


class Cells(Source):
    """The cells of a notebook that are read, joined: as an editor sends them, without the JSON that holds them."""

    __slots__ = ()

    def __init__(self, name: str, found: Sequence[tuple[int, str, str]], mark: str = "") -> None:
        """Take the number of each cell, counted over all cells, its text, and its kind."""
        texts = [text for _, text, _ in found]
        super().__init__(name, _BETWEEN.join(texts), mark, tuple(_stretches(found)))

    def edited(self, edits: Iterable[tuple[Span, str]]) -> Source:
        """Return the cells with other contents in these spans; what stands between two cells cannot be edited."""
        wanted = list(edits)
        found = []
        for start, end, number, kind in self.cells:
            own = [(Span(*span), text) for span, text in wanted if start <= span.start and span.end <= end]
            here = [(Span(span.start - start, span.end - start), text) for span, text in own]
            found.append((number, spliced(self.text[start:end], here), kind))
        return Cells(self.name, found, self.mark)


class Notebook(Cells):
    """The view: `text` joins the sources of the cells, `raw` is the JSON that the file holds."""

    __slots__ = ("_json", "_pieces")

    def __init__(self, source: Source, found: Sequence[RawCell]) -> None:
        """Take the source with the raw JSON, and its cells that are read."""
        texts = ["".join(string.text for string in cell.strings) for cell in found]
        numbers, kinds = [cell.number for cell in found], [cell.kind for cell in found]
        super().__init__(source.name, list(zip(numbers, texts, kinds, strict=True)), source.mark)
        self._json = source.raw
        self._pieces = list(_pieces(found, self.cells))

    @property
    def raw(self) -> str:
        """Return the JSON."""
        return self._json

    def edited(self, edits: Iterable[tuple[Span, str]]) -> Source:
        """Return the notebook with other contents in these spans; the rest of the JSON stays as it is.

        What stands between two cells cannot be edited.
        """
        raw = rewritten(self._json, self._pieces, edits)
        shown = view(Source(self.name, raw, self.mark))
        # Refused can only be what was nested as deep as could just be read: then nothing is edited.
        return self if isinstance(shown, Refusal) else shown


def view(source: Source) -> Source | Refusal:
    """Return the view of a notebook, or why it is none; a view, and an editor's cells, come back as they are."""
    if isinstance(source, Cells):
        return source
    try:
        return Notebook(source, [cell for cell in cells(source.raw) if cell.kind in _KINDS])
    except (NoNotebookError, ValueError, RecursionError) as fault:
        return refusal(source.raw, fault)


def _stretches(found: Iterable[tuple[int, str, str]]) -> Iterator[Cell]:
    start = 0
    for number, text, kind in found:
        end = start + len(text)
        yield Cell(start, end, number, kind)
        start = end + len(_BETWEEN)


def _pieces(found: Iterable[RawCell], stretches: Iterable[Cell]) -> Iterator[Piece]:
    for cell, stretch in zip(found, stretches, strict=True):
        start = stretch.start
        for string in cell.strings:
            end = start + len(string.text)
            yield Piece(start, end, string.raw)
            start = end
