"""A network that a document tells in part in, the rest of it taken from the usual one out."""

import re
from collections.abc import Sequence

from shapelint.calculus.expressions import CALL, NOWHERE, Node, Shapes, UnshapedError
from shapelint.calculus.forward import network_of
from shapelint.calculus.functions import SOFTMAX, costs
from shapelint.calculus.network import Forward, Network
from shapelint.calculus.simplify import in_place_of
from shapelint.calculus.slopes import expression
from shapelint.calculus.usual import Usual, cost_line, general_lines, lines_of
from shapelint.documents.read import contents
from shapelint.infer.facts import Said
from shapelint.infer.parts import Settings
from shapelint.judge.document import read_document
from shapelint.source import Source

_MOST_LAYERS = 64
FORWARD, COST = "forward", "cost"
_LAYER = re.compile(r"[A-Za-z]\[(\d+)\]$")
_GENERAL = re.compile(r"\[[lL]")


def usual_network(usual: Usual, small: bool = False) -> Network:
    """Return the network of a convention; of one example in small letters."""
    return _read(_small(lines_of(usual)) if small else lines_of(usual), usual.convention)


def general_network(usual: Usual, small: bool = False) -> Network:
    """Return layers l, l+1 and L of the network of a convention."""
    return _read(_small(general_lines(usual)) if small else general_lines(usual), usual.convention)


def _small(text: str) -> str:
    """Write the network of one example: small letters, and its loss instead of a mean."""
    text = text.replace("(1/m) * ", "").replace("(1/(2 * m)) * ", "(1/2) * ")
    return re.sub(r"\b([ZAXY])(?=\d|\b|\[)", lambda found: found[1].lower(), text)


def _read(text: str, convention: str) -> Network:
    read = contents(Source("formulas.txt", text))
    return network_of(read_document(read, Settings(convention, None, None, ""), Said((), (), {})))


def completed(own: Network, targets: Sequence[str], usual: Usual) -> tuple[Network, tuple[str, ...]]:
    """Add lines of the convention where a gradient is by something that no line makes, and the cost where none is told.

    Returns what was added, too: FORWARD, COST.
    """
    assumed: list[str] = []
    wanted = [*targets, *(one.key for one in own.gradients)]
    if any(_lacks(own, key) for key in wanted):
        added = _conventional(own, wanted, usual)
        if added is not None:
            own = _joined(own, added)
            assumed.append(FORWARD)
    if own.cost is None and not own.stopped and (output := _output(own)) is not None:
        own = _with_cost(own, output, usual)
        if own.cost is not None:
            assumed.append(COST)
    return own, tuple(assumed)


def _lacks(network: Network, key: str) -> bool:
    """Say whether nothing tells what a name of a layer is made of, or what is made of it."""
    if not (_LAYER.match(key) or _GENERAL.search(key)) or key in network.stopped:
        return False
    if key in network.lines:
        return key[:1] in "Zz" and network.cost is None and key not in network.uses()
    return key[:1] in "ZzAa" or key not in network.uses()


def _conventional(own: Network, wanted: Sequence[str], usual: Usual) -> Network | None:
    small = any(key[:1] in "za" for key in wanted) and not any(key[:1] in "ZA" for key in own.shapes)
    if any(_GENERAL.search(key) for key in wanted):
        return general_network(usual, small)
    layers = [int(match[1]) for key in (*wanted, *own.shapes) if (match := _LAYER.match(key))]
    if not any(map(_LAYER.match, own.shapes)):
        layers.append(usual.layers)
    if not layers or max(layers) > _MOST_LAYERS:
        return None
    return usual_network(usual._replace(layers=max(layers)), small)


def _joined(own: Network, added: Network) -> Network:
    """The document's own lines hold; those of the convention are marked."""
    lines = {key: line._replace(assumed=True) for key, line in added.lines.items()}
    last = added.cost
    if own.cost is not None and last is not None:
        del lines[last]
        last = own.cost
    return own._replace(
        lines={**lines, **own.lines},
        shapes={**added.shapes, **own.shapes},
        words={**added.words, **own.words},
        cost=own.cost or last,
        notation=own.notation,
    )


def _output(network: Network) -> str | None:
    """Return what the network puts out: the last activation that nothing uses, beside labels that nothing uses."""
    used = network.uses()
    ends = [key for key in network.lines if key not in used and key[:1] in "AaZzyYh" and network.shape(key)]
    labels = any(key in network.shapes for key in ("Y", "y"))
    return ends[-1] if len(ends) == 1 and labels and not _GENERAL.search(ends[0]) else None


def _with_cost(network: Network, output: str, usual: Usual) -> Network:
    line = network.lines[output].value
    name = SOFTMAX if line.op == CALL and line.data.name == SOFTMAX else usual.cost
    labels = "Y" if "Y" in network.shapes else "y"
    value = expression(costs()[name].formula)
    assert value is not None
    value = in_place_of(in_place_of(value, "A", Node("var", (), output)), "Y", Node("var", (), labels))
    try:
        Shapes(network.shape)(value)
    except UnshapedError:
        return network
    words = network.words.get(output, output), network.words.get(labels, labels)
    text = re.sub(r"\bY\b", words[1], cost_line(usual._replace(cost=name), words[0]))
    made = Forward("J", value, text, NOWHERE, assumed=True)
    return network._replace(lines={**network.lines, "J": made}, shapes={**network.shapes, "J": ()}, cost="J")
