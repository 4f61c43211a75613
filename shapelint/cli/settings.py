"""What holds for each file: options and the nearest configuration come in, the merged settings come out.

An option outranks the configuration file; `--ignore` and `--exclude` add to it.
"""

import os
from typing import TYPE_CHECKING

from shapelint.cache.store import Store, folder
from shapelint.cli.values import Values
from shapelint.config import Config
from shapelint.config.find import Nearest
from shapelint.misuse import Misuse
from shapelint.selection import Selection, wanted

if TYPE_CHECKING:
    from shapelint.check import Options


_HINTS = ("undetermined", "unread")  # told where somebody wants to know


class Settings:
    """The settings of one run."""

    def __init__(self, values: Values) -> None:
        """Take the options; raises Misuse for a configuration or convention that cannot be read."""
        self._values = values
        store = None if values.no_cache else Store(folder())
        self._nearest = Nearest(store)
        self._fixed = _fixed(values, store)
        self._convention = _convention(values.convention)
        self._exclude = _flat(values.exclude)
        self._own = False

    def config(self, path: str) -> Config:
        """Return the configuration that holds for a file."""
        return self._fixed or self._nearest.at(os.path.dirname(path))

    def asked(self) -> list[str] | None:
        """Return the paths where a configuration was looked for; None where a convention's file decided, too."""
        if self._own:
            return None
        return [*self._nearest.asked, *([self._values.config] if self._values.config else [])]

    def options(self, path: str, walked: bool, given: bool = False) -> "Options":
        """Return how a file's formulas are understood; `given` are those of `-e`."""
        from shapelint.check import Options

        config = self.config(path)
        selection = self.selection(path)
        hints, advice = (any(wanted(code, selection) for code in some) for some in (_HINTS, _HINTS[:1]))
        name, text = self._convention or (config.convention, config.convention_text)
        self._own = self._own or text is not None
        layout, star = self._values.layout or config.layout, self._values.star or config.star
        verbose = self._values.verbose
        return Options(
            name,
            text,
            layout,
            star,
            config.sizes,
            config.declarations,
            walked,
            verbose,
            given,
            given or hints,
            advice,
        )

    def excluded(self, path: str) -> bool:
        """Tell whether a path is left out."""
        config = self.config(path)
        return _matches(path, self._exclude, os.getcwd()) or _matches(path, config.exclude, config.folder)

    def selection(self, path: str) -> Selection:
        """Return which findings of a file are wanted."""
        config = self.config(path)
        ignores, folder = config.per_file_ignores, config.folder
        here = _flat([codes for pattern, codes in ignores if _matches(path, (pattern,), folder)])
        ignore = _flat(self._values.ignore)
        if self._values.select is None:
            return Selection(config.select, (*config.ignore, *ignore), here)
        return Selection(_flat(self._values.select), ignore, here)


def _fixed(values: Values, store: Store | None) -> Config | None:
    """Return the one configuration of a run that asks for it; None where each file has its nearest."""
    if values.config and values.isolated:
        raise Misuse("`--config` and `--isolated` exclude each other")
    if values.isolated:
        return Config(folder=os.getcwd())
    if values.config is None:
        return None
    from shapelint.config.load import required

    return required(values.config, store)


def _convention(value: str | None) -> tuple[str, str | None] | None:
    if value is None:
        return None
    from shapelint.config.choices import convention

    return convention(value, os.getcwd())


def _flat(lists: list[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(word for words in lists for word in words)


def _matches(path: str, patterns: tuple[str, ...], folder: str) -> bool:
    if not patterns:
        return False
    from shapelint.files.patterns import matches

    return matches(path, patterns, folder)
