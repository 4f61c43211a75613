"""A document in the plain notation in, its formulas in LaTeX out, in a style of writing.

What it cannot say in LaTeX (calls of NumPy that make arrays, norms) is left out: `UntoldError`.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from shapelint.documents.contents import Contents
from shapelint.documents.read import contents
from shapelint.infer.parts import Settings
from shapelint.infer.said import read_said
from shapelint.judge.document import read_document
from shapelint.source import Source
from shapelint.tree import (
    BigSum,
    Call,
    Compare,
    Formula,
    Keyword,
    Name,
    Negate,
    Node,
    Number,
    Paren,
    Power,
    Product,
    Range,
    Slice,
    Stack,
    Sum,
    Transpose,
    Tuple,
    bare,
)


class UntoldError(Exception):
    """Nothing that LaTeX writers would write."""


class Style(NamedTuple):
    """How one writer puts a layer, a transpose and the two products; "" is juxtaposition."""

    layer: str
    transpose: str
    matrix: str
    elementwise: str


LAYERS = ("^{[2]}", "_2", "^{(2)}")
TRANSPOSES = ("inside", "brackets", "top", "braces")
PRODUCTS = (("", "*"), (r"\cdot", r"\odot"), (r"\times", r"\circ"), ("", r"\odot"), (r"\cdot", "*"))

SUM, PRODUCT, BESIDE, ATOM = range(4)  # how tight a term holds together
GREEK = ("alpha", "beta", "gamma", "sigma", "lambda", "theta", "eps", "epsilon", "mu", "Gamma")
NAME = re.compile(
    r"(?P<outer>[A-Za-z]+c?_(?=d[WbZ]))?(?P<base>d?[^\W\d_ˇ]+)(?P<mark>[~ˇ\u0303]?)(?P<word>(?:_[a-zA-Z]+)?)(?P<number>\d?)"
    r"(?P<layer>\^?\{?\[[\dlL+-]+\]\}?|_\d)?"
    r"(?P<index>\^?\{?(?:\[\d\])?\([ij]\)\}?|\^?\{?<[tT0-9+-]+>\}?)?$"
)
FUNCTIONS = {"tanh": r"\tanh", "log": r"\log", "exp": r"\exp", "sigma": r"\sigma", "σ": r"\sigma"}
WORDS = ("softmax", "sigmoid", "relu", "ReLU")


class Writer:
    """Writes the formulas of one text."""

    def __init__(self, text: str, style: Style) -> None:
        self.text = text
        self.style = style

    def formula(self, formula: Formula) -> str:
        parts = [self.term(part, SUM) for part in formula.parts]
        signs = [_relation(sign[2]) for sign in formula.signs]
        return parts[0] + "".join(f" {sign} {part}" for sign, part in zip(signs, parts[1:], strict=True))

    def term(self, node: Node, least: int) -> str:
        text, level = self.write(node)
        return text if level >= least else f"\\left({text}\\right)"

    def write(self, node: Node) -> tuple[str, int]:  # noqa: PLR0912  (one for each kind of node)
        match node:
            case Name():
                return self.name(node, ""), ATOM
            case Number():
                return self.slice(node), ATOM
            case Paren():
                text, level = self.write(node.child)
                return (text, level) if text.startswith("\\frac") and level == ATOM else (f"({text})", ATOM)
            case Negate():
                return f"-{self.term(node.child, BESIDE)}", PRODUCT
            case Transpose():
                return self.transposed(node.child), ATOM
            case Power():
                return f"{self.raised(node.base)}^{{{self.term(node.exponent, SUM)}}}", ATOM
            case Product():
                return self.product(node)
            case Sum():
                terms = [self.term(term, PRODUCT) for term in node.terms]
                signs = [sign[2] for sign in node.signs]
                return terms[0] + "".join(f" {s} {t}" for s, t in zip(signs, terms[1:], strict=True)), SUM
            case Compare():
                return f"{self.term(node.left, SUM)} {node.sign[2]} {self.term(node.right, SUM)}", -1
            case BigSum():
                index = re.sub(r"[Σ_{}]", "", node.sign[2])
                below = {"i": "_{i=1}^{m}", "": ""}.get(index, f"_{{{index}}}")
                return f"\\sum{below} {self.term(node.child, PRODUCT)}", PRODUCT
            case Call():
                return self.call(node)
            case Slice():
                items = ", ".join(self.item(item) for item in node.items)
                return f"{self.term(node.child, ATOM)}[{items}]", ATOM
            case Tuple():
                return f"({', '.join(self.term(part, SUM) for part in node.parts)})", ATOM
            case Stack() if node.separator == ",":
                return f"[{', '.join(self.term(part, SUM) for part in node.parts)}]", ATOM
            case Stack() if node.separator == ";":
                rows = r" \\ ".join(self.term(part, SUM) for part in node.parts)
                return f"\\begin{{bmatrix}} {rows} \\end{{bmatrix}}", ATOM
            case _:
                raise UntoldError(node)

    def slice(self, node: Node) -> str:
        return self.text[node.start : node.end]

    def item(self, node: Node) -> str:
        if not isinstance(node, Range):
            return self.term(node, SUM)
        low, high = ("" if bound is None else self.term(bound, SUM) for bound in (node.low, node.high))
        return f"{low}:{high}"

    def name(self, node: Name, ending: str) -> str:
        """Write a name; `ending` is what stands behind all in its superscript."""
        spelling = self.slice(node)
        if spelling.count("{") > spelling.count(
            "}"
        ):  # a transpose or a power stands behind it in the same braces
            spelling = spelling.removesuffix("T") + "}"
        symbol = node.symbol
        match = NAME.match(spelling)
        if re.fullmatch(r"(?:beta|alpha|theta|sigma)\d", spelling) and not ending:
            return f"\\{spelling[:-1]}_{spelling[-1]}"
        if re.fullmatch(r"[a-z]{4,}_[a-z]{3,}", spelling):
            return f"\\text{{{spelling.replace('_', chr(92) + '_')}}}"
        if spelling.endswith("^{t}"):
            return spelling.replace("{t}", r"{\{t\}" + ending + "}")
        if match is None or (match["number"] and (symbol.layer is None or match["layer"])):
            if re.fullmatch(r"[a-z]+t|n_?\w|[a-z]+_\w+", spelling) and not ending:
                return spelling if "_" not in spelling else re.sub(r"_(\w+)", r"_{\1}", spelling)
            raise UntoldError(spelling)
        layer = str(symbol.layer) if match["layer"] or match["number"] else ""
        index = re.sub(r"[\^{}]|\[\d\]", "", match["index"] or "")
        index = index.replace("<", r"\langle ").replace(">", r"\rangle ")
        if not layer and (inner := re.search(r"\[(\d)\]", match["index"] or "")):
            layer = inner[1]
        if index and layer and self.style.layer == "^{(2)}":
            raise UntoldError(spelling)  # there an example is no index of its own
        word = f"_{{{match['word'][1:]}}}" if match["word"] else ""
        base = _letters(match["base"], match["mark"])
        below, above = self.layer(layer, bool(word or index))
        script = above + index + ending
        text = base + word + below + (f"^{{{script}}}" if script else "")
        if match["outer"]:
            if ending:
                raise UntoldError(spelling)
            return f"{match['outer'].rstrip('_')}_{{{text}}}"
        return text

    def layer(self, layer: str, above: bool) -> tuple[str, str]:
        if not layer:
            return "", ""
        if self.style.layer == "^{(2)}":
            return "", f"({layer})"
        if self.style.layer == "_2" and not above:
            return (f"_{layer}" if len(layer) == 1 else f"_{{{layer}}}"), ""
        return "", f"[{layer}]"

    def transposed(self, node: Node) -> str:
        inner = bare(node)
        sign = r"^{\top}" if self.style.transpose == "top" else "^T"
        if not isinstance(inner, Name):
            text, level = self.write(node)
            around = level < ATOM or not text.endswith((")", "]", "}"))
            return f"\\left({text}\\right){sign}" if around else f"{text}{sign}"
        if self.style.transpose == "brackets":
            return f"({self.name(inner, '')}){sign}"
        if self.style.transpose == "braces":
            return f"{{{self.name(inner, '')}}}{sign}"
        return self.name(inner, r"\top" if self.style.transpose == "top" else "T")

    def raised(self, node: Node) -> str:
        text, level = self.write(node)
        return f"({text})" if level < ATOM or "^" in text or "_" in text else text

    def product(self, node: Product) -> tuple[str, int]:
        if node.tight:
            return self.joined([self.term(factor, BESIDE) for factor in node.factors])
        text, level = self.write(node.factors[0])
        for sign, factor in zip(node.signs, node.factors[1:], strict=True):
            if sign[2] == "/":
                text, level = f"\\frac{{{text}}}{{{self.term(factor, SUM)}}}", ATOM
                continue
            beside = sign[2] in ("@", "·")
            left = text if level >= PRODUCT else f"({text})"
            if beside and not self.style.matrix:
                left = left if level >= BESIDE else f"({left})"
                text, level = f"{left} {self.term(factor, BESIDE)}", BESIDE
            else:
                right = self.term(factor, BESIDE)
                # a sign holds no tighter than another one
                right = (
                    f"({right})"
                    if self.style.matrix and bare(factor) is factor and _is_beside(factor)
                    else right
                )
                text, level = (
                    f"{left} {self.style.matrix if beside else self.style.elementwise} {right}",
                    PRODUCT,
                )
        return text, level

    def joined(self, factors: list[str]) -> tuple[str, int]:
        sign = f" {self.style.matrix} " if self.style.matrix else " "
        return sign.join(factors), BESIDE

    def call(self, node: Call) -> tuple[str, int]:
        name = node.name[2].removeprefix("np.")
        if node.method or name in ("randn", "rand", "zeros", "concatenate", "random.randn", "random.rand"):
            raise UntoldError(name)
        arguments = node.arguments
        if name in ("dot", "matmul"):
            return self.joined([self.term(argument, BESIDE) for argument in arguments])
        if name == "multiply":
            left, right = (self.term(argument, BESIDE) for argument in arguments)
            return f"{left} {self.style.elementwise} {right}", PRODUCT
        if name == "divide":
            above, below = (self.term(argument, SUM) for argument in arguments)
            return f"\\frac{{{above}}}{{{below}}}", ATOM
        if name in ("power", "square"):
            exponent = self.term(arguments[1], SUM) if name == "power" else "2"
            return f"{self.raised(arguments[0])}^{{{exponent}}}", ATOM
        inside = ", ".join(self.argument(argument) for argument in arguments)
        if name == "sqrt":
            return f"\\sqrt{{{inside}}}", ATOM
        if name == "sum":
            return f"np.sum({inside})", ATOM
        return f"{self.function(name)}({inside})", ATOM

    def argument(self, node: Node) -> str:
        if isinstance(node, Keyword):
            return f"{node.key}={self.slice(node.value)}"
        return self.term(node, SUM)

    def function(self, name: str) -> str:
        if name in FUNCTIONS:
            return FUNCTIONS[name]
        if name == "tanh^2":
            return r"\tanh^2"
        if name in ("J", "L"):
            return name
        if name in WORDS:
            return f"\\mathrm{{{name}}}"
        match = re.fullmatch(r"g('?)(?:\^?\[?([\dlL+-]+)\]?)?('?)", name)
        if match is None:
            raise UntoldError(name)
        below, above = self.layer(match[2] or "", False)
        return f"g{below}" + (f"^{{{above}{match[1]}{match[3]}}}" if above or match[1] or match[3] else "")


def _is_beside(node: Node) -> bool:
    return (isinstance(node, Product) and node.tight) or (
        isinstance(node, Call) and node.name[2] in ("np.dot", "np.matmul")
    )


def _relation(sign: str) -> str:
    if sign == "/=":
        raise UntoldError(sign)
    return f"\\mathrel{{{sign[0]}}}=" if sign in ("+=", "-=") else sign


def _letters(base: str, mark: str) -> str:
    gradient, letters = (
        ("d", base[1:]) if base[0] == "d" and len(base) > 1 and base[1:] != "tanh" else ("", base)
    )
    if letters.endswith("hat") and len(letters) == 4:
        letters = f"\\hat{{{letters[0]}}}"
    elif letters in GREEK:
        letters = "\\" + {"eps": "varepsilon"}.get(letters, letters)
    elif letters in ("Γ", "γ", "α", "λ", "β", "σ", "μ", "ε"):
        letters = {
            "Γ": r"\Gamma", "γ": r"\gamma", "α": r"\alpha", "λ": r"\lambda", "β": r"\beta", "σ": r"\sigma",
            "μ": r"\mu", "ε": r"\varepsilon",
        }[letters]  # fmt: skip
    if letters == "dtanh":
        letters = r"d\tanh"
    if mark:
        letters = f"\\tilde{{{letters}}}"
    return f"{gradient} {letters}" if gradient and letters[0] == "\\" else gradient + letters


class Told(NamedTuple):
    """One formula in the plain notation and in LaTeX."""

    plain: str
    latex: str


def to_latex(text: str, style: Style) -> Iterator[Told]:
    """Yield the formulas of a text that can be told in LaTeX."""
    found = contents(Source("formulas.txt", text))
    writer = Writer(found.text, style)
    for formula in _formulas(found):
        try:
            yield Told(text[formula.start : formula.end], writer.formula(formula))
        except UntoldError:
            continue


def _formulas(found: Contents) -> Iterator[Formula]:
    document = read_document(found, Settings(None, None, None, ""), read_said(""))
    for stretch in document.stretches:
        for judged in stretch.chosen.judged:
            read = stretch.chosen.section.read(judged.statement)
            if read.formula is not None:
                yield read.formula
