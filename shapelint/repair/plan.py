"""What of a formula can be edited: its tree in, a binary plan with the shapes of its leaves out.

Products and sums become pairs, from the left; the scalars of a product stand outside of it, since they only
scale. A part that no edit enters (a stack, a slice, an unknown function) is a leaf, whatever is in it.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple, TypeAlias, Union

from shapelint.infer.calls import axis_of, integer, is_over_examples, keyword, positional
from shapelint.infer.record import Recording
from shapelint.operators import DIVIDE as DIVIDE_SIGN
from shapelint.operators import ELEMENTWISE as ELEMENTWISE_SIGN
from shapelint.operators import SIGNS, STAR
from shapelint.repair import expressions as written
from shapelint.repair.expressions import Atom, Expression, transpose
from shapelint.repair.hand import Hand
from shapelint.repair.kinds import DIVIDE, ELEMENTWISE, MATRIX, PLUS
from shapelint.repair.neighbours import Near, near
from shapelint.shapes import SCALAR, MaybeShape, settled
from shapelint.source import Span
from shapelint.tree import (
    BigSum,
    Call,
    Compare,
    Keyword,
    Name,
    Negate,
    Node,
    Paren,
    Power,
    Product,
    Slice,
    Stack,
    Sum,
    Transpose,
    bare,
)


class Leaf(NamedTuple):
    """A part as it stands, and what may stand in its place: `near` are layers beside it, parts of it."""

    span: Span
    text: Expression
    shape: MaybeShape
    near: tuple[Near, ...]


class Scaled(NamedTuple):
    """Scalars and what they scale: in front of it, or one behind it."""

    span: Span
    front: str
    child: "Plan"
    back: str


class Call2(NamedTuple):
    """How a product is written as a call: `np.dot(`, `, `, `)`, or `.dot(` between."""

    before: str
    between: str
    after: str


class Joined(NamedTuple):
    """Two sides under one operation; `called` where it is written as a call."""

    span: Span
    kind: str
    between: str
    left: "Plan"
    right: "Plan"
    called: Call2 | None


class Wrapped(NamedTuple):
    """An elementwise function, a power, a sign: the shape is that of its child."""

    span: Span
    before: str
    child: "Plan"
    after: str
    level: int
    through: bool


class Flipped(NamedTuple):
    """A transpose of something that is itself made of parts: `(X @ dZ1.T).T`."""

    span: Span
    child: "Plan"


class Bracket(NamedTuple):
    """Parentheses around a part, as they are written."""

    span: Span
    child: "Plan"
    before: str = "("
    after: str = ")"


class Summed(NamedTuple):
    """A sum along an axis, with the text around its argument."""

    span: Span
    before: str
    child: "Plan"
    after: str
    axis: int | None
    keepdims: bool


Plan: TypeAlias = Union[Leaf, Scaled, Joined, Wrapped, Flipped, Bracket, Summed]  # noqa: UP007


class Planner:
    """Makes the plan of one formula from its text and the recorded shapes of its nodes."""

    def __init__(
        self, text: str, found: Recording, spellings: Mapping[str, str], hand: Hand, other_layout: bool
    ) -> None:
        """Take the text, what a pass over the formula recorded, how sizes are written, and the writer's hand.

        With `other_layout` every gradient is read as laid out the other way, so that what fits there is the
        transpose of what fits here.
        """
        self._text = text
        self._found = found
        self._spellings = spellings
        self._hand = hand
        self._other_layout = other_layout

    def plan(self, node: Node) -> Plan:
        """Return the plan of a node."""
        if self._scales(node):
            return self._leaf(node)
        match node:
            case Paren():
                before, after = (
                    self._text[node.start : node.child.start],
                    self._text[node.child.end : node.end],
                )
                return Bracket(_span(node), self.plan(node.child), before, after)
            case Negate():
                before = self._text[node.start : node.child.start]
                return Wrapped(_span(node), before, self.plan(node.child), "", written.MINUS, True)
            case Transpose() if not isinstance(bare(node.child), Name | Slice | Stack):
                return Flipped(_span(node), self.plan(node.child))
            case Power() if node.exponent.start < node.base.end:  # `A^{[1]2}`: it stands in the name
                return self._leaf(node)
            case Power() if self._shape(node.exponent) == SCALAR:
                after = self._text[node.base.end : node.end]
                return Wrapped(_span(node), "", self.plan(node.base), after, written.POWER, True)
            case Product():
                return self._product(node)
            case Sum():
                return self._pairs(node, node.terms, [PLUS] * len(node.signs))
            case Compare():
                return self._pairs(node, (node.left, node.right), [PLUS])
            case Call():
                return self._call(node)
            case BigSum() if self._is_over_examples(node):
                before = self._text[node.start : node.child.start]
                axis = self._found.environment.examples_axis
                return Summed(_span(node), before, self.plan(node.child), "", axis, True)
            case _:
                return self._leaf(node)

    def _is_over_examples(self, node: BigSum) -> bool:
        """Say whether a big sum leaves a column for all examples."""
        return is_over_examples(node.sign) and -1 - node.start not in self._found.choices

    def _shape(self, node: Node) -> MaybeShape:
        return settled(self._found.met(node))

    def _scales(self, node: Node) -> bool:
        """Say whether a factor is a scalar, and not only because a sum runs over too much."""
        return self._shape(node) == SCALAR and not _holds_total(node)

    def _leaf(self, node: Node) -> Leaf:
        shape = self._shape(node)
        text = self._text[node.start : node.end]
        plain = None
        if isinstance(node, Transpose) and isinstance(inner := bare(node.child), Name):
            plain = self._hand.plain(self._text[inner.start : inner.end])
        elif isinstance(node, Transpose):
            plain = self._hand.plain(self._text[node.child.start : node.child.end])
        level = _LEVELS.get(type(node), written.ATOM)
        if isinstance(node, Product) and node.tight:
            level = written.TIGHT
        atom = Atom(text, level, plain, shape == SCALAR)
        found = near(node, self._found.environment, self._text, self._spellings, self._hand) if shape else ()
        expression: Expression = atom
        name = node.child if isinstance(node, Transpose) else node
        if self._other_layout and isinstance(name, Name) and name.symbol.gradient and not atom.scalar:
            expression = transpose(atom)
            found = ()
        return Leaf(_span(node), expression, shape, found)

    def _product(self, node: Product) -> Plan:
        """Pairs from the left; scalars before the first matrix go to the front, later ones behind."""
        result: Plan | None = None
        front = ""
        kinds = [_kind(self._found.meaning(sign)) for sign in node.signs]
        for place, factor in enumerate(node.factors):
            sign = node.signs[place - 1] if place else None
            between = self._text[node.factors[place - 1].end : factor.start] if place else ""
            if result is None and self._scales(factor):
                continue
            if result is None:
                if sign is not None and SIGNS[sign[2]] is DIVIDE_SIGN:
                    return self._pairs(node, node.factors, kinds)
                front = self._text[node.start : factor.start]
                result = self.plan(factor)
                if isinstance(result, Scaled) and not result.back:  # `\frac{1}{m} dZ \cdot A^T`
                    front, result = front + result.front, result.child
            elif self._scales(factor):
                text = self._text[node.factors[place - 1].end : factor.end]
                result = Scaled(Span(result.span.start, factor.end), "", result, text)
            else:
                span = Span(result.span.start, factor.end)
                result = Joined(span, kinds[place - 1], between, result, self.plan(factor), None)
        if result is None:
            return self._leaf(node)
        return Scaled(_span(node), front, result, "") if front else result

    def _pairs(self, node: Node, parts: Sequence[Node], kinds: Sequence[str]) -> Plan:
        result = self.plan(parts[0])
        for place, part in enumerate(parts[1:]):
            between = self._text[parts[place].end : part.start]
            span = Span(node.start, part.end)
            result = Joined(span, kinds[place], between, result, self.plan(part), None)
        return result

    def _call(self, node: Call) -> Plan:
        arguments = positional(node)
        if is_total(node) and arguments:
            return self._total(node, arguments[0])
        if node.function in _OUTER and len(arguments) == 2 == len(node.arguments):
            return self._outer(node, *arguments)
        matrices = [argument for argument in arguments if not self._scales(argument)]
        kind = _CALLED.get(node.function)
        if node.function == "elementwise":  # np.divide(a, b) has no other product to be mistaken for
            kind = ELEMENTWISE if node.name[2].endswith("multiply") else DIVIDE
        if kind is not None and len(matrices) == 2 == len(node.arguments):
            return self._called(node, kind, *matrices)
        if node.function == "elementwise" and len(matrices) == 1 and not isinstance(matrices[0], Keyword):
            inner = matrices[0]
            before, after = self._text[node.start : inner.start], self._text[inner.end : node.end]
            level = written.ATOM if after else written.POWER
            divided = node.name[2].endswith("divide") and inner is arguments[0]
            inside = divided or isinstance(bare(inner), Transpose)  # where a transpose goes
            return Wrapped(_span(node), before, self.plan(inner), after, level, inside)
        return self._leaf(node)

    def _outer(self, node: Call, left: Node, right: Node) -> Leaf:
        """An outer product is a leaf, whose transpose is that of the same vectors in the other order."""
        leaf = self._leaf(node)
        one, other = self._text[left.start : left.end], self._text[right.start : right.end]
        before, between = self._text[node.start : left.start], self._text[left.end : right.start]
        turned = f"{before}{other}{between}{one}{self._text[right.end : node.end]}"
        return leaf._replace(
            text=Atom(self._text[node.start : node.end], written.ATOM, turned, False), near=()
        )

    def _called(self, node: Call, kind: str, left: Node, right: Node) -> Plan:
        around = Call2(
            self._text[node.start : left.start],
            self._text[left.end : right.start],
            self._text[right.end : node.end],
        )
        return Joined(_span(node), kind, "", self.plan(left), self.plan(right), around)

    def _total(self, node: Call, argument: Node) -> Plan:
        if len(positional(node)) > 2:
            return self._leaf(node)  # `keepdims` by its place
        before, after = self._text[node.start : argument.start], self._text[argument.end : node.end]
        axis_node = axis_of(node)
        axis = None if axis_node is None else integer(axis_node)
        if axis_node is not None and axis is None:
            return self._leaf(node)
        keepdims = keyword(node, "keepdims", "keepdim", "keep_dims")
        kept = isinstance(keepdims, Name) and keepdims.symbol.key == "True"
        return Summed(_span(node), before, self.plan(argument), after, axis, kept)


_LEVELS: dict[type, int] = {
    Sum: written.SUM,
    Compare: written.SUM,
    Product: written.PRODUCT,
    Negate: written.MINUS,
    Power: written.POWER,
}
_OUTER = frozenset(("outer_product", "outer_array"))
_CALLED = {"dot_product": MATRIX, "matrix_product": MATRIX}


def _kind(meaning: str) -> str:
    if meaning is DIVIDE_SIGN:
        return DIVIDE
    return ELEMENTWISE if meaning in (STAR, ELEMENTWISE_SIGN) else MATRIX


def is_total(node: Node) -> bool:
    """Say whether a node is a sum along an axis or over all."""
    return (
        isinstance(node, Call) and node.function in ("total", "noted_total") and node.name[2].endswith("sum")
    )


def _holds_total(node: Node) -> bool:
    """Say whether a node is a sum over an axis, or a product or a sign around one."""
    match node:
        case Paren() | Negate() | Transpose():
            return _holds_total(node.child)
        case Product():
            return any(_holds_total(factor) for factor in node.factors)
        case Call(name=(_, _, name)) if name.endswith("divide"):
            return any(_holds_total(argument) for argument in node.arguments)
        case _:
            return is_total(node)


def _span(node: Node) -> Span:
    return Span(node.start, node.end)
