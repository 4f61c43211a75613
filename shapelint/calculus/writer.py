"""Expressions in, text out, in one of the notations: a notation is a class here and a row of `WRITERS`."""

import re
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple

from shapelint.calculus.expressions import (
    DIV,
    JOIN,
    MAT,
    MUL,
    NEG,
    ONES,
    PAD,
    PART,
    TOTAL,
    Function,
    Node,
    Shapes,
)
from shapelint.calculus.network import EARLIER, GRADIENT, plain_key
from shapelint.shapes import Shape
from shapelint.sizes import Size, write_size

# How close an operation binds; what binds less is put in brackets.
LOOSE, SUM, SIGN, TIMES, FACTOR, POWER, TURNED, ATOM = range(8)
LAYERED = re.compile(r"(?P<base>[^\[\]]+)\[(?P<layer>[^\]]*)\]$")


class Spelling(NamedTuple):
    """How a document writes its names and sizes; `words` holds for its own notation only."""

    words: Mapping[str, str]
    sizes: Mapping[str, str]
    own: bool = True


class Writer:
    """The notation of text files: `W2.T @ dZ2 * g1'(Z1)`."""

    elementwise, matrix, scale = " * ", " @ ", " * "
    transpose = ".T"
    library = ""

    def __init__(self, spelling: Spelling, shapes: Shapes) -> None:
        """Take the document's spelling and the shapes of names."""
        self.spelling, self.shapes = spelling, shapes

    def __call__(self, node: Node, least: int = LOOSE) -> str:
        """Write an expression, in brackets where it binds less than `least`."""
        text, binds = self.written(node)
        return self.bracket(text) if binds < least else text

    def name(self, key: str) -> str:
        """Write a name."""
        steps = len(key) - len(plain_key(key))
        return self.versioned(self.plain(plain_key(key)), steps)

    def plain(self, key: str) -> str:
        """Write a name whatever version of it this is."""
        word = self.spelling.words.get(key)
        if word is not None and self.spelling.own and self.is_plain(word):
            return word
        if key[:1] == GRADIENT and (key[1:] in self.spelling.words or "[" in key):
            return GRADIENT + self.plain(key[1:])
        return self.canonical(key)

    def is_plain(self, word: str) -> bool:
        """Say whether a name is spelled without the index of an example, and a gradient as dX."""
        return "(" not in word and "frac" not in word and "/" not in word

    def base(self, key: str) -> str:
        """Return a key with the underscores that the document writes in it, if it is spelled in letters."""
        word = self.spelling.words.get(key, "")
        return word if word.isidentifier() else key

    def canonical(self, key: str) -> str:
        """Write a name as this notation does, where the document has no spelling for it."""
        match = LAYERED.match(key)
        if match is None:
            return self.base(key)
        layer = "" if match["layer"] == "λ" else match["layer"]
        return match["base"] + (layer if layer.isdigit() or not layer else f"[{layer}]")

    def versioned(self, word: str, steps: int) -> str:
        """Write a name as it was so many steps before its last value."""
        return word + EARLIER * steps

    def size(self, size: Size) -> str:
        """Write a size."""
        return write_size(size, self.spelling.sizes)

    def shape(self, shape: Shape) -> str:
        """Write a shape."""
        if not shape:
            return "scalar"
        sizes = ", ".join(map(self.size, shape))
        return f"({sizes},)" if len(shape) == 1 else f"({sizes})"

    def bracket(self, text: str) -> str:
        """Put a text in brackets."""
        return f"({text})"

    def number(self, value: Fraction) -> str:
        """Write a number."""
        return str(value.numerator) if value.denominator == 1 else f"{float(value):.12g}"

    def function(self, function: Function) -> str:
        """Write the name of a function, with its layer and its primes."""
        word = function.word or function.name
        if function.order:
            word = word.rpartition(".")[2]  # no library has derivatives
        return f"{word}{function.layer}{chr(39) * function.order}"

    def total(self, node: Node) -> str:
        """Write a sum along an axis or over all."""
        told, inside = node.data, self(node.args[0])
        if told.axis is None:
            return f"np.sum({inside})"
        return f"np.sum({inside}, axis={told.axis}" + (", keepdims=True)" if told.kept else ")")

    def part(self, node: Node) -> str:
        """Write a stretch of an axis."""
        told = node.data
        low = "" if told.low == 0 else self.size(told.low)
        high = "" if told.high == told.whole else self.size(told.high)
        axes = [":"] * len(self.shapes(node.args[0]))
        axes[told.axis] = f"{low}:{high}"
        return f"{self(node.args[0], TURNED)}[{', '.join(axes)}]"

    def pad(self, node: Node) -> str:
        """Write what is surrounded by zeros."""
        return f"np.pad({self(node.args[0])}, {self._margins(node)})"

    def _margins(self, node: Node) -> str:
        told = node.data
        after = f"{self.size(told.whole)} - {self.size(told.high)}" if told.high != told.whole else "0"
        margins = ["(0, 0)", "(0, 0)"]
        margins[told.axis] = f"({self.size(told.low)}, {after})"
        return f"({', '.join(margins)})"

    def join(self, node: Node) -> str:
        """Write parts on top of each other, or side by side."""
        return f"[{('; ' if node.data == 0 else ', ').join(map(self, node.args))}]"

    def ones(self, node: Node) -> str:
        """Write ones in every entry."""
        return f"np.ones_like({self(node.args[0])})"

    def turned(self, node: Node) -> str:
        """Write a transpose."""
        return self(node, TURNED) + self.transpose

    def power(self, node: Node) -> str:
        """Write a power."""
        return f"{self(node.args[0], TURNED)}**{self(node.args[1], ATOM)}"

    def call(self, node: Node) -> tuple[str, int]:
        """Write a function of something, and how close it binds."""
        return f"{self.function(node.data)}({self(node.args[0])})", ATOM

    def quotient(self, node: Node) -> tuple[str, int]:
        """Write a quotient, and how close it binds."""
        return f"{self(node.args[0], TIMES)}/{self(node.args[1], FACTOR)}", TIMES

    def written(self, node: Node) -> tuple[str, int]:
        """Write an expression, and say how close it binds."""
        match node.op:
            case "var":
                return self.name(node.data), ATOM
            case "num":
                return self.number(node.data), ATOM if node.data >= 0 else SIGN
            case "size":
                return self._size(node.data)
            case "add":
                return self._sum(node.args), SUM
            case "neg":
                return f"-{self(node.args[0], TIMES)}", SIGN
            case "mul":
                return self._product(node.args), TIMES
            case "mat":
                return self._matrix(node), TIMES
            case "div":
                return self.quotient(node)
            case "turn":
                return self.turned(node.args[0]), TURNED
            case "pow":
                return self.power(node), POWER
            case "call":
                return self.call(node)
            case "compare":
                return f"{self(node.args[0], SUM)} {node.data} {self(node.args[1], SUM)}", LOOSE
        return _OTHERS[node.op](self, node), ATOM

    def _size(self, size: Size) -> tuple[str, int]:
        text = self.size(size)
        return text, SUM if " " in text else TIMES if "*" in text else ATOM

    def _sum(self, terms: Sequence[Node]) -> str:
        text = self(terms[0], SIGN)
        for term in terms[1:]:
            if term.op == NEG:
                text += f" - {self(term.args[0], TIMES)}"
            else:
                text += f" + {self(term, SIGN)}"
        return text

    def _product(self, factors: Sequence[Node]) -> str:
        """A matrix product needs brackets only behind an array: s A @ B is s (A @ B)."""
        text, arrays = "", False
        for place, factor in enumerate(factors):
            scalar = self._is_scalar(factor)
            close = FACTOR if factor.op == DIV or (factor.op == MAT and arrays) or factor.op == MUL else TIMES
            written = self(factor, close)
            between = self.scale if scalar or not arrays else self.elementwise
            text = text + between + written if place else written
            arrays = arrays or not scalar
        return text

    def _matrix(self, node: Node) -> str:
        left, right = node.args
        loose = (MUL, DIV)
        return (
            self(left, FACTOR if left.op in loose else TIMES)
            + self.matrix
            + self(right, FACTOR if right.op in (*loose, MAT) else TIMES)
        )

    def _is_scalar(self, node: Node) -> bool:
        return self.shapes(node) == ()


_OTHERS = {
    TOTAL: lambda writer, node: writer.total(node),
    PART: lambda writer, node: writer.part(node),
    PAD: lambda writer, node: writer.pad(node),
    JOIN: lambda writer, node: writer.join(node),
    ONES: lambda writer, node: writer.ones(node),
}
