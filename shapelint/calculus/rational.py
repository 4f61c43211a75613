"""Entrywise expressions as fractions: multiplied out, and divided by what cancels. So `A2 - Y` comes about.

A polynomial is a dictionary from monomials, sorted tuples of the numbers of atoms, to coefficients. An atom is any
expression that is no sum, product, quotient or small power.
"""

from fractions import Fraction
from typing import NamedTuple, TypeAlias

from shapelint.calculus.expressions import TOTAL, Node, add_all, mul_all, neg, num, rebuilt
from shapelint.calculus.monomials import without_places

Polynomial: TypeAlias = dict[tuple[int, ...], Fraction]
_MOST_TERMS = 40
_FEW_TERMS = 4  # as many are shown
_HIGHEST = 3


class TooLongError(ValueError):
    """More terms than anybody would read."""


class Quotient(NamedTuple):
    """A polynomial over the product of others."""

    above: Polynomial
    below: tuple[Polynomial, ...]


class Cancelling:
    """One expression, multiplied out and cancelled; the atoms are numbered as they are met."""

    def __init__(self) -> None:
        """Begin without atoms."""
        self._atoms: list[Node] = []

    def __call__(self, node: Node) -> Node | None:
        """Return what an expression comes to, None where a denominator stays or it is no shorter."""
        try:
            found = cancelled(self.quotient(node))
        except TooLongError:
            return None
        return None if found.below or len(found.above) > _FEW_TERMS else self._node(found.above)

    def quotient(self, node: Node) -> Quotient:
        """Return an expression as a fraction. Raises TooLongError."""
        match node.op:
            case "num":
                return Quotient({(): node.data} if node.data else {}, ())
            case "neg":
                found = self.quotient(node.args[0])
                return found._replace(above={key: -value for key, value in found.above.items()})
            case "add":
                found = self.quotient(node.args[0])
                for term in node.args[1:]:
                    found = _added(found, self.quotient(term))
                return found
            case "mul":
                found = self.quotient(node.args[0])
                for factor in node.args[1:]:
                    found = _multiplied(found, self.quotient(factor))
                return found
            case "div":
                above, below = map(self.quotient, node.args)
                turned = above.above
                for one in below.below:
                    turned = _times(turned, one)
                return Quotient(turned, (*above.below, below.above))
            case "pow" if node.args[1].op == "num" and node.args[1].data in range(1, _HIGHEST + 1):
                found = base = self.quotient(node.args[0])
                for _ in range(int(node.args[1].data) - 1):
                    found = _multiplied(found, base)
                return found
        return Quotient({(self._atom(node),): Fraction(1)}, ())

    def _atom(self, node: Node) -> int:
        if node.op == TOTAL:
            node = rebuilt(node, self._inside)
        node = without_places(node)
        if node not in self._atoms:
            self._atoms.append(node)
        return self._atoms.index(node)

    def _inside(self, node: Node) -> Node:
        """What is summed is cancelled by itself."""
        return self(node) or node

    def _node(self, polynomial: Polynomial) -> Node:
        positive = sorted(polynomial.items(), key=lambda item: (item[1] < 0, len(item[0])))
        return add_all([self._term(key, value) for key, value in positive])

    def _term(self, key: tuple[int, ...], value: Fraction) -> Node:
        front = [num(abs(value))] if abs(value) != 1 or not key else []
        found = mul_all([*front, *(self._atoms[one] for one in key)])
        return neg(found) if value < 0 else found


def _times(left: Polynomial, right: Polynomial) -> Polynomial:
    if len(left) * len(right) > _MOST_TERMS:
        raise TooLongError
    found: Polynomial = {}
    for one, number in left.items():
        for other, times in right.items():
            key = tuple(sorted(one + other))
            found[key] = found.get(key, Fraction(0)) + number * times
    return {key: value for key, value in found.items() if value}


def _plus(left: Polynomial, right: Polynomial) -> Polynomial:
    found = dict(left)
    for key, value in right.items():
        found[key] = found.get(key, Fraction(0)) + value
    return {key: value for key, value in found.items() if value}


def _multiplied(left: Quotient, right: Quotient) -> Quotient:
    return Quotient(_times(left.above, right.above), left.below + right.below)


def _added(left: Quotient, right: Quotient) -> Quotient:
    one, other = left.above, right.above
    for below in right.below:
        one = _times(one, below)
    for below in left.below:
        other = _times(other, below)
    return Quotient(_plus(one, other), left.below + right.below)


def cancelled(found: Quotient) -> Quotient:
    """Divide by every denominator that divides without a rest."""
    above, kept = found.above, list[Polynomial]()
    for below in found.below:
        divided = _divided(above, below)
        if divided is None:
            kept.append(below)
        else:
            above = divided
    return Quotient(above, tuple(kept))


def _divided(above: Polynomial, below: Polynomial) -> Polynomial | None:
    """Divide by a polynomial that is linear in one of its atoms; None where a rest stays."""
    if set(below) == {()}:
        return {key: value / below[()] for key, value in above.items()}
    atoms = dict.fromkeys(atom for key in below for atom in key)
    return next((found for atom in atoms if (found := _divided_in(above, below, atom)) is not None), None)


def _divided_in(above: Polynomial, below: Polynomial, atom: int) -> Polynomial | None:
    lead = below.get((atom,))
    if lead is None or any(atom in key and key != (atom,) for key in below):
        return None
    rest: Polynomial = dict(above)
    found: Polynomial = {}
    while rest:
        key = max(rest, key=lambda one: one.count(atom))
        if atom not in key or len(found) > _MOST_TERMS:
            return None
        less = list(key)
        less.remove(atom)
        factor = {tuple(less): rest[key] / lead}
        found = _plus(found, factor)
        rest = _plus(rest, {one: -value for one, value in _times(factor, below).items()})
    return found
