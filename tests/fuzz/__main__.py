"""Coverage-guided fuzzing of `check`: any bytes in, an answer out.

    pip install atheris
    python -m tests.fuzz [--reader text|markdown|latex|notebook|cells|python] [--runs 1000000] [--seconds 0]

Without a reader all of them take turns. It begins with the inputs of the cases; what crashes it is written to
`tests/fuzz/crashes`, where the tests run it again from then on.
"""

import argparse
import hashlib
import sys
import tempfile
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["shapelint"]):
    import shapelint.documents.markdown
    import shapelint.documents.python
    import shapelint.documents.python.contents
    import shapelint.documents.tex
    import shapelint.remarks  # noqa: F401 - what is loaded late is to be watched, too

    from . import target

from .corpus import CRASHES, KINDS, seeds


def main() -> None:
    """Write the corpus, and run until an input crashes or the runs are over."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--reader", choices=KINDS)
    parser.add_argument("--runs", type=int, default=1_000_000)
    parser.add_argument("--seconds", type=int, default=0, help="stop after this time; 0 is never")
    parser.add_argument("--longest", type=int, default=600, help="bytes of an input")
    options = parser.parse_args()

    def once(data: bytes) -> None:
        kind, rest = (options.reader, data) if options.reader else target.chosen(data)
        try:
            target.run(kind, rest)
        except Exception:
            _keep(kind, rest)
            raise

    with tempfile.TemporaryDirectory() as folder:
        _write(Path(folder), options.reader)
        arguments = [
            f"-runs={options.runs}",
            f"-max_len={options.longest}",
            f"-max_total_time={options.seconds}",
        ]
        atheris.Setup([sys.argv[0], *arguments, "-print_final_stats=1", "-timeout=30", folder], once)
        atheris.Fuzz()


def _write(folder: Path, reader: str | None) -> None:
    for number, (kind, data) in enumerate(seeds()):
        if reader in (None, kind):
            first = b"" if reader else bytes([tuple(KINDS).index(kind)])
            (folder / f"{number}").write_bytes(first + data)


def _keep(kind: str, data: bytes) -> None:
    CRASHES.mkdir(exist_ok=True)
    suffix = Path(KINDS[kind]).suffix
    whole = target.content(kind, data).encode() if kind == "cells" else data
    (CRASHES / f"{hashlib.sha256(data).hexdigest()[:12]}{suffix}").write_bytes(whole)


if __name__ == "__main__":
    main()
