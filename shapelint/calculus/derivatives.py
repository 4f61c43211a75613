"""A network in, the derivative of its cost by every name out, each in terms of those nearer to the cost.

Reverse mode runs over the named lines, not over operations: one derivative for each name, as on the blackboard. A name
that several lines use gets the sum of what they give.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from shapelint.calculus.expressions import (
    CALL,
    ONE,
    POW,
    SIZE,
    VAR,
    Node,
    Shapes,
    UnshapedError,
    add_all,
    mul,
    names,
    num,
    rebuilt,
    same,
    var,
)
from shapelint.calculus.network import GRADIENT, Forward, Network
from shapelint.calculus.rules import contributions
from shapelint.calculus.simplify import Simplifier, in_place_of
from shapelint.calculus.slopes import VALUE, slope_of_value
from shapelint.shapes import Shape
from shapelint.sizes import atoms

EXAMPLES = "m"


class Scale(NamedTuple):
    """By which power of m a gradient is written beside ∂J/∂x: of what has all the examples, and of what has none.

    In the course dZ and dA are those of each example's loss, m ∂J/∂Z, and dW and db those of J.
    """

    examples: int = 0
    parameters: int = 0

    def of(self, shape: Shape) -> int:
        """Return the power of m for a name of this shape."""
        return self.examples if counts_examples(shape) else self.parameters


COURSE, MEAN, SUM = Scale(1, 0), Scale(0, 0), Scale(1, 1)


class Use(NamedTuple):
    """What one line gives: its key, the derivative by a name through it, and the operation that the name stands in."""

    line: str
    value: Node
    operation: Node | None


class Derivative(NamedTuple):
    """The derivative by a name: its formula, and what each line that uses the name gives to it."""

    key: str
    value: Node
    uses: tuple[Use, ...]


def counts_examples(shape: Shape) -> bool:
    """Say whether a shape has all the examples along one of its axes."""
    return any(EXAMPLES in atoms(size) for size in shape)


def in_order(network: Network) -> list[str]:
    """Return the keys of the lines, each behind those that it uses."""
    done: dict[str, bool] = {}
    found: list[str] = []
    for key in network.lines:
        _visit(network, key, done, found)
    return found


def _visit(network: Network, key: str, done: dict[str, bool], found: list[str]) -> None:
    if key in done or key not in network.lines:
        return
    done[key] = True
    for name in names(network.lines[key].value):
        _visit(network, name, done, found)
    found.append(key)


def reached(network: Network, ends: Sequence[str]) -> set[str]:
    """Return the lines that some names are made of, and those names."""
    found, waiting = set(ends), list(ends)
    while waiting:
        line = network.lines.get(waiting.pop())
        for name in names(line.value) if line is not None else ():
            if name not in found:
                found.add(name)
                waiting.append(name)
    return found


def derivatives(network: Network, scale: Scale = MEAN) -> dict[str, Derivative]:
    """Return the derivatives of the cost, those nearest to it first.

    Where the document tells no cost, the gradients of what nothing uses are given. Names whose derivative needs a shape
    that nobody knows, or goes through a line that is not understood, are left out.
    """
    return _Backward(network, scale).run()


class _Backward:
    def __init__(self, network: Network, scale: Scale) -> None:
        self.network, self.scale = network, scale
        self.shapes = Shapes(network.shape)
        self.simple = Simplifier(self.shapes)
        self.gathered: dict[str, list[Use]] = {}
        self.found: dict[str, Derivative] = {}
        self.given = tops(network)
        self.reached = reached(network, [*self.given, *([network.cost] if network.cost is not None else [])])

    def run(self) -> dict[str, Derivative]:
        """Go through the lines that are reached, from the cost back; a leaf follows the last line that uses it."""
        order = [key for key in reversed(in_order(self.network)) if key in self.reached]
        left = {key: len(self.reached.intersection(lines)) for key, lines in self.network.uses().items()}
        for key in order:
            if key in self.gathered:
                self._sum_up(key)
            self._through(key)
            for name in names(self.network.lines[key].value):
                left[name] -= 1
                if not left[name] and name in self.gathered and name not in self.network.lines:
                    self._sum_up(name)
        return self.found

    def _through(self, key: str) -> None:
        line = self.network.lines[key]
        up = ONE if key == self.network.cost else var(GRADIENT + key)
        try:
            given = list(contributions(line.value, up, self.shapes))
        except (UnshapedError, IndexError):
            return
        uses: dict[str, list[Use]] = {}
        for one in given:
            if all(self.network.shape(name) is not None for name in (one.key, *names(one.value))):
                uses.setdefault(one.key, []).append(Use(key, one.value, one.use))
        for name, several in uses.items():
            self.gathered.setdefault(name, []).append(self._scaled(key, name, several))

    def _scaled(self, line: str, name: str, several: list[Use]) -> Use:
        """Join what one line gives, with the powers of m by which the two gradients differ."""
        value = add_all([one.value for one in several])
        power = self._power(name) - self._power(line)
        if power:
            value = mul(Node(POW, (Node(SIZE, (), EXAMPLES), num(power))), value)
        simple = self._simplified(value, name)
        return Use(line, simple, several[0].operation)

    def _simplified(self, value: Node, name: str) -> Node:
        try:
            return self._with_names(self.simple(self._with_names(value)))
        except (UnshapedError, IndexError):
            return value

    def _power(self, key: str) -> int:
        return 0 if key == self.network.cost else self.scale.of(self.network.shape(key) or ())

    def _with_names(self, value: Node) -> Node:
        """Write the name of a line for what it computes, where that stands in a derivative: A2 for softmax(Z2)."""
        for line in self.network.lines.values():
            if line.value.op == CALL:
                value = _named(value, line)
        return value

    def _sum_up(self, key: str) -> None:
        uses = sorted(self.gathered.pop(key), key=lambda use: use.line == self.network.cost)
        value = add_all([one.value for one in uses])
        if len(uses) > 1:
            value = self._simplified(value, key)
        self.found[key] = Derivative(key, value, tuple(uses))


def _named(node: Node, line: Forward) -> Node:
    """Write the name of a line for its value, and the slope at something that has no name by it: A (1 - A)."""
    if same(node, line.value):
        return var(line.key)
    if node.op == CALL and node.data.order == 1 and node.args[0].op != VAR:
        function = line.value.data
        known = (
            slope_of_value(function.name) if function.name == node.data.name and not function.order else None
        )
        if known is not None and same(node.args[0], line.value.args[0]):
            return in_place_of(known, VALUE, var(line.key))
    return rebuilt(node, lambda one: _named(one, line))


def tops(network: Network) -> Mapping[str, None]:
    """Return what nothing uses, where there is no cost, or in layer l: its gradients are given."""
    used = network.uses()
    return {
        key: None
        for key in network.lines
        if key not in used and network.shape(key) and (network.cost is None or is_general(key))
    }


def is_general(key: str) -> bool:
    """Say whether a name is that of layer l, or one beside it: it stands for that of every layer."""
    return "[l" in key
