"""Two streams in, a client served until it leaves; the exit status out."""

import logging
import os
import sys
from typing import BinaryIO

from shapelint.server.features import server


def serve(incoming: BinaryIO, outgoing: BinaryIO) -> int:
    """Serve the client behind two streams; 0 if it left as the protocol asks, else 1."""
    logging.basicConfig(stream=sys.stderr, level=logging.WARNING, format="shapelint lsp: %(message)s")
    os.set_blocking(sys.stderr.fileno(), False)  # a log that nobody reads is lost; it stops nothing
    logging.raiseExceptions = False
    logging.getLogger("pygls").setLevel(logging.CRITICAL)  # what matters of it is logged here, in a line
    outgoing = _own(outgoing)
    made = server()
    made.start_io(incoming, outgoing)
    return 0 if made.left_well else 1


def _own(outgoing: BinaryIO) -> BinaryIO:
    """Keep the stream for the protocol: whatever is printed elsewhere goes to the log."""
    kept = os.fdopen(os.dup(outgoing.fileno()), "wb", buffering=0)
    os.dup2(sys.stderr.fileno(), outgoing.fileno())
    return kept
