"""Reads back a line as `notation` and `latex` write it, and as a repair may: independent of shapelint.

Names come from the document's own table of spellings; signs are those of the notations.
"""

import re
from collections.abc import Callable, Mapping

from .expression import (
    Binary,
    Call,
    Expression,
    Name,
    Negative,
    Number,
    Positive,
    Power,
    Slice,
    Stack,
    Sum,
    Transpose,
)


class UnreadError(Exception):
    """A text that this reader does not know."""


_FUNCTIONS = "softmax|sigmoid|tanh|relu|sqrt|exp|log|g"
_LATEX = (
    (r"\\(?:left|right|displaystyle|,|;|!|quad|big|Big)(?![a-zA-Z])", " "),
    (r"\\(?:text|mathrm|operatorname)\{(np\.\w+|softmax|relu|keepdims|True|axis)\}", r"\1"),
    (r"\\(?:odot|circ|ast)\b", "⊙"),
    (r"\\cdot\b", " "),
    (r"\\(log|exp|tanh)\b", r"\1"),
    (r"\\sigma(?=\s*'?\s*\()", "sigmoid"),
    (r"\^\{\\(?:top|intercal)\}|\^\\(?:top|intercal)\b|\^\{T\}|\^T\b", "ᵀ"),
    (r"\\sum(?:_\{[^}]*\})?(?:\^(?:\{\w+\}|\w))?", "Σ"),
    (r"\^\{\(i\)\}", ""),
    (r"\\prime", "'"),
    (r"\^\{'\}|\^'", "'"),
)


def read(text: str, spellings: Mapping[str, Expression], softmax_axis: int, sum_axis: int) -> Expression:
    """Read a right side. `softmax_axis` and `sum_axis` are what a softmax and a Σ without an axis run along."""
    return _Reader(_tokens(text, spellings), softmax_axis, sum_axis).whole()


Token = tuple[str, str, Expression | None]


def _tokens(text: str, spellings: Mapping[str, Expression]) -> list[Token]:
    pattern, marks = _patterns(spellings)
    found: list[Token] = []
    for before, after in _LATEX:
        text = re.sub(before, after, text)
    held = _fractions(re.sub(pattern, lambda match: f"\0{marks[match[0]]}\0", text))
    table = list(spellings.values())
    for match in _TOKEN.finditer(held):
        kind = match.lastgroup or ""
        if kind == "name":
            found.append(("name", match[0], table[int(match[0].strip("\0"))]))
        elif kind == "other":
            raise UnreadError(text)
        elif kind != "blank":
            found.append((kind, match[0], None))
    return found


_TOKEN = re.compile(
    r"(?P<name>\0\d+\0)"
    rf"|(?P<function>(?:np\.)?(?:{_FUNCTIONS})(?:'|_prime|_derivative)?(?=\s*[(\{{]))"
    r"|(?P<call>np\.(?:dot|matmul|multiply|sum|mean|concatenate|transpose|vstack|hstack)|sum|mean)(?=\()"
    r"|(?P<sigma>Σ)"
    r"|(?P<stack>\\begin\{[bp]matrix\}|\\end\{[bp]matrix\}|\\\\|&)"
    r"|(?P<transpose>\.T\b|ᵀ|')"
    r"|(?P<method>\.dot(?=\())"
    r"|(?P<power>(?:\*\*|\^)\{?(?:2|-1)\}?|²)"
    r"|(?P<positive>> ?0)"
    r"|(?P<word>axis ?= ?|keepdims ?= ?(?:True|False))"
    r"|(?P<number>\d+(?:\.\d+)?)"
    r"|(?P<sign>[@*⊙∘+\-/])|(?P<open>[(\[{])|(?P<close>[)\]}])|(?P<mark>[,;:])|(?P<blank>\s+)|(?P<other>.)"
)


def _patterns(spellings: Mapping[str, Expression]) -> tuple[str, dict[str, int]]:
    marks = {spelling: number for number, spelling in enumerate(spellings)}
    ordered = sorted(spellings, key=len, reverse=True)
    body = "|".join(re.escape(spelling) for spelling in ordered)
    return (rf"(?<![A-Za-z0-9_\\.^\0])(?:{body})(?![A-Za-z0-9_(]|\[[\dl]|\^\{{?[\[(])"), marks


def _fractions(text: str) -> str:
    """Return a text whose fractions are quotients in brackets, and whose \\sqrt{ } is a call."""
    while (place := text.find("\\frac{")) >= 0:
        above, behind = _group(text, place + 5)
        below, end = _group(text, behind)
        text = f"{text[:place]}(({above})/({below})){text[end:]}"
    while (place := text.find("\\sqrt{")) >= 0:
        inside, end = _group(text, place + 5)
        text = f"{text[:place]}sqrt({inside}){text[end:]}"
    return text


def _group(text: str, start: int) -> tuple[str, int]:
    depth = 0
    for place in range(start, len(text)):
        depth += {"{": 1, "}": -1}.get(text[place], 0)
        if depth == 0:
            return text[start + 1 : place], place + 1
    raise UnreadError(text)


class _Reader:
    def __init__(self, tokens: list[Token], softmax_axis: int, sum_axis: int) -> None:
        self.tokens = [*tokens, ("end", "", None)]
        self.place = 0
        self.softmax_axis = softmax_axis
        self.sum_axis = sum_axis

    def whole(self) -> Expression:
        tree = self.sum()
        if self.kind != "end":
            raise UnreadError(str(self.tokens))
        return tree

    @property
    def kind(self) -> str:
        return self.tokens[self.place][0]

    @property
    def text(self) -> str:
        return self.tokens[self.place][1]

    def next(self) -> str:
        self.place += 1
        return self.tokens[self.place - 1][1]

    def expect(self, text: str) -> None:
        if self.next() != text:
            raise UnreadError(str(self.tokens))

    def sum(self) -> Expression:
        if self.text == "-":
            self.next()
            tree: Expression = Negative(self.term())
        else:
            tree = self.term()
        while self.text in ("+", "-") and self.kind == "sign":
            tree = Binary(self.next(), tree, self.term())
        if self.kind == "positive":
            self.next()
            tree = Positive(tree)
        return tree

    def term(self) -> Expression:
        tree = self.beside(self.factor())
        while self.kind == "sign" and self.text not in "+-":
            sign = self.next()
            if sign == "/":
                tree = self.beside(Binary("/", tree, self.factor()))
            else:
                right = self.factor() if sign == "@" else self.beside(self.factor())
                tree = Binary("@" if sign == "@" else "*", tree, right)
        return tree

    def beside(self, tree: Expression) -> Expression:
        """Return factors that stand side by side."""
        while self.kind in (
            "name",
            "number",
            "open",
            "function",
            "call",
            "sigma",
            "stack",
        ) and self.text not in (
            "\\\\",
            "&",
            "\\end{bmatrix}",
            "\\end{pmatrix}",
        ):
            tree = Binary("@", tree, self.factor())
        return tree

    def factor(self) -> Expression:
        tree = self.atom()
        while True:
            match self.kind:
                case "transpose":
                    self.next()
                    tree = Transpose(tree)
                case "power":
                    tree = Power(tree, "-1" if "-1" in self.next() else "2")
                case "method":
                    self.next()
                    tree = Binary("@", tree, self.bracket())
                case "open" if self.text == "[" and self.sliced():
                    tree = self.slice(tree)
                case _:
                    return tree

    def sliced(self) -> bool:
        """Return whether the bracket here holds a slice."""
        depth = 0
        for kind, text, _ in self.tokens[self.place :]:
            depth += (kind == "open") - (kind == "close")
            if depth == 0:
                return False
            if text == ":":
                return True
        return False

    def atom(self) -> Expression:
        kind, text, name = self.tokens[self.place]
        readers: dict[str, Callable[[], Expression]] = {
            "open": self.opened,
            "function": self.function,
            "call": self.call,
            "sigma": self.sigma,
            "stack": self.matrix,
        }
        if kind in readers:
            return readers[kind]()
        self.next()
        if kind == "name" and name is not None:
            return name
        if kind == "number":
            return Number(text)
        raise UnreadError(str(self.tokens))

    def opened(self) -> Expression:
        if self.text != "[":
            return self.bracket()
        self.next()
        first = self.sum()
        if self.next() not in (";", ","):
            raise UnreadError("a stack")
        second = self.sum()
        self.expect("]")
        return Stack(first, second, 0)

    def bracket(self) -> Expression:
        self.next()
        tree = self.sum()
        if self.kind != "close":
            raise UnreadError(str(self.tokens))
        self.next()
        return tree

    def function(self) -> Expression:
        function = self.next().removeprefix("np.")
        function = re.sub(r"('|_derivative)$", "_prime", function)
        return Call(function, self.bracket(), self.softmax_axis if function == "softmax" else None)

    def call(self) -> Expression:
        function = self.next().removeprefix("np.")
        self.expect("(")
        joined = function in ("concatenate", "vstack", "hstack")
        if joined:
            self.next()
        arguments, axis, keep = [self.sum()], None, False
        while self.text == "," or (joined and self.kind == "close" and self.tokens[self.place + 1][1] == ","):
            self.place += 1 if self.text == "," else 2
            if self.kind == "word" and self.text.startswith("axis"):
                self.next()
                axis = int(self.next())
            elif self.kind == "word":
                keep = self.next().endswith("True")
            elif self.kind == "number" and function in ("sum", "mean"):
                axis = int(self.next())
            else:
                arguments.append(self.sum())
        if function in ("vstack", "hstack"):
            self.next()
        self.expect(")")
        return _called(function, arguments, axis, keep)

    def sigma(self) -> Expression:
        self.next()
        tree = self.term()
        return Sum(tree, self.sum_axis, True)

    def matrix(self) -> Expression:
        self.next()
        first = self.sum()
        axis = 1 if self.next() == "&" else 0
        second = self.sum()
        self.next()
        return Stack(first, second, axis)

    def slice(self, tree: Expression) -> Expression:
        self.next()
        bounds: list[list[str]] = [["", ""]]
        side = 0
        while self.text != "]":
            if self.text == ",":
                bounds.append(["", ""])
                side = 0
            elif self.text == ":":
                side = 1
            elif isinstance(name := self.tokens[self.place][2], Name):
                bounds[-1][side] = name.id
            else:
                raise UnreadError("a slice")
            self.next()
        self.next()
        axis = 0 if any(bounds[0]) else 1
        low, high = bounds[axis]
        return Slice(tree, axis, low, high)


def _called(function: str, arguments: list[Expression], axis: int | None, keep: bool) -> Expression:
    match function:
        case "dot" | "matmul":
            return Binary("@", *arguments)
        case "multiply":
            return Binary("*", *arguments)
        case "transpose":
            return Transpose(arguments[0])
        case "sum" | "mean":
            return Sum(arguments[0], axis, keep, function == "mean")
    return Stack(*arguments, {"vstack": 0, "hstack": 1}.get(function, axis or 0))
