"""Programs that are about anything else: what is reported in them, and how long that takes beside `ast.parse`.

    python -m tests.benchmarks.programs [folder ...]

Without folders: the standard library, and NumPy as it is installed. Exits 1 if anything is found or raises.
"""

import argparse
import ast
import sys
import sysconfig
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from time import perf_counter

import numpy as np

from shapelint.check import check
from shapelint.selection import Selection, keep
from shapelint.source import Source
from tests.benchmarks.table import table

COLUMNS = ("folder", "files", "MB", "ast.parse s", "check s", "ratio", "found", "raised")


def main() -> int:
    """Check every Python file of each folder."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "folders", nargs="*", type=Path, default=[_standard_library(), Path(np.__file__).parent]
    )
    rows = [_row(folder) for folder in parser.parse_args().folders]
    print(table(COLUMNS, iter(rows)))
    return 1 if any(row[-1] or row[-2] for row in rows) else 0


def _standard_library() -> Path:
    return Path(sysconfig.get_path("stdlib"))


def _row(folder: Path) -> tuple[str | int | float, ...]:
    files = size = found = raised = 0
    parsing = checking = 0.0
    for path, text in _texts(folder):
        files, size = files + 1, size + len(text)
        parsing += _seconds(text)
        start = perf_counter()
        try:
            report = check(Source(path.name, text))
        except Exception:  # it must not happen, and the others are to be seen all the same
            raised += 1
        else:
            found += len(keep(report.diagnostics, Selection()))
        checking += perf_counter() - start
    return folder.name, files, size / 1e6, parsing, checking, parsing / checking, found, raised


def _texts(folder: Path) -> Iterator[tuple[Path, str]]:
    for path in sorted(folder.rglob("*.py")):
        if "site-packages" not in path.relative_to(folder).parts:
            try:
                yield path, path.read_text(encoding="utf-8")
            except UnicodeDecodeError:  # tests of the standard library are in other encodings
                continue


def _seconds(text: str) -> float:
    start = perf_counter()
    with suppress(SyntaxError, ValueError, RecursionError):
        ast.parse(text)
    return perf_counter() - start


if __name__ == "__main__":
    sys.exit(main())
