"""A tree and a style in, the formula's text out, bracketed as the notation binds and not as Python does."""

from typing import NamedTuple

from .level import Level
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
)
from .write_name import write_function, write_name


class Written(NamedTuple):
    text: str
    level: Level


def write(formula: Formula, style: Style) -> str:
    """Write `target = value`."""
    return f"{write_name(formula.target, style)} = {write_tree(formula.value, style)}"


def write_tree(tree: Tree, style: Style) -> str:
    """Write an expression."""
    return _written(tree, style).text


def _written(tree: Tree, style: Style) -> Written:
    match tree:
        case Name():
            return Written(write_name(tree, style), Level.ATOM)
        case Number(text):
            return Written(text, Level.ATOM)
        case Grouped(body):
            return _grouped(body, style)
        case Negated(body):
            return Written(f"-{_held(body, Level.SIDE_BY_SIDE, style)}", Level.MINUS)
        case Transposed(body):
            return Written(_held(body, Level.ATOM, style) + style.transpose, Level.POSTFIX)
        case Power(body, exponent):
            return _power(body, exponent, style)
        case Call(function, argument, layer):
            return _call(write_function(function, layer, style), argument, style)
        case Derivative(argument, layer):
            return _call(write_function("g", layer, style) + "'", argument, style)
        case Total(body, axis, keepdims):
            options = ("" if axis is None else f", axis={axis}") + (", keepdims=True" if keepdims else "")
            return Written(f"np.sum({write_tree(body, style)}{options})", Level.ATOM)
        case Sum(sign, left, right):
            text = f"{_held(left, Level.SUM, style, first=True)} {sign} {_held(right, Level.PRODUCT, style)}"
            return Written(text, Level.SUM)
        case Product():
            return _product(tree, style)
    raise TypeError(tree)


def _held(tree: Tree, level: Level, style: Style, *, first: bool = False) -> str:
    """Write an operand, in brackets where it would come apart; only the first may begin with a sign."""
    text, own = _written(tree, style)
    if own < level or (text.startswith("-") and not first):
        return f"({text})"
    return text


def _grouped(body: Tree, style: Style) -> Written:
    """Write brackets, but none around a call: `np.dot(W2.T, dZ2)` holds by itself."""
    text, level = _written(body, style)
    if style.products is Products.CALLS and level is Level.ATOM:
        return Written(text, level)
    return Written(f"({text})", Level.ATOM)


def _argument(tree: Tree, style: Style) -> str:
    """Write an argument of a call, whose own brackets are enough."""
    return write_tree(tree.body if isinstance(tree, Grouped) else tree, style)


def _power(body: Tree, exponent: int, style: Style) -> Written:
    if style.products is Products.CALLS:
        return Written(f"np.power({_argument(body, style)}, {exponent})", Level.ATOM)
    sign = {Products.AT: f"**{exponent}", Products.SIDE_BY_SIDE: f"^{exponent}", Products.CIRCLED: "²"}
    return Written(_held(body, Level.ATOM, style) + sign[style.products], Level.POSTFIX)


def _call(function: str, argument: Tree, style: Style) -> Written:
    return Written(f"{function}({write_tree(argument, style)})", Level.ATOM)


def _product(tree: Product, style: Style) -> Written:
    left, right = tree.left, tree.right
    if tree.kind is Kind.OVER:
        return _quotient(left, right, style)
    if tree.kind is Kind.TIMES and is_scalar(left):
        return _scaled(left, right, style)
    if style.products is Products.CALLS and not is_scalar(right):
        function = "np.dot" if tree.kind is Kind.MATRIX else "np.multiply"
        return Written(f"{function}({_argument(left, style)}, {_argument(right, style)})", Level.ATOM)
    if _is_juxtaposed(tree, style):
        text = f"{_held(left, Level.SIDE_BY_SIDE, style)} {_held(right, Level.POSTFIX, style)}"
        return Written(text, Level.SIDE_BY_SIDE)
    return _infix(tree, style)


def _is_juxtaposed(tree: Product, style: Style) -> bool:
    if tree.kind is Kind.MATRIX:
        return style.juxtaposes
    return style.products is Products.CIRCLED and is_scalar(tree.right)


def _infix(tree: Product, style: Style) -> Written:
    sign = "⊙" if style.products is Products.CIRCLED else str(tree.kind)
    left = _held(tree.left, Level.PRODUCT, style, first=True)
    return Written(f"{left} {sign} {_held(tree.right, Level.MINUS, style)}", Level.PRODUCT)


def _quotient(left: Tree, right: Tree, style: Style) -> Written:
    """`/` takes one factor; between scalars it stands close, as in `1/m`."""
    if style.products is Products.CALLS and not is_scalar(left) and not is_scalar(right):
        return Written(f"np.divide({_argument(left, style)}, {_argument(right, style)})", Level.ATOM)
    sign = "/" if is_scalar(left) and is_scalar(right) else " / "
    text = _held(left, Level.PRODUCT, style, first=True) + sign + _held(right, Level.POSTFIX, style)
    return Written(text, Level.PRODUCT)


def _scaled(scalar: Tree, body: Tree, style: Style) -> Written:
    """A scalar in front scales the first factor behind it, and with that the whole: no brackets needed."""
    front, level = _held(scalar, Level.PRODUCT, style, first=True), _written(scalar, style).level
    rest = _held(body, Level.PRODUCT, style)
    if style.products is not Products.CIRCLED:
        return Written(f"{front} * {rest}", Level.PRODUCT)
    return Written(f"{front} {rest}", min(level, _written(body, style).level, Level.SIDE_BY_SIDE))
