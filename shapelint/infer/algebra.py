"""The rules of names, sums and products: node and evaluation in, shape out."""

from collections.abc import Callable
from typing import Any

from shapelint.infer.evaluation import Evaluation
from shapelint.infer.written import written_shape
from shapelint.names.entries import PAIR
from shapelint.operators import (
    DIVIDE,
    DOT,
    ELEMENTWISE,
    MATRIX,
    NEXT_TO,
    OUTER,
    SCALING,
    SIGNS,
    SOLVE,
    STAR,
)
from shapelint.shapes import SCALAR, MaybeShape, Shape, transposed
from shapelint.sizes import ANY, resolve
from shapelint.tree import (
    Compare,
    Keyword,
    Name,
    Negate,
    Node,
    Number,
    Paren,
    Power,
    Product,
    Range,
    Sign,
    Sum,
    Transpose,
    Tuple,
    bare,
)

# Signs that are read as a matrix product unless a reading says otherwise.
_MATRIX_SIGNS = frozenset((MATRIX, NEXT_TO, DOT, SCALING))
_DIVISIONS = frozenset((DIVIDE, SOLVE))
_OWN_RULES = frozenset((OUTER, SOLVE))


def _name(evaluation: Evaluation, node: Name) -> MaybeShape:
    return evaluation.environment.shape(node.symbol)


def _scalar(_evaluation: Evaluation, _node: Node) -> MaybeShape:
    return SCALAR


def _unsaid(_evaluation: Evaluation, _node: Node) -> MaybeShape:
    return None


def _tuple(evaluation: Evaluation, node: Tuple) -> MaybeShape:
    """A list of numbers is an array wherever a program multiplies with it; in notes it says a shape."""
    return written_shape(node) if evaluation.environment.code else None


def _child(evaluation: Evaluation, node: Paren | Negate) -> MaybeShape:
    return evaluation.shape(node.child)


def _transpose(evaluation: Evaluation, node: Transpose) -> MaybeShape:
    return transposed(evaluation.shape(node.child))


_ABOVE = frozenset("tT")


def _power(evaluation: Evaluation, node: Power) -> MaybeShape:
    base, exponent = evaluation.shape(node.base), evaluation.shape(node.exponent)
    above = bare(node.exponent)
    if base and isinstance(above, Name) and above.symbol.key in _ABOVE:
        return None  # a transpose in small letters, a step of time, or a power
    if not base or not exponent:
        return exponent if base == SCALAR else base
    below = bare(node.base)
    if isinstance(below, Name) and below.symbol.key == "e":
        return exponent  # the exponential, though the document has an array e, too
    sign = (node.base.end, node.exponent.start, "^")
    return evaluation.elementwise(base, exponent, node.start, node.base.end, sign, node.exponent)


def _compare(evaluation: Evaluation, node: Compare) -> MaybeShape:
    left, right = evaluation.shape(node.left), evaluation.shape(node.right)
    if left is None or right is None:
        return evaluation.partly_known(left, right)
    return evaluation.elementwise(left, right, node.start, node.left.end, node.sign, node.right)


def _sum(evaluation: Evaluation, node: Sum) -> MaybeShape:
    terms = node.terms
    shape = evaluation.shape(terms[0])
    failed = False
    for place, sign in enumerate(node.signs):
        term = terms[place + 1]
        other = evaluation.shape(term)
        if failed or shape == other:
            continue
        if shape is None or other is None:
            known = shape if other is None else other
            shape = (
                None if known is None else evaluation.beside(term if other is None else terms[place], known)
            )
            continue
        shape, other = evaluation.alike(terms[place], term, shape, other)
        shape = evaluation.elementwise(shape, other, node.start, terms[place].end, sign, term)
        failed = shape is None
    return None if failed else shape


def _product(evaluation: Evaluation, node: Product) -> MaybeShape:
    """Read the factors from the left; scalars scale the rest, and the term begins behind them."""
    factors = node.factors
    if any(map(_composes, node.signs, factors[1:])):
        return None
    if not evaluation.environment.code and any(map(_applies, factors, factors[1:])):
        return None
    shape = evaluation.shape(factors[0])
    start = node.start
    failed = False
    for place, sign in enumerate(node.signs):
        factor = factors[place + 1]
        other = evaluation.shape(factor)
        if failed:
            continue
        meaning = evaluation.meaning(sign)
        matrix = meaning in _MATRIX_SIGNS
        if shape is None or other is None:
            left = factors[place] if start == factors[place].start else node
            shape = _unknown_product(evaluation, left, factor, shape, other, meaning)
            continue
        if not shape or not other or (meaning is SOLVE and _is_one(other)):
            if meaning is MATRIX:
                evaluation.matrix(shape, other, start, factors[place].end, sign, factor)
                failed = True
            elif not shape and meaning not in _DIVISIONS:
                start = factor.start
            shape = shape or other
            continue
        end = factors[place].end
        if meaning in _OWN_RULES:
            shape = _flat(shape) + _flat(other) if meaning is OUTER else None
        elif not matrix:
            shape = _elementwise(evaluation, shape, other, start, end, sign, factor)
        elif meaning is not MATRIX and (_is_one(shape) or _is_one(other)):
            shape = other if _is_one(shape) else shape  # in notes (1, 1) and a scalar agree
        else:
            shape = _matrix(evaluation, shape, other, start, end, sign, factor)
            failed = shape is None and len(other) < 3
            continue
        failed = shape is None
    return None if failed else shape


_MATRIX_AXES = 2


def _composes(sign: Sign, factor: Node) -> bool:
    """Say whether a sign makes one function of two: `C ∘ σ_L`, without what they are functions of."""
    return (
        SIGNS[sign[2]] is ELEMENTWISE
        and isinstance(factor, Name)
        and factor.symbol.base.rstrip("0123456789Ll") in ("sigma", "phi", "varphi")
    )


def is_before_brackets(left: Node, right: Node) -> bool:
    """Say whether a name stands right before another in brackets, as functions do: `h(z)`, and not `a(1-a)`."""
    return (
        isinstance(left, Name)
        and isinstance(right, Paren)
        and isinstance(right.child, Name)
        and left.end == right.start
    )


def _applies(left: Node, right: Node) -> bool:
    """Say whether a small letter stands before one name in brackets: `h(z)` is a function of z."""
    return (
        is_before_brackets(left, right)
        and isinstance(left, Name)
        and len(left.symbol.base) == 1
        and left.symbol.base.islower()
        and not left.symbol.gradient
    )


def _flat(shape: Shape) -> Shape:
    """Return the shape of a row or a column as one axis; of a matrix there is no outer product of vectors."""
    sizes = tuple(size for size in shape if size != 1) or (1,)
    return sizes[:1] if len(sizes) == 1 else (ANY,)


def _matrix(
    evaluation: Evaluation, left: Shape, right: Shape, start: int, end: int, sign: Sign, factor: Node
) -> MaybeShape:
    """Return the shape of a matrix product; where signs yield, that of the elementwise one if only it fits."""
    before = len(evaluation.problems)
    found = evaluation.matrix(left, right, start, end, sign, factor)
    if found is not None or evaluation.yielding is None or evaluation.meaning(sign) is not NEXT_TO:
        return found
    del evaluation.problems[before:]
    evaluation.yielding[sign[0]] = ELEMENTWISE
    return _elementwise(evaluation, left, right, start, end, sign, factor)


def _elementwise(
    evaluation: Evaluation, left: Shape, right: Shape, start: int, end: int, sign: Sign, factor: Node
) -> MaybeShape:
    """Return the shape of an elementwise product; side by side nobody means a row or a column to broadcast."""
    if SIGNS[sign[2]] is NEXT_TO and not _scales(left, right):
        return evaluation.matrix(left, right, start, end, sign, factor)
    if (
        SIGNS[sign[2]] is STAR
        and not evaluation.environment.code
        and min(len(left), len(right)) > _MATRIX_AXES
    ):
        return None  # `x * w` of images and filters is a convolution
    before = len(evaluation.outer)
    found = evaluation.elementwise(left, right, start, end, sign, factor)
    if len(evaluation.outer) > before and SIGNS[sign[2]] is NEXT_TO:
        del evaluation.outer[before:]
        return evaluation.matrix(left, right, start, end, sign, factor)
    return found


def _scales(left: Shape, right: Shape) -> bool:
    """Say whether one factor may scale the other entry by entry: no matrix is scaled by the column behind it.

    Side by side a vector scales what stands behind it, `γ Z_norm`; behind a matrix it is multiplied, `W x`.
    """
    if len(left) != 2 or len(right) != 2 or resolve(right[1]) != 1:
        return True
    return 1 in map(resolve, left) or resolve(right[0]) == 1


def _unknown_product(
    evaluation: Evaluation, left: Node, right: Node, one: MaybeShape, other: MaybeShape, meaning: str
) -> MaybeShape:
    """Return what is sure about a product with a factor whose shape is unknown."""
    if _is_untold(left) or _is_untold(right):
        return None
    known = right if one is None else left
    if (
        meaning is STAR
        and not evaluation.environment.code
        and SCALAR not in (one, other)
        and _is_weight(known)
    ):
        return None  # whether it is the matrix product cannot be told of what is not known
    if meaning is SOLVE and (one is None or _looks_like_a_matrix(right)):
        return None
    if meaning not in _MATRIX_SIGNS:
        return evaluation.partly_known(one, other)
    if one == SCALAR or other == SCALAR:
        return None
    unknown = left if one is None else right
    doubtful = meaning is NEXT_TO or (meaning is SCALING and unknown is left)
    if doubtful and not (_looks_like_a_matrix(unknown) or evaluation.is_factor(unknown)):
        return None
    return evaluation.unknown_matrix(left, right, one, other)


def _looks_like_a_matrix(node: Node) -> bool:
    """Of names that nobody declared, capitals, transposed ones and those of a layer l are matrices; `c X` may scale."""
    node = bare(node)
    if isinstance(node, Transpose):
        return True
    if not isinstance(node, Name):
        return False
    symbol = node.symbol
    of_a_letter = (
        "[l" in symbol.key
        or "[L" in symbol.key
        or (symbol.layer is not None and symbol.layer.base in ("l", "L"))
    )
    return symbol.key.lstrip("d")[:1].isupper() or of_a_letter


def _is_weight(node: Node) -> bool:
    node = bare(node)
    return isinstance(node, Name) and node.symbol.base == "W" and not node.symbol.gradient


def _is_untold(node: Node) -> bool:
    """`dZ2/dA1` in a chain rule, `W_{21}`, an entry or a block: no product with it can be told."""
    node = bare(node)
    return isinstance(node, Name) and ("/" in node.symbol.key or node.symbol.base == PAIR)


def _is_one(shape: Shape) -> bool:
    return shape == (1, 1)


RULES: dict[type, Callable[[Evaluation, Any], MaybeShape]] = {
    Name: _name,
    Number: _scalar,
    Paren: _child,
    Negate: _child,
    Transpose: _transpose,
    Power: _power,
    Product: _product,
    Sum: _sum,
    Compare: _compare,
    Tuple: _tuple,
    Keyword: _unsaid,
    Range: _unsaid,
}
