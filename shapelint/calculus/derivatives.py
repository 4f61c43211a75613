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
    var,
)
from shapelint.calculus.monomials import without_places
from shapelint.calculus.network import GRADIENT, Network
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
        calls = (line for line in network.lines.values() if line.value.op == CALL)
        self.made = {_bare(line.value): line.key for line in calls}
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
            if all(map(self._is_shaped, (one.key, *names(one.value)))):
                uses.setdefault(one.key, []).append(Use(key, one.value, one.use))
        for name, several in uses.items():
            self.gathered.setdefault(name, []).append(self._scaled(key, name, several))

    def _is_shaped(self, key: str) -> bool:
        """Say whether a name is an array of at most two axes."""
        shape = self.network.shape(key)
        return shape is not None and len(shape) <= 2

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
        """Write the name of a line for what it computes, where that stands in a derivative: A2 for softmax(Z2).

        The slope at something that has no name is written by it: A (1 - A).
        """
        if value.op == CALL:
            key = self.made.get(_bare(value))
            if key is not None:
                return var(key)
            if value.data.order == 1 and value.args[0].op != VAR:
                plain = value._replace(data=value.data._replace(order=0))
                key, known = self.made.get(_bare(plain)), slope_of_value(value.data.name)
                if key is not None and known is not None:
                    return in_place_of(known, VALUE, var(key))
        return rebuilt(value, self._with_names)

    def _sum_up(self, key: str) -> None:
        uses = sorted(self.gathered.pop(key), key=lambda use: use.line == self.network.cost)
        value = add_all([one.value for one in uses])
        if len(uses) > 1:
            value = self._simplified(value, key)
        self.found[key] = Derivative(key, value, tuple(uses))


def _bare(node: Node) -> Node:
    """Return a call that is equal to the same call elsewhere, however the function is spelled."""
    return without_places(node)._replace(data=node.data._replace(word=""))


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
