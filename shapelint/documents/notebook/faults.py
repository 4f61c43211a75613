"""Why a notebook cannot be read: what reading it raised comes in, out come the words, and the place to show."""

import re
from json import JSONDecodeError

from shapelint.documents.kinds import Refusal
from shapelint.documents.notebook.scan import NoNotebookError
from shapelint.source import Source

# Outside of strings, the brackets; a string is taken whole, even one that does not end.
_TOKEN = re.compile(r'"(?:[^"\\]++|\\.)*+"?|[\[{]|[\]}]', re.DOTALL)
_LONG_NUMBER = re.compile(r"(?<![\d.\"])\d{1000,}")
_HERE = re.compile(r"(?: starting)? at$|:\s*$")
_CONFLICT = ("<<<<<<<", "=======", ">>>>>>>", "|||||||")


def refusal(raw: str, fault: NoNotebookError | ValueError | RecursionError) -> Refusal:
    """Return what to say of the raw text of a notebook."""
    match fault:
        case NoNotebookError():
            return Refusal("this is no notebook, which is a JSON object with a list `cells`", fault.place)
        case RecursionError():
            return Refusal("the brackets of this JSON are nested too deep", _deepest(raw))
        case JSONDecodeError():
            return _not_json(raw, fault)
        case _:  # Python reads no integer of more than some thousand digits
            found = _LONG_NUMBER.search(raw)
            return Refusal("a number in this JSON has too many digits", found.start() if found else 0)


def _not_json(raw: str, fault: JSONDecodeError) -> Refusal:
    if not raw.strip():
        return Refusal("this file is empty, and no notebook")
    source = Source("", raw)
    if source.line(source.row(fault.pos)).startswith(_CONFLICT):
        advice = "a merge has left both versions here: keep one of them"
    else:
        advice = "a notebook is JSON: mend it here, or take the last version that Jupyter opens"
    return Refusal(f"this is not JSON: {_words(fault.msg)}", fault.pos, advice)


def _words(message: str) -> str:
    """Return what `json` says without the words that its own place would follow."""
    return message[:1].lower() + _HERE.sub("", message[1:])


def _deepest(raw: str) -> int:
    """Return the place of the innermost bracket."""
    depth = most = place = 0
    for token in _TOKEN.finditer(raw):
        sign = token[0]
        depth += (sign in "[{") - (sign in "]}")
        if depth > most:
            most, place = depth, token.start()
    return place
