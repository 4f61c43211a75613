"""How names are spelled: a raw word of the text in, its base, layer and marks out.

The tables of this file are the rows of `notation.md`, "Names". What a document knows (declared, assigned,
a convention's names) is not asked here; `names` does that.
"""

import re
from typing import NamedTuple

from shapelint.patterns import lazy
from shapelint.symbol import Layer

DIGITS = re.compile(r"(.*?[^\d_])_?(\d+)$")  # a word and the number at its end


class Spelled(NamedTuple):
    """A raw word, taken apart: `word` is the canonical base, the rest what is glued behind it.

    `round` is true where the layer stood in `^( )`: in a document that writes layers with `[ ]` it is an
    example. `transposed` holds the length of a glued transpose (`W[2]T`), else 0.
    """

    word: str
    layer: Layer | None
    round: bool
    time: bool
    transposed: int


_GREEK = {
    "α": "alpha",
    "β": "beta",
    "γ": "gamma",
    "Γ": "Gamma",
    "δ": "delta",
    "Δ": "Delta",
    "ε": "epsilon",
    "ϵ": "epsilon",
    "ζ": "zeta",
    "η": "eta",
    "θ": "theta",
    "ϑ": "theta",
    "Θ": "Theta",
    "λ": "lambda",
    "μ": "mu",
    "µ": "mu",
    "ρ": "rho",
    "σ": "sigma",
    "τ": "tau",
    "φ": "phi",
    "ϕ": "phi",
    "Φ": "Phi",
    "ψ": "psi",
    "ω": "omega",
    "ŷ": "yhat",
    "Ŷ": "Yhat",
    "~": "tilde",
    "ℓ": "l",
    "ˆ": "hat",  # the marks over a letter, as `documents.normal` writes them
    "ˇ": "tilde",
    "ˈ": "bar",
}
_SPECIAL = lazy("|".join(_GREEK))

# A gradient by a cost, `dL_dW1` `dJdW1`, or by its name, `nabla_W1` `W1_grad`: each is `dW1`. What has a longer
# name before `grad` is a function: `tanh_grad`.
COST = r"(?:[JLCE]|CE|BCE|MSE|NLL|[Ll]oss|[Cc]ost|[Ee]rr(?:or)?)"
_GRADIENT = re.compile(
    rf"^(?:d{COST}_?d_?|nabla_?)(?P<behind>[A-Za-z]\w*)$"
    r"|^(?P<before>(?:[A-Z][a-z]{0,3}|[abhouwxyz][a-z]{0,2})_?\d{0,3})_?grad(?:ient)?$"
)

# A gradient that says what it is by, in programs too: `grad_loss_wrt_b`, `dL_wrt_W1`, `grad_wrt_W`.
_BY = lazy(
    r"^(?:(?:d|grad(?:ient)?|deriv(?:ative)?|partial)_?(?:of_)?)?(?:[JLCE]|[Ll]oss|[Cc]ost|[Ee]rr(?:or)?)?_?"
    r"(?:grad(?:ient)?_)?(?:wrt|with_respect_to)_?(?P<behind>[A-Za-z]\w*)$"
)

_PIECES = lazy(
    r"(?P<brackets>\[(?P<layer>[^\]]*)\])"
    r"|\((?P<round>[^)]*)\)"
    r"|(?P<time><[^>]*>)"
    r"|(?P<script>⁽(?P<inner>[^⁾]*)⁾)"
    r"|(?P<transposed>T)(?=\s*\}?$)"
)
_INDEX = re.compile(r"([lL]?)([+-]?\d{1,9})?$")
_HEAD = re.compile(r"[^\[\]{}()<>^⁽⁾]+")
_SUBSCRIPT = lazy(r"_\{([^{}]*)\}")
_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ˡᴸ", "0123456789+-lL")


def spelled(raw: str, gradients: bool = True) -> Spelled:
    """Take a raw word apart: `a^{[2](i)}` is a, layer 2, one example; `W_{aa}` is Waa.

    Without `gradients` a name such as `dL_dW1` is left as it is: in a program it may be any variable.
    """
    subscripted = _SUBSCRIPT.sub(_subscript, raw)
    head = _HEAD.match(subscripted)
    word = head.group() if head else subscripted
    layer, round_, time, transposed = None, False, False, 0
    for piece in _PIECES.finditer(subscripted, len(word)):
        if piece["time"]:
            time = True
        elif piece["transposed"]:
            transposed = len(piece.group())
        else:
            inside = piece["layer"] or piece["round"] or _script(piece["inner"])
            found = index(inside or "")
            if found is not None and layer is None:
                layer, round_ = found, piece["round"] is not None or piece["inner"] == inside
    return Spelled(canonical(word, gradients), layer, round_, time, transposed)


def canonical(word: str, gradients: bool = True) -> str:
    """Write a word as its row of the tables does: Greek letters by name, no underscores."""
    if not word.isascii() or "~" in word:
        word = _SPECIAL.sub(lambda match: _GREEK[match.group()], word)
    if ("wrt" in word or "respect" in word) and (by := _BY.match(word)) is not None:
        word = f"d{by['behind']}"
    if gradients and ("d" in word[1:] or word.startswith("nabla")):
        word = _GRADIENT.sub(r"d\g<behind>\g<before>", word)
    return word.replace("_", "") or word


def index(text: str) -> Layer | None:
    """Read the index of a layer: `2`, `l`, `l-1`, `L`; None for anything else."""
    match = _INDEX.match("".join(text.split()))
    if match is None or not match.group():
        return None
    base, offset = match.group(1), match.group(2) or "0"
    return Layer(base, int(offset))


def _subscript(match: re.Match[str]) -> str:
    """`_{2}` and `_{l-1}` are layers, every other `_{aa}` belongs to the word."""
    inside = match.group(1).strip()
    layer = index(inside)
    return f"[{inside}]" if layer is not None and layer.base else inside.replace(",", "")


def _script(inside: str | None) -> str | None:
    return inside.translate(_SUPERSCRIPTS).strip("[]") if inside else None


def loose_key(word: str, layer: Layer | None) -> str:
    """Return the key of a name that nobody declared: `H1`, `H_1` and `H[1]` are one."""
    if layer is None and (match := DIGITS.match(word)):
        return f"{match[1]}[{match[2]}]"
    return f"{word}[{layer}]" if layer else word
