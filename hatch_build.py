"""Writes the parser's tables when the package is built, so that running it needs no grammar reader."""

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

TABLE = "shapelint/parse/table_{}.py"


class TableHook(BuildHookInterface):
    """Runs before a wheel is put together, an editable one too; a source distribution has no table."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Write the tables beside the code that reads them; `artifacts` in pyproject.toml takes them along."""
        if self.target_name == "wheel":
            for grammar, text in _tables(self.root).items():
                Path(self.root, TABLE.format(grammar)).write_text(text, encoding="utf-8")

    def clean(self, versions: list[str]) -> None:
        """Take the tables away (`hatch clean`)."""
        for path in Path(self.root).glob(TABLE.format("*")):
            path.unlink()


def _tables(root: str) -> dict[str, str]:
    sys.path.insert(0, root)  # the package is not installed yet: it is what is being built
    try:
        from shapelint.parse.build import module_text
        from shapelint.parse.grammars import GRAMMARS, grammar_key

        return {grammar: module_text(grammar, grammar_key(grammar)) for grammar in GRAMMARS}
    finally:
        sys.path.remove(root)
