"""The text of a convention's file in, a Convention out."""

from collections.abc import Iterable
from functools import lru_cache

from shapelint.declared import As, Convention, Declared, Group, Template
from shapelint.parse.declarations import Equation, read_declaration, read_equation
from shapelint.sizes import Size, replace


class BrokenConventionError(ValueError):
    """A line of a convention's file that cannot be read: its number and its text."""


def module_text(name: str, text: str, key: int) -> str:
    """Return the source of the module that is generated for a shipped convention; `key` is its checksum."""
    return f'''"""Generated from `{name}.shapes` by `shapelint.conventions.read`: not to be edited."""

from shapelint.declared import As, Convention, Declared, Group
from shapelint.sizes import Polynomial
from shapelint.symbol import Layer

KEY = {key}
CONVENTION = {_written(read_convention(name, text))}
'''


def _written(value: object) -> str:
    """Return a value as Python writes it, with the names of its types."""
    if isinstance(value, dict):
        return f"{{{', '.join(f'{_written(key)}: {_written(one)}' for key, one in value.items())}}}"
    if not isinstance(value, tuple):
        return repr(value)
    inside = "".join(f"{_written(one)}, " for one in value)
    if type(value) is tuple:
        return f"({inside})"
    return (
        f"{type(value).__name__}({inside})"
        if hasattr(value, "_fields")
        else f"{type(value).__name__}(({inside}))"
    )


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
