"""Configuration files and the editor's settings in, how a document is read out. The editor's outrank the file's."""

import logging
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from shapelint.check import Options
from shapelint.config import Config
from shapelint.config.find import Nearest
from shapelint.files.patterns import matches
from shapelint.misuse import Misuse
from shapelint.selection import Selection, selectors
from shapelint.server.document import is_named, path_of

_LOG = logging.getLogger(__name__)
_UNCHECKED = ("undetermined", "unread")  # hints, where the editor wants to show them
_CHOICES = {"layout": ("gradient", "denominator", "numerator"), "star": ("elementwise", "product", "either")}

DELAY = 800  # milliseconds: longer than between two letters, shorter than a look at what was written
_LONGEST = 600_000


class Settings:
    """What holds for each document; whoever changes something starts anew with `reread`."""

    def __init__(self) -> None:
        """Start with the configuration files alone."""
        self._nearest = Nearest()
        self._editor: Mapping[str, Any] = {}

    def take(self, value: object) -> None:
        """Take the editor's settings: `{…}`, `{"settings": {…}}` or `{"shapelint": {…}}`; others are left aside.

        Some editors write a key out: `{"shapelint.delay": 0}`.
        """
        for key in ("settings", "shapelint"):
            if isinstance(value, Mapping) and isinstance(value.get(key), Mapping):
                value = value[key]
        settings = value if isinstance(value, Mapping) else {}
        self._editor = {str(key).removeprefix("shapelint."): found for key, found in settings.items()}

    @property
    def takes_answers(self) -> bool:
        """Say whether the editor's plugin shows the answers of commands itself."""
        return self._editor.get("showAnalysis") == "answer"

    @property
    def delay(self) -> int:
        """Return how many milliseconds the line that is typed is left alone; 0 for not at all."""
        value = self._editor.get("delay")
        if not isinstance(value, int | float) or isinstance(value, bool):
            return DELAY
        return int(value) if 0 <= value <= _LONGEST else DELAY

    def reread(self) -> None:
        """Forget which configuration files were read."""
        self._nearest = Nearest()

    def options(self, uri: str, language: str) -> Options:
        """Return how a document's formulas are understood."""
        config = self._config(uri)
        convention = self._word("convention")
        return Options(
            convention or config.convention,
            None if convention else config.convention_text,
            self._word("layout") or config.layout,
            self._word("star") or config.star,
            config.sizes,
            config.declarations,
            walked=not is_named(uri, language),
        )

    def selection(self, uri: str) -> Selection:
        """Return which findings are wanted."""
        config = self._config(uri)
        ignore = (*config.ignore, *(self._codes("ignore") or ()))
        path = path_of(uri)
        here = [
            code
            for pattern, codes in config.per_file_ignores
            if path and matches(path, (pattern,), config.folder)
            for code in codes
        ]
        also = _UNCHECKED if self._editor.get("showUnchecked") is True else ()
        return Selection(self._codes("select") or config.select, ignore, tuple(here), also)

    def excluded(self, path: str) -> bool:
        """Say whether the configuration leaves a file out that is found in a folder."""
        config = self._at(str(Path(path).parent))
        return bool(config.exclude) and matches(path, config.exclude, config.folder)

    def _config(self, uri: str) -> Config:
        path = path_of(uri)
        return self._at(str(Path(path).parent)) if path else Config(folder=str(Path.cwd()))

    def _at(self, folder: str) -> Config:
        try:
            return self._nearest.at(folder)
        except Misuse as fault:
            _LOG.error("%s", fault)
            return Config(folder=folder)

    def _word(self, key: str) -> str | None:
        """Return one of the editor's settings, None where it is none that exists."""
        from shapelint.conventions import CONVENTIONS

        value = self._editor.get(key)
        allowed = _CHOICES.get(key) or tuple(CONVENTIONS)
        return value if isinstance(value, str) and value in allowed else None

    def _codes(self, key: str) -> tuple[str, ...] | None:
        value = self._editor.get(key)
        words = ",".join(map(str, value)) if isinstance(value, list) else value
        if not isinstance(words, str) or not words:
            return None
        try:
            return selectors(words)
        except Misuse as fault:
            _LOG.error("%s", fault)
            return None
