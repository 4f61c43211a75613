"""A formula in, why it may be about anything out: a document on a network has such formulas, too.

Asked of every formula, while its tree is at hand: each question ends at the first name that answers it.
"""

from shapelint.symbol import UNDECLARED
from shapelint.tree import Call, Formula, Name, Node, Number, Product, Transpose, walk

_ANYONES = frozenset("xyz")
_UNITS = frozenset("xza")


# The letters of a line through the origin's school book: `z = w x + b`.
_LINE = frozenset("wxbzya")
ONE_NUMBER = "its w may be one number"


def aside(formula: Formula, one_unit: bool) -> str:
    """Return why a formula says nothing about shapes for every size, "" where it may.

    `one_unit` is true where the document has the `w` of logistic regression.
    """
    if any(map(_is_number, formula.parts[1:])):
        return "it works an example out in numbers"
    if _is_anyones(formula):
        return "x, y and z may be anyone's in it"
    if one_unit and _may_be_numbers(formula):
        return ONE_NUMBER
    if one_unit and _is_of_one_unit(formula):
        return "its w may be one number, beside the unit that it names"
    return ""


def _is_of_one_unit(formula: Formula) -> bool:
    """Say whether `w`, which is the only unit's in logistic regression, stands beside a numbered unit: `w a_1`."""
    names = [part.symbol for part in walk(formula.parts) if isinstance(part, Name)]
    if not any(symbol.base == "w" and symbol.layer is None for symbol in names):
        return False  # nearly every formula ends here
    return any(symbol.base in _UNITS and symbol.has_layer for symbol in names)


def _may_be_numbers(formula: Formula) -> bool:
    """Say whether a formula is that of one unit with one input, `z = w x + b`, as far as its letters tell."""
    target = formula.parts[0]
    if not isinstance(target, Name) or target.symbol.base not in _LINE or target.symbol.gradient:
        return False  # nearly every formula ends here
    products = 0
    for part in walk(formula.parts):
        if isinstance(part, Name):
            if part.symbol.base not in _LINE or part.symbol.gradient or part.symbol.has_layer:
                return False
        elif isinstance(part, Transpose) or (isinstance(part, Call) and part.function == "dot"):
            return False
        elif isinstance(part, Product):
            if any(sign[2] not in ("", "*") for sign in part.signs):
                return False
            products += [one.symbol.base for one in part.factors if isinstance(one, Name)] == ["w", "x"]
    return products > 0


def _is_number(side: Node) -> bool:
    """Say whether a side is nothing but numbers: an example of a shape, not a shape for every size."""
    found = False
    for part in walk([side]):
        if isinstance(part, Name | Call):
            return False
        found = found or isinstance(part, Number)
    return found


def _is_anyones(formula: Formula) -> bool:
    """Say whether a formula is calculus: `z = x + y`, `y = \\exp(x)`, letters that no layer is told of."""
    target = formula.parts[0]
    if isinstance(target, Name) and target.symbol.base not in _ANYONES:
        return False  # nearly every formula ends here, without a walk
    bases: set[str] = set()
    for part in walk(formula.parts):
        if not isinstance(part, Name):
            continue
        symbol = part.symbol
        if symbol.base not in _ANYONES or symbol.gradient or symbol.flags & UNDECLARED:
            return False
        bases.add(symbol.base)
    return "y" in bases
