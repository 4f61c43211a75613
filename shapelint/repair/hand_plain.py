"""The hand of the plain notation: `.T`, `@`, `np.sum(…, axis=1, keepdims=True)`."""

import re
from functools import cached_property, lru_cache

from shapelint.documents.manner import in_manner, manner_of
from shapelint.repair.hand import AXIS_WORDS, TORCH_WORDS, commonest
from shapelint.repair.kinds import MATRIX

# How writers transpose; a document's own way is the one it uses most in the formula, then anywhere.
_SIGNS = re.compile(r"\.T(?![\w(])|ᵀ|\^\{T\}|\^T(?![a-z_0-9])|(?<=[\]\)\}])T(?!\w)|(?<=[\w\]\)])'(?!\w*\()")
# A sum along an axis, in which `sum` may stand alone or behind a module.
_SUMS = re.compile(r"(?<![\w.\\])((?:(?:np|numpy|jnp|cp|torch)\.)?sum)\((?=[^\n]{0,200}?\b(?:axis|dim)\s*=)")
_ELEMENTWISE = re.compile("[⊙∘]")
_TORCH = re.compile(r"^[ \t]*(?:import|from)[ \t]+torch\b", re.M)
_NUMBER = re.compile(r"\d+(?=\D*$)|[₀-₉]+(?=[^₀-₉\d]*$)|[⁰¹²³⁴-⁹]+(?=[⁾⁽\]]*$)")
_BELOW = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
_ABOVE = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_TRANSPOSES = (".T", "ᵀ", "^T", "'")
_POWER = re.compile(r"\^(?:\w+|\{[^{}]*\})$")
_BESIDE = frozenset(("*", "@", "·", "⊙", "∘", "×", ".", "/"))


class PlainHand:
    """Writes as text files do; the transpose is that of the side, then of the document, then `.T`."""

    def __init__(self, document: str, side: str) -> None:
        """Take the texts; how this writer transposes is looked up when something is to be transposed."""
        self._document, self._side = document, side

    @cached_property
    def _sign(self) -> str:
        return _commonest_sign(self._side) or usual_sign(self._document) or ".T"

    def transposed(self, text: str) -> str:
        """Return a text with the transpose behind it."""
        sign = self._sign
        if sign == "T" and not text.endswith(("]", ")", "}")) and not text[-1].isdigit():
            sign = ".T"  # a glued T is none behind every name
        if sign[0] == "^" and _POWER.search(text):
            return f"({text}){sign}"
        return text + sign

    def plain(self, text: str) -> str:
        """A name and its transpose are two pieces of text here."""
        return text

    def untransposed(self, text: str) -> str:
        """Return a term without the transpose behind it."""
        for sign in _TRANSPOSES:
            text = text.removesuffix(sign)
        return text

    def is_transpose(self, old: str, left: str, right: str) -> bool:
        """Both sides stand in the old text the other way round, each with its transpose the other way."""
        sides = [self.untransposed(left), self.untransposed(right)]
        first, second = old.find(sides[0]), old.find(sides[1])
        return second >= 0 and first > second and all(self._is_flipped(old, side) for side in (left, right))

    def _is_flipped(self, old: str, side: str) -> bool:
        plain = self.untransposed(side)
        place = old.find(plain) + len(plain)
        was = old[place:].lstrip().startswith(_TRANSPOSES) and not old[place:].startswith("T ")
        return was != (plain != side)

    def spelling(self, text: str) -> str:
        """The text is the spelling, in the notation's manner of writing layers."""
        return in_manner(text, text, manner_of(self._document))

    def object_of(self, gradient: str) -> str:
        """Return what stands behind the d, or behind the d below the stroke."""
        return gradient.rpartition("/")[2].strip()[1:]

    def at_layer(self, text: str, old: str, new: str) -> str:
        """The layer is the last number of a name, in whichever digits it is written."""
        return _NUMBER.sub(lambda found: new.translate(_digits(found.group())), text)

    def raised(self, text: str, power: str) -> str:
        """A power stands behind whatever it is of."""
        return text + power

    def sign(self, kind: str) -> str:
        """`@` and `*`, or the document's own sign of the elementwise product."""
        return " @ " if kind == MATRIX else f" {usual_elementwise(self._document)} "

    def is_beside(self, between: str) -> bool:
        """Say whether no sign ends what stands between."""
        between = between.rstrip()
        return between[-1:] not in _BESIDE and not between.endswith(" dot")

    def total(self, axis: int, kept: bool = True) -> tuple[str, str]:
        """The sum that the document uses, else NumPy's."""
        return called_sum(self._document, axis, kept)

    def words(self) -> tuple[str, str]:
        """Those of torch where its sum is used."""
        return _words(usual_sum(self._document))

    def inputs(self, text: str, layer: int) -> str:
        """`X` becomes `A1`."""
        return f"{text[:-1]}{'A' if text[-1:] == 'X' else 'a'}{layer}"

    def before(self, text: str) -> str:
        """Return a name without a layer as that of the layer before, `A_prev`; "" where nobody writes one."""
        return f"{text}_prev"

    def features(self, text: str) -> str:
        """`A0` becomes `X`."""
        return ("d" if text[:1] == "d" else "") + ("X" if "A" in text else "x")


def _digits(number: str) -> dict[int, int]:
    return _BELOW if number[0] in "₀₁₂₃₄₅₆₇₈₉" else _ABOVE if not number.isascii() else {}


@lru_cache(maxsize=4)
def usual_sign(text: str) -> str:
    """Return the sign that a document uses most: asked once for each document, not for each formula."""
    return _commonest_sign(text)


@lru_cache(maxsize=4)
def usual_sum(text: str) -> str:
    """Return the sum along an axis that a document uses most: `np.sum`, `sum`, `torch.sum`."""
    found = commonest(match[1] for match in _SUMS.finditer(text) if match[1])
    return found or ("torch.sum" if _TORCH.search(text) else "np.sum")


@lru_cache(maxsize=4)
def usual_elementwise(text: str) -> str:
    """Return the sign of the elementwise product that is not to be mistaken, if a document has one."""
    return commonest(match.group() for match in _ELEMENTWISE.finditer(text)) or "*"


def called_sum(document: str, axis: int, kept: bool) -> tuple[str, str]:
    """Return what stands before and behind something that is summed along an axis, as the document writes it."""
    function = usual_sum(document)
    along, keep = _words(function)
    return f"{function}(", f", {along}={axis}, {keep}=True)" if kept else f", {along}={axis})"


def _words(function: str) -> tuple[str, str]:
    return TORCH_WORDS if function.startswith("torch.") else AXIS_WORDS


def _commonest_sign(text: str) -> str:
    return commonest(match.group() for match in _SIGNS.finditer(text))
