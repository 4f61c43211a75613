"""Regular expressions that are compiled when they are first used: a short run meets few of them, and pays for those."""

import re
from typing import Any, cast

_METHODS = ("match", "fullmatch", "search", "finditer", "sub", "split")


class _Lazy:
    """A pattern that is compiled when one of its methods is first asked for, and then has them as its own."""

    def __init__(self, pattern: str, flags: re.RegexFlag) -> None:
        self._pattern = pattern
        self._flags = flags

    def __getattr__(self, name: str) -> Any:
        if name not in _METHODS:
            raise AttributeError(name)
        compiled = re.compile(self._pattern, self._flags)
        for method in _METHODS:
            setattr(self, method, getattr(compiled, method))
        return getattr(compiled, name)


def lazy(pattern: str, flags: re.RegexFlag = re.NOFLAG) -> re.Pattern[str]:
    """Return a pattern with its methods, compiled when one of them is first used."""
    return cast("re.Pattern[str]", _Lazy(pattern, flags))
