"""A list of names as prose writes them in, in the shadow of a text, the names out; and what such names look like."""

import re

from shapelint.documents.shadow import CLOSE, OPEN
from shapelint.parse.prose import is_wordlike
from shapelint.patterns import lazy

_INDEX = r"(?:\^?\[[\w+\-]{1,6}\]|[_^]\{[^{}=]{1,10}\}|\^\([\w+\-]{1,6}\)|⁽[^⁾\n]{1,6}⁾)"
_BY = r"(?:[d∂](?:[JLCE]|[Ll]oss|[Cc]ost)[ ]?/[ ]?(?=[d∂]))?"  # `dE/dz2`
_PLAIN_NAME = rf"(?<![\w.\\^_{{}}\])'{OPEN}-]){_BY}[^\W\d_]\w{{0,15}}{_INDEX}{{0,2}}(?![\w\\^_{{\[{CLOSE}])"
SCRIPT = (
    r"(?:'|[_^][ ]?(?:\w|\\[A-Za-z]+|\{(?:[^{}=]|\\?[A-Za-z]+\{[^{}=]{1,8}\}){1,16}\}|\([^()=]{1,6}\)|\[[^\[\]]{1,6}\])"
    r"|\[[^\[\]]{1,6}\])"
)
_ACCENTS = r"(?:d[ ]?(?=\\)|\\(?:partial|Delta|nabla)[ ]?)?(?:\\[A-Za-z]+[ ]?\{?[ ]?)?"
LATEX_NAME = rf"{_ACCENTS}(?:\\[A-Za-z]+|[^\W\d_][^\W\d_]{{0,14}}\d{{0,2}})[ ]?\}}?{SCRIPT}{{0,3}}"
_MARKED_NAMES = rf"{OPEN}[ ]*{LATEX_NAME}(?:[ ]*,[ ]*{LATEX_NAME}){{0,5}}[ ]*{CLOSE}"
NAME = rf"(?:{_MARKED_NAMES}|{_PLAIN_NAME})"
NAMES = rf"(?P<names>{NAME}(?:(?:[ ]*,[ ]*(?:and[ ]+)?|[ ]+(?:and|&)[ ]+){NAME}){{0,5}})"
_COUNTS = lazy(r"(?:n(?![a-zA-Z])|[mNTL]\Z)")
_SHORT_WORDS = (
    "an if so as is where of in at on by to we a my and or so the let here with for that this then but when"
)
SHORT = frozenset(_SHORT_WORDS.split())


def names_in(written: str) -> list[str]:
    """Return the names of a list, none where one of them is a word."""
    if written.startswith(OPEN) and CLOSE not in written:
        return [written[1:].strip()]
    found: list[str] = []
    for match in re.finditer(NAME, written):
        name = match[0]
        if name.startswith(OPEN):
            found += [one.strip() for one in re.split(r",(?![^{]*\})", name[1:-1])]
        elif name != "and":
            if is_wordlike(name) or name in SHORT or _COUNTS.match(name):
                return []
            found.append(name.rpartition("/")[2].strip().replace("∂", "d"))
    return found
