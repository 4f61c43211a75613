"""Read a configuration file: its path comes in, a Config comes out, or Misuse that names what is wrong."""

import os
import tomllib
from typing import Any

from shapelint.config import Config
from shapelint.config.keys import KEYS
from shapelint.misuse import Misuse, unknown

_TABLE = "tool.shapelint"


def load(path: str) -> Config | None:
    """Return what a file sets; None for a pyproject.toml without our table."""
    table = _table(_parse(path), path)
    if table is None:
        return None
    folder = os.path.dirname(os.path.abspath(path))
    fields: dict[str, Any] = {}
    for key, value in table.items():
        if key not in KEYS:
            raise _in_file(path, unknown("key", key, KEYS))
        try:
            fields |= KEYS[key](value, folder)
        except Misuse as fault:
            raise Misuse(f"{path}: `{key}`: {fault}") from None
    return Config(path=path, folder=folder, **fields)


def required(path: str) -> Config:
    """Return what a file sets that was named with `--config`: there it must say something."""
    config = load(path)
    if config is None:
        raise Misuse(f"{path}: there is no table `[{_TABLE}]`")
    return config


def _parse(path: str) -> dict[str, Any]:
    try:
        with open(path, "rb") as file:
            return tomllib.load(file)
    except OSError as fault:
        raise Misuse(f"{path}: cannot be read: {(fault.strerror or str(fault)).lower()}") from None
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
