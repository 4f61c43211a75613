"""Python's own reader, without what it says beside: an escape that is none is the author's matter."""

import ast
import warnings


def parsed(text: str) -> ast.Module:
    """Read Python. Raises what `ast.parse` raises: SyntaxError, ValueError, RecursionError, MemoryError."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return ast.parse(text)
