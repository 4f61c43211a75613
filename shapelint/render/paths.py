"""The name of a file as a machine elsewhere looks for it: from the current folder on, with slashes."""

import os
from urllib.parse import quote


def relative(name: str) -> str:
    """Return a file's path from the current folder on; the whole path of one that is not below it."""
    try:
        path = os.path.relpath(name) if os.path.isabs(name) else os.path.normpath(name)
    except ValueError:  # another drive
        path = name
    outside = path == os.pardir or path.startswith(os.pardir + os.sep)
    return (os.path.abspath(name) if outside else path).replace(os.sep, "/")


def uri(name: str) -> str:
    """Return a reference to a file as RFC 3986 writes it: relative, or `file:` outside of the current folder."""
    path = relative(name)
    quoted = quote(path, errors="surrogateescape")
    return f"file://{'' if path[0] == '/' else '/'}{quoted}" if os.path.isabs(path) else quoted
