"""A case in, what is given to `check` out: documents and options."""

from typing import NamedTuple

from casefile.blocks import Block
from casefile.cases import Case
from casefile.failure import FormatError
from shapelint.check import Options
from shapelint.selection import Selection, selectors
from shapelint.source import Source

NAME = "formulas.txt"
ENDS = {"lf": "\n", "crlf": "\r\n", "cr": "\r"}
FLAGS = ("each", "walked", "bom", "unended")
SETTINGS = ("name", "convention", "layout", "star", "sizes", "select", "ends")


class Setup(NamedTuple):
    """The documents of a case (several with `each`), their options, and the codes that are wanted."""

    sources: tuple[Source, ...]
    options: Options
    selection: Selection


def set_up(case: Case) -> Setup:
    """Read the words behind `shapes`."""
    words = _words(case.input)
    name = words.get("name", NAME)
    texts = _each(case.input.text) if "each" in words else (case.input.text,)
    sources = tuple(Source(name, _dress(text, words)) for text in texts)
    selection = Selection(selectors(words["select"]) if "select" in words else None)
    return Setup(sources, _options(case, words), selection)


def _words(block: Block) -> dict[str, str]:
    words: dict[str, str] = {}
    for word in block.words:
        key, _, value = word.partition("=")
        if key not in (SETTINGS if value else FLAGS):
            raise FormatError(block.row, f"nothing knows the word {word!r}")
        words[key] = value
    return words


def _each(text: str) -> tuple[str, ...]:
    """Return a text for every line that says something, the others blanked: rows stay what they are."""
    lines = text.splitlines(keepends=True)
    shared = [line if _is_comment(line) else "\n" for line in lines]
    own = [row for row, line in enumerate(lines) if line.strip() and not _is_comment(line)]
    return tuple("".join([*shared[:row], lines[row], *shared[row + 1 :]]) for row in own)


def _is_comment(line: str) -> bool:
    return line.lstrip().startswith("#")


def _dress(text: str, words: dict[str, str]) -> str:
    if "unended" in words:
        text = text.removesuffix("\n")
    text = text.replace("\n", ENDS[words.get("ends", "lf")])
    return "\ufeff" + text if "bom" in words else text


def _options(case: Case, words: dict[str, str]) -> Options:
    given = {block.kind: block.text for block in case.given}
    pairs = [size.partition("=") for size in words.get("sizes", "").split(",") if size]
    return Options(
        convention=words.get("convention"),
        convention_text=given.get("convention"),
        layout=words.get("layout"),
        star=words.get("star"),
        sizes=tuple((size, value) for size, _, value in pairs),
        declarations=given.get("declarations", ""),
        walked="walked" in words,
        advice="undetermined" in words.get("select", ""),
    )
