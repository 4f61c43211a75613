"""A part that no edit enters in, a leaf out: its text and its shape, and what may stand in its place."""

from collections.abc import Callable, Mapping

from shapelint.infer.record import Recording
from shapelint.repair import expressions as written
from shapelint.repair.costs import COMMA, INVERSE, OUTER, SQUEEZE
from shapelint.repair.expressions import Atom, Expression, transpose
from shapelint.repair.hand import Hand
from shapelint.repair.neighbours import Near, Others, anything, near, no_others
from shapelint.repair.plan import Leaf
from shapelint.repair.totals import holds_total
from shapelint.shapes import SCALAR, MaybeShape, settled
from shapelint.tree import (
    Call,
    Compare,
    Name,
    Negate,
    Node,
    Power,
    Product,
    Slice,
    Sum,
    Transpose,
    bare,
    span_of,
)

_LEVELS: dict[type, int] = {
    Sum: written.SUM,
    Compare: written.SUM,
    Product: written.PRODUCT,
    Negate: written.MINUS,
    Power: written.POWER,
}


class Leaves:
    """Makes the leaves of one formula from its text and the recorded shapes of its nodes."""

    def __init__(
        self,
        text: str,
        found: Recording,
        spellings: Mapping[str, str],
        hand: Hand,
        other_layout: bool,
        others: Others = no_others,
        is_there: Callable[[str], bool] = anything,
    ) -> None:
        """Take the text, what a pass over the formula recorded, how sizes are written, and the writer's hand.

        With `other_layout` every gradient is read as laid out the other way, so that what fits there is the
        transpose of what fits here. `others` are names of the document that may stand in the place of one.
        Names have to be such as the document has: `is_there`.
        """
        self._others = others
        self._is_there = is_there
        self._text = text
        self._found = found
        self._spellings = spellings
        self._hand = hand
        self._other_layout = other_layout

    def shape(self, node: Node) -> MaybeShape:
        """Return the shape of a node, as far as its sizes are settled; None where nothing tells it."""
        return settled(self._found.met(node))

    def scales(self, node: Node) -> bool:
        """Say whether a factor is a scalar, and not only because a sum runs over too much."""
        return self.shape(node) == SCALAR and not holds_total(node)

    def leaf(self, node: Node) -> Leaf:
        """Return a node as it stands, with what may stand in its place."""
        shape = self.shape(node)
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
        return Leaf(span_of(node), expression, shape, found)

    def _near(self, node: Node) -> tuple[Near, ...]:
        """Return what may stand in the place of a leaf: its neighbours, then other names of the document."""
        beside = near(node, self._found.environment, self._text, self._spellings, self._hand, self._is_there)
        return (*beside, *self._others(node))

    def is_open(self, node: Node) -> bool:
        """Say whether nothing tells the shape of a part, and nothing is wrong in it: it stays as it is."""
        if self.shape(node) is not None:
            return False
        spans = (problem.span for problem in self._found.problems)
        return not any(node.start <= span.start and span.end <= node.end for span in spans)

    def inverted(self, node: Node, inner: Node) -> Leaf:
        """An inverse of something that is not square is its transpose, misread."""
        shape = self.shape(inner)
        leaf = self.leaf(node)
        if shape is None or len(shape) != 2 or shape[0] == shape[1]:
            return leaf
        turned = transpose(self.leaf(inner).text)
        return leaf._replace(near=(Near(turned, shape[::-1], INVERSE),))

    def outer(self, node: Call, left: Node, right: Node) -> Leaf:
        """An outer product is a leaf, whose transpose is that of the same vectors in the other order."""
        leaf = self.leaf(node)
        one, other = self._text[left.start : left.end], self._text[right.start : right.end]
        before, between = self._text[node.start : left.start], self._text[left.end : right.start]
        turned = f"{before}{other}{between}{one}{self._text[right.end : node.end]}"
        whole = Atom(self._text[node.start : node.end], written.ATOM, turned, False)
        swapped = Atom(turned, written.ATOM, None, False)
        shape = leaf.shape
        near = (Near(swapped, shape[::-1], OUTER),) if shape is not None and len(shape) == 2 else ()
        return leaf._replace(text=whole, near=near)

    def turned(self, node: Call, inner: Node) -> Leaf:
        """`W.t()`, `np.transpose(W)`: turned once more, what stands in it is left."""
        leaf = self.leaf(node)
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

    def unsqueezed(self, node: Call, argument: Node) -> Leaf:
        """The call may go: what stands in it had the axis that the target needs."""
        leaf, shape = self.leaf(node), self.shape(argument)
        if shape is None:
            return leaf
        inner = self._text[argument.start : argument.end]
        bare_text = Atom(inner, _LEVELS.get(type(argument), written.ATOM), None, False)
        return leaf._replace(near=(Near(bare_text, shape, SQUEEZE),))

    def with_comma(self, node: Call, argument: Node) -> Leaf:
        """`np.dot(dZ * A.T)`: a star where the comma between the arguments stood."""
        leaf, product = self.leaf(node), bare(argument)
        if not isinstance(product, Product):
            return leaf
        found: list[Near] = []
        for place, sign in enumerate(product.signs):
            shapes = [self.shape(one) for one in product.factors]
            left = next((one for one in shapes[: place + 1] if one != SCALAR), SCALAR)
            right = shapes[place + 1]
            if place + 2 != len(shapes) or not left or not right or left[-1] != right[0]:
                continue
            text = f"{self._text[node.start : sign[0]].rstrip()}, {self._text[sign[1] : node.end].lstrip()}"
            atom = Atom(text, written.ATOM, None, False)
            found.append(Near(atom, left[:-1] + right[1:], COMMA))
        return leaf._replace(near=tuple(found))
