"""A name and a style in, its spelling out: `dZ2`, `dZ^[2]` or `dZ[2]`."""

from .style import Products, Spelling, Style
from .tree import Name

_INPUTS = {"A": "X", "a": "x"}
_GREEK = {"alpha": "α", "lambda": "λ"}


def write_name(name: Name, style: Style) -> str:
    """Spell a name; A[0] is X, and scalars are Greek letters where `⊙` is at hand."""
    base, layer = name.base, name.layer
    if layer == 0:
        base, layer = _INPUTS[base], None
    if style.products is Products.CIRCLED:
        base = _GREEK.get(base, base)
    return ("d" if name.gradient else "") + base + write_layer(layer, style)


def write_function(function: str, layer: int | None, style: Style) -> str:
    """Spell a function: `np.log` in code, `log` in notes, `g1` with its layer as names have theirs."""
    prefix = "np." if style.is_code and function in ("log", "exp", "sqrt") else ""
    return prefix + function + write_layer(layer, style)


def write_layer(layer: int | None, style: Style) -> str:
    """Spell a layer behind a name."""
    if layer is None:
        return ""
    match style.spelling:
        case Spelling.GLUED:
            return f"{layer}"
        case Spelling.CARET:
            return f"^[{layer}]"
        case Spelling.BRACKET:
            return f"[{layer}]"
