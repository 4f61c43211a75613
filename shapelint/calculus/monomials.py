"""Products, taken apart: a number, powers of scalars, arrays above the line and below it."""

from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

from shapelint.calculus.expressions import NOWHERE, POW, ZERO, Node, div, mul_all, num, rebuilt


def without_places(node: Node) -> Node:
    """Return an expression that is equal to another one wherever they stand."""
    return rebuilt(node._replace(at=NOWHERE), without_places)


class Monomial(NamedTuple):
    """A product, taken apart: a number, powers of scalars, arrays above the line and below it."""

    number: Fraction
    scalars: dict[Node, int]
    above: tuple[Node, ...]
    below: tuple[Node, ...]


def joined(parts: Sequence[Monomial]) -> Monomial:
    """Return the product of products."""
    number, scalars = Fraction(1), dict[Node, int]()
    above: tuple[Node, ...] = ()
    below: tuple[Node, ...] = ()
    for part in parts:
        number *= part.number
        for scalar, power in part.scalars.items():
            scalars[scalar] = scalars.get(scalar, 0) + power
        above, below = above + part.above, below + part.below
    return Monomial(number, {scalar: power for scalar, power in scalars.items() if power}, above, below)


def over(left: Monomial, right: Monomial) -> Monomial:
    """Return the quotient of two products; a number that is 0 stays below."""
    if right.number == 0:
        return Monomial(left.number, left.scalars, left.above, (*left.below, ZERO))
    turned = {scalar: -power for scalar, power in right.scalars.items()}
    return joined([left, Monomial(1 / right.number, turned, right.below, right.above)])


def coefficient(number: Fraction, scalars: dict[Node, int]) -> tuple[list[Node], list[Node]]:
    """Return what stands above and below the line of what scales a product."""
    above = [num(number.numerator)] if number.numerator != 1 else []
    below = [num(number.denominator)] if number.denominator != 1 else []
    for scalar, power in scalars.items():
        raised = scalar if abs(power) == 1 else Node(POW, (scalar, num(abs(power))))
        (above if power > 0 else below).append(raised)
    return above, below


def scaled(front: tuple[list[Node], list[Node]], arrays: Sequence[Node]) -> Node:
    """Return a product with what scales it in front."""
    above, below = front
    before = [div(mul_all(above), mul_all(below))] if below else above
    return mul_all([*before, *arrays])
