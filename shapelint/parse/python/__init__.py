"""The notation of Python: a statement in, its formula out."""

import ast
from functools import lru_cache, partial
from itertools import pairwise
from typing import NamedTuple

from shapelint.parse.formulas import Read
from shapelint.parse.notation import PYTHON, Notation
from shapelint.parse.python.expressions import Expressions
from shapelint.parse.python.places import Places
from shapelint.parse.python.quiet import parsed
from shapelint.parse.python.words import Vocabulary
from shapelint.parse.tokens import Tokens, Words
from shapelint.problems import TooDeep, Unreadable
from shapelint.source import Span
from shapelint.tree import Formula, Node, Sign

_DEEPEST = 200


def python(vocabulary: Vocabulary, part: int | None = None) -> Notation:
    """Return the notation of one statement of a program, whose names mean what its vocabulary says.

    `part` is the number of the value that is meant where it is one of a tuple: `dW, db = a @ b, np.sum(c)`.
    """
    return Notation(
        PYTHON,
        partial(_names, vocabulary),
        _says_nothing,
        _says_nothing,
        lambda _text, _start, _end: (),
        partial(_read, vocabulary, part),
    )


def _says_nothing(_text: str, _start: int, _end: int) -> None:
    return None


def _read(vocabulary: Vocabulary, part: int | None, text: str, start: int, end: int, words: Words) -> Read:
    """Read a statement: an assignment, or an expression, which is a formula without a target."""
    stretch = text[start:end]
    try:
        parsed = _parsed(stretch)
        body = parsed.body
        reader = Expressions(parsed.places, start - parsed.before, words, vocabulary)
        formula = formula_of(reader, body[0], part) if len(body) == 1 else None
    except (SyntaxError, ValueError):
        problem = Unreadable(Span(start, end), stretch, (), Span(start, end))
        return Read(None, 0, problem, False)
    except (RecursionError, MemoryError):
        return Read(None, 0, TooDeep(Span(start, end), _DEEPEST, _DEEPEST), False)
    if formula is None:
        return Read(None, 0, None, False)
    return Read(formula._replace(start=start, end=end), reader.flags, None, False)


class _Parsed(NamedTuple):
    """A stretch, parsed; `before` counts the characters that were put in front of it."""

    body: list[ast.stmt]
    places: Places
    before: int


@lru_cache(maxsize=1024)  # a statement is read several times, under each convention
def _parsed(stretch: str) -> _Parsed:
    """Read a statement, or what stands between the commas of a dictionary, with the brackets that it lacks."""
    try:
        return _Parsed(parsed(stretch).body, Places(stretch), 0)
    except SyntaxError:
        if stretch[:1] not in "\"'fF":
            raise
        stretch = f"{{{stretch}}}"
        return _Parsed(parsed(stretch).body, Places(stretch), 1)


def _only(statement: ast.stmt, part: int | None) -> ast.stmt:
    """Return the assignment of one of several values: the stretch begins at its target."""
    if part is None:
        return statement
    match statement:
        case ast.Assign(targets=[target], value=ast.Tuple(elts=values)) if part < len(values):
            first = target.elts[0] if isinstance(target, ast.Tuple) else target
            return ast.Assign(targets=[first], value=values[part])
        case ast.Assign(targets=[ast.expr() as target], value=ast.Attribute(attr="shape") as shape):
            first = target.elts[0] if isinstance(target, ast.Tuple) else target
            number = ast.copy_location(ast.Constant(part), shape)
            return ast.Assign(
                targets=[first], value=ast.copy_location(ast.Subscript(shape, number, ast.Load()), shape)
            )
        case ast.Assign(targets=[ast.expr() as target], value=ast.Call() as value):
            first = target if isinstance(target, ast.Tuple) else ast.Tuple([target], ast.Store())
            return ast.Assign(targets=[first], value=value)
    return ast.Pass()


def formula_of(reader: Expressions, statement: ast.stmt, part: int | None = None) -> Formula | None:
    """Return the formula that a statement is, None for others; of several values that with the number `part`."""
    match _only(statement, part):
        case ast.Assign(targets=[ast.Tuple() | ast.List() as targets], value=ast.Call() as value) if (
            part is not None
        ):
            target = reader.read(targets.elts[0], store=True)
            return _related(reader, [target, reader.call(value, part)], "=")
        case ast.Assign(targets=targets, value=value):
            parts = [*(reader.read(target, store=True) for target in targets), reader.read(value)]
            return _related(reader, parts, "=")
        case ast.AnnAssign(target=target, value=ast.expr() as value):
            return _related(reader, [reader.read(target, store=True), reader.read(value)], "=")
        case ast.AugAssign(target=target, op=op, value=value):
            sign = _UPDATES.get(type(op))
            if sign is None:
                return None
            return _related(reader, [reader.read(target), reader.read(value)], sign)
        case ast.Assert(
            test=ast.Compare(
                left=ast.Attribute(attr="shape", value=array), ops=[ast.Eq()], comparators=[shape]
            )
        ):
            return Formula(0, 0, (reader.asserted(array, shape),), ())
        case ast.Expr(value=ast.Dict(keys=[ast.expr() as key], values=[value])):
            return _related(reader, [reader.key(key), reader.read(value)], ":")
        case ast.Expr(value=value):
            return Formula(0, 0, (reader.read(value),), ())
    return None


_UPDATES: dict[type[ast.operator], str] = {ast.Add: "+=", ast.Sub: "-=", ast.Mult: "*=", ast.Div: "/="}


def _related(reader: Expressions, parts: list[Node], text: str) -> Formula:
    signs: list[Sign] = []
    for left, right in pairwise(parts):
        signs.append(reader.sign(left.end, right.start, text))
    return Formula(0, 0, tuple(parts), tuple(signs))


def _names(vocabulary: Vocabulary, text: str, start: int, end: int, words: Words) -> Tokens:
    """Return the names of a stretch: what asks for tokens wants to know where they stand."""
    stretch = text[start:end]
    reader = Expressions(Places(stretch), start, words, vocabulary)
    try:
        body = parsed(stretch.strip()).body if stretch[:1].isspace() else parsed(stretch).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        body = []
    for statement in body:
        formula_of(reader, statement)
    return Tokens([("NAME", one.start, one.end, one) for one in reader.names], reader.flags, None, False)
