"""How a line is written in text: one style of products, transposes, layers and sums for a whole document."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from random import Random

from .expression import (
    Binary,
    Call,
    Expression,
    Line,
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
from .layouts import Setting

# How tightly an expression is bound, from a sum to an atom.
SUM, PRODUCT, BESIDE, POWER, ATOM = range(5)
LAYERED = re.compile(r"(?!sigma2)((?:[vs]_)?d?)([A-Za-z]+)(\d|_l_1|_l1|_l)")
STEPS = {"_l": "l", "_l_1": "l-1", "_l1": "l+1"}


@dataclass(frozen=True)
class Style:
    """A manner of writing.

    `product` is "@", "np.dot", ".dot" or "" (side by side), `times` a sign or "np.multiply"; `transpose` is what
    stands behind a name; `layer` is a template for the number; `numpy` says whether functions are NumPy's.
    """

    product: str = "@"
    times: str = "*"
    transpose: str = ".T"
    layer: str = "{}"
    numpy: bool = True
    power: str = "**"
    equals: str = "="
    renamed: Mapping[str, str] = field(default_factory=dict)

    @property
    def notes(self) -> bool:
        """Return whether factors stand side by side, so that the reader chooses the product."""
        return self.product == ""


def drawn_style(random: Random, setting: Setting) -> Style:
    """Return a style for a document of text."""
    symbolic = setting.network.symbolic
    layer = "[{}]" if symbolic else random.choice(("{}", "{}", "{}", "[{}]", "_{}", "^[{}]"))
    if random.random() < 0.5:
        transpose = random.choice(("^T", "^T", "ᵀ", "'", ".T"))
        times = random.choice(("*", "*", "⊙", "∘"))
        return Style("", times, transpose, layer, False, "^", "=", drawn_names(random, setting))
    product = random.choice(("@", "@", "np.dot", ".dot"))
    times = random.choice(("*", "*", "*", "np.multiply"))
    layer = layer if symbolic else random.choice(("{}", "{}", "[{}]"))
    return Style(product, times, ".T", layer, True, "**", "=", drawn_names(random, setting))


def drawn_names(random: Random, setting: Setting) -> dict[str, str]:
    """Return other letters for some names: of activations and sums, or of the number of examples."""
    ids = {*setting.leaves, *(line.target for line in setting.lines), *setting.sizes}
    new = {}
    layered = {found[2] for id in ids if (found := LAYERED.fullmatch(id))}
    if random.random() < 0.3 and {"A", "Z"} <= layered and not {"H", "S"} & ids:
        new |= random.choice(({"A": "H"}, {"A": "H", "Z": "S"}))
    if random.random() < 0.3 and "m" in ids and not {"N", "B"} & ids:
        new["m"] = random.choice(("N", "B"))
    return new


def spelled(id: str, style: Style) -> str:
    """Return a name as a document of this style spells it."""
    found = LAYERED.fullmatch(id)
    if not found:
        return style.renamed.get(id, id)
    prefix, letters, layer = found.groups()
    return prefix + style.renamed.get(letters, letters) + style.layer.format(STEPS.get(layer, layer))


class Writer:
    """Writes expressions in a style."""

    def __init__(self, setting: Setting, style: Style) -> None:
        """Take the setting, which says what is a number, and the style."""
        self.setting = setting
        self.style = style

    def line(self, line: Line) -> str:
        """Return a statement."""
        return f"{self.name(line.target)} {self.style.equals} {self.write(line.value)}"

    def name(self, id: str) -> str:
        """Return a name."""
        return spelled(id, self.style)

    def write(self, tree: Expression, at_least: int = SUM) -> str:
        """Return an expression, in brackets where it is bound more loosely than is asked for."""
        text, bound = self.bound(tree)
        return text if bound >= at_least else f"({text})"

    def bound(self, tree: Expression) -> tuple[str, int]:
        """Return an expression and how tightly it is bound."""
        match tree:
            case Name(id):
                return self.name(id), ATOM
            case Number(text):
                return text, ATOM
            case Transpose(of):
                return self.transposed(of)
            case Binary("+" | "-" as sign, left, right):
                tight = PRODUCT if sign == "-" else SUM
                return f"{self.write(left)} {sign} {self.write(right, tight)}", SUM
            case Binary("@", left, right):
                return self.product(left, right)
            case Binary("*", left, right):
                return self.times(left, right)
            case Binary("/", left, right):
                return self.quotient(left, right)
            case Negative(of):
                return f"-{self.write(of, BESIDE)}", SUM
            case Power(of, exponent):
                return f"{self.write(of, ATOM)}{self.style.power}{exponent}", POWER
            case Sum():
                return self.sum(tree)
            case Stack(first, second, axis):
                return self.stack(self.write(first), self.write(second), axis), ATOM
        return self.other(tree)

    def other(self, tree: Expression) -> tuple[str, int]:
        """Return a call, a slice or a comparison."""
        match tree:
            case Call(function, of):
                return self.call(function, self.write(of), tree.axis), ATOM
            case Slice(of, axis, low, high):
                part = f"{self.size(low)}:{self.size(high)}"
                return f"{self.write(of, ATOM)}[{part + ', :' if axis == 0 else ':, ' + part}]", ATOM
            case Positive(of):
                return f"({self.write(of)} > 0)", ATOM
        raise TypeError(tree)

    def size(self, name: str) -> str:
        """Return a bound of a slice."""
        return self.name(name) if name else ""

    def transposed(self, of: Expression) -> tuple[str, int]:
        """Return a transpose."""
        return self.write(of, ATOM) + self.style.transpose, ATOM

    def product(self, left: Expression, right: Expression) -> tuple[str, int]:
        """Return a matrix product."""
        match self.style.product:
            case "":
                return f"{self.write(left, BESIDE)} {self.write(right, POWER)}", BESIDE
            case "np.dot":
                return f"np.dot({self.write(left)}, {self.write(right)})", ATOM
            case ".dot":
                return f"{self.write(left, ATOM)}.dot({self.write(right)})", ATOM
        return f"{self.write(left, PRODUCT)} @ {self.write(right, BESIDE)}", PRODUCT

    def times(self, left: Expression, right: Expression) -> tuple[str, int]:
        """Return an elementwise product; a number in front of a matrix product needs no bracket behind it."""
        style = self.style
        if self.setting.is_scalar(left):
            if style.notes and isinstance(right, Binary) and right.sign == "@":
                return f"{self.write(left, BESIDE)} {self.write(right, BESIDE)}", BESIDE
            tight = PRODUCT if isinstance(right, Binary) and right.sign == "@" else BESIDE
            return f"{self.write(left, PRODUCT)} * {self.write(right, tight)}", PRODUCT
        if style.times == "np.multiply":
            return f"np.multiply({self.write(left)}, {self.write(right)})", ATOM
        return f"{self.write(left, PRODUCT)} {style.times} {self.write(right, BESIDE)}", PRODUCT

    def quotient(self, left: Expression, right: Expression) -> tuple[str, int]:
        """Return a quotient; one of numbers stands in brackets, for it scales what follows."""
        text = f"{self.write(left, PRODUCT)} / {self.write(right, POWER)}"
        if self.setting.is_scalar(left) and self.setting.is_scalar(right):
            return f"({text.replace(' ', '')})", ATOM
        return text, PRODUCT

    def sum(self, tree: Sum) -> tuple[str, int]:
        """Return a sum or a mean, as a call."""
        function = "mean" if tree.mean else "sum"
        axis = "" if tree.axis is None else f", axis={tree.axis}"
        kept = ", keepdims=True" if tree.keep else ""
        return f"{'np.' if self.style.numpy else ''}{function}({self.write(tree.of)}{axis}{kept})", ATOM

    def stack(self, first: str, second: str, axis: int) -> str:
        """Return two parts joined."""
        if self.style.notes and axis == 0:
            return f"[{first}; {second}]"
        return f"np.concatenate(({first}, {second}), axis={axis})"

    def call(self, function: str, of: str, axis: int | None) -> str:
        """Return a call of a function that keeps shapes."""
        if function.endswith("_prime"):
            return f"{function[:-6]}'({of})"
        library = "np." if self.style.numpy and function in ("tanh", "exp", "log", "sqrt") else ""
        return f"{library}{function}({of})"
