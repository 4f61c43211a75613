"""A formula in, the line of a NumPy program out; whole documents as programs, and their lines worked out again."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from types import SimpleNamespace

import numpy as np

from .cases import Case, Context
from .evaluate import FUNCTIONS, activation, slope
from .network import Array, Network, array, symbols
from .notes import notes
from .style import Products, Style
from .tree import (
    SCALARS,
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
)
from .verdict import judge

_SUM, _PRODUCT, _MINUS, _POWER, _ATOM = range(5)


class Holder(StrEnum):
    """Where a program keeps its arrays."""

    LOCALS = "W1"
    DICTIONARIES = 'parameters["W1"]'
    ATTRIBUTES = "self.W1"


@dataclass(frozen=True, slots=True)
class Coder:
    """How one programmer writes: `product` is `@`, `np.dot` or `.dot`."""

    product: str
    holder: Holder

    def __str__(self) -> str:
        return f"{self.product} · {self.holder}"


CODERS = tuple(Coder(product, holder) for holder in Holder for product in ("np.dot", ".dot", "@"))
_STYLE = Style(products=Products.CALLS)
"""The style of the text notation that means what Python means: every sign is one operation."""

_HEADS = {
    Holder.LOCALS: ["import numpy as np", ""],
    Holder.DICTIONARIES: ["import numpy as np", "", "", "def train(X, Y, parameters, cache, grads):"],
    Holder.ATTRIBUTES: ["import numpy as np", "", "", "class Network:", "    def train(self, X, Y, alpha):"],
}


def as_program(one: Case, coder: Coder) -> Case:
    """Write a document as a program; NumPy's verdict is the one on it."""
    setting = replace(one.setting, style=_STYLE)
    alone = setting.context is Context.ALONE
    verdict = judge(one.formula, setting.network, _STYLE, alone=alone)
    stated = [
        line
        for line in one.text.splitlines()[: one.row]
        if "=" in line and line.partition(" =")[2].strip().isdigit()
    ]
    before, after = [], []
    if not alone:
        around = list(notes(setting.network))
        row = next(
            (row for row, other in enumerate(around) if other.target == one.formula.target), len(around)
        )
        before, after = around[:row], around[row + 1 :]
    head = _HEADS[coder.holder]
    indent = " " * (len(head[-1]) - len(head[-1].lstrip()) + 4) if head[-1] else ""
    lines = [*_plain(stated), *(code(other, coder) for other in before)]
    body = [*lines, code(one.formula, coder), *(code(other, coder) for other in after)]
    text = "\n".join((*head, *(indent + line for line in body))) + "\n"
    return replace(
        one, text=text, row=len(head) + len(lines), verdict=verdict, setting=setting, filename="network.py"
    )


def _plain(stated: list[str]) -> list[str]:
    """`n[2] = 1` is `n2 = 1` here."""
    return [line.replace("^", "").replace("[", "").replace("]", "") for line in stated]


def code(formula: Formula, coder: Coder) -> str:
    """Write `target = value`."""
    return f"{_name(formula.target, coder)} = {_code(formula.value, coder)[0]}"


def _code(tree: Tree, coder: Coder) -> tuple[str, int]:
    match tree:
        case Name():
            return _name(tree, coder), _ATOM
        case Number(text):
            return text, _ATOM
        case Grouped(body):
            text, level = _code(body, coder)
            return (text, level) if level == _ATOM else (f"({text})", _ATOM)
        case Negated(body):
            return f"-{_held(body, coder, _POWER)}", _MINUS
        case Transposed(body):
            return f"{_held(body, coder, _ATOM)}.T", _ATOM
        case Power(body, exponent):
            return f"{_held(body, coder, _ATOM)}**{exponent}", _POWER
        case Call(function, argument):
            return f"{_FUNCTIONS.get(function, 'sigmoid')}({_inside(argument, coder)})", _ATOM
        case Derivative(argument):
            return f"sigmoid_derivative({_inside(argument, coder)})", _ATOM
        case Total(body, axis, keepdims):
            options = ("" if axis is None else f", axis={axis}") + (", keepdims=True" if keepdims else "")
            return f"np.sum({_inside(body, coder)}{options})", _ATOM
        case Sum(sign, left, right):
            return f"{_held(left, coder, _SUM)} {sign} {_held(right, coder, _PRODUCT)}", _SUM
        case Product():
            return _product(tree, coder)
    raise TypeError(tree)


_FUNCTIONS = {name: f"np.{name}" for name in FUNCTIONS}


def _held(tree: Tree, coder: Coder, level: int) -> str:
    text, own = _code(tree, coder)
    return f"({text})" if own < level else text


def _inside(tree: Tree, coder: Coder) -> str:
    return _code(tree.body if isinstance(tree, Grouped) else tree, coder)[0]


def _product(tree: Product, coder: Coder) -> tuple[str, int]:
    left, right = tree.left, tree.right
    if tree.kind is Kind.MATRIX and coder.product == "np.dot":
        return f"np.dot({_inside(left, coder)}, {_inside(right, coder)})", _ATOM
    if tree.kind is Kind.MATRIX and coder.product == ".dot":
        return f"{_held(left, coder, _ATOM)}.dot({_inside(right, coder)})", _ATOM
    sign = "/" if tree.kind is Kind.OVER else "@" if tree.kind is Kind.MATRIX else "*"
    behind = _PRODUCT if tree.kind is Kind.TIMES and is_scalar(left) else _MINUS
    return f"{_held(left, coder, _PRODUCT)} {sign} {_held(right, coder, behind)}", _PRODUCT


def _name(name: Name, coder: Coder) -> str:
    base, layer = name.base, name.layer
    if layer == 0:
        base, layer = {"A": "X", "a": "x"}[base], None
    word = (
        ("d" if name.gradient else "")
        + {"lambda": "lambd"}.get(base, base)
        + ("" if layer is None else str(layer))
    )
    if coder.holder is Holder.LOCALS or layer is None:
        return word
    if coder.holder is Holder.ATTRIBUTES:
        return word if name.gradient else f"self.{word}"
    holder = "grads" if name.gradient else "parameters" if base in "Wb" else "cache"
    return f'{holder}["{word}"]'


def worked_out(line: str, network: Network) -> Array | None:
    """Return what the right side of a line comes to, None where Python or NumPy refuses it."""
    with np.errstate(all="ignore"):
        try:
            found = eval(line.partition(" = ")[2], {"__builtins__": {}}, dict(_values(network)))
        except (ValueError, SyntaxError, NameError, KeyError, AttributeError, TypeError):
            return None
    return np.asarray(found)


def _values(network: Network) -> Mapping[str, object]:
    plain = Coder("@", Holder.LOCALS)
    arrays = {_name(one, plain): array(one, network) for one in symbols(network)}
    scalars = {_name(Name(one), plain): array(Name(one), network) for one in SCALARS}
    functions = {"sigmoid": activation, "sigmoid_derivative": slope, "np": np}
    held = {"parameters": arrays, "cache": arrays, "grads": arrays, "self": SimpleNamespace(**arrays)}
    return {**arrays, **scalars, **functions, **held}


def is_anything(one: Case) -> bool:
    """Tell whether a program may mean anything by a line: what it makes there is what it is made of.

    So it is where a layer is made of what grew at random, or of what is only assigned further below, and where a
    parameter is made without its gradient. The small letters of one example are anyone's names.
    """
    if one.setting.network.one_example:
        return True
    target, used = one.formula.target, set(names(one.formula.value))
    if target.gradient:
        return False
    if target.base in ("W", "b"):
        return replace(target, gradient=True) not in used
    return one.kind.startswith("grown") or any(name.gradient for name in used)
