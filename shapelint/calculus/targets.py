"""What somebody calls a gradient in, the key of what it is by out: `dW1`, `dW[l]`, `dZ^{[2]}`, `∂J/∂W1`."""

import re
from collections.abc import Iterable

from shapelint.calculus.network import GRADIENT, Network
from shapelint.spelling import loose_key, spelled

_BY = re.compile(r"^(?:∂|d|\\partial\s*)\s*[JL]\s*/\s*(?:∂|d|\\partial\s*)\s*(?P<name>.+)$")
_MARKUP = re.compile(r"[\\{}_\s^]")


def key_of(network: Network, word: str) -> str | None:
    """Return the key of what a gradient is by, None where nothing in a network is called so."""
    name = object_of(word)
    for wanted in (name, word.strip()):
        plain = _plain(wanted)
        found = next(
            (key for key in _keys(network) if plain in (_plain(key), _plain(network.words.get(key, "")))),
            None,
        )
        if found is not None:
            return found
    return None


def object_of(word: str) -> str:
    """Return the name that a gradient is by, as it is written."""
    word = word.strip().strip("$`")
    by = _BY.match(word)
    if by is not None:
        return by["name"]
    return word[1:] if word[:1] == GRADIENT and len(word) > 1 else word


def usual_key(word: str) -> str:
    """Return the key that a name of a layer has in the notation: `W1` and `W^{[1]}` are `W[1]`."""
    found = spelled(object_of(word).replace("{", "").replace("}", "").replace("^", ""))
    return loose_key(found.word, found.layer)


def _keys(network: Network) -> Iterable[str]:
    return dict.fromkeys([*network.lines, *network.shapes, *network.stopped])


def _plain(name: str) -> str:
    return _MARKUP.sub("", name).replace("[", "").replace("]", "")
