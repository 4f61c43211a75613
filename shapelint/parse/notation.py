"""A way of writing formulas: which grammar reads it, and how its words, shapes and sizes are read."""

from collections.abc import Callable
from typing import Any, NamedTuple, TypeAlias

from shapelint.declared import Stated
from shapelint.parse.declarations import Statement, read_declaration, read_equation
from shapelint.parse.tables import table
from shapelint.parse.tokens import Tokens, Words, tokenize

Tokenize: TypeAlias = Callable[[str, int, int, Words], Tokens]
Say: TypeAlias = Callable[[str, int, int], Statement | None]


class Notation(NamedTuple):
    """What reads a stretch of text, from `start` to `end`.

    `grammar` is the name of the grammar for formulas, whose tokens `tokenize` decides. `declaration` and
    `equation` read what is said about shapes and sizes, `shapes` a row of shapes. Where a language has a reader
    of its own, `read` is what reads a formula, and `tokenize` gives its names. `writer` makes the hand in which repairs
    are written (`repair.hand`), from the document and the side that is rewritten, where no other hand is its own.
    """

    grammar: str
    tokenize: Tokenize
    declaration: Say
    equation: Say
    shapes: Callable[[str, int, int], tuple[Stated, ...]]
    read: Callable[[str, int, int, Words], Any] | None = None
    writer: Callable[[str, str], Any] | None = None


def _plain(text: str, start: int, end: int, words: Words) -> Tokens:
    return tokenize(table("formula"), text, start, end, words)


def _no_shapes(_text: str, _start: int, _end: int) -> tuple[Stated, ...]:
    return ()


PYTHON = "python"  # the grammar of programs, which Python itself has

# The notation of text files (`notation.md`).
PLAIN = Notation("formula", _plain, read_declaration, read_equation, _no_shapes)
