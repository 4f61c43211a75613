"""A tree and an environment in, the shape of every node and the problems out.

A node that is wrong is reported once: its shape is unknown from there on, and unknown agrees with everything.
"""

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from shapelint.infer.environment import Environment
from shapelint.infer.learn import Learner
from shapelint.infer.lost_axis import only_fits_a_square, taken_together
from shapelint.operators import SIGNS
from shapelint.problems import InnerSizes, Operand, OuterBroadcast, Problem, ScalarProduct, UnequalShapes
from shapelint.shapes import Clash, MaybeShape, Shape, broadcast, matrix_product
from shapelint.sizes import ANY, Polynomial, Size, Unknown, add, is_one_or_all, resolve
from shapelint.source import Span
from shapelint.tree import Node, Sign

# How a sign or a sum that allows several readings is read: its place → the reading. The place of a sign is
# where it stands, that of a sum or a stack is -1 - where it begins.
Choices = Mapping[int, str]
NO_CHOICES: Choices = {}

# What a kind of node makes of the shapes of its parts.
Rules: TypeAlias = "Mapping[type, Callable[[Evaluation, Any], MaybeShape]]"


class Evaluation:
    """One pass over one formula under one reading. `problems` fills up as the shapes are worked out."""

    def __init__(
        self,
        rules: Rules,
        environment: Environment,
        learner: Learner | None = None,
        choices: Choices = NO_CHOICES,
    ) -> None:
        """Begin without problems; with a learner, the shapes of undeclared names are learnt on the way."""
        self.rules = rules
        self.environment = environment
        self.learner = learner
        self.choices = choices
        self.problems: list[Problem] = []
        self.outer: list[OuterBroadcast] = []
        self.products = 0  # matrix products met, right or wrong
        self.sums = 0  # sums met that do not say over what
        self.yielding: dict[int, str] | None = None  # where set: doubtful signs yield one by one, noted here
        self.unknown = False  # whether a part was met whose shape cannot be told

    def shape(self, node: Node) -> MaybeShape:
        """Return the shape of a node, None where it cannot be told."""
        found = self.rules[type(node)](self, node)
        if found is None:
            self.unknown = True
        return found

    def equal(self, left: Size, right: Size) -> bool:
        """Say whether two sizes agree where they have to be equal; an unknown size learns from it."""
        left, right = resolve(left), resolve(right)
        if isinstance(left, Unknown) or isinstance(right, Unknown):
            if self.learner is not None and left is not right and left is not ANY and right is not ANY:
                self.learner.bind(left, right)
            return True
        return self.environment.same(left, right) is not False

    def compatible(self, left: Size, right: Size) -> bool:
        """Say whether two sizes may agree where one of them could be 1: nothing is learnt from it."""
        return self.environment.same(resolve(left), resolve(right)) is not False

    def operand(self, start: int, end: int, shape: Shape) -> Operand:
        """Return one side of an operation with its shape frozen, for a problem to hold."""
        return Operand(Span(start, end), tuple(resolve(size) for size in shape))

    def matrix(
        self,
        left: Shape,
        right: Shape,
        start: int,
        end: int,
        sign: Sign,
        node: Node,
        whole: Span | None = None,
    ) -> MaybeShape:
        """Return the shape of a matrix product: left stands from `start` to `end`, right is `node`.

        `whole` is the extent of the operation where it is more than its sides: a call's. A scalar is refused, as by
        NumPy; who lets it scale does not ask here.
        """
        if not left or not right:
            sides = self._sides(left, right, start, end, node)
            self.problems.append(ScalarProduct(whole or Span(start, node.end), Span(*sign[:2]), *sides))
            return None
        self.products += 1
        found = matrix_product(left, right, self.equal)
        if type(found) is not Clash:
            return found
        sides = self._sides(left, right, start, end, node)
        self.problems.append(InnerSizes(whole or Span(start, node.end), Span(*sign[:2]), *sides))
        return None

    def elementwise(
        self,
        left: Shape,
        right: Shape,
        start: int,
        end: int,
        sign: Sign,
        node: Node,
        whole: Span | None = None,
    ) -> MaybeShape:
        """Return the shape of an elementwise operation, told as for a matrix product."""
        lost = self._has_lost_an_axis(left, right, node)  # asked first: the sizes may be made one
        found = None if lost else broadcast(left, right, self.compatible)
        if found is None or type(found) is Clash:
            sides = self._sides(left, right, start, end, node)
            self.problems.append(
                UnequalShapes(whole or Span(start, node.end), Span(*sign[:2]), *sides, sign[2])
            )
            return None
        if len(found) == 2 and found != left and found != right and left and right:
            sides = self._sides(left, right, start, end, node)
            self.outer.append(OuterBroadcast(whole or Span(start, node.end), Span(*sign[:2]), *sides, ""))
        return found

    def _has_lost_an_axis(self, left: Shape, right: Shape, node: Node) -> bool:
        """Say whether the right side of a program's operation is the left one along its last axis, that axis lost."""
        if not self.environment.code or (len(left), len(right)) != (2, 1):
            return False  # nearly every operation ends here
        array = taken_together(node)
        whole = None if array is None else self.shape(array)
        return whole is not None and only_fits_a_square(left, whole)

    def partly_known(self, left: MaybeShape, right: MaybeShape) -> MaybeShape:
        """Return what an elementwise operation with an unknown side gives: no known size of 1 can grow."""
        known = right if left is None else left
        if known is None or len(known) < 2:
            return None
        for size in known:
            if size == 1 or isinstance(resolve(size), Unknown) or is_one_or_all(size):
                return None
        return known

    def beside(self, node: Node, shape: Shape) -> MaybeShape:
        """Return the shape of a sum of which one term is unknown, and the others have a shape."""
        return self.partly_known(shape, None)

    def alike(self, left: Node, right: Node, one: Shape, other: Shape) -> tuple[Shape, Shape]:
        """Return the shapes of two terms of a sum, before they are added.

        A product of a program whose second axis nothing tells may as well have none: beside an array of one axis it
        has one.
        """
        if self.environment.code and {len(one), len(other)} == {1, 2}:
            flat, full = (one, other) if len(one) == 1 else (other, one)
            if isinstance(resolve(full[1]), Unknown) and resolve(full[0]) == resolve(flat[0]):
                return flat, flat
        return one, other

    def is_factor(self, node: Node) -> bool:
        """Say whether a name of which nothing is known is a matrix wherever it is a factor, by its other uses."""
        return False

    def add(self, one: Size, other: Size) -> Size:
        """Return the size of two parts that stand side by side."""
        return add(one, other)

    def less(self, size: Size, number: int) -> Size:
        """Return a size without so many, where it is told to have them: `n + 1` without 1 is n."""
        size = resolve(size)
        rest = add(size, number, -1) if isinstance(size, Polynomial) else ANY
        return rest if isinstance(rest, str) or (isinstance(rest, Polynomial) and _is_counted(rest)) else ANY

    def learn(self, node: Node, shape: Shape) -> MaybeShape:
        """Give an undeclared name a shape; None where the node is no such name."""
        if self.learner is not None and self.learner.name(node, shape, self.environment.numerator):
            return shape
        return None

    def meaning(self, sign: Sign) -> str:
        """Return what a sign stands for under this reading: MATRIX, NEXT_TO, STAR, ELEMENTWISE or DIVIDE."""
        return self.choices.get(sign[0]) or SIGNS[sign[2]]

    def unknown_matrix(self, left: Node, right: Node, one: MaybeShape, other: MaybeShape) -> MaybeShape:
        """Return what is sure about a matrix product with a side whose shape is unknown."""
        if one is not None and len(one) == 2:
            columns = (self.learn(right, (one[1], Unknown())) or (ANY, ANY))[1]
            return (one[0], columns)
        if other is not None and len(other) == 2:
            rows = (self.learn(left, (Unknown(), other[0])) or (ANY, ANY))[0]
            return (rows, other[1])
        return None

    def _sides(self, left: Shape, right: Shape, start: int, end: int, node: Node) -> tuple[Operand, Operand]:
        return self.operand(start, end, left), self.operand(node.start, node.end, right)


def _is_counted(size: Polynomial) -> bool:
    """Say whether a size is a sum of others, and nothing is taken from them."""
    return all(factor > 0 for _, factor in size)
