"""The kinds of file that are picked up in a folder; a file that is named is read whatever it is called."""

# A new kind of document is a row here and a reader in `documents`.
SUFFIXES = (
    ".shapes",
    ".txt",
)


def picked(name: str) -> bool:
    """Tell whether a file of this name is one of ours when a folder is walked."""
    return name.lower().endswith(SUFFIXES)
