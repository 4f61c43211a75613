"""Octave and MATLAB: a statement in, its formula out; a whole program is read by `statements`."""

import ast
from functools import lru_cache, partial

from shapelint.notations.octave.places import Offsets
from shapelint.notations.octave.reading import OctaveExpressions
from shapelint.notations.octave.statements import Octave, program
from shapelint.notations.octave.writer import OctaveHand
from shapelint.parse.formulas import Read
from shapelint.parse.notation import PYTHON, Notation
from shapelint.parse.python import formula_of
from shapelint.parse.python.words import Vocabulary
from shapelint.parse.tokens import Tokens, Words
from shapelint.problems import TooDeep, Unreadable
from shapelint.source import Span

_DEEPEST = 200


def octave(vocabulary: Vocabulary, part: int | None = None) -> Notation:
    """Return the notation of one statement of a program, whose names mean what its vocabulary says.

    `part` is the number of the value that is meant where it is one of several: `[J, grad] = cost(theta)`.
    """
    return Notation(
        PYTHON,
        partial(_names, vocabulary),
        _says_nothing,
        _says_nothing,
        lambda _text, _start, _end: (),
        partial(_read, vocabulary, part),
        OctaveHand,
    )


def _says_nothing(_text: str, _start: int, _end: int) -> None:
    return None


def _read(vocabulary: Vocabulary, part: int | None, text: str, start: int, end: int, words: Words) -> Read:
    """Read a statement: an assignment, or an expression, which is a formula without a target."""
    before = "[" if part is not None else ""
    stretch = before + text[start:end]
    try:
        found = _parsed(stretch, _variables(vocabulary))
        reader = OctaveExpressions(Offsets(stretch, found.groups), start - len(before), words, vocabulary)
        body = found.module.body
        formula = formula_of(reader, body[0], part) if len(body) == 1 else None
    except (RecursionError, MemoryError):
        return Read(None, 0, TooDeep(Span(start, end), _DEEPEST, _DEEPEST), False)
    if not body:
        return Read(None, 0, Unreadable(Span(start, end), stretch, (), Span(start, end)), False)
    if formula is None:
        return Read(None, 0, None, False)
    return Read(formula._replace(start=start, end=end), reader.flags, None, False)


@lru_cache(maxsize=1024)  # a statement is read several times, under each convention
def _parsed(stretch: str, variables: tuple[str, ...]) -> Octave:
    return program(stretch, variables)


def _variables(vocabulary: Vocabulary) -> tuple[str, ...]:
    """Return the names that hold something where a statement stands; functions of the program do not."""
    functions = {*vocabulary.bodies, *vocabulary.functions}
    return tuple(name for name in vocabulary.loads if name.isidentifier() and name not in functions)


def _names(vocabulary: Vocabulary, text: str, start: int, end: int, words: Words) -> Tokens:
    """Return the names of a stretch: what asks for tokens wants to know where they stand."""
    found = program(text[start:end], _variables(vocabulary))
    reader = OctaveExpressions(Offsets(text[start:end], found.groups), start, words, vocabulary)
    for statement in found.module.body:
        if isinstance(statement, ast.Assign | ast.AugAssign | ast.Expr):
            formula_of(reader, statement)
    return Tokens([("NAME", one.start, one.end, one) for one in reader.names], reader.flags, None, False)
