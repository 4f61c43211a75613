"""The hand of Octave: `A'`, `*` and `.*`, `sum(A, 2)`."""

import re

from shapelint.patterns import lazy

MATRIX_SIGN, ENTRY_SIGN = " * ", " .* "
_LAYER = lazy(r"(?P<head>.*[A-Za-z_{(])(?P<number>\d+)(?P<tail>[\])}'\s]*)$", re.DOTALL)
_SIGNS = ("*", "/", "\\")


class OctaveHand:
    """Writes as programs of Octave and MATLAB do."""

    def __init__(self, document: str, side: str) -> None:
        """Take the texts; nothing in them changes how Octave is written."""

    def transposed(self, text: str) -> str:
        """Return a text with the quote behind it."""
        return f"{text}'"

    def plain(self, text: str) -> str:
        """A name and its transpose are two pieces of text."""
        return text

    def untransposed(self, text: str) -> str:
        """Return a term without the quote behind it."""
        return text.removesuffix("'").removesuffix(".")

    def is_transpose(self, old: str, left: str, right: str) -> bool:
        """Both sides stand in the old text the other way round, each with its transpose the other way."""
        sides = [self.untransposed(left), self.untransposed(right)]
        first, second = old.find(sides[0]), old.find(sides[1])
        return second >= 0 and first > second and all(self._is_flipped(old, side) for side in (left, right))

    def _is_flipped(self, old: str, side: str) -> bool:
        plain = self.untransposed(side)
        place = old.find(plain) + len(plain)
        return old[place:].startswith(("'", ".'")) != (plain != side)

    def spelling(self, text: str) -> str:
        """Return the name that stands behind a dot, or alone."""
        return text.rpartition(".")[2]

    def object_of(self, gradient: str) -> str:
        """Return what stands behind the d: `W1` of `dW1`, of `grads.dW1`."""
        return gradient.strip().rpartition(".")[2][1:]

    def at_layer(self, text: str, old: str, new: str) -> str:
        """Return a name with another number of its layer: `W{2}` of `W{1}`."""
        match = _LAYER.match(text)
        return text if match is None else f"{match['head']}{new}{match['tail']}"

    def raised(self, text: str, power: str) -> str:
        """A power stands behind whatever it is of."""
        return text + power

    def sign(self, kind: str) -> str:
        """`*` for matrices, `.*` entry by entry."""
        return MATRIX_SIGN if kind == "matrix" else ENTRY_SIGN

    def is_beside(self, between: str) -> bool:
        """Say whether no sign ends what stands between."""
        return not between.rstrip().endswith(_SIGNS)

    def total(self, axis: int, kept: bool = True) -> tuple[str, str]:
        """Axes are counted from 1, and always kept."""
        return "sum(", f", {axis + 1})"

    def words(self) -> tuple[str, str]:
        """An axis has no word: it is the last argument."""
        return "", ""

    def inputs(self, text: str, layer: int) -> str:
        """`X` becomes `A1`."""
        return f"{text[:-1]}{'A' if text[-1:] == 'X' else 'a'}{layer}"

    def before(self, text: str) -> str:
        """Return a name without a layer as that of the layer before."""
        return f"{text}_prev"

    def features(self, text: str) -> str:
        """`A0` becomes `X`."""
        return ("d" if text[:1] == "d" else "") + ("X" if "A" in text else "x")
