"""The conventions: files of declarations in the notation itself, each a Convention.

`ng` is the default, `rows`, `pytorch` and `ufldl` are taken on evidence or by choice (`conventions.md`). What a build
made of the files is taken where it is fresh; else they are read.
"""

import os
import zlib
from functools import lru_cache
from typing import TYPE_CHECKING

from shapelint.parse.grammars import grammar_key

if TYPE_CHECKING:
    from shapelint.declared import Convention

DEFAULT = "ng"
CONVENTIONS = ("ng", "rows", "pytorch", "ufldl")
# Conventions that number the weights otherwise: no slip of the pen moves two numbers alike, one formula tells.
RENUMBERED = frozenset(("ufldl",))


@lru_cache(maxsize=8)
def convention(name: str) -> "Convention":
    """Return a shipped convention. Raises KeyError for another name."""
    if name not in CONVENTIONS:
        raise KeyError(name)
    try:
        generated = __import__(f"shapelint.conventions.table_{name}", fromlist=("CONVENTION",))
    except ImportError:
        generated = None  # a checkout that was never built
    if generated is not None and key(name) == generated.KEY:
        made: Convention = generated.CONVENTION
        return made
    from shapelint.conventions.read import read_convention

    return read_convention(name, shipped(name))


def key(name: str) -> int:
    """Return a checksum of what a shipped convention is made of: a table with another one is out of date."""
    return zlib.crc32(shipped(name).encode(), grammar_key("declaration"))


@lru_cache(maxsize=8)
def shipped(name: str) -> str:
    """Return the text of a shipped convention, behind what all of them share."""
    return _text("common") + _text(name)


def _text(name: str) -> str:
    path = os.path.join(os.path.dirname(os.path.abspath(__file__)), f"{name}.shapes")
    with open(path, encoding="utf-8") as file:
        return file.read()
