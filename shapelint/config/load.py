"""Read a configuration file: its path comes in, a Config comes out, or Misuse that names what is wrong."""

import os
from typing import Any

from shapelint.cache.keys import digest, program
from shapelint.cache.store import Store
from shapelint.config import Config
from shapelint.misuse import Misuse, unknown

_TABLE = "tool.shapelint"


def load(path: str, store: Store | None = None) -> Config | None:
    """Return what a file sets; None for a pyproject.toml without our table.

    What is parsed is kept in the store, and taken from there while the file says the same.
    """
    data = _bytes(path)
    key = digest("configuration", program(), os.path.abspath(path), path, data)
    if store is not None and (known := _recalled(store.read(key))) is not None:
        return known
    config = _read(path, data)
    # what a convention's file says is its own, and may change while this file does not
    if store is not None and config is not None and config.convention_text is None:
        store.write(key, config)
    return config


def _recalled(found: object) -> Config | None:
    """Return a configuration that was kept; None for anything else."""
    fields = _tuples(found)
    if not isinstance(fields, tuple) or len(fields) != len(Config._fields):
        return None
    kinds = zip(fields, Config._fields, strict=True)
    return Config(*fields) if all(_may_be(one, name) for one, name in kinds) else None


def _may_be(value: object, name: str) -> bool:
    default = Config._field_defaults[name]
    if value is None or isinstance(value, str):
        return isinstance(value, type(default)) or default is None
    pairs = name in ("per_file_ignores", "sizes")
    return isinstance(value, tuple) and all(
        isinstance(one, tuple) and len(one) == 2 if pairs else isinstance(one, str) for one in value
    )


def _tuples(found: object) -> object:
    return tuple(map(_tuples, found)) if isinstance(found, list) else found


def _read(path: str, data: bytes) -> Config | None:
    from shapelint.config.keys import KEYS, Unsaid  # a configuration that is recalled has no use for it

    table = _table(_parse(path, data), path)
    if table is None:
        return None
    folder = os.path.dirname(os.path.abspath(path))
    fields: dict[str, Any] = {}
    for key, value in table.items():
        if key not in KEYS:
            raise _in_file(path, unknown("key", key, KEYS))
        try:
            fields |= KEYS[key](value, folder)
        except Unsaid as fault:
            raise Misuse(f"{path}{_row(data, key, fault.text)}: `{key}`: {fault}") from None
        except Misuse as fault:
            raise Misuse(f"{path}: `{key}`: {fault}") from None
    return Config(path=path, folder=folder, **fields)


def _row(data: bytes, key: str, text: str) -> str:
    """Return `:3`, the row behind a key on which a text stands as it is written, "" where it is written otherwise."""
    lines = data.decode("utf-8", "replace").splitlines()
    begun = next((place for place, line in enumerate(lines) if key in line), 0)
    rows = (place + 1 for place, line in enumerate(lines) if place >= begun and text in line)
    row = next(rows, None)
    return "" if row is None else f":{row}"


def required(path: str, store: Store | None = None) -> Config:
    """Return what a file sets that was named with `--config`: there it must say something."""
    config = load(path, store)
    if config is None:
        raise Misuse(f"{path}: there is no table `[{_TABLE}]`")
    return config


def _bytes(path: str) -> bytes:
    try:
        with open(path, "rb") as file:
            return file.read()
    except OSError as fault:
        raise Misuse(f"{path}: cannot be read: {(fault.strerror or str(fault)).lower()}") from None


def _parse(path: str, data: bytes) -> dict[str, Any]:
    import tomllib

    try:
        return tomllib.loads(data.decode("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fault:
        raise Misuse(f"{path}: this is not TOML: {fault}") from None


def _table(document: dict[str, Any], path: str) -> dict[str, Any] | None:
    if os.path.basename(path) != "pyproject.toml":
        return document
    tool = document.get("tool")
    table = tool.get("shapelint") if isinstance(tool, dict) else None
    if table is not None and not isinstance(table, dict):
        raise Misuse(f"{path}: `{_TABLE}` must be a table")
    return table


def _in_file(path: str, fault: Misuse) -> Misuse:
    return Misuse(f"{path}: {fault}")
