"""A network: its forward pass line by line, as expressions over names.

A name that a line makes anew of itself (`A1 = A1 * D1`) has versions: the last one has the plain name, those before it
a ring for each step back, `A1°`. A program's variables are told apart in the same way.
"""

from collections.abc import Mapping
from typing import NamedTuple

from shapelint.calculus.expressions import Node, names
from shapelint.documents.statements import Statement
from shapelint.infer.section import Section
from shapelint.parse.notation import Notation
from shapelint.shapes import Shape
from shapelint.source import Span

EARLIER = "°"  # behind the key of a version that is not the last
GRADIENT = "d"  # before the key of what it is by


class Forward(NamedTuple):
    """A line of the forward pass: the key of its target, what that is made of, and where it stands.

    `assumed` is true for a line that the document does not have. `span` is that of the line in the text.
    """

    key: str
    value: Node
    text: str
    span: Span
    assumed: bool = False


class Stopped(NamedTuple):
    """A line that the calculus cannot work with: why, by a word of `lower`, what stops it, the keys of its names."""

    key: str
    reason: str
    what: str
    span: Span
    text: str
    names: tuple[str, ...] = ()


class Written(NamedTuple):
    """A gradient as the document has it: the key of what it is by, its formula, None where it is not understood."""

    key: str
    value: Node | None
    text: str
    span: Span
    statement: Statement
    section: Section


class Network(NamedTuple):
    """A forward pass: its lines by the key of their targets, the lines that stop it, the shapes of all names.

    `cost` is the key of the cost, None where no line tells one. `words` says how the document writes a name,
    `gradients` are its own lines of the backward pass, `again` lines that define a name once more and are not used.
    """

    lines: Mapping[str, Forward]
    stopped: Mapping[str, Stopped]
    shapes: Mapping[str, Shape]
    cost: str | None
    words: Mapping[str, str]
    gradients: tuple[Written, ...]
    again: tuple[Stopped, ...]
    spellings: Mapping[str, str]
    convention: str
    notation: Notation | None
    last: int | None

    def shape(self, key: str) -> Shape | None:
        """Return the shape of a name, or of what it is the gradient of."""
        if key[:1] == GRADIENT and key not in self.lines and key[1:] in self.shapes:
            return self.shapes[key[1:]]
        return self.shapes.get(key)

    def uses(self) -> dict[str, list[str]]:
        """Return, for each name, the lines that it is used in."""
        found: dict[str, list[str]] = {}
        for key, line in self.lines.items():
            for name in names(line.value):
                found.setdefault(name, []).append(key)
        return found


def plain_key(key: str) -> str:
    """Return the key of a name whatever version of it this is."""
    return key.rstrip(EARLIER)
