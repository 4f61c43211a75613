"""A tree and a LaTeX writer's hand in, the formula as that writer sets it out; and whole documents in Markdown."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from .cases import Case, Context
from .choice import Choose
from .level import Level
from .notes import notes
from .style import Products, Style
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
    names,
    parts,
)
from .verdict import Verdict, judge
from .write import Written

_INPUTS = {"A": "X", "a": "x"}
_BESIDE = (" ", r"\,")
_SCALARS = frozenset({"J", "L", "m"})
_GREEK = {"alpha": r"\alpha", "lambda": r"\lambda", "epsilon": r"\epsilon"}


@dataclass(frozen=True, slots=True)
class Hand:
    """How one writer sets formulas: `{}` stands for the layer, the name or the term.

    `inside` is the transpose in the superscript of a layer, `around` that of a name with one; `behind` that of
    everything else. `style` is the text notation's that allows the same readings.
    """

    name: str
    layer: str
    matrix: str
    times: str
    inside: str
    around: str
    behind: str
    derivative: str
    gradient: str
    big_sums: bool
    style: Style
    bold: str = "{}"
    half: str = r"\frac"
    left: str = r"\left("
    right: str = r"\right)"
    aligned: bool = False

    @property
    def quotients(self) -> bool:
        """Tell whether a gradient is a fraction, behind which nothing can be put."""
        return self.gradient.endswith("}}")

    def __str__(self) -> str:
        return self.name


HANDS = (
    Hand(
        "juxtaposed and *", "^{{[{}]}}", " ", " * ", "T", "", "^T", "g^{{[{}]'}}", "d{}", False,
        Style(products=Products.SIDE_BY_SIDE),
    ),
    Hand(
        r"\cdot and \odot", "_{}", r" \cdot ", r" \odot ", "", "", "^T", "g_{}'", "d{}", True,
        Style(products=Products.CIRCLED),
    ),
    Hand(
        "nested superscripts", "^{{[{}]}}", " ", r" \circ ", "", r"({})^{{\top}}", r"^{\top}",
        r"g^{{[{}]\prime}}",
        r"\frac{{\partial J}}{{\partial {}}}", True, Style(products=Products.CIRCLED),
    ),
    Hand(
        "braces", "^{{({})}}", " ", r" \odot ", "", "{{{}}}^T", "^T", r"{{g^{{({})}}}}'", "d{}", False,
        Style(products=Products.CIRCLED),
    ),
)  # fmt: skip

# What writers choose, each for itself: (layer, derivative), (inside, around) of the superscript, and so on.
_LAYERS = (
    ("^{{[{}]}}", ("g^{{[{}]'}}", r"g^{{[{}]\prime}}", "{{g^{{[{}]}}}}'", "g'^{{[{}]}}", "g^{{[{}]}}{{'}}")),
    ("^{{({})}}", ("g^{{({})'}}", "{{g^{{({})}}}}'", "g'^{{({})}}")),
    ("_{}", ("g_{}'", "g'_{}")),
    ("_{{{}}}", ("g_{{{}}}'", "g'_{{{}}}")),
)
_IN_SUPERSCRIPTS = (
    *(("T", ""), (" T", ""), (r"\,T", ""), (r"\top", ""), ("^T", ""), (r"^{\top}", ""), (r"\mathsf{T}", "")),
    *(
        ("", "({})^T"),
        ("", r"({})^{{\top}}"),
        ("", "{{{}}}^T"),
        ("", r"{{{}}}^\top"),
        ("", r"\left({}\right)^T"),
    ),
)
_BEHIND = ("^T", r"^\top", "^{T}", r"^{\top}", r"^{\mathsf{T}}", r"^\intercal")
_GRADIENTS = (
    "d{}",
    r"\mathrm{{d}}{}",
    r"\frac{{\partial J}}{{\partial {}}}",
    r"\dfrac{{\partial \mathcal{{L}}}}{{\partial {}}}",
)
_SIGNS = (
    *((" ", " * ", Products.SIDE_BY_SIDE), (r" \cdot ", r" \odot ", Products.CIRCLED)),
    *(
        (" ", r" \odot ", Products.CIRCLED),
        (r"\,", r"\circ ", Products.CIRCLED),
        (" ", r" \ast ", Products.SIDE_BY_SIDE),
    ),
)
_BOLD = ("{}", r"\mathbf{{{}}}", r"\boldsymbol{{{}}}")
_BRACKETS = (("(", ")"), (r"\left(", r"\right)"), (r"\big(", r"\big)"))


def drawn_hand(choose: Choose) -> Hand:
    """Choose every habit of a writer."""
    layer, derivatives = choose(_LAYERS)
    derivative = choose(derivatives)
    matrix, times, products = choose(_SIGNS)
    inside, around = choose(_IN_SUPERSCRIPTS) if layer.startswith("^") else ("", choose(("", "({})^T")))
    behind, gradient, bold = choose(_BEHIND), choose(_GRADIENTS), choose(_BOLD)
    left, right = choose(_BRACKETS)
    sums, half, aligned = choose((True, False)), choose((r"\frac", r"\dfrac")), choose((False, True))
    name = " ".join((layer, matrix, times, inside, around, behind, derivative, gradient, bold, left))
    return Hand(
        name, layer, matrix, times, inside, around, behind, derivative, gradient, sums, Style(products=products),
        bold, half, left, right, aligned,
    )  # fmt: skip


def write(formula: Formula, hand: Hand) -> str:
    """Write `target = value`."""
    return f"{_name(formula.target, hand)} = {_tree(formula.value, hand)}"


def in_markdown(one: Case, hand: Hand) -> Case:
    """Return the same case as a Markdown document of that hand, a display on each row, judged for its readings."""
    setting = replace(one.setting, style=hand.style)
    formulas, row = _document(one)
    lines = [*_stated(one, hand), *(write(formula, hand) for formula in formulas)]
    text, first = _set(lines, hand)
    verdict = judge(one.formula, setting.network, hand.style, alone=setting.context is Context.ALONE)
    if hand.big_sums and setting.network.one_example and _sums(one.formula):
        verdict = Verdict.OPEN  # a sum over the examples of terms of one example has no axis to NumPy
    row += len(lines) - len(formulas) + first
    return replace(one, text=text, row=row, verdict=verdict, setting=setting, filename="notes.md")


def _set(lines: list[str], hand: Hand) -> tuple[str, int]:
    """Set each line as a display, or all of them below each other; return the text and the first one's row."""
    if not hand.aligned:
        return "".join(f"$${line}$$\n" for line in lines), 0
    rows = " \\\\\n".join(line.replace(" = ", " &= ", 1) for line in lines)
    return f"$$\n\\begin{{aligned}}\n{rows}\n\\end{{aligned}}\n$$\n", 2


def _sums(formula: Formula) -> bool:
    return any(isinstance(part, Total) for part in parts(formula.value))


def _document(one: Case) -> tuple[list[Formula], int]:
    if one.setting.context is Context.ALONE:
        return [one.formula], 0
    around = list(notes(one.setting.network))
    row = next((row for row, other in enumerate(around) if other.target == one.formula.target), len(around))
    around[row : row + 1] = [one.formula]
    return around, row


def _stated(one: Case, hand: Hand) -> Iterator[str]:
    network, context = one.setting.network, one.setting.context
    last = not {Name("Y"), Name("y")}.isdisjoint((one.formula.target, *names(one.formula.value)))
    if context is Context.NOTES or (context is Context.ALONE and last) or network.outputs:
        yield f"L = {network.layers}"
    if network.outputs:
        yield f"n{hand.layer.format(network.layers)} = {network.outputs}"


def _tree(tree: Tree, hand: Hand) -> str:
    return _written(tree, hand).text


def _written(tree: Tree, hand: Hand) -> Written:
    match tree:
        case Name():
            return Written(_name(tree, hand), Level.ATOM)
        case Number(text):
            return Written(text, Level.ATOM)
        case Grouped(body):
            return Written(f"{hand.left}{_tree(body, hand)}{hand.right}", Level.ATOM)
        case Negated(body):
            return Written(f"-{_held(body, Level.SIDE_BY_SIDE, hand)}", Level.MINUS)
        case Transposed(body):
            return Written(_transposed(body, hand), Level.POSTFIX)
        case Power(body, exponent):
            return Written(_power(body, exponent, hand), Level.POSTFIX)
        case Call(function, argument, layer):
            head = rf"\{function}" if function in ("log", "exp", "tanh") else function
            return Written(f"{head}{_layer(layer, hand)}({_tree(argument, hand)})", Level.ATOM)
        case Derivative(argument, layer):
            head = "g'" if layer is None else hand.derivative.format(layer)
            return Written(f"{head}({_tree(argument, hand)})", Level.ATOM)
        case Total():
            return _total(tree, hand)
        case Sum(sign, left, right):
            text = f"{_held(left, Level.SUM, hand, first=True)} {sign} {_held(right, Level.PRODUCT, hand)}"
            return Written(text, Level.SUM)
        case Product():
            return _product(tree, hand)
    raise TypeError(tree)


def _held(tree: Tree, level: Level, hand: Hand, *, first: bool = False) -> str:
    text, own = _written(tree, hand)
    return f"({text})" if own < level or (text.startswith("-") and not first) else text


def _name(name: Name, hand: Hand) -> str:
    base, layer = name.base, name.layer
    if layer == 0:
        base, layer = _INPUTS[base], None
    letter = _GREEK.get(base) or (base if base in _SCALARS else hand.bold.format(base))
    word = letter + _layer(layer, hand)
    return hand.gradient.format(word) if name.gradient else word


def _is_fraction(text: str) -> bool:
    return text.startswith(("\\frac", "\\dfrac", "\\tfrac"))


def _layer(layer: int | None, hand: Hand) -> str:
    return "" if layer is None else hand.layer.format(layer)


def _transposed(body: Tree, hand: Hand) -> str:
    text, level = _written(body, hand)
    if isinstance(body, Name) and body.layer and not (body.gradient and hand.quotients):
        if hand.inside:
            return text.removesuffix("}") + hand.inside + "}"
        return hand.around.format(text) if hand.around else text + hand.behind
    held = text if level is Level.ATOM and not _is_fraction(text) else f"({text})"
    return held + hand.behind


def _power(body: Tree, exponent: int, hand: Hand) -> str:
    text, level = _written(body, hand)
    if isinstance(body, Name) and body.layer and hand.inside and not hand.quotients:
        return text.removesuffix("}") + f"{exponent}}}"
    bare = level is Level.ATOM and text[-1] not in "}" and not _is_fraction(text)
    return (text if bare else f"({text})") + f"^{exponent}"


def _total(tree: Total, hand: Hand) -> Written:
    body = _tree(tree.body, hand)
    if hand.big_sums and tree.axis == 1 and tree.keepdims:
        return Written(rf"\sum_{{i=1}}^{{m}} {_held(tree.body, Level.PRODUCT, hand)}", Level.SUM)
    axis = "" if tree.axis is None else f", axis={tree.axis}"
    return Written(f"np.sum({body}{axis}{', keepdims=True' if tree.keepdims else ''})", Level.ATOM)


def _product(tree: Product, hand: Hand) -> Written:
    left, right = tree.left, tree.right
    if tree.kind is Kind.OVER:
        return Written(f"{hand.half}{{{_tree(left, hand)}}}{{{_tree(right, hand)}}}", Level.ATOM)
    if tree.kind is Kind.TIMES and (is_scalar(left) or is_scalar(right)):
        return _scaled(left, right, hand)
    sign = hand.matrix if tree.kind is Kind.MATRIX else hand.times
    if sign in _BESIDE:
        text = f"{_held(left, Level.SIDE_BY_SIDE, hand)} {_held(right, Level.POSTFIX, hand)}"
        return Written(text, Level.SIDE_BY_SIDE)
    text = _held(left, Level.PRODUCT, hand, first=True) + sign + _held(right, Level.MINUS, hand)
    return Written(text, Level.PRODUCT)


def _scaled(left: Tree, right: Tree, hand: Hand) -> Written:
    """A scalar stands in front, beside what it scales; a big sum behind it needs no brackets."""
    if not is_scalar(left):
        text = f"{_held(left, Level.SIDE_BY_SIDE, hand)} {_held(right, Level.POSTFIX, hand)}"
        return Written(text, Level.SIDE_BY_SIDE)
    front = _held(left, Level.SIDE_BY_SIDE, hand, first=True)
    text, level = _written(right, hand)
    if text.startswith("\\sum"):
        return Written(f"{front} {text}", Level.SUM)
    rest = _held(right, Level.PRODUCT, hand)
    return Written(f"{front} {rest}", min(level, Level.SIDE_BY_SIDE))
