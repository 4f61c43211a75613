"""An evaluation that remembers: a formula under its reading in, the shapes of its nodes and its steps out."""

from collections.abc import Collection
from typing import NamedTuple

from shapelint.infer.environment import Environment
from shapelint.infer.evaluation import Choices, Evaluation
from shapelint.infer.formula import work_out
from shapelint.infer.rules import RULES
from shapelint.problems import Operand, Problem
from shapelint.shapes import MaybeShape, Shape
from shapelint.source import Span
from shapelint.tree import Formula, Node, Sign


class Step(NamedTuple):
    """Two operands and what came of them; `fits` is false where they clash.

    `result` is None where they clash, and where it cannot be told. `whole` is the extent of both, with the call that
    takes them, where one does.
    """

    matrix: bool
    left: Operand
    right: Operand
    result: MaybeShape
    fits: bool
    whole: Span

    @property
    def span(self) -> Span:
        """The extent of both operands."""
        return Span(self.left.span.start, self.right.span.end)


class Recording(Evaluation):
    """An evaluation that keeps the shape of every node it meets, and every matrix or elementwise step.

    Nodes are told apart by identity: a recording lives no longer than its formula.
    """

    def __init__(self, environment: Environment, choices: Choices) -> None:
        """Begin with nothing met."""
        super().__init__(RULES, environment, None, choices)
        self._shapes: dict[int, MaybeShape] = {}
        self._steps: dict[int, Step] = {}

    def shape(self, node: Node) -> MaybeShape:
        """Return the shape of a node, None where it cannot be told."""
        found = self._shapes[id(node)] = super().shape(node)
        return found

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
        """Return the shape of a matrix product, as Evaluation does."""
        before = len(self.problems)
        found = super().matrix(left, right, start, end, sign, node, whole)
        self._keep(True, self._sides(left, right, start, end, node), found, node, before, whole)
        return found

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
        """Return the shape of an elementwise operation, as Evaluation does."""
        before = len(self.problems)
        found = super().elementwise(left, right, start, end, sign, node, whole)
        self._keep(False, self._sides(left, right, start, end, node), found, node, before, whole)
        return found

    def _keep(
        self,
        matrix: bool,
        sides: tuple[Operand, Operand],
        result: MaybeShape,
        node: Node,
        before: int,
        whole: Span | None,
    ) -> None:
        """Note a step; there were so many problems `before` it."""
        extent = whole or Span(sides[0].span.start, sides[1].span.end)
        fits = len(self.problems) == before
        self._steps[id(node)] = Step(matrix, *sides, result, fits, extent)

    def met(self, node: Node) -> MaybeShape:
        """Return the shape that a node had; None, too, for one that the evaluation never came to."""
        return self._shapes.get(id(node))

    def was_met(self, node: Node) -> bool:
        """Say whether the evaluation asked for the shape of a node."""
        return id(node) in self._shapes

    def step(self, right: Node) -> Step | None:
        """Return the step whose right operand a node was."""
        return self._steps.get(id(right))

    def steps(self) -> Collection[Step]:
        """Return every step that was met."""
        return self._steps.values()

    def problem(self, node: Node) -> Problem | None:
        """Return what is wrong with a node as a whole, if anything is."""
        here = Span(node.start, node.end)
        return next((problem for problem in self.problems if problem.span == here), None)


def record(formula: Formula, environment: Environment, choices: Choices) -> Recording:
    """Work a formula out once more, under the reading that its verdict took."""
    found = Recording(environment, choices)
    work_out(formula, found)
    return found
