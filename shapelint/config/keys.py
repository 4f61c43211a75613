"""The keys of the configuration: a value comes in as TOML has it, out come the fields of Config.

A new key is a row of `KEYS` and a function that says what it may hold.
"""

from collections.abc import Callable
from typing import Any

from shapelint.config.choices import LAYOUTS, STARS, convention
from shapelint.misuse import Misuse, unknown
from shapelint.selection import selectors


class Unsaid(Misuse):
    """A statement in a configuration that says nothing; `text` is how it is written there."""

    def __init__(self, text: str, why: str) -> None:
        """Keep the text, by which its line is found."""
        super().__init__(why)
        self.text = text


def _convention(value: object, folder: str) -> dict[str, Any]:
    name, text = convention(_string(value), folder)
    return {"convention": name, "convention_text": text}


def _choice(field: str, choices: tuple[str, ...]) -> Callable[[object, str], dict[str, Any]]:
    def read(value: object, folder: str) -> dict[str, Any]:
        if _string(value) not in choices:
            raise unknown(field, str(value), choices)
        return {field: value}

    return read


def _codes(field: str) -> Callable[[object, str], dict[str, Any]]:
    return lambda value, folder: {field: _selectors(value)}


def _per_file_ignores(value: object, folder: str) -> dict[str, Any]:
    rows = _table(value).items()
    return {"per_file_ignores": tuple((pattern, _selectors(codes)) for pattern, codes in rows)}


def _exclude(value: object, folder: str) -> dict[str, Any]:
    return {"exclude": _strings(value)}


def _sizes(value: object, folder: str) -> dict[str, Any]:
    from shapelint.infer.said import (
        says_size,
    )  # the reader of the notation: only where something is said in it

    sizes = tuple((name, _size(size)) for name, size in _table(value).items())
    for name, size in sizes:
        if not says_size(f"{name} = {size}"):
            raise Unsaid(name, f"`{name} = {size}` says no size; one looks like this: `n2 = 1`")
    return {"sizes": sizes}


def _declarations(value: object, folder: str) -> dict[str, Any]:
    from shapelint.infer.said import unsaid  # as above

    lines = (value,) if isinstance(value, str) else _strings(value)
    text = "\n".join(lines)
    for line in unsaid(text):
        raise Unsaid(line, f"`{line}` declares nothing; a declaration looks like this: `W2 : (n2, n1)`")
    return {"declarations": text}


KEYS: dict[str, Callable[[object, str], dict[str, Any]]] = {
    "convention": _convention,
    "layout": _choice("layout", LAYOUTS),
    "star": _choice("star", STARS),
    "select": _codes("select"),
    "ignore": _codes("ignore"),
    "per-file-ignores": _per_file_ignores,
    "exclude": _exclude,
    "sizes": _sizes,
    "declarations": _declarations,
}


def _selectors(value: object) -> tuple[str, ...]:
    return tuple(word for text in _strings(value) for word in selectors(text))


def _size(value: object) -> str:
    if isinstance(value, int) and not isinstance(value, bool):
        if value < 1:
            raise Unsaid(str(value), f"a size is at least 1, not {value}")
        return str(value)
    return _string(value)


def _string(value: object) -> str:
    if isinstance(value, str):
        return value
    raise _expected("a string", value)


def _strings(value: object) -> tuple[str, ...]:
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return tuple(value)
    raise _expected("a list of strings", value)


def _table(value: object) -> dict[str, Any]:
    if isinstance(value, dict):
        return value
    raise _expected("a table", value)


def _expected(what: str, value: object) -> Misuse:
    return Misuse(f"this must be {what}, not `{value}`")
