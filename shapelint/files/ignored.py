"""What git would leave out below a folder: a path comes in, out comes whether git ignores it."""

import os
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec


class _Rules(NamedTuple):
    """The patterns of one ignore file, and the folder that they speak about."""

    folder: str
    spec: "GitIgnoreSpec"


class Ignored:
    """The ignore files that hold below one folder, each read once.

    They are those of the folder and of all below it and, inside a repository, of all above it up to
    the repository's top, with its `.git/info/exclude`. As in git the deepest file decides first.
    """

    def __init__(self, folder: str) -> None:
        """Find the repository around a folder; a folder that was named though git ignores it is wanted."""
        start = os.path.abspath(folder)
        self._chains: dict[str, tuple[_Rules, ...]] = {}
        self._top = _repository(start) or start
        if start != self._top and self.ignores(start, True):
            self._chains.clear()
            self._top = start

    def ignores(self, path: str, is_folder: bool) -> bool:
        """Tell whether git ignores a path."""
        path = os.path.abspath(path)
        for rules in reversed(self._chain(os.path.dirname(path))):
            inside = os.path.relpath(path, rules.folder).replace(os.sep, "/")
            verdict = rules.spec.check_file(inside + "/" * is_folder).include
            if verdict is not None:
                return verdict
        return False

    def _chain(self, folder: str) -> tuple[_Rules, ...]:
        """Return the rules that hold for the entries of a folder, the outermost first."""
        if folder not in self._chains:
            if folder == self._top:
                above = _read(folder, os.path.join(folder, ".git", "info", "exclude"))
            else:
                above = self._chain(os.path.dirname(folder))
            self._chains[folder] = above + _read(folder, os.path.join(folder, ".gitignore"))
        return self._chains[folder]


def _read(folder: str, path: str) -> tuple[_Rules, ...]:
    try:
        with open(path, encoding="utf-8", errors="replace") as file:
            lines = file.read().splitlines()
    except OSError:  # nearly always: there is none
        return ()
    from pathspec import GitIgnoreSpec  # dear; only where something is ignored

    return (_Rules(folder, GitIgnoreSpec.from_lines(lines)),)


def _repository(folder: str) -> str | None:
    """Return the top of the git repository that a folder is in."""
    while not os.path.exists(os.path.join(folder, ".git")):
        above = os.path.dirname(folder)
        if above == folder:
            return None
        folder = above
    return folder
