"""The text of a formula in, its tree out: how the writer's own forms, and repairs of them, are to be read.

Precedence climbing. The notation binds, from the loosest: sums, products from the left, minus, factors side
by side, transposes and powers. Brackets are kept.
"""

import re
from collections.abc import Callable

from .level import Level
from .read_name import read_function, read_name
from .tokens import Cursor, tokens
from .tree import (
    Formula,
    Grouped,
    Kind,
    Negated,
    Number,
    Power,
    Product,
    Sum,
    Total,
    Transposed,
    Tree,
    is_scalar,
)

_PRODUCTS = {
    "@": Kind.MATRIX,
    "·": Kind.MATRIX,
    "*": Kind.TIMES,
    "⊙": Kind.TIMES,
    "∘": Kind.TIMES,
    "/": Kind.OVER,
}
_CALLS = {"dot": Kind.MATRIX, "matmul": Kind.MATRIX, "multiply": Kind.TIMES, "divide": Kind.OVER}
_FACTORS = frozenset({"numpy", "function", "name", "number", "open"})


def read(line: str) -> Formula:
    """Read `target = value`, or with `:=`. Raises ValueError for what it does not know."""
    target, value = re.split(r"\s*:?=\s*", line.partition("#")[0].strip(), maxsplit=1)
    return Formula(read_name(target), read_tree(value))


def read_tree(text: str) -> Tree:
    """Read an expression to its end."""
    reader = _Reader(tokens(text))
    tree = reader.expression(Level.SUM)
    reader.take("end")
    return tree


class _Reader(Cursor):
    def expression(self, level: Level) -> Tree:
        """Read what binds at least as tightly as `level`."""
        left = self._first()
        while (grown := self._grown(left, level)) is not None:
            left = grown
        return left

    def _grown(self, left: Tree, level: Level) -> Tree | None:
        kind = self.next.kind
        if kind in ("transpose", "square", "method"):
            return self._postfix(left)
        if kind == "sign" and level <= Level.SUM:
            return Sum(self.take("sign"), left, self.expression(Level.PRODUCT))
        if kind == "product" and level <= Level.PRODUCT:
            product = _PRODUCTS[self.take("product")]
            # a quotient takes one factor: what stands side by side with it multiplies the quotient
            right = self.expression(Level.POSTFIX if product is Kind.OVER else Level.MINUS)
            return Product(product, left, right)
        if kind in _FACTORS and level <= Level.SIDE_BY_SIDE:
            return _side_by_side(left, self.expression(Level.POSTFIX))
        return None

    def _postfix(self, left: Tree) -> Tree:
        match self.take("transpose", "square", "method"):
            case ".dot":
                return Product(Kind.MATRIX, left, self._bracketed(lambda: self.expression(Level.SUM)))
            case ".sum":
                return self._bracketed(lambda: self._total(left))
            case "²" | "**2" | "^2":
                return Power(left, 2)
            case _:
                return Transposed(left)

    def _first(self) -> Tree:
        match self.next.kind:
            case "sign":
                self.take("sign")
                return Negated(self.expression(Level.SIDE_BY_SIDE))
            case "open":
                return Grouped(self._bracketed(lambda: self.expression(Level.SUM)))
            case "numpy":
                return self._numpy_call()
            case "function":
                function = read_function(self.take("function"))
                return function(self._bracketed(lambda: self.expression(Level.SUM)))
            case "number":
                return Number(self.take("number"))
        return read_name(self.take("name"))

    def _bracketed(self, inside: Callable[[], Tree]) -> Tree:
        self.take("open")
        tree = inside()
        self.take("close")
        return tree

    def _numpy_call(self) -> Tree:
        function = self.take("numpy").removeprefix("np.")
        if function == "transpose":
            return Transposed(self._bracketed(lambda: self.expression(Level.SUM)))
        if function == "sum":
            return self._bracketed(lambda: self._total(self.expression(Level.SUM)))
        if function == "power":
            return Power(self._bracketed(self._squared), 2)
        return self._bracketed(lambda: self._both(_CALLS[function]))

    def _both(self, kind: Kind) -> Tree:
        left = self.expression(Level.SUM)
        self.take("comma")
        return Product(kind, left, self.expression(Level.SUM))

    def _squared(self) -> Tree:
        body = self.expression(Level.SUM)
        self.take("comma")
        self.take("number")
        return body

    def _total(self, body: Tree) -> Tree:
        axis, keepdims = None, False
        while self.next.kind in ("comma", "keyword", "number"):
            if self.next.kind == "comma":
                self.take("comma")
            keyword = self.take("keyword") if self.next.kind == "keyword" else "axis"
            option = self.take("number", "constant")
            if keyword == "axis":
                axis = int(option)
            else:
                keepdims = option == "True"
        return Total(body, axis, keepdims)


def _side_by_side(left: Tree, right: Tree) -> Tree:
    return Product(Kind.TIMES if is_scalar(left) or is_scalar(right) else Kind.MATRIX, left, right)
