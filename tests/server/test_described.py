"""The settings that describe us to editors: they are well formed, and say what the server understands."""

import json
import tomllib
from fnmatch import fnmatch
from pathlib import PurePath
from typing import Any

import jsonschema
import pytest

import shapelint
from shapelint.conventions import CONVENTIONS
from shapelint.server.document import is_named
from shapelint.server.settings import _CHOICES

from .real import EDITORS

HELIX = EDITORS / "helix" / "languages.toml"
PYCHARM = EDITORS / "pycharm" / "shapelint"
CODE = EDITORS / "vscode"


def _pycharm(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((PYCHARM / f"{name}.json").read_text(encoding="utf-8"))
    return found


def test_helix_starts_the_server_for_our_files() -> None:
    settings = tomllib.loads(HELIX.read_text(encoding="utf-8"))
    server = settings["language-server"]["shapelint"]
    assert [server["command"], *server["args"]] == ["shapelint", "lsp"]
    languages = {one["name"]: one for one in settings["language"]}
    assert list(languages) == ["shapelint", "markdown", "python", "matlab", "latex"]
    assert all("shapelint" in one["language-servers"] for one in languages.values())
    suffix, pattern = languages["shapelint"]["file-types"]
    assert is_named(f"file:///nowhere/x.{suffix}", "")
    assert is_named(f"file:///nowhere/{pattern['glob'].replace('*', 'my-')}", "")


def test_pycharm_starts_the_server_for_our_files() -> None:
    template = _pycharm("template")
    assert template["programArgs"]["default"] == "shapelint lsp"
    patterns = [one for row in template["fileTypeMappings"] for one in row["fileType"]["patterns"]]
    for name in ("my.shapes", "formulas.txt", "l-formulas.txt", "notes.md", "paper.tex", "network.py"):
        assert any(fnmatch(name, pattern) for pattern in patterns), name
    assert not any(fnmatch("shopping.txt", pattern) for pattern in patterns)
    assert {PurePath(one).suffix for one in patterns} <= {
        ".shapes",
        ".txt",
        ".md",
        ".markdown",
        ".tex",
        ".py",
        ".m",
    }


def test_the_schema_for_pycharm_allows_what_the_server_takes() -> None:
    schema = _pycharm("settings.schema")
    keys = schema["properties"]["shapelint"]["properties"]
    assert keys["convention"]["enum"] == list(CONVENTIONS)
    assert {key: tuple(keys[key]["enum"]) for key in _CHOICES} == _CHOICES
    jsonschema.validate(_pycharm("settings"), schema)
    jsonschema.validate({"shapelint": {"convention": "rows", "ignore": ["inner-sizes"]}}, schema)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({"shapelint": {"convention": "columns"}}, schema)


def test_visual_studio_code_starts_the_server_for_our_files() -> None:
    package = json.loads((CODE / "package.json").read_text(encoding="utf-8"))
    assert package["version"] == shapelint.__version__
    [language] = package["contributes"]["languages"]
    names = [f"my{suffix}" for suffix in language["extensions"]]
    names += [pattern.replace("*", "my-") for pattern in language["filenamePatterns"]]
    assert [is_named(f"file:///nowhere/{name}", "") for name in names] == [True] * len(names) == [True, True]


def test_visual_studio_code_offers_the_settings_that_the_server_takes() -> None:
    package = json.loads((CODE / "package.json").read_text(encoding="utf-8"))
    keys = {key.removeprefix("shapelint."): value for key, value in _settings(package).items()}
    assert {
        "path",
        "arguments",
        "convention",
        "select",
        "ignore",
        "delay",
        "showUnchecked",
        *_CHOICES,
    } == keys.keys()
    assert keys["convention"]["enum"] == [None, *CONVENTIONS]
    assert {key: tuple(keys[key]["enum"][1:]) for key in _CHOICES} == _CHOICES


def _settings(package: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = package["contributes"]["configuration"]["properties"]
    return found
