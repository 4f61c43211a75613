"""A formula's tree in, its plan out, with the shapes of its leaves.

Products and sums become pairs, from the left; the scalars of a product stand outside of it, since they only
scale. A part that no edit enters (a stack, a slice, an unknown function) is a leaf, whatever is in it.
"""

from collections.abc import Callable, Mapping, Sequence

from shapelint.infer.parameters import axis_of, integer, keyword, positional
from shapelint.infer.record import Recording
from shapelint.infer.sums import is_over_examples
from shapelint.operators import DIVIDE as DIVIDE_SIGN
from shapelint.operators import ELEMENTWISE as ELEMENTWISE_SIGN
from shapelint.operators import SIGNS, SOLVE, STAR
from shapelint.repair import expressions as written
from shapelint.repair.hand import Hand
from shapelint.repair.kinds import DIVIDE, ELEMENTWISE, MATRIX, PLUS
from shapelint.repair.neighbours import Others, anything, no_others
from shapelint.repair.plan import Bracket, Call2, Flipped, Joined, Leaf, Plan, Scaled, Summed, Wrapped
from shapelint.repair.substitutes import Leaves
from shapelint.repair.totals import adds_up, is_total
from shapelint.shapes import SCALAR, MaybeShape
from shapelint.source import Span
from shapelint.tree import (
    BigSum,
    Call,
    Compare,
    Keyword,
    Name,
    Negate,
    Node,
    Number,
    Paren,
    Power,
    Product,
    Slice,
    Stack,
    Sum,
    Transpose,
    bare,
    span_of,
)


class Planner:
    """Makes the plan of one formula from its text and the recorded shapes of its nodes."""

    def __init__(
        self,
        text: str,
        found: Recording,
        spellings: Mapping[str, str],
        hand: Hand,
        other_layout: bool,
        others: Others = no_others,
        assumed: MaybeShape = None,
        is_there: Callable[[str], bool] = anything,
    ) -> None:
        """Take the text, what a pass over the formula recorded, how sizes are written, and the writer's hand.

        With `other_layout` every gradient is read as laid out the other way, so that what fits there is the
        transpose of what fits here. `others` are names of the document that may stand in the place of one; what a
        sum is of has the shape `assumed` where nothing tells it. Names have to be such as the document has: `is_there`.
        """
        self.is_open = False  # whether a part whose shape nothing tells stands in the plan as it is
        self._leaves = Leaves(text, found, spellings, hand, other_layout, others, is_there)
        self._assumed = assumed
        self._text = text
        self._found = found
        self._hand = hand

    def plan(self, node: Node) -> Plan:
        """Return the plan of a node."""
        if self._leaves.scales(node):
            return self._leaves.leaf(node)
        match node:
            case Paren():
                before, after = (
                    self._text[node.start : node.child.start],
                    self._text[node.child.end : node.end],
                )
                return Bracket(span_of(node), self.plan(node.child), before, after)
            case Negate():
                before = self._text[node.start : node.child.start]
                return Wrapped(span_of(node), before, self.plan(node.child), "", written.MINUS, True)
            case Transpose() if not isinstance(bare(node.child), Name | Slice | Stack):
                return Flipped(span_of(node), self.plan(node.child))
            case Power():
                return self._power(node)
            case Product():
                return self._product(node)
            case Sum():
                return self._sum(node)
            case Compare():
                return self._pairs(node, (node.left, node.right), [PLUS])
            case Call():
                return self._call(node)
            case BigSum() if self._is_over_examples(node):
                before = self._text[node.start : node.child.start]
                axis = self._found.environment.examples_axis
                return Summed(span_of(node), before, self.plan(node.child), "", axis, True)
            case BigSum() if self._leaves.shape(node) == self._leaves.shape(
                node.child
            ):  # over time steps: of the same shape
                before = self._text[node.start : node.child.start]
                return Wrapped(span_of(node), before, self.plan(node.child), "", written.PRODUCT, True)
            case _:
                return self._leaves.leaf(node)

    def _power(self, node: Power) -> Plan:
        if _is_inverse(node):
            return self._leaves.inverted(node, node.base)
        in_name = node.exponent.start < node.base.end  # `A^{[1]2}`
        if in_name or self._leaves.shape(node.exponent) != SCALAR:
            return self._leaves.leaf(node)
        after = self._text[node.base.end : node.end]
        return Wrapped(span_of(node), "", self.plan(node.base), after, written.POWER, True)

    def _is_over_examples(self, node: BigSum) -> bool:
        """Say whether a big sum leaves a column for all examples."""
        return is_over_examples(node.sign) and -1 - node.start not in self._found.choices

    def _beside(self, plan: Plan, before: str, after: str, level: int) -> Plan:
        """Put a part that stays as it is before or behind another: a transpose does not reach it."""
        self.is_open = True
        span = Span(plan.span.start - len(before), plan.span.end + len(after))
        return Wrapped(span, before, plan, after, level, True)

    def _sum(self, node: Sum) -> Plan:
        """Pairs from the left; terms whose shape nothing tells stay as they are, if there is another."""
        first = next((place for place, term in enumerate(node.terms) if not self._leaves.is_open(term)), None)
        if first is None:
            return self._leaves.leaf(node)
        result = self.plan(node.terms[first])
        if first:
            before = self._text[node.start : node.terms[first].start]
            result = self._beside(result, before, "", written.SUM)
        for place, term in enumerate(node.terms[first + 1 :], first + 1):
            between = self._text[node.terms[place - 1].end : term.start]
            if self._leaves.is_open(term):
                after = between + self._text[term.start : term.end]
                result = self._beside(result, "", after, written.SUM)
            else:
                span = Span(node.start, term.end)
                result = Joined(span, PLUS, between, result, self.plan(term), None)
        return result

    def _product(self, node: Product) -> Plan:
        """Pairs from the left; scalars before the first matrix go to the front, later ones behind."""
        result: Plan | None = None
        front = ""
        kinds = [_kind(self._found.meaning(sign)) for sign in node.signs]
        for place, factor in enumerate(node.factors):
            sign = node.signs[place - 1] if place else None
            between = self._text[node.factors[place - 1].end : factor.start] if place else ""
            if result is None and (self._leaves.scales(factor) or self._only_scales(node, kinds, place)):
                continue
            if result is None:
                if sign is not None and SIGNS[sign[2]] in _DIVISIONS:
                    return self._pairs(node, node.factors, kinds)
                front = self._text[node.start : factor.start]
                result = self.plan(factor)
                if isinstance(result, Scaled) and not result.back:  # `\frac{1}{m} dZ \cdot A^T`
                    front, result = front + result.front, result.child
            elif self._leaves.scales(factor):
                text = self._text[node.factors[place - 1].end : factor.end]
                result = Scaled(Span(result.span.start, factor.end), "", result, text)
            elif kinds[place - 1] != MATRIX and self._leaves.is_open(factor):
                after = self._text[node.factors[place - 1].end : factor.end]
                result = self._beside(result, "", after, written.PRODUCT)
            else:
                span = Span(result.span.start, factor.end)
                right = self.plan(factor)
                if kinds[place - 1] == DIVIDE:
                    right = self._share(node.factors[place - 1], right)
                result = Joined(span, kinds[place - 1], between, result, right, None)
        if result is None:
            return self._leaves.leaf(node)
        return Scaled(span_of(node), front, result, "") if front else result

    def _only_scales(self, node: Product, kinds: Sequence[str], place: int) -> bool:
        """Say whether nothing tells the shape of a factor in front of an elementwise sign: `(lam/m) * W`."""
        last = place + 1 == len(node.factors)
        if last or kinds[place] != ELEMENTWISE or not self._leaves.is_open(node.factors[place]):
            return False
        self.is_open = True
        return True

    def _share(self, above: Node, below: Plan) -> Plan:
        """What is divided by the sum of itself are shares, as of softmax: the units of an example add up to 1."""
        if isinstance(below, Bracket):
            return below._replace(child=self._share(above, below.child))
        if not isinstance(below, Summed):
            return below
        inner = self._text[below.span.start + len(below.before) : below.span.end - len(below.after)]
        if "".join(inner.split()) != "".join(self._text[above.start : above.end].split()):
            return below
        return below._replace(may_go=False, only=1 - self._found.environment.examples_axis)

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
        if node.function == "inverse" and len(arguments) == 1:
            return self._leaves.inverted(node, arguments[0])
        if node.function == "transposed" and len(arguments) == 1 == len(node.arguments):
            return self._leaves.turned(node, arguments[0])
        if node.function == "squeezed" and len(arguments) == 1:
            return self._leaves.unsqueezed(node, arguments[0])
        if node.function in _CALLED and len(node.arguments) == 1:
            return self._leaves.with_comma(node, node.arguments[0])
        if node.function in _OUTER and len(arguments) == 2 == len(node.arguments):
            return self._leaves.outer(node, *arguments)
        matrices = [argument for argument in arguments if not self._leaves.scales(argument)]
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
            return Wrapped(span_of(node), before, self.plan(inner), after, level, inside)
        return self._leaves.leaf(node)

    def _called(self, node: Call, kind: str, left: Node, right: Node) -> Plan:
        around = Call2(
            self._text[node.start : left.start],
            self._text[left.end : right.start],
            self._text[right.end : node.end],
        )
        return Joined(span_of(node), kind, "", self.plan(left), self.plan(right), around)

    def _total(self, node: Call, argument: Node) -> Plan:
        if len(positional(node)) > 2:
            return self._leaves.leaf(node)  # `keepdims` by its place
        before, after = self._text[node.start : argument.start], self._text[argument.end : node.end]
        axis_node = axis_of(node)
        axis = None if axis_node is None else integer(axis_node)
        if axis_node is not None and axis is None:
            return self._leaves.leaf(node)
        keepdims = keyword(node, "keepdims", "keepdim", "keep_dims")
        kept = isinstance(keepdims, Number) or (isinstance(keepdims, Name) and keepdims.symbol.key == "True")
        if node.function == "first_total":
            axis, kept = 0, True
        child = self.plan(argument)
        if self._assumed is not None and self._leaves.is_open(argument):
            self.is_open = True
            child = Leaf(span_of(argument), self._leaves.leaf(argument).text, self._assumed, ())
        return Summed(
            span_of(node), before, child, after, axis, kept, adds_up(node), None, self._hand.words()
        )


_DIVISIONS = frozenset((DIVIDE_SIGN, SOLVE))
_OUTER = frozenset(("outer_product", "outer_array"))
_CALLED = {"dot_product": MATRIX, "matrix_product": MATRIX}


def _kind(meaning: str) -> str:
    if meaning in _DIVISIONS:
        return DIVIDE
    return ELEMENTWISE if meaning in (STAR, ELEMENTWISE_SIGN) else MATRIX


def _is_inverse(node: Power) -> bool:
    """Say whether a power is -1."""
    exponent = bare(node.exponent)
    if isinstance(exponent, Negate):
        inner = bare(exponent.child)
        return isinstance(inner, Number) and inner.value == 1
    return isinstance(exponent, Number) and exponent.value == -1
