"""Where the grammars are: beside the package in a checkout, inside it in an installed wheel."""

import os
import zlib
from functools import lru_cache

# Each grammar with its start rules. A new dialect is a row here and a file.
STARTS = {
    "formula": ["formula", "comparison"],
    "declaration": ["declaration", "equation"],
}
GRAMMARS = tuple(STARTS)
_SHARED = ("terminals",)


@lru_cache(maxsize=1)
def grammar_folder() -> str:
    """Return the folder of the .lark files."""
    package = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    inside = os.path.join(package, "grammar")
    return inside if os.path.isdir(inside) else os.path.join(os.path.dirname(package), "grammar")


def grammar_key() -> int:
    """Return a checksum of all grammars: a table with another one is out of date."""
    key = 0
    for name in (*_SHARED, *GRAMMARS):
        with open(os.path.join(grammar_folder(), f"{name}.lark"), "rb") as file:
            key = zlib.crc32(file.read(), key)
    return key
