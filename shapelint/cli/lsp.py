"""`shapelint lsp`: the language server, on the standard streams."""

import sys
from collections.abc import Sequence

from shapelint.misuse import Misuse

_USAGE = """\
usage: shapelint lsp

The language server for editors: it speaks the Language Server Protocol on its standard input and output.
It needs the extra `lsp`: pip install 'shapelint[lsp]'"""


def run(arguments: Sequence[str]) -> int:
    """Serve one client until it says `exit`; 0 if it said `shutdown` before, else 1."""
    if any(one in ("-h", "--help") for one in arguments):
        print(_USAGE)
        return 0
    if other := [one for one in arguments if one != "--stdio"]:  # many clients say `--stdio` to every server
        raise Misuse(f"unknown option `{other[0]}` of `shapelint lsp`")
    try:
        from shapelint.server.serve import serve
    except ModuleNotFoundError as missing:
        if missing.name is None or missing.name.partition(".")[0] not in ("pygls", "lsprotocol"):
            raise
        raise Misuse("the language server needs an extra: pip install 'shapelint[lsp]'") from None
    return serve(sys.stdin.buffer, sys.stdout.buffer)
