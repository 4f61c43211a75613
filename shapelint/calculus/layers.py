"""Lines of layer l in, those of the next layer out: the way back through layer l begins there."""

import re
from typing import Any

from shapelint.calculus.expressions import CALL, SIZE, VAR, Node, rebuilt
from shapelint.calculus.network import Forward, Network
from shapelint.shapes import Shape
from shapelint.sizes import Size, layer_of, layer_size
from shapelint.symbol import Layer

_GENERAL = re.compile(r"\[l([+-]\d+)?\]")


def with_next_layer(network: Network) -> Network:
    """Return a network whose lines of layer l stand there for the next layer, too."""
    general = {key: line for key, line in network.lines.items() if _GENERAL.search(key)}
    if not general:
        return network
    lines, shapes, words = dict(network.lines), dict(network.shapes), dict(network.words)
    for key, line in general.items():
        moved = _key(key)
        lines.setdefault(moved, Forward(moved, _moved(line.value), _text(line.text), line.span, line.assumed))
    for key, shape in network.shapes.items():
        if _GENERAL.search(key):
            shapes.setdefault(_key(key), _shape(shape))
    for key, word in network.words.items():
        if _GENERAL.search(key):
            words.setdefault(_key(key), _text(word))
    return network._replace(lines=lines, shapes=shapes, words=words)


def _key(key: str) -> str:
    return _GENERAL.sub(lambda found: f"[{_next(found[1])}]", key)


def _next(offset: str | None) -> str:
    number = int(offset or 0) + 1
    return f"l{number:+d}" if number else "l"


def _text(text: str) -> str:
    return re.sub(r"(?<![A-Za-z])l([+-]\d+)?(?![A-Za-z])", lambda found: _next(found[1]), text)


def _moved(node: Node) -> Node:
    data: Any = node.data
    if node.op == VAR:
        data = _key(data)
    elif node.op == SIZE:
        data = _size(data)
    elif node.op == CALL and data.layer:
        data = data._replace(layer=_text(data.layer))
    return rebuilt(node._replace(data=data), _moved)


def _shape(shape: Shape) -> Shape:
    return tuple(map(_size, shape))


def _size(size: Size) -> Size:
    layer = layer_of(size) if isinstance(size, str) else None
    return size if layer is None or layer.base != "l" else layer_size(Layer("l", layer.offset + 1))
