"""A scope of a program in, whether it is a network's out: by the names that its formulas join."""

from collections.abc import Sequence

from shapelint.infer.judged import Judged
from shapelint.infer.section import Section
from shapelint.patterns import lazy
from shapelint.symbol import UNDECLARED, Symbol
from shapelint.tree import Call, Formula, Name, Product, Sum, Transpose, walk

# Names that other mathematics does not number together: `a_1 b_1` and `z_1 = a_1 + b_1 i` are no layers.
PAIRS = (
    *({"W", other} for other in "bZzAa"),
    {"Z", "b"},
    {"Z", "A"},
    {"A", "b"},
    {"A", "Y"},
)
_OF_THE_LAST = frozenset(("Y", "AL", "ZL", "WL"))  # these may be declared as they stand, without a layer
_TELLING = lazy(r"delta|grad|err|weight|(?:^|_)d_?[wbWB]")
_ENOUGH = 2


def is_network(section: Section, judged: Sequence[Judged]) -> bool:
    """Say whether a scope's formulas are a network's: it works out gradients of W, Z, A, or goes a step forward."""
    if section.network is None:
        section.network = _is_network(section, judged)
    return section.network


def _is_network(section: Section, judged: Sequence[Judged]) -> bool:
    gradients: set[str] = set()
    others = 0
    for one in judged:
        formula = section.read(one.statement).formula if one.verdict is not None else None
        if formula is None:
            continue
        known = _known(formula)
        layered = {
            symbol.base[:1]
            for symbol in known
            if (symbol.layer is not None or symbol.base in _OF_THE_LAST) and not symbol.gradient
        }
        if any(pair <= layered and ("W" in pair or _works(formula)) for pair in PAIRS) or (
            layered == {"z", "a"} and _activates(formula)
        ):
            return True
        target = formula.parts[0]
        if any(symbol.gradient and symbol.has_layer and symbol.base in "WZAbza" for symbol in known):
            return True
        if isinstance(target, Name) and target.symbol in known and target.symbol.gradient:
            gradients.add(target.symbol.key)
        others += one.verdict is not None and one.verdict.matrix and bool(_TELLING.search(one.statement.head))
    strong = {key for key in gradients if key[1:2] in "WZA"}
    return bool(strong) or len(gradients) > 1 or others >= _ENOUGH


def _works(formula: Formula) -> bool:
    """Say whether something is worked out: a product, a sum, a function that is known."""
    return any(
        isinstance(node, Product | Sum | Transpose) or (isinstance(node, Call) and node.function != "unknown")
        for node in walk(formula.parts)
    )


def _activates(formula: Formula) -> bool:
    """Say whether a function is taken of every element: of `z1`, for `a1`."""
    return any(
        isinstance(node, Call) and node.function in ("elementwise", "like_first")
        for node in walk(formula.parts)
    )


def _known(formula: Formula) -> set[Symbol]:
    names = {node.symbol for node in walk(formula.parts) if isinstance(node, Name)}
    return {symbol for symbol in names if not symbol.flags & UNDECLARED}
