"""Writes the parser's table when the package is built, so that running it needs no grammar reader."""

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

TABLE = "shapelint/parse/table.py"


class TableHook(BuildHookInterface):
    """Runs before a wheel is put together, an editable one too; a source distribution has no table."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Write the table beside the code that reads it; `artifacts` in pyproject.toml takes it along."""
        if self.target_name == "wheel":
            Path(self.root, TABLE).write_text(_table(self.root), encoding="utf-8")

    def clean(self, versions: list[str]) -> None:
        """Take the table away (`hatch clean`)."""
        Path(self.root, TABLE).unlink(missing_ok=True)


def _table(root: str) -> str:
    sys.path.insert(0, root)  # the package is not installed yet: it is what is being built
    try:
        from shapelint.parse.build import module_text
        from shapelint.parse.grammars import grammar_key

        return module_text(grammar_key())
    finally:
        sys.path.remove(root)
