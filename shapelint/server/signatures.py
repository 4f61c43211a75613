"""A place in a call or a declaration in, what stands there and what it means out."""

import re

from lsprotocol import types

from shapelint.documents.regions import LATEX
from shapelint.explain.signatures import Signature, declaration, signature
from shapelint.server.client import Client
from shapelint.server.document import Document

TRIGGERS = ("(", ",")
_NAME = re.compile(r"(?P<dot>(?<=[\w\])}])\.)?(?P<name>(?:np\.)?(?:[a-z]+\.)*[^\W\d]\w*)$")
_SAYS = re.compile(r"(?:[:∈]|\bis)[ \t]*$")


def help_at(document: Document, client: Client, position: types.Position) -> types.SignatureHelp | None:
    """Return what the call or the declaration takes in which a place stands."""
    place = document.places(client.encoding).offset(position)
    if document.dialect_at(place) in ("", LATEX):
        return None
    line = document.source.text[document.source.line_span(document.source.row(place)).start : place]
    opening, commas = _open(line)
    if opening < 0:
        return None
    before = line[:opening]
    if _SAYS.search(before) and "=" not in before:
        return _help("", declaration(), commas)
    called = _NAME.search(before)
    if called is None:
        return None
    method = called["dot"] is not None and not called["name"].startswith("np.")
    found = signature(called["name"], method)
    return None if found is None else _help(called["name"], found, _active(found, line, commas))


def _open(line: str) -> tuple[int, int]:
    """Return where the innermost bracket opens that is open at the end of a line, and the commas behind it."""
    depth = commas = 0
    for place in range(len(line) - 1, -1, -1):
        character = line[place]
        if character in ")]}":
            depth += 1
        elif character in "([{":
            if not depth:
                return (place, commas) if character == "(" else (-1, 0)
            depth -= 1
        elif character == "," and not depth:
            commas += 1
    return -1, 0


def _active(found: Signature, line: str, commas: int) -> int:
    """A keyword says itself which parameter it is; else they are counted."""
    keyword = re.search(r"(\w+)[ \t]*=[ \t]*[^,=]*$", line)
    for number, (parameter, _) in enumerate(found.parameters):
        if keyword and parameter.split("=")[0] == keyword[1]:
            return number
    return commas


def _help(name: str, found: Signature, active: int) -> types.SignatureHelp:
    label = f"{name}({', '.join(parameter for parameter, _ in found.parameters)})"
    parameters = [types.ParameterInformation(parameter, meaning) for parameter, meaning in found.parameters]
    shown = types.SignatureInformation(label, found.makes, parameters)
    return types.SignatureHelp([shown], 0, min(active, max(len(parameters) - 1, 0)))
