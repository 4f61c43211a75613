"""Patterns for paths, as `exclude` and `per-file-ignores` have them: does a path match one?"""

import os
from collections.abc import Iterable
from fnmatch import fnmatchcase


def matches(path: str, patterns: Iterable[str], folder: str) -> bool:
    """Tell whether a path, or a folder that it is in, matches one of the patterns.

    A pattern without `/` is held against every name on the way (`build`, `*.txt`), one with `/`
    against the path from `folder` (`docs/old`, `notes/*.txt`); `*` reaches over `/` too.
    """
    names = os.path.relpath(os.path.abspath(path), folder).split(os.sep)
    heads = ["/".join(names[: end + 1]) for end in range(len(names))]
    return any(_matches(pattern, names, heads) for pattern in patterns)


def _matches(pattern: str, names: list[str], heads: list[str]) -> bool:
    pattern = pattern.removeprefix("./").rstrip("/")
    if "/" not in pattern:
        return any(fnmatchcase(name, pattern) for name in names)
    variants = (pattern.lstrip("/"), pattern.removeprefix("**/"))  # `**/` may also stand for no folder
    return any(fnmatchcase(head, variant) for head in heads for variant in variants)
