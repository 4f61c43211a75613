"""A file's source in, out comes the one that formulas are read from: of a notebook, the view of its cells."""

from shapelint.documents.kinds import NOTEBOOK, Refusal, kind
from shapelint.source import Source


def opened(source: Source) -> Source | Refusal:
    """Return the source to read, or why there is none; what is opened already comes back as it is."""
    if kind(source.name) != NOTEBOOK:
        return source
    from shapelint.documents.notebook.view import view  # most runs meet no notebook

    return view(source)
