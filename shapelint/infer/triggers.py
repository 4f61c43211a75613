"""Which groups of a convention a text switches on: the names behind `when` that it uses, in any spelling."""

import re
from functools import cache, lru_cache

from shapelint.declared import Convention, Group

_GREEK = {"gamma": "γ", "theta": "θ", "Theta": "Θ"}


def triggers(convention: Convention, text: str) -> list[str]:
    """Return the names of a convention's groups that a text uses."""
    return [
        name
        for group in convention.groups
        for name in group.triggers
        if _may_use(text, name) and _uses(text, name, _is_plain(group, name))
    ]


def _is_plain(group: Group, name: str) -> bool:
    """Say whether a name has no layers in its group: `w` is no `w[1]`."""
    return any(one.word == name and one.layer is None for one in group.declared)


def _may_use(text: str, name: str) -> bool:
    """Say whether a text has the letters of a name: most texts are about something else, and this look is cheap."""
    return name in _GREEK or _letters(name) in text


def _uses(text: str, name: str, plain: bool) -> bool:
    return any(
        _begins_word(text, match.start()) for one in _spellings(name, plain) for match in one.finditer(text)
    )


@cache
def _letters(name: str) -> str:
    """Return letters that every spelling has."""
    return "<" if name.endswith("<t>") else name.partition("_")[2] or name[1:] or name


def _begins_word(text: str, start: int) -> bool:
    """Say whether a name begins at a place, or the gradient of it one letter before."""
    if start and text[start - 1] in "d∂":
        start -= 1
    return not start or not text[start - 1].isalnum()


@lru_cache(maxsize=128)
def _spellings(name: str, plain: bool) -> tuple[re.Pattern[str], ...]:
    """Return the patterns of a name's spellings: `Waa` `W_aa` `W_{aa}`, `a<t>` `a^{<t>}`.

    They begin with a plain letter, which Python's re looks for quickly.
    """
    if name.endswith("<t>"):
        return (re.compile(rf"{name[0]}\^?\{{?<\s*[tT\d]"),)
    head, _, tail = name.partition("_")
    if not tail:
        head, tail = name[0], name[1:]
    behind = r"(?![a-z(])(?!\w*_)" + (r"(?!\^?\{?\[)" if plain else "")
    joint = r"_?\{?" if tail else ""
    patterns = [re.compile(rf"{head}{joint}{tail}\}}?{behind}")]
    if name in _GREEK:
        patterns.append(re.compile(rf"{_GREEK[name]}{behind}"))
    return tuple(patterns)
