"""The steps of a derivation, as facts: which line a gradient comes through, by which rule, in which forms. No prose."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from shapelint.calculus.derivatives import Derivative, Scale, Use, derivatives, tops
from shapelint.calculus.expressions import (
    CALL,
    MAT,
    MUL,
    TOTAL,
    TURN,
    VAR,
    Node,
    Shapes,
    UnshapedError,
    names,
    walk,
)
from shapelint.calculus.forms import Form, forms
from shapelint.calculus.functions import SOFTMAX
from shapelint.calculus.layouts import in_jacobian_layout, is_gradient_key
from shapelint.calculus.network import GRADIENT, Forward, Network
from shapelint.calculus.simplify import Simplifier
from shapelint.shapes import Shape

# The rule that a step follows.
COST, LEFT, RIGHT, ENTRYWISE, BIAS, JOINT, OTHER = (
    "cost",
    "left-factor",
    "right-factor",
    "entrywise",
    "sum",
    "softmax",
    "several",
)


class Step(NamedTuple):
    """The gradient by one name: what it is, and how it comes about.

    `through` is the line that it goes back through, `product` the matrix product in the formula that the rule makes,
    None where there is none.
    """

    key: str
    shape: Shape
    rule: str
    through: Forward
    uses: tuple[Use, ...]
    formula: Node
    forms: tuple[Form, ...]
    product: Node | None
    power: int  # of m between this gradient and that of the line

    @property
    def gradient(self) -> str:
        """The key of the gradient."""
        return GRADIENT + self.key


class Steps(NamedTuple):
    """All steps of a network by the keys of what they are by, those nearest to the cost first."""

    network: Network
    scale: Scale
    by_key: Mapping[str, Step]
    given: Mapping[str, None]  # gradients that come from outside

    def needed(self, keys: Iterable[str]) -> list[Step]:
        """Return the steps to some gradients, with all that they go through."""
        wanted, waiting = set(keys), list(keys)
        while waiting:
            step = self.by_key.get(waiting.pop())
            for key in names(step.formula) if step is not None else ():
                if is_gradient_key(self.network, key) and key[1:] not in wanted:
                    wanted.add(key[1:])
                    waiting.append(key[1:])
        return [step for key, step in self.by_key.items() if key in wanted]


def steps(network: Network, scale: Scale) -> Steps:
    """Return every step that can be made."""
    found = derivatives(network, scale)
    simple = Simplifier(Shapes(network.shape))
    made = {key: _step(one, network, found, simple, scale) for key, one in found.items()}
    return Steps(network, scale, made, tops(network))


def _step(
    one: Derivative, network: Network, found: Mapping[str, Derivative], simple: Simplifier, scale: Scale
) -> Step:
    use = _main(one, network)
    through = network.lines[use.line]
    product = next((part for part in walk(use.value) if _is_product(part, use.line)), None)
    shape = network.shape(one.key) or ()
    here, there = scale.of(shape), 0 if use.line == network.cost else scale.of(network.shape(use.line) or ())
    return Step(
        one.key,
        shape,
        _rule(one, use, network, product),
        through,
        one.uses,
        one.value,
        forms(one, network, found, simple),
        product,
        here - there,
    )


def _main(one: Derivative, network: Network) -> Use:
    """The use that is explained first: not the cost, where another line has the name, too."""
    return next((use for use in one.uses if use.line != network.cost), one.uses[0])


def _is_product(node: Node, line: str) -> bool:
    return node.op == MAT and any(_is_upstream(side, line) or _is_scaled(side, line) for side in node.args)


def _is_scaled(node: Node, line: str) -> bool:
    """Say whether a factor is the gradient times others, entry by entry, as it lies."""
    return (
        node.op == MUL
        and all(part.op not in (MAT, TURN, TOTAL) for part in walk(node))
        and GRADIENT + line in names(node)
    )


def _is_upstream(node: Node, line: str) -> bool:
    if node.op == TURN:
        node = node.args[0]
    return node.op == VAR and node.data == GRADIENT + line


def _rule(one: Derivative, use: Use, network: Network, product: Node | None) -> str:
    if use.line == network.cost:
        return COST
    line = network.lines[use.line].value
    if line.op == CALL and line.data.name == SOFTMAX:
        return JOINT
    operation = use.operation
    if product is not None and operation is not None:
        while operation.op == TURN:
            operation = next(part for part in walk(line) if part.op == MAT and operation in part.args)
        if operation.op == MAT:
            return LEFT if one.key in names(operation.args[0]) else RIGHT
    kinds = {part.op for part in walk(use.value)}
    if MAT not in kinds and TOTAL not in kinds:
        return ENTRYWISE
    summed = [part for part in walk(use.value) if part.op == TOTAL]
    if MAT not in kinds and len(summed) == 1 and _is_upstream(summed[0].args[0], use.line):
        return BIAS
    return OTHER


def jacobian(step: Step, network: Network) -> Node | None:
    """Return a step's formula in the Jacobian layout, None where it has none."""
    try:
        return in_jacobian_layout(step.formula, network)
    except (UnshapedError, IndexError):
        return None
