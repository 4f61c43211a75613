"""Which files are meant: the paths of the command line come in, the files to read come out."""

import os
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

STDIN = "-"

_Test = Callable[[str], bool]


class Found(NamedTuple):
    """A file to read; `walked` is true where it was found in a folder and not named."""

    path: str
    walked: bool = False


def find(paths: Iterable[str], excluded: _Test, force_exclude: bool = False) -> Iterator[Found]:
    """Yield each file once: named ones in the order given, those of a folder sorted by name.

    `excluded` holds for what a folder contains; with `force_exclude` for what is named, too: then the names come
    from a program that names every file, such as pre-commit, and are read as if they were found in a folder.
    A path that does not exist is yielded too: reading it says so.
    """
    seen: set[str] = set()
    for path in paths:
        if force_exclude and path != STDIN and excluded(path):
            continue
        for found in _expand(path, excluded, force_exclude):
            key = found.path if path == STDIN else os.path.abspath(found.path)
            if key not in seen:
                seen.add(key)
                yield found


def _expand(path: str, excluded: _Test, listed: bool) -> Iterable[Found]:
    if path == STDIN or not os.path.isdir(path):
        return (Found(path, walked=listed and path != STDIN),)
    from shapelint.files.walk import walk  # most runs are given files

    return (Found(inside, walked=True) for inside in walk(path, excluded))
