"""Walk a folder: its path comes in, the paths of the formula files below it come out, sorted.

Left out are hidden folders, what git would ignore, and what the configuration excludes. A link to a
folder is not followed, as git does not: so no loop of links can catch the walk. A link to a file that stands
elsewhere is left alone, too: who names a folder has not named that file, and `--fix` would write it.
"""

import os
from collections.abc import Callable, Iterator

from shapelint.files.ignored import Ignored
from shapelint.files.kinds import picked


def walk(folder: str, excluded: Callable[[str], bool]) -> Iterator[str]:
    """Yield the formula files below a folder; one that cannot be listed is yielded itself."""
    ignored = Ignored(folder)
    # A stack and not a recursion: folders may be nested deeper than Python's calls.
    waiting = [(folder, True)]
    while waiting:
        path, is_folder = waiting.pop()
        if not is_folder:
            yield path
            continue
        try:
            inside = _entries(path, folder)
        except OSError:
            yield path  # reading it will say why
            continue
        kept = [entry for entry in inside if not ignored.ignores(*entry) and not excluded(entry[0])]
        waiting.extend(reversed(kept))


def _entries(folder: str, root: str) -> list[tuple[str, bool]]:
    """Return the subfolders and formula files of a folder, sorted by name, each with "is a folder"."""
    with os.scandir(folder) as entries:
        kept = [(entry.name, is_folder) for entry in entries if (is_folder := _kind(entry, root)) is not None]
    inside = "" if folder == os.curdir else folder
    return [(os.path.join(inside, name), is_folder) for name, is_folder in sorted(kept)]


def _kind(entry: os.DirEntry[str], root: str) -> bool | None:
    """Return True for a folder to enter, False for a file to read, None for what is left alone."""
    try:
        if entry.is_dir(follow_symlinks=False):
            return None if entry.name.startswith(".") else True
        if not picked(entry.name) or not entry.is_file():
            return None
        return None if entry.is_symlink() and not _is_below(entry.path, root) else False
    except OSError:  # a link that leads back to itself, or a file that has just gone
        return None


def _is_below(path: str, root: str) -> bool:
    base = os.path.join(os.path.realpath(root), "")
    return os.path.realpath(path).startswith(base)
