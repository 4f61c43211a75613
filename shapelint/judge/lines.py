"""What is known of a formula from its tree alone: its target, the names that it uses, its matrix products.

Taken once, when a formula is read; nothing is asked here of what the names mean in a world.
"""

from collections.abc import Iterator, Sequence
from math import inf
from typing import NamedTuple

from shapelint.documents.statements import Statement
from shapelint.infer.extents import is_none
from shapelint.infer.parameters import factors_of
from shapelint.judge.hints import may_be_weight
from shapelint.operators import (
    DOT,
    ELEMENTWISE,
    FILLS,
    MATRIX,
    NEXT_TO,
    SCALING,
    SIGNS,
    STAR,
    UNPACKED,
    UPDATES,
)
from shapelint.parse.formulas import Read
from shapelint.symbol import UNDECLARED, VERSION, Symbol
from shapelint.tree import (
    BigSum,
    Call,
    Formula,
    Keyword,
    Name,
    Negate,
    Node,
    Number,
    Product,
    Slice,
    Stack,
    Sum,
    Transpose,
    Tuple,
    bare,
    children,
    walk,
)

_ENTRYWISE = frozenset((STAR, ELEMENTWISE))
# Numbers that moving averages are taken by.
_RATES = frozenset(("alpha", "beta", "gamma", "lambda", "lam", "mu", "rho", "eta", "decay", "momentum"))

FORWARD, BACKWARD, UPDATE, EXPRESSION = "forward", "backward", "update", "expression"


class Factor(NamedTuple):
    """One side of a matrix product: its name (None where it is more than one), and whether it is transposed."""

    symbol: Symbol | None
    transposed: bool


class Pair(NamedTuple):
    """Two sides of a product that may be the matrix product; `sign` is what its sign stands for, as in `operators`."""

    left: Factor
    right: Factor
    sign: str


class Line(NamedTuple):
    """A formula with what its tree says.

    `target` is None where it is no single name; `turned` where the target stands transposed. `used` are the names on
    the right, `sided` those that are transposed or summed along an axis somewhere, so that they have two axes.
    """

    number: int
    statement: Statement
    read: Read
    formula: Formula
    target: Symbol | None
    turned: bool
    used: tuple[Symbol, ...]
    pairs: tuple[Pair, ...]
    sided: tuple[Symbol, ...]
    adds: bool  # to its target: `+=`
    fills: bool  # an array made of a shape
    starts: bool  # with a number

    @property
    def updates(self) -> bool:
        """Say whether the target is made of itself, and stays what it is: what a weight multiplies goes forward.

        `h_t = tanh(W h_{t-1} + b)` is a step of a recurrent network; `W = W - a dW` changes a weight. Names of the
        course have their shapes either way.
        """
        if self.adds or self.target is None:
            return self.adds
        if not any(one is self.target for one in self.used):
            return False
        if VERSION in self.target.key or self.target.key.startswith("?"):
            return True  # a variable of a program is what its last assignment made
        return not (self._recurs(self.target) or self._is_gated(self.target))

    def _is_gated(self, target: Symbol) -> bool:
        """Say whether another array lets the target through, as it was before: `c_t = f_t * c_{t-1} + i_t * g_t`."""
        for node in walk(self.formula.parts[1:]):
            if isinstance(node, Product) and all(SIGNS[sign[2]] in _ENTRYWISE for sign in node.signs):
                names = [side.symbol for one in node.factors if isinstance(side := bare(one), Name)]
                others = [one for one in names if one is not target and one.base not in _RATES]
                if target in names and any(not one.gradient for one in others):
                    return True
        return False

    def _recurs(self, target: Symbol) -> bool:
        """Say whether a weight multiplies the target, as it was before."""
        if not target.flags & UNDECLARED:
            return False
        for pair in self.pairs:
            for one, other in ((pair.left, pair.right), (pair.right, pair.left)):
                if one.symbol is target and other.symbol is not None and may_be_weight(other.symbol):
                    return True
        return False


def line_of(number: int, statement: Statement, read: Read) -> Line | None:
    """Return what a formula's tree says; None where there is no formula, or only a claim about shapes."""
    formula = read.formula
    if formula is None:
        return None
    first = formula.parts[0]
    if len(formula.parts) == 1 and isinstance(first, Call) and first.function == "asserted":
        return None
    target, turned = core(first) if len(formula.parts) > 1 else (None, False)
    if isinstance(bare(first), Slice):
        target = None
    values = formula.parts[1:] if len(formula.parts) > 1 else formula.parts
    used: list[Symbol] = []
    sided: list[Symbol] = []
    pairs: list[Pair] = []
    for node, turned_over in _walk_turned(values):
        if isinstance(node, Name):
            used.append(node.symbol)
        elif isinstance(node, Transpose):
            if isinstance(inner := bare(node.child), Name):
                sided.append(inner.symbol)
        elif isinstance(node, Slice):
            axes = sum(not is_none(item) for item in node.items)  # `b[:, None]` has one
            if axes > 1 and isinstance(inner := bare(node.child), Name):
                sided.append(inner.symbol)
        elif isinstance(node, Product):
            pairs += _as_written(_pairs(node), turned_over)
        elif isinstance(node, Call):
            pairs += _as_written(_called(node), turned_over)
            sided += _sided(node)
    adds = bool(formula.signs) and formula.signs[0][2] in UPDATES
    return Line(
        number,
        statement,
        read,
        formula,
        target,
        turned,
        tuple(used),
        tuple(pairs),
        tuple(sided),
        adds,
        len(formula.parts) == 2 and _fills(formula.parts[1]),
        all(isinstance(bare(value), Number) for value in formula.parts[1:]) and len(formula.parts) > 1,
    )


def core(node: Node) -> tuple[Symbol | None, bool]:
    """Return the name that an expression is, transposed or not, None where it is more."""
    turned = False
    while True:
        node = bare(node)
        if isinstance(node, Transpose):
            node, turned = node.child, not turned
        elif isinstance(node, Call) and node.function == "transposed" and len(node.arguments) == 1:
            node, turned = node.arguments[0], not turned
        elif isinstance(node, Negate):
            node = node.child
        elif isinstance(node, Name):
            return node.symbol, turned
        else:
            return None, turned


def _walk_turned(nodes: Sequence[Node]) -> Iterator[tuple[Node, bool]]:
    """Yield every node, and whether it stands under a transpose."""
    waiting = [(node, False) for node in nodes]
    while waiting:
        node, turned = waiting.pop()
        yield node, turned
        flips = isinstance(node, Transpose) or (isinstance(node, Call) and node.function == "transposed")
        waiting.extend((child, turned != flips) for child in children(node))


def _as_written(pairs: Iterator[Pair], turned: bool) -> Iterator[Pair]:
    """(A B)ᵀ = Bᵀ Aᵀ: under a transpose the sides change places, each transposed."""
    for pair in pairs:
        if turned:
            left, right = (side._replace(transposed=not side.transposed) for side in (pair.left, pair.right))
            yield Pair(right, left, pair.sign)
        else:
            yield pair


def _pairs(node: Product) -> Iterator[Pair]:
    matrix = (MATRIX, NEXT_TO, DOT, SCALING)
    for place, sign in enumerate(node.signs):
        meaning = SIGNS[sign[2]]
        if meaning in (NEXT_TO, SCALING) and isinstance(bare(node.factors[place]), Number):
            continue  # `0.1 dγ` is no matrix product
        if meaning in matrix or meaning is STAR:
            alone = place == 0 or SIGNS[node.signs[place - 1][2]] in matrix
            left = Factor(*core(node.factors[place])) if alone else Factor(None, False)
            yield Pair(left, Factor(*core(node.factors[place + 1])), meaning)


def _called(node: Call) -> Iterator[Pair]:
    if factors := factors_of(node):
        left, right = factors
        yield Pair(Factor(*core(left)), Factor(*core(right)), MATRIX)


def _sided(node: Call) -> Iterator[Symbol]:
    """Yield a name that is transposed, or summed along one of its axes."""
    if node.function == "transposed" or (node.function == "total" and len(node.arguments) > 1):
        inner = bare(node.arguments[0])
        if isinstance(inner, Name):
            yield inner.symbol
    elif node.function == "size_along" and isinstance(node.arguments[1], Number) and node.arguments[1].value:
        inner = bare(node.arguments[0])
        if isinstance(inner, Name):
            yield inner.symbol  # it has a second axis


def _fills(node: Node) -> bool:
    node = bare(node)
    if isinstance(node, Product):
        return any(map(_fills, node.factors))
    if isinstance(node, Negate):
        return _fills(node.child)
    if isinstance(node, Call) and node.function in ("elementwise", "as_it_is") and node.method:
        return _fills(node.arguments[0])
    return isinstance(node, Call) and node.function in FILLS


def lengths(line: Line) -> Iterator[Symbol]:
    """Yield the names that say how long an array is that a line makes: `p` and `q` of `np.zeros((p, q))`."""
    for call in walk(line.formula.parts):
        if isinstance(call, Call) and call.function in FILLS:
            given = (bare(one.value if isinstance(one, Keyword) else one) for one in call.arguments)
            for argument in given:
                for part in argument.parts if isinstance(argument, Tuple) else (argument,):
                    if isinstance(name := bare(part), Name):
                        yield name.symbol


def axes_filled(line: Line) -> float:
    """Return how many axes an array has that a line makes of a shape; of `(T, *W.shape)` more than W has."""
    value = bare(line.formula.parts[-1])
    shape = bare(value.arguments[0]) if isinstance(value, Call) and value.arguments else value
    if not line.fills or not isinstance(shape, Tuple):
        return 0
    unpacked = any(isinstance(part, Call) and part.function == UNPACKED for part in shape.parts)
    return inf if unpacked else len(shape.parts)


def has_known_names(line: Line) -> bool:
    """Say whether a line is made of a name that a convention has; `kappa = 0.1` and `Q = R S` are about anything."""
    return any(not one.flags & UNDECLARED for one in line.used)


def differences(line: Line) -> Iterator[tuple[Symbol, Symbol]]:
    """Yield two names of which one is taken from the other: an output and what it should be."""
    for one, other in _taken_away(line):
        if isinstance(other, Name):
            yield one.symbol, other.symbol


def turned_differences(line: Line) -> Iterator[tuple[Symbol, Symbol]]:
    """Yield a name with the one that is transposed and taken from it: `a` and `Y` of `a - Y^T`."""
    for one, other in _taken_away(line):
        if isinstance(other, Transpose) and isinstance(turned := bare(other.child), Name):
            yield one.symbol, turned.symbol


def _taken_away(line: Line) -> Iterator[tuple[Name, Node]]:
    """Yield a name with what is taken from it, where nothing else stands beside them."""
    for node in walk(line.formula.parts[1:]):
        if isinstance(node, Sum) and len(node.terms) == 2 and node.signs[0][2] == "-":
            one, other = (bare(term) for term in node.terms)
            if isinstance(one, Name):
                yield one, other


def calls_program(line: Line) -> bool:
    """Say whether a line is a call of a function of the program: what it takes need not lie side by side."""
    value = bare(line.formula.parts[-1])
    return isinstance(value, Call) and value.function in ("unknown", "followed")


def has_stack(line: Line) -> bool:
    """Say whether parts are stacked or cut out of one another in a formula, or summed up one by one: `Σ_i w_i x_i`."""
    return any(
        isinstance(node, Slice | Stack | Tuple)
        or (isinstance(node, BigSum) and any(_is_part(one) for one in walk([node.child])))
        for node in walk(line.formula.parts)
    )


def _is_part(node: Node) -> bool:
    """Say whether a name is the document's own, as one of several with an index is: `x_i`."""
    return isinstance(node, Name) and bool(node.symbol.flags & UNDECLARED)
