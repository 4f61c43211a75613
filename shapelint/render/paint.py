"""Colours: the role of a text comes in, the text with its terminal colours comes out."""

from collections.abc import Mapping

_ROLES = {
    "error": "1;31",
    "warning": "1;33",
    "headline": "1",
    "frame": "34",
    "label": "36",
    "help": "1;32",
    "good": "32",
    "removed": "31",
}


def paint(text: str, role: str) -> str:
    """Return the text in the colour of its role; a role without a colour changes nothing."""
    return f"\x1b[{_ROLES[role]}m{text}\x1b[0m" if text and role in _ROLES else text


def wanted(choice: str, environment: Mapping[str, str], terminal: bool) -> bool:
    """Decide about colours: the option, NO_COLOR, FORCE_COLOR, TERM=dumb, then whether it is a terminal."""
    if choice != "auto":
        return choice == "always"
    if environment.get("NO_COLOR"):
        return False
    if environment.get("FORCE_COLOR", "0").lower() not in ("", "0", "false"):
        return True
    return terminal and environment.get("TERM") != "dumb"
