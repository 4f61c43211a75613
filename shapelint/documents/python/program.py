"""Text in, a program out: what is no Python in it is left out, so that it hides nothing but itself."""

import ast
from collections.abc import Iterable
from typing import NamedTuple

from shapelint.documents.python.depth import DEEPEST, without_depths
from shapelint.documents.python.mended import HEAD, MOST_GAPS, hidden, is_indented, mended
from shapelint.parse.python.quiet import parsed
from shapelint.patterns import lazy
from shapelint.problems import NoPython, TooDeep
from shapelint.source import Span


class Program(NamedTuple):
    """A program's tree, the text that it stands for place for place, and the first place that is no Python."""

    module: ast.Module
    text: str
    fault: NoPython | TooDeep | None


# What a program has that multiplies matrices, and what one has that works out gradients, or says shapes in words.
_PRODUCTS = lazy(r"\bnumpy\b|\bnp\.|\btorch\.|\btf\.|\.mm\(|\bdot\(|\.T\b|matmul|[\w)\]] ?@ ?[\w(]")
_GRADIENTS = lazy(
    r"(?<![a-z])d_?[WwZzAaBbXH]\w{0,24}\b|grad|delta|backprop|[Bb]ackward|weight|\b[WZA](?:_?\d?|L)\b|\b[wz]\d\b"
    r"|-= |\b[\w.]+ - [\w.]+ \* \w|\bshape:? \(\w"
)


def speaks(text: str) -> bool:
    """Say whether a text may be a network's program at all: a look at its words is cheap."""
    return _PRODUCTS.search(text) is not None and _GRADIENTS.search(text) is not None


def program(text: str) -> Program:
    """Read a whole file; where a line is no Python it is left out, and the first such place is told."""
    text = _with_line_ends(text)
    fault: NoPython | TooDeep | None = None
    for _ in range(MOST_GAPS):
        try:
            return _shallow(parsed(text), text, fault)
        except SyntaxError as error:
            place = _place(text, error)
            fault = fault or NoPython(place, error.msg or "")
            shorter = _without_line(text, place.start)
        except (ValueError, RecursionError, MemoryError) as error:
            fault = fault or NoPython(Span(0, 0), str(error))
            break
        if shorter == text:
            break
        text = shorter
    return Program(ast.Module([], []), text, fault)


def _shallow(module: ast.Module, text: str, fault: NoPython | TooDeep | None) -> Program:
    """Leave out what is too deep to be read; it is told where it may be a network's."""
    deep = without_depths(module)
    if deep is not None and fault is None:
        from shapelint.parse.python.places import Places  # hardly any program has such a statement

        places = Places(text)
        span = Span(places.start(deep), places.end(deep))
        fault = TooDeep(span, DEEPEST, DEEPEST) if _GRADIENTS.search(text, span.start, span.end) else None
    return Program(module, text, fault)


def joined(text: str, stretches: Iterable[tuple[int, int]]) -> Program:
    """Read stretches of a text as one program; one that is no Python by itself is left out without a word."""
    text = _with_line_ends(text)
    pieces: list[str] = []
    place = 0
    for start, end in stretches:
        code = without_magics(text[start:end])
        before = _before(text[place:start], is_indented(code))
        alone = f"{before.rpartition(chr(10))[0]}\n{' ' * _column(before)}{code}" if before else code
        if _module(alone) is None:
            found = mended(" " * _column(before) + code)
            if found is None:
                continue
            code = found.code[_column(before) :]
        pieces += (before, code)
        place = end
    pieces.append(_blank(text[place:]))
    masked = "".join(pieces)
    return _shallow(_module(masked) or ast.Module([], []), masked, None)


_LONE = lazy(r"\r(?!\n)")


def _with_line_ends(text: str) -> str:
    """Write the line ends of old Macs as Python reads them."""
    return _LONE.sub("\n", text) if "\r" in text else text


def _module(text: str) -> ast.Module | None:
    try:
        return parsed(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def _before(text: str, indented: bool) -> str:
    """Blank out what stands before code; where that is indented, the line above it, a fence, opens a block."""
    blank = _blank(text)
    if not indented and not _column(text):
        return blank
    above = text.rpartition("\n")[0]
    line_start = above.rfind("\n") + 1
    return (
        blank[:line_start] + HEAD + blank[line_start + len(HEAD) :]
        if len(above) - line_start >= len(HEAD)
        else blank
    )


def _column(text: str) -> int:
    return len(text) - text.rfind("\n") - 1


_NO_BLANK = lazy(r"[^\n\r]")
_MAGIC = lazy(r"(?m)^[ \t]*[%!?][^\n]*|^[^\n#'\"]*\?[ \t]*$")


def _blank(text: str) -> str:
    return _NO_BLANK.sub(" ", text)


def without_magics(text: str) -> str:
    """`%matplotlib inline`, `!pip install`, `np.dot?` are the notebook's; a cell of `%%bash` is no Python at all."""
    if text.lstrip().startswith("%%") and not text.lstrip().startswith(("%%time", "%%capture")):
        return _blank(text)
    if not any(sign in text for sign in "%!?"):
        return text
    return _MAGIC.sub(lambda match: hidden(match.group()), text)


def _place(text: str, error: SyntaxError) -> Span:
    """Return where `ast` says that it stopped."""
    lines = text.split("\n")
    row = min(max((error.lineno or 1) - 1, 0), len(lines) - 1)
    start = sum(len(line) + 1 for line in lines[:row])
    column = min(max((error.offset or 1) - 1, 0), len(lines[row]))
    return Span(start + column, min(start + column + 1, len(text)))


def _without_line(text: str, place: int) -> str:
    """Put a statement that says nothing in the place of a line."""
    start = text.rfind("\n", 0, place) + 1
    end = text.find("\n", place)
    end = len(text) if end < 0 else end
    line = text[start:end]
    other = hidden(line)
    return text[:start] + (_blank(line) if other == line else other) + text[end:]
