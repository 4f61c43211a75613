"""A path that does not exist in, what was probably meant out: a formula, or a command."""

import re

from shapelint.files.kinds import SUFFIXES
from shapelint.misuse import nearest

_COMMANDS = ("check", "shapes", "explain", "lsp", "completion")
# A relation with something before and behind it, an operator between two operands, a transpose, a function of a name.
_FORMULA = re.compile(
    r"\w['\])}]*\s*(?::=|<-|←|(?<![=<>!])=(?!=))\s*[\w(-]|\w['\])}]*\s*[@*·⊙∘]\s*\(*\w|\w\.T\b|\w'\("
    r"|\bd?[WZAXYwzaxy]\d*\s+\(?d?[WZAXYwzaxy]\d*\b"
)


def advice(path: str) -> str:
    """Return what a path that does not exist was probably meant to be, "" where nothing is likely."""
    if not path.lower().endswith(SUFFIXES) and _FORMULA.search(path):
        return f'this looks like a formula; did you mean `-e "{path}"`?'
    command = nearest(path, _COMMANDS) if path.isalpha() else ""
    return f"did you mean `shapelint {command}`?" if command else ""
