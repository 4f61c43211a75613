"""Where the grammars are: beside the package in a checkout, inside it in an installed wheel."""

import os
import zlib
from functools import cache, lru_cache

# Each grammar with its start rules. A new dialect is a row here and a file.
STARTS = {
    "formula": ["formula", "comparison"],
    "latex": ["formula", "comparison"],
    "declaration": ["declaration", "equation"],
}
GRAMMARS = tuple(STARTS)
# The files that each is made of: those that it imports, and its own.
_FILES = {
    "formula": ("terminals", "formula"),
    "latex": ("terminals", "formula", "latex"),
    "declaration": ("terminals", "declaration"),
}


@lru_cache(maxsize=1)
def grammar_folder() -> str:
    """Return the folder of the .lark files."""
    package = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    inside = os.path.join(package, "grammar")
    return inside if os.path.isdir(inside) else os.path.join(os.path.dirname(package), "grammar")


@cache
def grammar_key(grammar: str) -> int:
    """Return a checksum of a grammar's files: a table with another one is out of date."""
    key = 0
    for name in _FILES[grammar]:
        with open(os.path.join(grammar_folder(), f"{name}.lark"), "rb") as file:
            key = zlib.crc32(file.read(), key)
    return key
