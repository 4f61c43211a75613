"""The hand of Python: as in text files, but the transpose is always `.T`, and layers stand in keys, too."""

import re

from shapelint.repair.hand_plain import PlainHand
from shapelint.repair.kinds import MATRIX

_LAYER = re.compile(r"(?P<head>.*[A-Za-z_])(?P<number>\d+)(?P<tail>[\"'\]\s)]*)$", re.DOTALL)


class PythonHand(PlainHand):
    """Writes as programs do."""

    @property
    def _sign(self) -> str:
        return ".T"

    def sign(self, kind: str) -> str:
        """`@` and `*`."""
        return " @ " if kind == MATRIX else " * "

    def object_of(self, gradient: str) -> str:
        """Return what stands behind the d, in a key or behind a dot, too: `W1` of `grads["dW1"]`, of `self.dW1`."""
        inside = gradient.strip()
        for quote in ('"', "'"):
            if inside.count(quote) >= 2:
                inside = inside.split(quote)[1]
                break
        return inside.rpartition(".")[2][1:]

    def at_layer(self, text: str, old: str, new: str) -> str:
        """Return a name with another number of its layer: `cache["A2"]` of `cache["A1"]`."""
        match = _LAYER.match(text)
        return text if match is None else f"{match['head']}{new}{match['tail']}"

    def spelling(self, text: str) -> str:
        """Return the name that stands in a key, behind a dot, or alone."""
        for quote in ('"', "'"):
            if text.count(quote) == 2:
                return text.split(quote)[1]
        return text.removeprefix("self.")
