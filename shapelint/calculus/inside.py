"""Lines such as `A2 = g(W2 A1 + b2)` in, two lines out: what stands inside of the activation gets a name.

It is Z of the layer, or z with the name of the line, as on the blackboard: the derivative by it is a step of its own.
"""

import re

from shapelint.calculus.expressions import CALL, VAR, Node, Shapes, UnshapedError, var
from shapelint.calculus.functions import SOFTMAX, UNTOLD, functions
from shapelint.calculus.network import EARLIER, Forward, Network
from shapelint.calculus.notations import WRITERS
from shapelint.calculus.writer import Spelling, Writer
from shapelint.parse.notation import PLAIN, PYTHON
from shapelint.shapes import Shape

_LAYERED = re.compile(r"(?P<letter>[Aa])(?P<layer>\[[^\]]*\]|\d+)$")
_LINEAR = {"A": "Z", "a": "z"}


def with_insides_named(network: Network) -> Network:
    """Return a network in which every activation is one of a name."""
    lines: dict[str, Forward] = {}
    shapes, words = dict(network.shapes), dict(network.words)
    of = Shapes(network.shape)
    for key, line in network.lines.items():
        name = _name_of_inside(network, line) if _is_of_more(line.value) else None
        shape = _shape(of, line.value.args[0]) if name is not None else None
        if name is None or shape is None:
            lines[key] = line
            continue
        shapes[name] = shape
        words.setdefault(name, _word(name, network.words.get(key, key)))
        write = writer_of(network._replace(words=words), of)
        inside, call = line.value.args[0], line.value._replace(args=(var(name),))
        said = f"{write.name(name)} = {write(inside)}"
        lines[name] = Forward(name, inside, said, line.span, assumed=True)
        text = f"{write.name(key)} = {write.function(call.data)}({write.name(name)})"
        lines[key] = line._replace(value=call, text=text)
    return network._replace(lines=lines, shapes=shapes, words=words)


def writer_of(network: Network, shapes: Shapes) -> Writer:
    """Return what writes formulas as the document does."""
    return WRITERS[notation_of(network)](Spelling(network.words, network.spellings), shapes)


def notation_of(network: Network) -> str:
    """Return the notation that a document is written in."""
    found = network.notation
    if found is None or found is PLAIN:
        return "text"
    return "numpy" if found.grammar == PYTHON else "latex"


def _is_of_more(value: Node) -> bool:
    """Say whether an expression is the activation of something that has no name."""
    if value.op != CALL or value.data.order or value.args[0].op == VAR:
        return False
    row = functions().get(value.data.name)
    return value.data.name in (SOFTMAX, UNTOLD) or (row is not None and row.activation)


def _name_of_inside(network: Network, line: Forward) -> str | None:
    """Return a key that nothing has: `Z[2]` for `A[2]`, `z_ft` for `ft`."""
    if EARLIER in line.key:
        return None
    match = _LAYERED.match(line.key)
    key = f"{_LINEAR[match['letter']]}{match['layer']}" if match is not None else f"z_{line.key}"
    return None if key in network.lines or key in network.stopped else key


def _word(name: str, of: str) -> str:
    """Return how the new name is spelled: `Z2`, or as the line's own name is, `z_a_next`."""
    return (
        f"z_{of}" if name.startswith("z_") and of.isidentifier() else name.replace("[", "").replace("]", "")
    )


def _shape(shapes: Shapes, node: Node) -> Shape | None:
    try:
        return shapes(node)
    except (UnshapedError, IndexError):
        return None
