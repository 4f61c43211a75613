"""The kinds of file that are picked up in a folder; a file that is named is read whatever it is called."""

from shapelint.documents.kinds import KINDS

SUFFIXES = tuple(row.suffix for row in KINDS if row.picked)


def picked(name: str) -> bool:
    """Tell whether a file of this name is one of ours when a folder is walked."""
    return name.lower().endswith(SUFFIXES)
