"""Writes the tables of the parser and of the conventions when the package is built: running it only looks them up."""

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

TABLES = ("shapelint/parse/table_{}.py", "shapelint/conventions/table_{}.py")


class TableHook(BuildHookInterface):
    """Runs before a wheel is put together, an editable one too; a source distribution has no table."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Write the tables beside the code that reads them; `artifacts` in pyproject.toml takes them along."""
        if self.target_name == "wheel":
            for path, text in _tables(self.root).items():
                Path(self.root, path).write_text(text, encoding="utf-8")

    def clean(self, versions: list[str]) -> None:
        """Take the tables away (`hatch clean`)."""
        for table in TABLES:
            for path in Path(self.root).glob(table.format("*")):
                path.unlink()


def _tables(root: str) -> dict[str, str]:
    sys.path.insert(0, root)  # the package is not installed yet: it is what is being built
    try:
        from shapelint import conventions
        from shapelint.conventions import read
        from shapelint.parse import build, grammars

        parser, convention = TABLES
        tables = {
            parser.format(name): build.module_text(name, grammars.grammar_key(name))
            for name in grammars.GRAMMARS
        }
        return tables | {
            convention.format(name): read.module_text(name, conventions.shipped(name), conventions.key(name))
            for name in conventions.CONVENTIONS
        }
    finally:
        sys.path.remove(root)
