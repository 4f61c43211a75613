"""A line of LaTeX in, the oracle's tree of it out, by way of the program's own grammar.

What a repair writes is read by the program and evaluated by NumPy: a wrong reading would show as another value.
"""

import re

from shapelint.conventions import convention
from shapelint.documents.normal import normal
from shapelint.infer.facts import Said, facts
from shapelint.names import Names
from shapelint.parse.formulas import read_formula
from shapelint.parse.latex import latex
from shapelint.source import Span
from shapelint.tree import BigSum, Keyword, Negate, Node, Paren, Transpose
from shapelint.tree import Call as CallNode
from shapelint.tree import Name as NameNode
from shapelint.tree import Number as NumberNode
from shapelint.tree import Power as PowerNode
from shapelint.tree import Product as ProductNode
from shapelint.tree import Sum as SumNode

from .tree import (
    Call,
    Derivative,
    Formula,
    Grouped,
    Kind,
    Name,
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

_KINDS = {
    "": Kind.MATRIX,
    "·": Kind.MATRIX,
    "*": Kind.TIMES,
    "⊙": Kind.TIMES,
    "∘": Kind.TIMES,
    "/": Kind.OVER,
}
_LATEX = latex()


def read_latex(line: str, *, brackets: bool) -> Formula:
    """Read `$$target = value$$`, or a row of aligned ones. Raises ValueError for what is none."""
    text = normal(line.strip().strip("$").removesuffix("\\\\"))
    names = Names(facts(convention("ng"), (), Said((), (), {})).known, frozenset(), brackets)
    found = read_formula(text, 0, len(text), names, _LATEX).formula
    if found is None or len(found.parts) != 2:
        raise ValueError(line)
    target = _Reader(text).tree(found.parts[0])
    if not isinstance(target, Name):
        raise ValueError(line)
    return Formula(target, _Reader(text).tree(found.parts[1]))


class _Reader:
    def __init__(self, text: str) -> None:
        self._text = text

    def tree(self, node: Node) -> Tree:
        match node:
            case NameNode():
                return _name(node)
            case NumberNode():
                return Number(self._text[node.start : node.end])
            case Paren():
                return Grouped(self.tree(node.child))
            case Negate():
                return Negated(self.tree(node.child))
            case Transpose():
                return Transposed(self.tree(node.child))
            case PowerNode(exponent=NumberNode(value=int(exponent))):
                return Power(self.tree(node.base), exponent)
            case BigSum():
                return Total(self.tree(node.child), 1, True)
            case ProductNode():
                return self._product(node)
            case SumNode():
                found = self.tree(node.terms[0])
                for sign, term in zip(node.signs, node.terms[1:], strict=True):
                    found = Sum(sign[2], found, self.tree(term))
                return found
            case CallNode():
                return self._call(node)
        raise ValueError(node)

    def _product(self, node: ProductNode) -> Tree:
        found = self.tree(node.factors[0])
        for sign, factor in zip(node.signs, node.factors[1:], strict=True):
            right = self.tree(factor)
            kind = _KINDS[sign[2]]
            scaled = is_scalar(found) or is_scalar(right)
            found = Product(Kind.TIMES if kind is Kind.MATRIX and scaled else kind, found, right)
        return found

    def _call(self, node: CallNode) -> Tree:
        arguments = [one for one in node.arguments if not isinstance(one, Keyword)]
        if node.name[2] == "divide":
            return Product(Kind.OVER, *map(self.tree, arguments))
        if node.name[2].endswith("sum"):
            said = {one.key: one.value for one in node.arguments if isinstance(one, Keyword)}
            axis = said.get("axis")
            return Total(
                self.tree(arguments[0]),
                axis.value if isinstance(axis, NumberNode) else None,
                "keepdims" in said,
            )
        written = self._text[slice(*Span(*node.name[:2]))]
        number = re.search(r"\d", written)
        layer = int(number[0]) if number else None
        argument = self.tree(arguments[0])
        if "'" in written or "prime" in written:
            return Derivative(argument, layer)
        return Call(node.name[2], argument, layer)


def _name(node: NameNode) -> Name:
    symbol = node.symbol
    if symbol.base in ("X", "x"):
        return Name("A" if symbol.base == "X" else "a", 0, symbol.gradient)
    return Name(symbol.base, symbol.layer.offset if symbol.layer else None, symbol.gradient)
