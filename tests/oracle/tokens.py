"""The text of an expression in, its tokens out: the writer's spellings, and those a repair may answer in."""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

_LAYER = r"(?:_?\d+|\^?\[\d+\]|\^?\{\[?\d+\]?\})"
_PATTERN = re.compile(
    rf"""
      (?P<blank>\s+)
    | (?P<keyword>axis|keepdims)=
    | (?P<constant>True|False)
    | (?P<numpy>(?:np\.)?(?:dot|matmul|multiply|divide|power|sum|transpose)(?=\())
    | (?P<method>\.(?:dot|sum)(?=\())
    | (?P<function>(?:np\.)?(?:log|exp|tanh|sqrt|sigmoid|softmax|relu|g){_LAYER}?'?(?=\())
    | (?P<name>d?(?:alpha|lambda|[WbZAzaXxYyJmαλ]){_LAYER}?)
    | (?P<number>\d+(?:\.\d*)?)
    | (?P<transpose>\.T|ᵀ|\^T|'|(?<=[\d\]\)])T)
    | (?P<square>²|\*\*2|\^2)
    | (?P<product>[@*/⊙·∘])
    | (?P<sign>[-+])
    | (?P<open>\()
    | (?P<close>\))
    | (?P<comma>,)
    """,
    re.VERBOSE,
)


class Token(NamedTuple):
    kind: str
    text: str


END = Token("end", "")


def tokens(text: str) -> Iterator[Token]:
    """Split an expression. Raises ValueError at what is no part of it."""
    place = 0
    while place < len(text):
        found = _PATTERN.match(text, place)
        if found is None or found.lastgroup is None:
            raise ValueError(f"cannot read {text[place:]!r} in {text!r}")
        place = found.end()
        if found.lastgroup != "blank":
            yield Token(found.lastgroup, found.group(found.lastgroup))
    yield END


class Cursor:
    """Tokens and a place among them."""

    def __init__(self, found: Iterable[Token]) -> None:
        self._tokens = list(found)
        self._place = 0

    @property
    def next(self) -> Token:
        """Return the token at the place; behind the last one, the end."""
        return self._tokens[self._place] if self._place < len(self._tokens) else END

    def take(self, *kinds: str) -> str:
        """Step over a token of one of these kinds. Raises ValueError if it is another."""
        token = self.next
        if token.kind not in kinds:
            raise ValueError(f"found {token.text!r}, not one of {kinds}")
        self._place += 1
        return token.text
