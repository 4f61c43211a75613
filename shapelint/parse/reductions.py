"""What each rule of the formula's grammar builds: the names are those behind `->` in `formula.lark`."""

from collections.abc import Callable
from typing import Any

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
    Sign,
    Slice,
    Stack,
    Sum,
    Transpose,
    Tuple,
)

# A call's name with its rule, as `tokens` hands it over.
Callee = tuple[int, int, str, str]


_LONGEST_NUMBER = 10  # digits; a longer exponent is no number that anything asks for


def _relation(target: Node, sign: Sign, value: Node) -> Formula:
    return Formula(target.start, value.end, [target, _as_layer(target, value)], [sign])


_OUTPUTS = frozenset(("a", "A", "h", "H"))  # what a unit passes on, of any layer


def _as_layer(target: Node, value: Node) -> Node:
    """`a^{(l)} = f^{(l)}(a^{(l-1)})`: a function with a layer of its own that makes the next output is that layer."""
    if not (isinstance(target, Name) and isinstance(value, Call) and len(value.arguments) == 1):
        return value
    inside, (start, end, word) = value.arguments[0], value.name
    has_layer = end - start > len(word) or not word.isalpha()
    if not isinstance(inside, Name) or value.function != "elementwise" or not has_layer:
        return value
    made, used = target.symbol, inside.symbol
    if made.gradient or used.gradient or made.layer is None or used.layer is None:
        return value
    one, other = (symbol.key.partition("[")[0] for symbol in (made, used))
    is_next = made.layer.base == used.layer.base and made.layer.offset == used.layer.offset + 1
    return value._replace(function="unknown") if one == other and one in _OUTPUTS and is_next else value


def _relation_more(formula: Formula, sign: Sign, value: Node) -> Formula:
    formula.parts.append(value)  # type: ignore[attr-defined]  # a list until the tree is handed out
    formula.signs.append(sign)  # type: ignore[attr-defined]  # the same
    return formula._replace(end=value.end)


def _sum(left: Node, sign: Sign, right: Node) -> Sum:
    if isinstance(left, Sum):
        left.terms.append(right)  # type: ignore[attr-defined]  # a list until the tree is handed out
        left.signs.append(sign)  # type: ignore[attr-defined]  # the same
        return Sum(left.start, right.end, left.terms, left.signs)
    return Sum(left.start, right.end, [left, right], [sign])


def _product(left: Node, sign: Sign, right: Node) -> Product:
    if isinstance(left, Product) and not left.tight:
        return _longer(left, sign, right)
    return Product(left.start, right.end, [left, right], [sign], False)


def _juxtapose(left: Node, right: Node) -> Product:
    sign = (left.end, right.start, "")
    if isinstance(left, Product):
        return _longer(left, sign, right)
    return Product(left.start, right.end, [left, right], [sign], True)


def _longer(product: Product, sign: Sign, factor: Node) -> Product:
    product.factors.append(factor)  # type: ignore[attr-defined]  # a list until the tree is handed out
    product.signs.append(sign)  # type: ignore[attr-defined]  # the same
    return Product(product.start, factor.end, product.factors, product.signs, product.tight)


def _compare(left: Node, sign: Sign, right: Node) -> Compare:
    return Compare(left.start, right.end, left, right, sign)


def _bigsum(sign: Sign, child: Node) -> BigSum:
    return BigSum(sign[0], child.end, child, sign)


def _negate(sign: Sign, child: Node) -> Negate:
    return Negate(sign[0], child.end, child)


def _power(base: Node, _sign: Sign, exponent: Node) -> Power:
    return Power(base.start, exponent.end, base, exponent)


def _super(base: Node, sign: Sign) -> Power:
    value = int(sign[2].translate(_SUPERSCRIPTS)) if len(sign[2]) < _LONGEST_NUMBER else None
    return Power(base.start, sign[1], base, Number(sign[0], sign[1], value))


def _apply(callee: Callee, argument: Node) -> Call:
    start, end, text, rule = callee
    return Call(start, argument.end, (start, end, text), rule, [argument], False)


def _transpose(child: Node, sign: Sign) -> Transpose:
    return Transpose(child.start, sign[1], child, sign)


def _call(callee: Callee, *rest: Any) -> Call:
    start, end, text, rule = callee
    arguments = rest[1] if len(rest) == 3 else []
    return Call(start, rest[-1][1], (start, end, text), rule, arguments, False)


def _method(child: Node, name: Callee, *rest: Any) -> Call:
    start, end, text, rule = name
    arguments = rest[1] if len(rest) == 3 else []
    return Call(child.start, rest[-1][1], (start, end, text), rule, [child, *arguments], True)


def _attribute(child: Node, sign: Sign) -> Call:
    rule = "shape_of" if sign[2] == ".shape" else "scalar"
    return Call(child.start, sign[1], sign, rule, [child], True)


def _slice(child: Node, _open: Sign, items: list[Node], close: Sign) -> Slice:
    return Slice(child.start, close[1], child, items)


def _paren(open_: Sign, child: Node, close: Sign) -> Paren:
    return Paren(open_[0], close[1], child)


def _tuple(open_: Sign, *rest: Any) -> Tuple:
    parts = rest[0] if isinstance(rest[0], list) else [rest[0]]
    return Tuple(open_[0], rest[-1][1], parts)


def _norm(open_: Sign, child: Node, close: Sign) -> Call:
    return Call(open_[0], close[1], open_, "norm", [child], False)


def _fraction(sign: Sign, *parts: Any) -> Call:
    """`\\frac{a}{b}`: an elementwise quotient, written as a call."""
    above, below, close = parts[1], parts[4], parts[5]
    callee = (sign[0], sign[1], "divide")
    return Call(sign[0], close[1], callee, "elementwise", [above, below], False)


def _root(sign: Sign, _open: Sign, child: Node, close: Sign) -> Call:
    return Call(sign[0], close[1], (sign[0], sign[1], "sqrt"), "elementwise", [child], False)


def _claimed(sign: Sign, _open: Sign, child: Node, close: Sign) -> Paren:
    return Paren(sign[0], close[1], child)


def _opaque(sign: Sign) -> Call:
    return Call(sign[0], sign[1], sign, "unknown", [], False)


def _stack(separator: str) -> Callable[[Sign, Any, Sign], Stack]:
    def build(open_: Sign, parts: Any, close: Sign) -> Stack:
        return Stack(open_[0], close[1], parts if separator else [parts], separator)

    return build


def _list(left: Any, sign: Sign, right: Node) -> list[Any]:
    if not isinstance(left, list):
        return [left, right]
    left.append(right)
    return left


def _keyword(sign: Sign, value: Node) -> Keyword:
    return Keyword(sign[0], value.end, sign[2].rstrip("= \t"), value)


def _range(*parts: Any) -> Range:
    """`:` `a:` `:a` `a:b`; the colon is the only part that is a plain sign."""
    colon = next(place for place, part in enumerate(parts) if type(part) is tuple)
    low = parts[0] if colon == 1 else None
    high = parts[-1] if colon < len(parts) - 1 else None
    return Range(parts[0][0], parts[-1][1], low, high)


_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")

FORMULA: dict[str, Callable[..., Any]] = {
    "relation": _relation,
    "relation_more": _relation_more,
    "compare": _compare,
    "sum": _sum,
    "product": _product,
    "juxtapose": _juxtapose,
    "bigsum": _bigsum,
    "negate": _negate,
    "power": _power,
    "super": _super,
    "apply": _apply,
    "transpose": _transpose,
    "method": _method,
    "attribute": _attribute,
    "slice": _slice,
    "paren": _paren,
    "tuple": _tuple,
    "call": _call,
    "norm": _norm,
    "fraction": _fraction,
    "root": _root,
    "claimed": _claimed,
    "opaque": _opaque,
    "stack_rows": _stack(";"),
    "stack_columns": _stack("|"),
    "stack_items": _stack(","),
    "stack_one": _stack(""),
    "list": _list,
    "first": lambda item: [item],
    "trailing": lambda items, _comma: items,
    "keyword": _keyword,
    "range": _range,
}
