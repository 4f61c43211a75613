"""A node of `ast` that an Octave program was read as in, a node of the tree out.

All that Octave has in common with Python is read as there. Of its own are `*`, which scales as well as it multiplies
matrices, stacks, sums along the first axis that is longer than 1, and parts of arrays, which keep both axes.
"""

import ast
from collections.abc import Sequence

from shapelint.notations.octave.functions import FIRST
from shapelint.notations.octave.indices import takes_one
from shapelint.notations.octave.places import NUMPY, Offsets
from shapelint.notations.octave.tokens import tokens
from shapelint.parse.python.expressions import Expressions
from shapelint.parse.python.signs import BIT_SIGNS, TERMS
from shapelint.parse.python.words import Vocabulary
from shapelint.parse.tokens import Words
from shapelint.tree import (
    Call,
    Compare,
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
    Stack,
    Sum,
    children,
)

# What the tree calls the operators that Octave means otherwise than Python: by its functions' names.
_SIGNS = {"*": "mtimes", "/": "mrdivide", "~=": "!="}
_SCALED = {name: sign for sign, name in _SIGNS.items() if sign in "*/"}  # beside a number they mean the same
_FACTORS = (ast.Mult, ast.Div, ast.FloorDiv, ast.MatMult)


class OctaveExpressions(Expressions):
    """Reads the expressions of one stretch of Octave."""

    def __init__(self, places: Offsets, base: int, words: Words, vocabulary: Vocabulary) -> None:
        """Take the places in the stretch, and where it begins in the document."""
        super().__init__(places, base, words, vocabulary)

    def sign(self, left: int, right: int, text: str) -> Sign:
        """Return the sign that stands between two places, by the name that the tree has for it."""
        for token in tokens(self._text[left - self._base : right - self._base]):
            if token.kind == "sign" and token.text not in "()":
                found = text if token.text == "=" else _SIGNS.get(token.text, token.text)
                return (left + token.start, left + token.end, found)
        return (left, left, text)

    def _operation(self, node: ast.BinOp) -> Node:
        if isinstance(node.op, TERMS):
            return self._flat(node, TERMS, lambda op: "+" if isinstance(op, ast.Add) else "-", Sum)
        if isinstance(node.op, _FACTORS):
            return self._flat(node, _FACTORS, lambda _op: ".*", self._product)
        start, end = self._span(node)
        left, right = self.read(node.left), self.read(node.right)
        if isinstance(node.op, ast.Pow):
            return Power(start, end, left, right)
        return Compare(start, end, left, right, self.sign(left.end, right.start, BIT_SIGNS[type(node.op)]))

    def _product(self, start: int, end: int, factors: Sequence[Node], signs: Sequence[Sign]) -> Product:
        """What stands beside a number is scaled by it: there `*` is no matrix product."""
        found: list[Sign] = []
        number = self._is_number(factors[0])
        for sign, factor in zip(signs, factors[1:], strict=True):
            divisor = self._is_number(factor)
            scales = divisor or (number and sign[2] == _SIGNS["*"])
            number = number and divisor
            found.append((*sign[:2], _SCALED.get(sign[2], sign[2])) if scales else sign)
        return Product(start, end, tuple(map(self._as_number, factors)), tuple(found), False)

    def _as_number(self, factor: Node) -> Node:
        """A variable that a number is assigned to, and nothing else, scales as the number does."""
        if isinstance(factor, Name) and self._word(factor) in self._vocabulary.numbers:
            return Number(factor.start, factor.end, None)
        return factor

    def _word(self, name: Name) -> str:
        return self._text[name.start - self._base : name.end - self._base]

    def _is_number(self, node: Node) -> bool:
        """Say whether an expression is a number, whatever the program does: of numbers, rates and sizes."""
        match node:
            case Number() | Call(function="scalar" | "size_along"):
                return True
            case Name():
                return self._word(node) in _NUMBERS or self._word(node) in self._vocabulary.numbers
            case Product() | Sum() | Power() | Paren() | Negate():
                return all(map(self._is_number, children(node)))
        return False

    def _subscript(self, node: ast.Subscript) -> Node:
        if not isinstance(node.slice, ast.Tuple):
            shape = isinstance(node.value, ast.Attribute) and node.value.attr == "shape"
            return super()._subscript(node) if shape else self._unknown(node, [node.value])
        start, end = self._span(node)
        parts = node.slice.elts
        if len(parts) == 1:
            return self._entries(node, parts[0])
        return Slice(start, end, self.read(node.value), tuple(self._items(parts)))

    def _items(self, parts: Sequence[ast.expr]) -> list[Node]:
        """Of an axis of which one row or column is taken, an axis of 1 is left: as if there were a new one."""
        found: list[Node] = []
        for part in parts:
            start, end = self._span(part)
            if isinstance(part, ast.Slice):
                found.append(self._stretch(part))
            elif takes_one(part, self._vocabulary.indices):
                index = self.read(part)
                none = Name(end, end, self._words.symbol("None") or self._words.undeclared("None"))
                found += (index, none)
            else:
                index = self.read(part)
                found.append(Range(start, end, index, index))  # as many as the index has
        return found

    def _stretch(self, part: ast.Slice) -> Range:
        start, end = self._span(part)
        low, high = (None if bound is None else self.read(bound) for bound in (part.lower, part.upper))
        if part.step is not None:
            low = high = low or high
        return Range(start, end, low, high)

    def _entries(self, node: ast.Subscript, part: ast.expr) -> Node:
        """`x(i)` is a number, `x(2:end)` a stretch of a row or a column."""
        start, end = self._span(node)
        child = self.read(node.value)
        if isinstance(part, ast.Slice):
            return Call(start, end, (child.end, end, "()"), "stretch", (child, self._stretch(part)), False)
        rule = "scalar" if takes_one(part, self._vocabulary.indices) else "unknown"
        return Call(start, end, (child.end, end, "()"), rule, (child, self.read(part)), False)

    def call(self, node: ast.Call, part: int) -> Node:
        """Return a call; `sum(A)` runs along the first axis that is longer than 1."""
        match node:
            case ast.Call(
                func=ast.Attribute(value=ast.Name(id=owner), attr=attr), args=[ast.Tuple() as together]
            ):
                if owner == NUMPY and attr in _STACKS:
                    return self._stack(node, _STACKS[attr], together.elts)
            case ast.Call(keywords=[ast.keyword(arg="axis", value=ast.Constant(value=value))], args=[array]):
                if value == FIRST:
                    start, end = self._span(node)
                    place = self._span(node.func)
                    name = (*place, f"np.{node.func.attr}")  # type: ignore[attr-defined]  # a function of NumPy
                    return Call(start, end, name, "first_total", (self.read(array),), False)
        return super().call(node, part)

    def _stack(self, node: ast.Call, separator: str, parts: Sequence[ast.expr]) -> Node:
        start, end = self._span(node)
        found = tuple(self.read(part) for part in parts)
        return Stack(start, end, found, separator if len(found) > 1 else "")


# What scales others, as everybody calls it: rates, and the number of examples.
_RATES = "alpha lambda lam eta epsilon eps epsilon_init init_epsilon learning_rate learningRate rate lr decay"
_NUMBERS = frozenset((*_RATES.split(), "m", "n", "N", "num_examples", "batch_size", "pi"))
_STACKS = {"hstack": "|", "vstack": ";"}
