"""The same network with examples in columns, in rows, and in rows with PyTorch's weights.

Transposing is pushed through every line by (A B)ᵀ = Bᵀ Aᵀ, so that a layout is right if the columns are.
"""

import re
from dataclasses import dataclass, replace
from functools import cache, cached_property

from .catalogue import COLUMNS, LAYOUTS, PYTORCH, Leaf, Network
from .expression import (
    Binary,
    Call,
    Expression,
    Line,
    Name,
    Number,
    Slice,
    Stack,
    Sum,
    Transpose,
    nodes,
    parts,
    rebuilt,
)

FORWARD, BACKWARD, UPDATE = "forward", "gradient", "update"
PLAIN, MOMENTUM, ADAM = "", "momentum", "adam"


@dataclass(frozen=True, eq=False)
class Setting:
    """A network in a layout. With `flat` its biases have one axis; `optimizer` says how it is trained."""

    network: Network
    layout: str
    flat: bool = False
    optimizer: str = PLAIN

    @cached_property
    def leaves(self) -> dict[str, Leaf]:
        """Return the leaves as they lie in this layout."""
        return {name: self._laid(name, leaf) for name, leaf in self.network.leaves.items()} | self._averages()

    @cached_property
    def sizes(self) -> tuple[str, ...]:
        """Return the names of the sizes, in the order of the leaves."""
        axes = (axis for leaf in self.network.leaves.values() for axis in leaf.shape)
        return tuple(dict.fromkeys(part for axis in axes for part in axis.split("+") if part != "1"))

    @cached_property
    def scalars(self) -> frozenset[str]:
        """Return what is a number: sizes, rates, and leaves without an axis."""
        given = {name for name, leaf in self.network.leaves.items() if not leaf.shape}
        return frozenset({*self.sizes, *given, "alpha", "eta", "learning_rate", "eps", "J"})

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """Return the document's lines: forward, gradients, updates."""
        forward = (self._turned(line) for line in self.network.forward)
        backward = (self._turned(line) for line in self.network.backward)
        return (*forward, *backward, *self._updates())

    @cached_property
    def implied(self) -> tuple[Line, ...]:
        """Return the forward lines that are not written."""
        return tuple(self._turned(line) for line in self.network.implied)

    @cached_property
    def cost(self) -> Line:
        """Return the line of the cost."""
        return self._turned(self.network.cost)

    def kind(self, index: int) -> str:
        """Return which part of the document a line belongs to."""
        forward, backward = len(self.network.forward), len(self.network.backward)
        return FORWARD if index < forward else BACKWARD if index < forward + backward else UPDATE

    def object(self, target: str) -> str:
        """Return the name whose shape a target must have by rule, "" where nothing says so."""
        if target in dict(self.network.helpers):
            return ""
        if target in self.network.leaves and target not in self.network.upstream:
            return target
        for prefix in ("v_d", "s_d", "d"):
            if target.startswith(prefix) and target[len(prefix) :] in self._made:
                return target[len(prefix) :]
        return ""

    @cached_property
    def _made(self) -> frozenset[str]:
        lines = (*self.network.forward, *self.network.implied)
        return frozenset({*self.network.leaves, *(line.target for line in lines)})

    def flips(self, name: str) -> bool:
        """Return whether a name is the transpose of what it is in columns."""
        if self.layout == COLUMNS or name in self.network.fixed or name in self.scalars:
            return False
        if name in self.network.leaves:
            kind = self.network.leaves[name].kind
            return kind in "db" or (kind == "W" and self.layout != PYTORCH)
        return self.flips(of) if (of := self.object(name)) else True

    def is_scalar(self, tree: Expression) -> bool:
        """Return whether an expression is a number."""
        if isinstance(tree, Sum) and tree.axis is None:
            return True
        if isinstance(tree, Name):
            return tree.id in self.scalars
        return isinstance(tree, Number) or all(self.is_scalar(part) for part in parts(tree))

    def _laid(self, name: str, leaf: Leaf) -> Leaf:
        shape = leaf.shape[::-1] if self.flips(name) else leaf.shape
        if self.flat and leaf.kind == "b" and shape[:1] == ("1",):
            shape = shape[1:]
        return Leaf(leaf.kind, shape)

    def _averages(self) -> dict[str, Leaf]:
        letters = {PLAIN: "", MOMENTUM: "v", ADAM: "vs"}[self.optimizer]
        return {
            f"{letter}_d{name}": self._laid(name, self.network.leaves[name])
            for letter in letters
            for name in self.network.parameters
        }

    def _updates(self) -> tuple[Line, ...]:
        return tuple(line for name in self.network.parameters for line in self._update(name))

    def _update(self, name: str) -> tuple[Line, ...]:
        rate = Name(self.network.rate)
        gradient, speed = Name("d" + name), f"v_d{name}"
        if self.optimizer == PLAIN:
            return (Line(name, Binary("-", Name(name), Binary("*", rate, gradient))),)
        first = Line(speed, _average(speed, "0.9", "0.1", gradient))
        if self.optimizer == MOMENTUM:
            return (first, Line(name, Binary("-", Name(name), Binary("*", rate, Name(speed)))))
        square = f"s_d{name}"
        second = Line(square, _average(square, "0.999", "0.001", Binary("*", gradient, gradient)))
        below = Binary("+", Call("sqrt", Name(square)), Name("eps"))
        step = Binary("*", rate, Binary("/", Name(speed), below))
        return (first, second, Line(name, Binary("-", Name(name), step)))

    def _turned(self, line: Line) -> Line:
        plain, turned = self._both(line.value)
        value = turned if self.flips(line.target) else plain
        return Line(line.target, self._flattened(line.target, value))

    def _flattened(self, target: str, value: Expression) -> Expression:
        """Return the gradient of a bias of one axis: its sum keeps none."""
        of = self.object(target)
        if not self.flat or of == target or len(self.leaves.get(of, Leaf("", ())).shape) != 1:
            return value
        if isinstance(value, Sum):
            return Sum(value.of, value.axis, False, value.mean)
        return rebuilt(value, tuple(self._flattened(target, part) for part in parts(value)))

    def _both(self, tree: Expression) -> tuple[Expression, Expression]:
        """Return an expression and its transpose in this layout's names, each with few transposes."""
        if self.is_scalar(tree) and not any(isinstance(node, Sum) for node in nodes(tree)):
            return tree, tree
        match tree:
            case Name(id):
                return (Transpose(tree), tree) if self.flips(id) else (tree, Transpose(tree))
            case Transpose(of):
                return self._both(of)[::-1]
            case Sum(of, None, keep, mean):
                total = Sum(min(self._both(of), key=_transposes), None, keep, mean)
                return total, total
            case Binary("@", left, right):
                (a, at), (b, bt) = self._both(left), self._both(right)
                return _shortest(Binary("@", a, b), Binary("@", bt, at))
        inside = [self._both(part) for part in parts(tree)]
        plain = rebuilt(tree, tuple(part for part, _ in inside))
        turned = _other_axis(rebuilt(tree, tuple(part for _, part in inside)))
        return (plain, plain) if self.is_scalar(tree) else _shortest(plain, turned)


def _average(name: str, old: str, new: str, value: Expression) -> Expression:
    return Binary("+", Binary("*", Number(old), Name(name)), Binary("*", Number(new), value))


def _transposes(tree: Expression) -> int:
    return sum(isinstance(node, Transpose) for node in nodes(tree))


def _shortest(plain: Expression, turned: Expression) -> tuple[Expression, Expression]:
    """Return both, one as the transpose of the other where that is written shorter."""
    if _transposes(turned) + 1 < _transposes(plain):
        return Transpose(turned), turned
    if _transposes(plain) + 1 < _transposes(turned):
        return plain, Transpose(plain)
    return plain, turned


def _other_axis(tree: Expression) -> Expression:
    match tree:
        case Sum(of, axis, keep, mean):
            return Sum(of, 1 - axis, keep, mean)
        case Call(function, of, axis) if axis is not None:
            return Call(function, of, 1 - axis)
        case Stack(first, second, axis):
            return Stack(first, second, 1 - axis)
        case Slice(of, axis, low, high):
            return Slice(of, 1 - axis, low, high)
    return tree


@cache
def setting(network: Network, layout: str, flat: bool, optimizer: str) -> Setting:
    """Return a setting, the same object for the same choice."""
    assert layout in LAYOUTS
    return Setting(network, layout, flat and layout != COLUMNS, optimizer)


@cache
def widened(given: Setting) -> Setting:
    """Return a setting in which what is one output or one example may be several, as its lines allow.

    A document that states no size does not say that `theta` has one column.
    """
    rows = given.network.leaf_text.replace("\n", ";").split(";")
    wide = [re.sub(r" 1\b", " k_wide", row) if re.match(r"\s*\S+ [cd] ", row) else row for row in rows]
    if wide == rows:
        return given
    network = replace(given.network, leaf_text=";".join(wide))
    return Setting(network, given.layout, given.flat, given.optimizer)
