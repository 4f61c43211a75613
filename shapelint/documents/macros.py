"""A text with LaTeX in, its abbreviations out: what each macro stands for, `#1` for its first argument.

The later of two definitions holds; one with an optional argument, or one that it does not use, or that is too long
to be a symbol, takes the abbreviation away. A body may name macros, even its own (`\\let\\old\\x`, then
`\\def\\x{\\old}`): whoever puts bodies in needs a limit of his own.
"""

import re
from collections.abc import Mapping
from functools import lru_cache

from shapelint.documents.braces import Braces

LONGEST = 500

# What a text must hold to define anything: a text without formulas is not searched.
_WORDS = ("newcommand", "providecommand", "def\\", "\\def", "\\let", "\\Declare")
_NAME = r"\\(?:[A-Za-z@]+|[^A-Za-z@\s])"
_DEFINITION = re.compile(
    rf"""
      %[^\r\n]*
    | \\(?:
          [\\%]
        | (?P<command>(?:re)?newcommand|providecommand|DeclareRobustCommand|DeclareMathOperator|[gex]?def|let)
          (?![A-Za-z@])\*?\s{{0,99}}(?:\{{\s{{0,9}}(?P<braced>{_NAME})\s{{0,9}}\}}|(?P<bare>{_NAME}))
      )
    """,
    re.VERBOSE,
)
# Between the name and the body: the number of arguments and a default, or the arguments of `\def`.
_ARGUMENTS = re.compile(r"\s{0,99}(?P<arguments>(?:\[[^\]\r\n]{0,99}\]\s{0,99}){0,2}|\#[^{\r\n]{0,99})(?=\{)")
_COUNTED = re.compile(r"(?:\[\s*(\d?)\s*\]\s*)?")
_LISTED = re.compile(r"(?:#\d){1,9}\s*")
_TARGET = re.compile(rf"\s{{0,99}}=?\s{{0,99}}({_NAME}|[^\s{{}}\\%])")
_COMMENT = re.compile(r"(\\.)|%[^\r\n]*(?:\r\n?|\n)?[ \t]*", re.DOTALL)
_PARAMETER = re.compile(r"(?<!\\)\#(\d?)")


@lru_cache(maxsize=4)
def definitions(text: str) -> Mapping[str, str]:
    """Return the body of each macro, under its name with the backslash."""
    found: dict[str, str | None] = {}
    if not any(word in text for word in _WORDS):
        return {}
    braces = Braces(text, len(text))
    place = 0
    while match := _DEFINITION.search(text, place):
        place = match.end()
        name = match["braced"] or match["bare"]
        if match["command"] == "let":
            place = _read_let(text, place, name, found)
        elif match["command"]:
            place = _read_body(text, match, name, braces, found)
    return {name: body for name, body in found.items() if body is not None}


def _read_let(text: str, place: int, name: str, found: dict[str, str | None]) -> int:
    """Read what a `\\let` makes the name stand for: a macro that is known already is the same from then on."""
    match = _TARGET.match(text, place)
    if match is None:
        return place
    found[name] = found.get(match[1], match[1])
    return match.end()


def _read_body(
    text: str, match: re.Match[str], name: str, braces: Braces, found: dict[str, str | None]
) -> int:
    """Read the body of a definition, and return where it ends: one that nobody closed yet defines nothing."""
    head = _ARGUMENTS.match(text, match.end())
    closing = None if head is None else braces.closing(head.end())
    if head is None or closing is None:
        return match.end()
    body = _body(text, head.end() + 1, closing, _count(head["arguments"]))
    if body is not None and match["command"] == "DeclareMathOperator":
        body = f"\\operatorname{{{body}}}"
    if match["command"] == "providecommand":
        found.setdefault(name, body)
    else:
        found[name] = body
    return closing + 1


def _count(arguments: str) -> int | None:
    """Return how many arguments a definition takes; None where one of them may be left out, or ends with a sign."""
    if found := _COUNTED.fullmatch(arguments):
        return int(found[1] or 0)
    return arguments.count("#") if _LISTED.fullmatch(arguments) else None


def _body(text: str, start: int, end: int, count: int | None) -> str | None:
    """Return a body without its comments, None if it is too long or has other arguments than it takes."""
    if end - start > LONGEST or count is None:
        return None
    body = text[start:end]
    if "%" in body:
        body = _COMMENT.sub(lambda match: match[1] or "", body)
    used = {match[1] for match in _PARAMETER.finditer(body)}
    return body if used == set(map(str, range(1, count + 1))) else None
