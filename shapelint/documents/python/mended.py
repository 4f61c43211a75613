"""Code of a document in, what of it is Python out: as it stands, or without the lines that are none.

Code in notes is half a program at times, or one for Python 2, or no program at all but formulas.
"""

import re
from typing import NamedTuple

from shapelint.documents.statements import begins_formula
from shapelint.parse.python.quiet import parsed
from shapelint.patterns import lazy

HEAD = "if 1:"  # opens a block around code that is indented; as long as the shortest fence of code
MOST_GAPS = 8  # lines that are left out until code parses, before it is given up
_BLOCK = lazy(r"expected an indented block .* on line (\d+)")
_PRINT = lazy(r"(?m)^([ \t]*)print[ \t]+(?=[\w'\"%])[^\n]*$")  # Python 2
_DEFINES = lazy(r"(?m)^[ \t]*(?:def|class|import|from)[ \t]+\w")
_PROMPT = lazy(r"(?m)^[ \t]*(?:>>>|In ?\[[ \d]*\]:|-{2,}>[ \t]*\d)")

_RAISED_T = lazy(r"[\w\])]\^T\b")  # the transpose of notes; no program takes the exclusive or with a T


class Mended(NamedTuple):
    """Code that parses, as long as the original, and the lines that were left out of it."""

    code: str
    left_out: tuple[str, ...]


def mended(code: str) -> Mended | None:
    """Return code that parses; None where too much of it is no Python."""
    code = _PRINT.sub(lambda match: hidden(match.group()), code)
    left_out: list[str] = []
    head = f"{HEAD}\n" if is_indented(code) else ""
    for _ in range(MOST_GAPS):
        try:
            parsed(head + code)
        except SyntaxError as error:
            row = _row(error) - bool(head)
            lines = code.split("\n")
            row = min(max(row, 0), len(lines) - 1)
            line = hidden(lines[row])
            if not line.strip():
                return None
            if line == lines[row]:  # a statement that says nothing, and is in the way
                lines[row] = " " * len(line)
            else:
                left_out.append(lines[row])
                lines[row] = line
            code = "\n".join(lines)
        except (ValueError, RecursionError, MemoryError):
            return None
        else:
            return Mended(code, tuple(left_out))
    return None


def is_notes(code: str) -> bool:
    """Say whether code is formulas, line by line, and no program: a session, or lines that Python does not know."""
    if _PROMPT.search(code) or (_RAISED_T.search(code) and not _DEFINES.search(code)):
        return True
    found = mended(code)
    if found is None or any(begins_formula(line) for line in found.left_out):
        return _DEFINES.search(code) is None
    return False


def is_indented(code: str) -> bool:
    """Say whether the first line that is not empty is indented."""
    first = _FIRST.match(code)
    return first is not None and first.end() > first.start(1)


_FIRST = re.compile(r"(?:[ \t\r]*\n)*([ \t]*)(?=\S)")


def hidden(line: str) -> str:
    """Leave a statement in the place of a line, so that a block does not get empty."""
    indent = len(line) - len(line.lstrip())
    return line[:indent] + ("0".ljust(len(line) - indent) if line.strip() else "")


def _row(error: SyntaxError) -> int:
    """Return the row, from 0, that has to go: of a block without a body the line that opens it."""
    block = _BLOCK.search(error.msg or "")
    return (int(block[1]) if block else error.lineno or 1) - 1
