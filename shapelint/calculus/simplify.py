"""A derivative as the rules give it in, the formula that one would write out.

Numbers and scalars are gathered in front, m (1/m) is 1, transposes go to the leaves, signs out of products.
"""

from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction

from shapelint.calculus.expressions import (
    ADD,
    CALL,
    DIV,
    JOIN,
    MAT,
    MUL,
    NEG,
    NUM,
    ONE,
    ONES,
    PAD,
    PART,
    POW,
    TOTAL,
    TURN,
    VAR,
    ZERO,
    Function,
    Node,
    Part,
    Shapes,
    add_all,
    broadcast,
    div,
    mat,
    mul_all,
    neg,
    rebuilt,
    same,
    turn,
)
from shapelint.calculus.functions import functions
from shapelint.calculus.monomials import Monomial, coefficient, joined, over, scaled, without_places
from shapelint.calculus.slopes import ARGUMENT, slope


class Simplifier:
    """Simplifies expressions over names whose shapes it is given."""

    def __init__(self, shapes: Shapes) -> None:
        """Take the shapes."""
        self.shapes = shapes
        self._done: dict[
            int, tuple[Node, Node]
        ] = {}  # by identity; the first of each pair keeps it from going

    def __call__(self, node: Node) -> Node:
        """Return an expression of the same value. Raises UnshapedError."""
        done = self._done.get(id(node))
        if done is not None:
            return done[1]
        inside = rebuilt(node, self)
        rule = _RULES.get(node.op)
        found = inside if rule is None else rule(self, inside)
        self._done[id(node)] = (node, found)
        self._done[id(found)] = (found, found)
        return found

    def is_scalar(self, node: Node) -> bool:
        """Say whether an expression is a single number."""
        return self.shapes(node) == ()

    def monomial(self, node: Node) -> Monomial:
        """Take a product apart."""
        match node.op:
            case "num":
                return Monomial(node.data, {}, (), ())
            case "ones" if self.is_scalar(node):
                return Monomial(Fraction(1), {}, (), ())
            case "neg":
                found = self.monomial(node.args[0])
                return found._replace(number=-found.number)
            case "mul":
                return joined([self.monomial(one) for one in node.args])
            case "div":
                return over(self.monomial(node.args[0]), self.monomial(node.args[1]))
            case "pow" if (
                self.is_scalar(node) and node.args[1].op == NUM and node.args[1].data.denominator == 1
            ):
                return Monomial(Fraction(1), {without_places(node.args[0]): int(node.args[1].data)}, (), ())
        if self.is_scalar(node):
            return Monomial(Fraction(1), {without_places(node): 1}, (), ())
        return Monomial(Fraction(1), {}, (node,), ())

    def product(self, found: Monomial) -> Node:
        """Put a product together again, the scalars in front."""
        number, scalars, above, below = found
        above = self._without_ones(above, below)
        if number == 0:
            return self._zero(above, below)
        arrays = (div(mul_all(above), mul_all(below)),) if below else above
        signless = scaled(coefficient(abs(number), scalars), arrays)
        return neg(signless) if number < 0 else signless

    def _zero(self, above: Sequence[Node], below: Sequence[Node]) -> Node:
        return ZERO

    def _without_ones(self, above: Sequence[Node], below: Sequence[Node]) -> tuple[Node, ...]:
        """Leave out factors that are 1 everywhere, unless the product has its shape from them."""
        kept = list(above)
        for one in above:
            if one.op == ONES:
                rest = [other for other in kept if other is not one]
                if self.together([*rest, *below]) == self.together([*kept, *below]):
                    kept = rest
        return tuple(kept)

    def together(self, nodes: Iterable[Node]) -> tuple[object, ...]:
        """Return the shape of expressions that are put together entry by entry."""
        found: tuple[object, ...] = ()
        for one in nodes:
            found = broadcast(found, self.shapes(one))  # type: ignore[arg-type]  # sizes are objects here
        return found


def _product(simple: Simplifier, node: Node) -> Node:
    found = simple.monomial(node)
    if len(found.above) == 1 and found.above[0].op == ADD and not found.below:
        terms = [joined([found._replace(above=()), simple.monomial(term)]) for term in found.above[0].args]
        if (found.number == -1 and not found.scalars) or (found.scalars and _all_cancel(found, terms)):
            return simple(add_all([simple.product(term) for term in terms]))
    return simple.product(found)


def _all_cancel(found: Monomial, terms: Iterable[Monomial]) -> bool:
    """Say whether the scalars before a bracket are gone when it is multiplied out: m ((1/m) a + (1/m) b)."""
    return not any(scalar in term.scalars for term in terms for scalar in found.scalars)


def _add(simple: Simplifier, node: Node) -> Node:
    """Join sums of sums, and terms that differ by a number."""
    terms: list[tuple[Monomial, Node]] = []
    for term in _flat(simple, node):
        found = simple.monomial(term)
        if found.number == 0:
            continue
        rest = simple.product(found._replace(number=Fraction(1)))
        for place, (other, other_rest) in enumerate(terms):
            if same(rest, other_rest):
                terms[place] = (other._replace(number=other.number + found.number), rest)
                break
        else:
            terms.append((found, rest))
    kept = [simple.product(found) for found, _ in terms if found.number != 0]
    kept = [_without_spread(simple, kept, place) for place in range(len(kept))]
    return add_all(_tiled(simple, kept))


def _without_spread(simple: Simplifier, terms: Sequence[Node], place: int) -> Node:
    """Leave out the ones that spread a term over an axis along which the other terms have a size of their own."""
    term = terms[place]
    ones = [one for one in term.args if one.op == ONES] if term.op == MUL else []
    if not ones:
        return term
    less = mul_all([one for one in term.args if one.op != ONES])
    others = [one for other, one in enumerate(terms) if other != place and not _spreads(one)]
    return less if others and simple.together([less, *others]) == simple.together(terms) else term


def _spreads(node: Node) -> bool:
    return node.op == MUL and any(one.op == ONES for one in node.args)


def _flat(simple: Simplifier, node: Node) -> Iterable[Node]:
    for term in node.args:
        if term.op == ADD:
            yield from _flat(simple, term)
        elif term.op == NEG and term.args[0].op == ADD:
            yield from (simple(neg(one)) for one in _flat(simple, term.args[0]))
        else:
            yield term


def _tiled(simple: Simplifier, terms: list[Node]) -> list[Node]:
    """Parts that fill an axis one behind the other, each padded with zeros, are joined along it."""
    pads = [term for term in terms if term.op == PAD]
    if len(pads) < 2 or len({(one.data.axis, one.data.whole) for one in pads}) > 1:
        return terms
    row, at = list[Node](), None
    for _ in pads:
        following = next((one for one in pads if (one.data.low == (0 if at is None else at))), None)
        if following is None:
            return terms
        row.append(following.args[0])
        at = following.data.high
    if at != pads[0].data.whole or len(row) != len(pads):
        return terms
    return [*(term for term in terms if term.op != PAD), Node(JOIN, tuple(row), pads[0].data.axis)]


def _turn(simple: Simplifier, node: Node) -> Node:
    """Bring a transpose down to the leaves: (A B)ᵀ = Bᵀ Aᵀ."""
    child = node.args[0]
    if len(simple.shapes(child)) < 2:
        return child
    match child.op:
        case "turn":
            return child.args[0]
        case "mat":
            return simple(mat(turn(child.args[1]), turn(child.args[0])))
        case "mul" | "add" | "div" | "neg" | "pow":
            return simple(rebuilt(child, lambda one: one if simple.is_scalar(one) else turn(one)))
        case "compare":
            return simple(rebuilt(child, lambda one: one if simple.is_scalar(one) else turn(one)))
        case "total" if child.data.axis is not None:
            return simple(Node(TOTAL, (turn(child.args[0]),), child.data._replace(axis=1 - child.data.axis)))
        case "part" | "pad":
            return simple(
                Node(child.op, (turn(child.args[0]),), child.data._replace(axis=1 - child.data.axis))
            )
        case "ones":
            return Node(ONES, (simple(turn(child.args[0])),))
    return node


def _mat(simple: Simplifier, node: Node) -> Node:
    """Scalars scale the whole product."""
    if any(simple.is_scalar(one) for one in node.args):
        return _product(simple, Node(MUL, node.args))
    left, right = map(simple.monomial, node.args)
    plain = [simple.product(one._replace(number=Fraction(1), scalars={})) for one in (left, right)]
    front = joined([left._replace(above=(), below=()), right._replace(above=(), below=())])
    return simple.product(front._replace(above=(mat(*plain),)))


def _total(simple: Simplifier, node: Node) -> Node:
    """Scalars come out of a sum; over a single entry there is none."""
    child, told = node.args[0], node.data
    shape = simple.shapes(child)
    if not shape:
        return child
    if told.axis is not None and shape[told.axis] == 1 and told.kept:
        return child
    found = simple.monomial(child)
    inside = simple.product(found._replace(number=Fraction(1), scalars={}))
    if inside.op == NUM:
        return node
    summed = Node(TOTAL, (inside,), told)
    kept = {} if not simple.is_scalar(summed) else {without_places(summed): 1}
    front = Monomial(found.number, found.scalars, (), ())
    return simple.product(joined([front, Monomial(Fraction(1), kept, () if kept else (summed,), ())]))


def _power(simple: Simplifier, node: Node) -> Node:
    base, exponent = node.args
    if exponent.op == NUM and exponent.data == 1:
        return base
    if exponent.op == NUM and exponent.data == 2 and base.op == CALL and base.data.name == "sqrt":
        return base.args[0]
    if exponent.op == NUM and exponent.data == 0:
        return ONE if simple.is_scalar(base) else Node(ONES, (base,))
    return node


def _call(simple: Simplifier, node: Node) -> Node:
    """The derivative of what is no activation has a formula of its own: log' is 1/x."""
    function = node.data
    row = functions().get(function.name)
    if function.order != 1 or row is None or row.activation:
        return node
    found = slope(function.name)
    return node if found is None else simple(in_place_of(_worded(found, function), ARGUMENT, node.args[0]))


def _worded(node: Node, function: Function) -> Node:
    """Write a function as the document does: `np.sqrt`."""
    if node.op == CALL and node.data.name == function.name:
        node = node._replace(data=node.data._replace(word=function.word))
    return rebuilt(node, lambda one: _worded(one, function))


def in_place_of(node: Node, key: str, value: Node) -> Node:
    """Return an expression with something else in the place of a name."""
    if node.op == VAR:
        return value if node.data == key else node
    return rebuilt(node, lambda one: in_place_of(one, key, value))


def _part(simple: Simplifier, node: Node) -> Node:
    """A stretch of the rows of a product is that of its left factor, of the columns that of the right one."""
    child, told = node.args[0], node.data
    match child.op:
        case "mat":
            sides = list(child.args)
            sides[told.axis] = Node(PART, (sides[told.axis],), told)
            return simple(mat(*sides))
        case "turn":
            return turn(simple(Node(PART, (child.args[0],), told._replace(axis=1 - told.axis))))
        case "add" | "mul" | "neg" | "div":
            return simple(rebuilt(child, lambda one: _stretch(simple, one, told)))
        case "join" if child.data == told.axis:
            return _of_join(simple, node)
    return node


def _stretch(simple: Simplifier, node: Node, told: Part) -> Node:
    shape = simple.shapes(node)
    return node if not shape or shape[told.axis] == 1 else Node(PART, (node,), told)


def _of_join(simple: Simplifier, node: Node) -> Node:
    from shapelint.sizes import add

    child, told = node.args[0], node.data
    low: object = 0
    for one in child.args:
        high = add(low, simple.shapes(one)[told.axis])  # type: ignore[arg-type]
        if (low, high) == (told.low, told.high):
            return one
        low = high
    return node


_RULES: dict[str, Callable[[Simplifier, Node], Node]] = {
    MUL: _product,
    DIV: _product,
    NEG: _product,
    ADD: _add,
    TURN: _turn,
    MAT: _mat,
    TOTAL: _total,
    POW: _power,
    CALL: _call,
    PART: _part,
}
