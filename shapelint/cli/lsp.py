"""`shapelint lsp`: the place of the language server."""

from collections.abc import Sequence

from shapelint.misuse import Misuse


def run(arguments: Sequence[str]) -> int:
    """Say that the language server is not part of this version."""
    raise Misuse("there is no language server yet; the extra `shapelint[lsp]` of a later version has it")
