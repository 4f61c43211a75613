"""What of a formula can be edited: its tree in, a binary plan with the shapes of its leaves out.

Products and sums become pairs, from the left; the scalars of a product stand outside of it, since they only
scale. A part that no edit enters (a stack, a slice, an unknown function) is a leaf, whatever is in it.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple, TypeAlias, Union

from shapelint.infer.parameters import axis_of, integer, keyword, positional
from shapelint.infer.record import Recording
from shapelint.infer.sums import is_over_examples
from shapelint.operators import DIVIDE as DIVIDE_SIGN
from shapelint.operators import ELEMENTWISE as ELEMENTWISE_SIGN
from shapelint.operators import SIGNS, STAR
from shapelint.repair import expressions as written
from shapelint.repair.costs import COMMA, INVERSE, OUTER, SQUEEZE
from shapelint.repair.expressions import Atom, Expression, transpose
from shapelint.repair.hand import AXIS_WORDS, Hand
from shapelint.repair.kinds import DIVIDE, ELEMENTWISE, MATRIX, PLUS
from shapelint.repair.neighbours import Near, Others, anything, near, no_others
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
    Number,
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
    """A sum along an axis, with the text around its argument.

    It `may_go`, unless it is a maximum or the like; `only` is the one axis that makes sense; `words` are those for
    an axis and for keeping it.
    """

    span: Span
    before: str
    child: "Plan"
    after: str
    axis: int | None
    keepdims: bool
    may_go: bool = True
    only: int | None = None
    words: tuple[str, str] = AXIS_WORDS


Plan: TypeAlias = Union[Leaf, Scaled, Joined, Wrapped, Flipped, Bracket, Summed]  # noqa: UP007


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
        self._others = others
        self._assumed = assumed
        self._is_there = is_there
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
                return Summed(_span(node), before, self.plan(node.child), "", axis, True)
            case BigSum() if self._shape(node) == self._shape(
                node.child
            ):  # over time steps: of the same shape
                before = self._text[node.start : node.child.start]
                return Wrapped(_span(node), before, self.plan(node.child), "", written.PRODUCT, True)
            case _:
                return self._leaf(node)

    def _power(self, node: Power) -> Plan:
        if _is_inverse(node):
            return self._inverted(node, node.base)
        in_name = node.exponent.start < node.base.end  # `A^{[1]2}`
        if in_name or self._shape(node.exponent) != SCALAR:
            return self._leaf(node)
        after = self._text[node.base.end : node.end]
        return Wrapped(_span(node), "", self.plan(node.base), after, written.POWER, True)

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
        found = self._near(node) if shape else ()
        expression: Expression = atom
        name = node.child if isinstance(node, Transpose) else node
        if self._other_layout and isinstance(name, Name) and name.symbol.gradient and not atom.scalar:
            expression = transpose(atom)
            found = ()
        return Leaf(_span(node), expression, shape, found)

    def _near(self, node: Node) -> tuple[Near, ...]:
        """Return what may stand in the place of a leaf: its neighbours, then other names of the document."""
        beside = near(node, self._found.environment, self._text, self._spellings, self._hand, self._is_there)
        return (*beside, *self._others(node))

    def _is_open(self, node: Node) -> bool:
        """Say whether nothing tells the shape of a part, and nothing is wrong in it: it stays as it is."""
        if self._shape(node) is not None:
            return False
        spans = (problem.span for problem in self._found.problems)
        return not any(node.start <= span.start and span.end <= node.end for span in spans)

    def _beside(self, plan: Plan, before: str, after: str, level: int) -> Plan:
        """Put a part that stays as it is before or behind another: a transpose does not reach it."""
        self.is_open = True
        span = Span(plan.span.start - len(before), plan.span.end + len(after))
        return Wrapped(span, before, plan, after, level, True)

    def _sum(self, node: Sum) -> Plan:
        """Pairs from the left; terms whose shape nothing tells stay as they are, if there is another."""
        first = next((place for place, term in enumerate(node.terms) if not self._is_open(term)), None)
        if first is None:
            return self._leaf(node)
        result = self.plan(node.terms[first])
        if first:
            before = self._text[node.start : node.terms[first].start]
            result = self._beside(result, before, "", written.SUM)
        for place, term in enumerate(node.terms[first + 1 :], first + 1):
            between = self._text[node.terms[place - 1].end : term.start]
            if self._is_open(term):
                after = between + self._text[term.start : term.end]
                result = self._beside(result, "", after, written.SUM)
            else:
                span = Span(node.start, term.end)
                result = Joined(span, PLUS, between, result, self.plan(term), None)
        return result

    def _inverted(self, node: Node, inner: Node) -> Leaf:
        """An inverse of something that is not square is its transpose, misread."""
        shape = self._shape(inner)
        leaf = self._leaf(node)
        if shape is None or len(shape) != 2 or shape[0] == shape[1]:
            return leaf
        turned = transpose(self._leaf(inner).text)
        return leaf._replace(near=(Near(turned, shape[::-1], INVERSE),))

    def _product(self, node: Product) -> Plan:
        """Pairs from the left; scalars before the first matrix go to the front, later ones behind."""
        result: Plan | None = None
        front = ""
        kinds = [_kind(self._found.meaning(sign)) for sign in node.signs]
        for place, factor in enumerate(node.factors):
            sign = node.signs[place - 1] if place else None
            between = self._text[node.factors[place - 1].end : factor.start] if place else ""
            if result is None and (self._scales(factor) or self._only_scales(node, kinds, place)):
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
            elif kinds[place - 1] != MATRIX and self._is_open(factor):
                after = self._text[node.factors[place - 1].end : factor.end]
                result = self._beside(result, "", after, written.PRODUCT)
            else:
                span = Span(result.span.start, factor.end)
                right = self.plan(factor)
                if kinds[place - 1] == DIVIDE:
                    right = self._share(node.factors[place - 1], right)
                result = Joined(span, kinds[place - 1], between, result, right, None)
        if result is None:
            return self._leaf(node)
        return Scaled(_span(node), front, result, "") if front else result

    def _only_scales(self, node: Product, kinds: Sequence[str], place: int) -> bool:
        """Say whether nothing tells the shape of a factor in front of an elementwise sign: `(lam/m) * W`."""
        last = place + 1 == len(node.factors)
        if last or kinds[place] != ELEMENTWISE or not self._is_open(node.factors[place]):
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
            return self._inverted(node, arguments[0])
        if node.function == "transposed" and len(arguments) == 1 == len(node.arguments):
            return self._turned(node, arguments[0])
        if node.function == "squeezed" and len(arguments) == 1:
            return self._unsqueezed(node, arguments[0])
        if node.function in _CALLED and len(node.arguments) == 1:
            return self._with_comma(node, node.arguments[0])
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
        whole = Atom(self._text[node.start : node.end], written.ATOM, turned, False)
        swapped = Atom(turned, written.ATOM, None, False)
        shape = leaf.shape
        near = (Near(swapped, shape[::-1], OUTER),) if shape is not None and len(shape) == 2 else ()
        return leaf._replace(text=whole, near=near)

    def _called(self, node: Call, kind: str, left: Node, right: Node) -> Plan:
        around = Call2(
            self._text[node.start : left.start],
            self._text[left.end : right.start],
            self._text[right.end : node.end],
        )
        return Joined(_span(node), kind, "", self.plan(left), self.plan(right), around)

    def _turned(self, node: Call, inner: Node) -> Leaf:
        """`W.t()`, `np.transpose(W)`: turned once more, what stands in it is left."""
        leaf = self._leaf(node)
        text, core = self._text[inner.start : inner.end], bare(inner)
        plain = text if inner is not core or isinstance(core, Name | Slice | Call) else f"({text})"
        before, after = self._text[node.start : inner.start], self._text[inner.end : node.end]
        found = (
            Near(
                written.Around(before, one.expression, after, written.ATOM, False), one.shape[::-1], one.edit
            )
            for one in (self._near(core) if leaf.shape else ())
        )
        return leaf._replace(
            text=Atom(self._text[node.start : node.end], written.ATOM, plain, False), near=tuple(found)
        )

    def _unsqueezed(self, node: Call, argument: Node) -> Leaf:
        """The call may go: what stands in it had the axis that the target needs."""
        leaf, shape = self._leaf(node), self._shape(argument)
        if shape is None:
            return leaf
        inner = self._text[argument.start : argument.end]
        bare_text = Atom(inner, _LEVELS.get(type(argument), written.ATOM), None, False)
        return leaf._replace(near=(Near(bare_text, shape, SQUEEZE),))

    def _with_comma(self, node: Call, argument: Node) -> Leaf:
        """`np.dot(dZ * A.T)`: a star where the comma between the arguments stood."""
        leaf, product = self._leaf(node), bare(argument)
        if not isinstance(product, Product):
            return leaf
        found: list[Near] = []
        for place, sign in enumerate(product.signs):
            shapes = [self._shape(one) for one in product.factors]
            left = next((one for one in shapes[: place + 1] if one != SCALAR), SCALAR)
            right = shapes[place + 1]
            if place + 2 != len(shapes) or not left or not right or left[-1] != right[0]:
                continue
            text = f"{self._text[node.start : sign[0]].rstrip()}, {self._text[sign[1] : node.end].lstrip()}"
            atom = Atom(text, written.ATOM, None, False)
            found.append(Near(atom, left[:-1] + right[1:], COMMA))
        return leaf._replace(near=tuple(found))

    def _total(self, node: Call, argument: Node) -> Plan:
        if len(positional(node)) > 2:
            return self._leaf(node)  # `keepdims` by its place
        before, after = self._text[node.start : argument.start], self._text[argument.end : node.end]
        axis_node = axis_of(node)
        axis = None if axis_node is None else integer(axis_node)
        if axis_node is not None and axis is None:
            return self._leaf(node)
        keepdims = keyword(node, "keepdims", "keepdim", "keep_dims")
        kept = isinstance(keepdims, Number) or (isinstance(keepdims, Name) and keepdims.symbol.key == "True")
        child = self.plan(argument)
        if self._assumed is not None and self._is_open(argument):
            self.is_open = True
            child = Leaf(_span(argument), self._leaf(argument).text, self._assumed, ())
        return Summed(_span(node), before, child, after, axis, kept, adds_up(node), None, self._hand.words())


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
    """Say whether a node is a sum, a mean, a maximum along an axis or over all."""
    return isinstance(node, Call) and node.function in ("total", "noted_total")


def adds_up(node: Node) -> bool:
    """Say whether a node is a sum or a mean along an axis or over all."""
    return is_total(node) and isinstance(node, Call) and node.name[2].lower().endswith(("sum", "mean"))


def _is_inverse(node: Power) -> bool:
    """Say whether a power is -1."""
    exponent = bare(node.exponent)
    if isinstance(exponent, Negate):
        inner = bare(exponent.child)
        return isinstance(inner, Number) and inner.value == 1
    return isinstance(exponent, Number) and exponent.value == -1


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
            return adds_up(node)


def _span(node: Node) -> Span:
    return Span(node.start, node.end)


def as_it_stands(plan: Plan) -> Expression:
    """Return the expression that a plan was made of."""
    match plan:
        case Leaf():
            return plan.text
        case Scaled():
            child = as_it_stands(plan.child)
            return written.Front(plan.front, child) if plan.front else written.Back(child, plan.back)
        case Joined(called=None):
            return written.Pair(plan.kind, plan.between, as_it_stands(plan.left), as_it_stands(plan.right))
        case Joined():
            before, between, after = plan.called or Call2("", plan.between, "")
            left, right = as_it_stands(plan.left), as_it_stands(plan.right)
            return written.Called(plan.kind, before, left, between, right, after)
        case Wrapped():
            return written.Around(plan.before, as_it_stands(plan.child), plan.after, plan.level, plan.through)
        case Flipped():
            return written.Transposed(as_it_stands(plan.child))
        case Bracket():
            return written.Brackets(as_it_stands(plan.child), plan.before, plan.after)
        case Summed():
            return written.Around(plan.before, as_it_stands(plan.child), plan.after, written.ATOM, False)
