"""The conventions: files of declarations in the notation itself, read into a Convention.

`ng` is the default, `rows`, `pytorch` and `ufldl` are taken on evidence or by choice (`conventions.md`).
"""

import os
from collections.abc import Iterable
from functools import lru_cache

from shapelint.declared import As, Convention, Declared, Group, Template
from shapelint.parse.declarations import Equation, read_declaration, read_equation
from shapelint.sizes import Size, replace

DEFAULT = "ng"
CONVENTIONS = ("ng", "rows", "pytorch", "ufldl")
# Conventions that number the weights otherwise: no slip of the pen moves two numbers alike, one formula tells.
RENUMBERED = frozenset(("ufldl",))


class BrokenConventionError(ValueError):
    """A line of a convention's file that cannot be read: its number and its text."""


@lru_cache(maxsize=8)
def convention(name: str) -> Convention:
    """Return a shipped convention. Raises KeyError for another name."""
    if name not in CONVENTIONS:
        raise KeyError(name)
    return read_convention(name, _shipped("common") + _shipped(name))


def _shipped(name: str) -> str:
    path = os.path.join(os.path.dirname(os.path.abspath(__file__)), f"{name}.shapes")
    with open(path, encoding="utf-8") as file:
        return file.read()


@lru_cache(maxsize=8)
def read_convention(name: str, text: str) -> Convention:
    """Read the text of a convention's file. Raises BrokenConventionError with the line that is no declaration."""
    always: list[Declared] = []
    groups: list[tuple[tuple[str, ...], list[Declared], dict[str, str]]] = []
    choices: dict[str, tuple[Size, ...]] = {}
    formulas: list[str] | None = None
    spellings: dict[str, str] = {}
    for number, line in enumerate(text.splitlines(), 1):
        content = line.split("#")[0].strip()
        if not content:
            continue
        if content == "formulas:":
            formulas = []
            continue
        if formulas is not None and line[:1].isspace():
            formulas.append(content)
            continue
        if content.startswith("when ") and content.endswith(":"):
            groups.append((tuple(word.strip() for word in content[5:-1].split(",")), [], {}))
            continue
        statement = read_declaration(content, 0, len(content)) or read_equation(content, 0, len(content))
        if statement is None:
            raise BrokenConventionError(
                f"line {number} of the convention {name} is no declaration: {content}"
            )
        grouped = bool(groups) and line[:1].isspace()
        (groups[-1][2] if grouped else spellings).update(statement.spellings)
        if statement.equation is not None:
            _choice(statement.equation, choices)
        else:
            (groups[-1][1] if grouped else always).extend(statement.declared)
    marked = {size: f"·{size}" for size in choices}
    return Convention(
        name,
        _marked(always, marked),
        tuple(Group(triggers, _marked(declared, marked), written) for triggers, declared, written in groups),
        {marked[size]: values for size, values in choices.items()},
        tuple(formulas or ()),
        {key: value for key, value in spellings.items() if not key.startswith("n[")},
    )


def _choice(equation: Equation, choices: dict[str, tuple[Size, ...]]) -> None:
    if isinstance(equation.size, str):
        choices[equation.size] = equation.values


def _marked(declared: Iterable[Declared], marked: dict[str, str]) -> tuple[Declared, ...]:
    """Mark the sizes that have several values, so that no document's own size is taken for one of them."""
    values: dict[str, Size] = dict(marked)
    return tuple(
        one._replace(shapes=tuple(_marked_shape(shape, values) for shape in one.shapes), span=None)
        for one in declared
    )


def _marked_shape(shape: Template, values: dict[str, Size]) -> Template:
    if shape is None or isinstance(shape, As):
        return shape
    return tuple(replace(size, values) for size in shape)
