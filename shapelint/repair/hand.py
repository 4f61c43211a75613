"""What a repair asks of the notation it is written in."""

from collections import Counter
from collections.abc import Iterable
from typing import Protocol


class Hand(Protocol):
    """Writes pieces of formulas as one document does."""

    def transposed(self, text: str) -> str:
        """Return the transpose of something that binds like a name: `W2.T`, `W^{[2]T}`."""

    def plain(self, text: str) -> str:
        """Return a name without the transpose that its text bears."""

    def untransposed(self, text: str) -> str:
        """Return a term without the transpose at its end."""

    def is_transpose(self, old: str, left: str, right: str) -> bool:
        """Say whether a text is the product whose transpose is `left` times `right`: `dZ2.T @ W2`."""

    def spelling(self, text: str) -> str:
        """Return a name in the plain notation's spelling, as `Names` knows it."""

    def object_of(self, gradient: str) -> str:
        """Return the text of the name that a gradient is by: `W2` of `dW2` and of `dJ/dW2`."""

    def at_layer(self, text: str, old: str, new: str) -> str:
        """Return a name with another number of its layer."""

    def raised(self, text: str, power: str) -> str:
        """Return a text with a power, or whatever was written, behind it."""

    def sign(self, kind: str) -> str:
        """Return the sign of a product, with the blanks around it."""

    def is_beside(self, between: str) -> bool:
        """Say whether what stands between two factors is no sign: they are written side by side."""

    def total(self, axis: int, kept: bool = True) -> tuple[str, str]:
        """Return what stands before and behind something that is summed along an axis, `kept` as a column or row."""

    def words(self) -> tuple[str, str]:
        """Return the words for the axis of a sum and for keeping it: `axis` and `keepdims`, or those of torch."""

    def inputs(self, text: str, layer: int) -> str:
        """Return A or a of a layer in the place of X or x, whose text this is."""

    def before(self, text: str) -> str:
        """Return a name without a layer as that of the layer before, `A_prev`; "" where nobody writes one."""

    def features(self, text: str) -> str:
        """Return X or x in the place of A[0] or a[0], whose text this is."""


AXIS_WORDS, TORCH_WORDS = ("axis", "keepdims"), ("dim", "keepdim")


def commonest(found: Iterable[str]) -> str:
    """Return what a writer uses most, "" where nothing was found; of equals the last in the alphabet."""
    counted = Counter(found)
    return max(counted, key=lambda one: (counted[one], one)) if counted else ""
