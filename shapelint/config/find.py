"""Find the configuration that holds for a folder: the nearest one upwards, each folder asked once."""

import os
from typing import TYPE_CHECKING

from shapelint.config import Config

if TYPE_CHECKING:
    from shapelint.cache.store import Store


class Nearest:
    """The configurations found so far, by folder."""

    def __init__(self, store: "Store | None" = None) -> None:
        """Start without having looked anywhere; what is parsed is kept in the store."""
        self._store = store
        self._found: dict[str, Config] = {}
        self.asked: list[str] = []  # the paths where a configuration was looked for, there or not

    def at(self, folder: str) -> Config:
        """Return the configuration for the files of a folder; raises Misuse for a faulty one."""
        asked: list[str] = []
        folder = os.path.abspath(folder)
        while folder not in self._found:
            asked.append(folder)
            here = self._here(folder)
            above = os.path.dirname(folder)
            if here is not None or above == folder:
                self._found[folder] = here or Config(folder=os.getcwd())
            else:
                folder = above
        self._found.update(dict.fromkeys(asked, self._found[folder]))
        return self._found[folder]

    def _here(self, folder: str) -> Config | None:
        """Return what this very folder says; of two files `shapelint.toml` is the plainer word."""
        for name in ("shapelint.toml", "pyproject.toml"):
            path = os.path.join(folder, name)
            self.asked.append(path)
            if os.path.isfile(path) and (name == "shapelint.toml" or _speaks_of_us(path)):
                from shapelint.config.load import load  # tomllib and the keys: only for a file that is there

                config = load(path, self._store)
                if config is not None:
                    return config
        return None


def _speaks_of_us(path: str) -> bool:
    """Tell whether a pyproject.toml can hold our table: cheaper than to parse every one on the way up."""
    try:
        with open(path, "rb") as file:
            return b"shapelint" in file.read()
    except OSError:
        return False
