"""A node of `ast` in, a node of the tree out: the same tree that formulas end in.

What means nothing to shapes becomes a call of a function that nothing knows: what stands in it is still read.
"""

import ast
from collections.abc import Callable, Iterable, Mapping, Sequence

from shapelint.operators import UNPACKED
from shapelint.parse.python.callee import FIRST, callee, dotted
from shapelint.parse.python.followed import bound, is_too_large
from shapelint.parse.python.meant import symbol_meant
from shapelint.parse.python.places import Places, tokens
from shapelint.parse.python.signs import BIT_SIGNS, COMPARISONS, FACTORS, TERMS
from shapelint.parse.python.words import Vocabulary, held, variable, word
from shapelint.parse.tokens import Words
from shapelint.symbol import Flags
from shapelint.tree import (
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
    Range,
    Sign,
    Slice,
    Sum,
    Transpose,
    Tuple,
)

_DEEPEST_CALLS = 3  # functions that call functions: more are not followed


class Expressions:
    """Reads the expressions of one stretch of Python; `flags` joins those of the names that were met."""

    def __init__(self, places: Places, base: int, words: Words, vocabulary: Vocabulary) -> None:
        """Take the places in the stretch, and where it begins in the document."""
        self._text = places.text
        self._base = base
        self._words = words
        self._vocabulary = vocabulary
        self._places = places
        self._groups = places.groups
        self._depth = 0
        self.flags: Flags = 0
        self.names: list[Name] = []

    def read(self, node: ast.expr, store: bool = False) -> Node:
        """Return the tree of an expression, with the parentheses around it."""
        return self._grouped(self._bare(node, store))

    def key(self, node: ast.expr) -> Node:
        """Return the name that a key of a dictionary stands for."""
        name = held(node, self._vocabulary)
        return self._unknown(node) if name is None else self._name(node, name.word, name.variable, store=True)

    def asserted(self, array: ast.expr, shape: ast.expr) -> Node:
        """Return an array and one of the shape that is asserted of it: `dW.shape == W.shape`, `== (n, m)`."""
        one, other = self.read(array), self.read(shape)
        filled = Call(
            other.start, other.end, (other.start, other.start, "np.zeros"), "filled_array", (other,), False
        )
        return Call(one.start, other.end, (one.start, one.start, ""), "asserted", (one, filled), False)

    def sign(self, left: int, right: int, text: str) -> Sign:
        """Return the sign that stands between two places."""
        for token in tokens(self._text[left - self._base : right - self._base]):
            if token.text == text[0]:
                return (left + token.start, left + token.start + len(text), text)
        return (left, left, text)

    def _grouped(self, node: Node) -> Node:
        """Put the parentheses that are written around a node around it."""
        while (outer := self._groups.get((node.start - self._base, node.end - self._base))) is not None:
            node = Paren(outer[0] + self._base, outer[1] + self._base, node)
        return node

    def _span(self, node: ast.expr | ast.keyword) -> tuple[int, int]:
        return self._places.start(node) + self._base, self._places.end(node) + self._base

    def _bare(self, node: ast.expr, store: bool) -> Node:
        name = word(node, self._vocabulary)
        if name is not None:
            return self._name(node, name.word, name.variable, store)
        found: Node = getattr(self, _READERS.get(type(node), "_unknown"))(node)
        return found

    def _name(self, node: ast.expr, spelling: str, own: str, store: bool) -> Node:
        start, end = self._span(node)
        symbol = symbol_meant(spelling, own, store, self._vocabulary, self._words)
        self.flags |= symbol.flags
        found = Name(start, end, symbol)
        self.names.append(found)
        return found

    def _unknown(self, node: ast.expr, children: Iterable[ast.expr] = ()) -> Call:
        start, end = self._span(node)
        return Call(start, end, (start, start, ""), "unknown", tuple(map(self.read, children)), False)

    def _constant(self, node: ast.Constant) -> Node:
        start, end = self._span(node)
        value = node.value
        if value is None or isinstance(value, bool):
            symbol = self._words.symbol(str(value)) or self._words.undeclared(str(value))
            return Name(start, end, symbol)
        if isinstance(value, int | float | complex):
            return Number(start, end, value if isinstance(value, int) else None)
        return self._unknown(node)

    def _operation(self, node: ast.BinOp) -> Node:
        if isinstance(node.op, TERMS):
            if _joins_lists(node):
                return self._unknown(node)
            return self._flat(node, TERMS, lambda op: "+" if isinstance(op, ast.Add) else "-", Sum)
        if type(node.op) in FACTORS:
            kinds = tuple(FACTORS)
            return self._flat(node, kinds, lambda op: FACTORS[type(op)], _product)
        start, end = self._span(node)
        left, right = self.read(node.left), self.read(node.right)
        if isinstance(node.op, ast.Pow):
            return Power(start, end, left, right)
        return Compare(start, end, left, right, self.sign(left.end, right.start, BIT_SIGNS[type(node.op)]))

    def _flat(
        self,
        node: ast.BinOp,
        kinds: tuple[type[ast.operator], ...],
        spell: Callable[[ast.operator], str],
        make: Callable[..., Node],
    ) -> Node:
        """A chain of one level of precedence is one node: it is as deep on the left as it is long."""
        chain: list[ast.BinOp] = []
        first: ast.expr = node
        while (
            isinstance(first, ast.BinOp)
            and isinstance(first.op, kinds)
            and (not chain or not self._is_grouped(first))
        ):
            chain.append(first)
            first = first.left
        start, end = self._span(node)
        parts = [self.read(first)]
        signs: list[Sign] = []
        for one in reversed(chain):
            right = self.read(one.right)
            signs.append(self.sign(parts[-1].end, right.start, spell(one.op)))
            parts.append(right)
        return make(start, end, tuple(parts), tuple(signs))

    def _is_grouped(self, node: ast.expr) -> bool:
        return bool(self._groups) and (self._places.start(node), self._places.end(node)) in self._groups

    def _signed(self, node: ast.UnaryOp) -> Node:
        start, end = self._span(node)
        if isinstance(node.op, ast.Not):
            return self._unknown(node, [node.operand])
        return Negate(start, end, self.read(node.operand))

    def _compared(self, node: ast.Compare) -> Node:
        if len(node.ops) != 1 or type(node.ops[0]) not in COMPARISONS:
            return self._unknown(node, [node.left, *node.comparators])
        start, end = self._span(node)
        left, right = self.read(node.left), self.read(node.comparators[0])
        sign = self.sign(left.end, right.start, COMPARISONS[type(node.ops[0])])
        return Compare(start, end, left, right, sign)

    def _attribute(self, node: ast.Attribute) -> Node:
        if dotted(node, self._vocabulary) is not None:  # np.pi, layer.weights
            start, end = self._span(node)
            return (
                Number(start, end, None)
                if dotted(node, self._vocabulary) in _NUMBERS
                else self._unknown(node)
            )
        return self._unknown(node, [node.value]) if node.attr not in _VIEWS else self._view(node)

    def _view(self, node: ast.Attribute) -> Node:
        start, end = self._span(node)
        child = self.read(node.value)
        sign = (child.end, end, self._text[child.end - self._base : end - self._base])
        if node.attr == "T":
            return Transpose(start, end, child, sign)
        return Call(start, end, sign, _VIEWS[node.attr], (child,), True)

    def _tuple(self, node: ast.Tuple | ast.List) -> Node:
        start, end = self._span(node)
        return Tuple(start, end, tuple(map(self.read, node.elts)))

    def _unpacked(self, node: ast.Starred) -> Node:
        start, end = self._span(node)
        return Call(start, end, (start, start, ""), UNPACKED, (self.read(node.value),), False)

    def _subscript(self, node: ast.Subscript) -> Node:
        start, end = self._span(node)
        items = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
        if isinstance(node.value, ast.Attribute) and node.value.attr == "shape" and len(items) == 1:
            array = self.read(node.value.value)
            name = (array.end, end, "shape")
            return Call(start, end, name, "size_along", (array, self.read(items[0])), True)
        child = self.read(node.value)
        parts = tuple(self._item(item) for item in items)
        if any(part is None for part in parts):
            return self._unknown(node, [node.value, *items])
        return Slice(start, end, child, parts)  # type: ignore[arg-type]  # none is None here

    def _item(self, node: ast.expr) -> Node | None:
        """Read what stands in the brackets behind an array: a stretch, a number, a new axis; None for other things."""
        if isinstance(node, ast.Slice):
            if node.step is not None:
                return None
            start, end = self._span(node)
            low, high = (None if bound is None else self.read(bound) for bound in (node.lower, node.upper))
            return Range(start, end, low, high)
        if isinstance(node, ast.Constant) and node.value is None:
            return self._constant(node)
        if dotted(node, self._vocabulary) == "np.newaxis":
            start, end = self._span(node)
            return Name(start, end, self._words.symbol("None") or self._words.undeclared("None"))
        is_number = isinstance(node, ast.Constant) and isinstance(node.value, int)
        is_number = is_number or (isinstance(node, ast.Name) and node.id in self._vocabulary.indices)
        return self.read(node) if is_number or isinstance(node, ast.UnaryOp) else None

    def _call(self, node: ast.Call) -> Node:
        return self.call(node, 0)

    def call(self, node: ast.Call, part: int) -> Node:
        """Return a call; of one that is followed and returns a tuple, the part with this number is meant."""
        start, end = self._span(node)
        if any(isinstance(one, ast.Starred) for one in node.args) or any(
            one.arg is None for one in node.keywords
        ):
            return self._unknown(node)
        rule, name, receiver = callee(node, self._vocabulary, self._words)
        if name in _OF_LISTS and any(variable(one) in self._vocabulary.lists for one in node.args[:1]):
            return self._unknown(node)  # `np.array(grads)` has one axis more than each of them
        arguments: list[Node] = [] if receiver is None else [self.read(receiver)]
        arguments += [self.read(one) for one in node.args if not _is_text(one)]
        if rule == FIRST:
            rule = "elementwise" if len(arguments) == 1 else "unknown"
        callee_start, callee_end = self._span(node.func)
        if receiver is not None:
            callee_start = arguments[0].end
        keywords = [Keyword(*self._span(one), str(one.arg), self.read(one.value)) for one in node.keywords]
        if (
            rule == "unknown"
            and (inside := self._followed(node, name, arguments, keywords, part)) is not None
        ):
            rule = "followed"
            keywords = [Keyword(start, end, "returns", inside)]
        if rule == "einsum" and node.args and isinstance(node.args[0], ast.Constant):
            name = f"{name} {node.args[0].value!s}"  # what the letters say is the operation itself
        sign = (callee_start, callee_end, name)
        return Call(start, end, sign, rule, (*arguments, *keywords), receiver is not None)

    def _followed(
        self, node: ast.Call, name: str, arguments: Sequence[Node], keywords: Sequence[Keyword], part: int
    ) -> Node | None:
        """Return what a function of the program makes of its arguments, None where its body cannot be followed."""
        body = self._vocabulary.bodies.get(name)
        if body is None or self._depth >= _DEEPEST_CALLS or any(map(_is_text, node.args)):
            return None
        values = bound(body, arguments, {one.key: one.value for one in keywords}, self._span(node)[0])
        if values is None or part >= len(body.returned):
            return None
        reader = _Inside(self, self._span(node), values)
        for variable_, value in body.assigned:
            inner = reader.read(value)
            if is_too_large(inner):
                return None
            values[variable_] = inner
        found = reader.read(body.returned[part])
        return None if is_too_large(found) else found


class _Inside(Expressions):
    """Reads the body of a function that is called: everything in it stands where the call stands."""

    def __init__(self, around: Expressions, span: tuple[int, int], values: Mapping[str, Node]) -> None:
        vocabulary = around._vocabulary._replace(loads={}, stores={}, own=frozenset())
        super().__init__(Places(""), around._base, around._words, vocabulary)
        self._depth = around._depth + 1
        self._whole = span
        self._values = values

    def _span(self, node: ast.expr | ast.keyword) -> tuple[int, int]:
        return self._whole

    def _bare(self, node: ast.expr, store: bool) -> Node:
        if isinstance(node, ast.Name) and node.id in self._values:
            return self._values[node.id]
        return super()._bare(node, store)


def _product(start: int, end: int, factors: Sequence[Node], signs: Sequence[Sign]) -> Product:
    return Product(start, end, factors, signs, False)


def _is_text(node: ast.expr) -> bool:
    return (isinstance(node, ast.Constant) and isinstance(node.value, str)) or isinstance(node, ast.JoinedStr)


def _joins_lists(node: ast.expr) -> bool:
    """Say whether a sum has a list of names as a term: `dWxh + dbh + [dWhy, dby]` are lists in a row."""
    while isinstance(node, ast.BinOp) and isinstance(node.op, TERMS):
        last = node.right
        if isinstance(last, ast.List) and any(isinstance(one, ast.Name) for one in last.elts):
            return True
        node = node.left
    return isinstance(node, ast.List) and any(isinstance(one, ast.Name) for one in node.elts)


_OF_LISTS = frozenset(("np.array", "np.asarray", "np.stack", "np.mean", "np.average", "np.sum"))
_VIEWS = {"T": "transposed", "shape": "shape_of", "size": "scalar", "ndim": "scalar", "real": "elementwise"}
_NUMBERS = frozenset(("np.pi", "np.e", "np.inf", "np.nan"))

# By name, for another language may read some of them in a way of its own.
_READERS: dict[type, str] = {
    ast.Constant: "_constant",
    ast.BinOp: "_operation",
    ast.UnaryOp: "_signed",
    ast.Compare: "_compared",
    ast.Attribute: "_attribute",
    ast.Starred: "_unpacked",
    ast.Tuple: "_tuple",
    ast.List: "_tuple",
    ast.Subscript: "_subscript",
    ast.Call: "_call",
}
