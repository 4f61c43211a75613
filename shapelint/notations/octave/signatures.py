"""The head of a function, `function [J, grad] = cost(theta, X, y)`."""

import ast
from collections.abc import Sequence

from shapelint.notations.octave.places import at, end_of, name, start_of
from shapelint.notations.octave.stream import NoOctaveError, Stream
from shapelint.notations.octave.tokens import NAME, Token


def signature(parser: Stream) -> tuple[list[Token], Token, list[ast.arg]]:
    """Return the names of what a function gives back, its own, and its parameters. Raises NoOctaveError."""
    outputs: list[Token] = []
    first = parser.next()
    if first.text == "[":
        while not parser.is_sign("]"):
            token = parser.next()
            outputs += [token] if token.kind == NAME else []
        parser.next()
        parser.expect("=")
        first = parser.next()
    elif parser.is_sign("="):
        outputs.append(first)
        parser.next()
        first = parser.next()
    while parser.is_sign("."):  # `set.x`
        parser.next()
        first = parser.next()
    if first.kind != NAME:
        raise NoOctaveError(first.start)
    parameters: list[ast.arg] = []
    if parser.is_sign("("):
        parser.next()
        while not parser.is_sign(")"):
            token = parser.next()
            if token.kind == NAME and not parser.is_sign("="):
                parameters.append(at(ast.arg(token.text), token.start, token.end))
        parser.next()
    return outputs, first, parameters


def returned(outputs: Sequence[Token], token: Token) -> ast.stmt:
    """Return what a function gives back, as the last of its statements."""
    parts: list[ast.expr] = [name(one.text, one.start, one.end) for one in outputs]
    value: ast.expr | None = parts[0] if len(parts) == 1 else None
    if len(parts) > 1:
        value = at(ast.Tuple(parts, ast.Load()), start_of(parts[0]), end_of(parts[-1]))
    return at(ast.Return(value), token.start, token.end)
