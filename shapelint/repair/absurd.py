"""A repaired formula in, whether no one can have meant it out: it fits, and says nothing."""

from collections import Counter
from collections.abc import Iterator, Sequence

from shapelint.operators import DIVIDE, ELEMENTWISE, MATRIX_PRODUCTS, SIGNS, SOLVE, STAR, UPDATES
from shapelint.repair.costs import ABSENT, BRACKETS, DROP, FAR, LAYER, NAME, OWN, PRODUCT, Edit
from shapelint.symbol import variable_of
from shapelint.tree import Call, Formula, Name, Node, Power, Product, Sum, Transpose, bare, untransposed, walk

_PRODUCTS = MATRIX_PRODUCTS | {"elementwise", "transposed"}
_NAMES = frozenset((LAYER, FAR, ABSENT, NAME, OWN))


def is_absurd(before: Formula, after: Formula, old: str, new: str, edits: Sequence[Edit]) -> bool:
    """Say whether a repair makes a thing out of itself, or of the same thing twice, where that was not so before.

    `old` and `new` are the texts that the places of the two formulas count in.
    """
    if _own_names(before, old) == 0 < _own_names(after, new) and OWN not in edits and not _updates(before):
        return True
    if _is_update(before) and not _own_names(after, new):
        return True  # an update starts from what it updates, and from nothing that only fits
    renamed = [edit for edit in edits if edit in _NAMES]
    if len(renamed) > 1 and len(_keys(before) - _keys(after)) > 1:
        return True  # two names and more: who wrote that meant something else
    if _raised(after) - _raised(before) and any(one.endswith("[λ]") for one in _raised(before)):
        return True  # `W^2` beside W1: its number was meant for the layer, and W2 has no power
    if DROP in edits and BRACKETS in edits:
        return True  # a term would go with the factor
    if (
        PRODUCT in edits
        and any(edit.cause == "transpose" for edit in edits)
        and _squares(after) - _squares(before)
    ):
        return True
    if renamed and (BRACKETS in edits or ({FAR, ABSENT, NAME} & {*edits} and len(renamed) < len(edits))):
        return True
    if _turns_twice(after) > _turns_twice(before) or _mixes_layers(after):
        return True
    if _is_mean_of_squares(after, new):
        return False
    turned = any(
        edit.cause == "transpose" for edit in edits
    )  # `dZ * dZ` may be meant by `dZ @ dZ`, not by `dZ @ dZ.T`
    return bool(Counter(_doubles(after, new, turned)) - Counter(_doubles(before, old, turned)))


def _turns_twice(formula: Formula) -> int:
    """Count what is transposed twice in a row: `A.T.T`."""
    turned = (node for node in walk(formula.parts[1:]) if isinstance(node, Transpose))
    return sum(isinstance(bare(node.child), Transpose) for node in turned)


def _raised(formula: Formula) -> set[str]:
    """Return the names that have a power."""
    powers = (node for node in walk(formula.parts[1:]) if isinstance(node, Power))
    bases = (untransposed(power.base) for power in powers)
    return {base.symbol.key for base in bases if isinstance(base, Name)}


def _mixes_layers(formula: Formula) -> bool:
    """Say whether the gradients of two layers are multiplied entry by entry: one of them was meant twice."""
    for left, right in _entrywise(formula):
        one, other = untransposed(left), untransposed(right)
        if (
            isinstance(one, Name)
            and isinstance(other, Name)
            and one.symbol.gradient
            and other.symbol.gradient
        ):
            layers = (one.symbol.layer, other.symbol.layer)
            if one.symbol.base == other.symbol.base and None not in layers and layers[0] != layers[1]:
                return True
    return False


def _is_mean_of_squares(formula: Formula, text: str) -> bool:
    """Say whether the square of a gradient is mixed into the target: `s = beta * s + (1 - beta) * dW * dW`."""
    return _own_names(formula, text) > 0 and any(
        isinstance(left, Name)
        and left.symbol.gradient
        and isinstance(right, Name)
        and left.symbol is right.symbol
        for left, right in _entrywise(formula)
    )


def _entrywise(formula: Formula) -> Iterator[tuple[Node, Node]]:
    """Yield what is multiplied entry by entry."""
    for node in walk(formula.parts[1:]):
        match node:
            case Product(factors=factors, signs=signs):
                for left, sign, right in zip(factors, signs, factors[1:], strict=False):
                    if SIGNS.get(sign[2]) in (STAR, ELEMENTWISE):
                        yield bare(left), bare(right)
            case Call(function="elementwise", arguments=(left, right)):
                yield bare(left), bare(right)
            case _:
                pass


def _updates(formula: Formula) -> bool:
    """Say whether the gradient by a target stands on its right side: `b1 = b2 - alpha * db1` is an update of b1."""
    target = bare(formula.parts[0])
    return isinstance(target, Name) and any(
        isinstance(node, Name) and node.symbol.gradient and node.symbol.object_key == target.symbol.object_key
        for node in walk(formula.parts[1:])
    )


def _is_update(formula: Formula) -> bool:
    """Say whether a variable is assigned what an update makes of it; one in place names it once."""
    target = bare(formula.parts[0])
    is_variable = isinstance(target, Name) and not target.symbol.gradient
    return is_variable and _updates(formula) and not _is_in_place(formula)


def _is_in_place(formula: Formula) -> bool:
    return bool(formula.signs) and formula.signs[-1][2] in UPDATES


def _keys(formula: Formula) -> frozenset[str]:
    names = (node for node in walk(formula.parts[1:]) if isinstance(node, Name))
    return frozenset(variable_of(name.symbol.key) for name in names)


def _own_names(formula: Formula, text: str) -> int:
    """Count how often a target stands on its own right side."""
    target = untransposed(formula.parts[0])
    if not isinstance(target, Name) or _is_in_place(formula):
        return 0
    own, spelt = variable_of(target.symbol.key), text[target.start : target.end]
    return sum(
        isinstance(node, Name)
        and (variable_of(node.symbol.key) == own or text[node.start : node.end] == spelt)
        for node in walk(formula.parts[1:])
    )


def _doubles(formula: Formula, text: str, signs: bool) -> Iterator[str]:
    """Yield what stands on both sides of a sign: `Z / Z`, `A - A`, `dZ + dZ`, `A * A`; and of which, with `signs`."""
    for node in walk(formula.parts[1:]):
        match node:
            case Sum():
                yield from _twice(node.terms, text)
            case Product():
                yield from _twice(node.factors, text)
                yield from (
                    f"{SIGNS.get(sign[2])} {_plain(left, text)}"
                    for left, sign, right in zip(node.factors, node.signs, node.factors[1:], strict=False)
                    if (signs or SIGNS.get(sign[2]) in (DIVIDE, SOLVE))
                    and _plain(left, text) == _plain(right, text)
                )
            case Call() if len(node.arguments) == 2:
                doubles = tuple(_twice(node.arguments, text))
                yield from doubles
                yield from (f"{node.function} {one}" for one in doubles if signs)
            case _:
                pass


def _squares(formula: Formula) -> Counter[str]:
    """Count the names that are factors twice where something is multiplied elementwise: `(W.T @ dZ) * dZ`."""
    found: Counter[str] = Counter()
    for node in walk(formula.parts[1:]):
        factors = Counter(_factors(node))
        if any(times > 1 for times in factors.values()) and any(map(_is_elementwise, walk([node]))):
            found.update(name for name, times in factors.items() if times > 1)
    return found


def _is_elementwise(node: Node) -> bool:
    if isinstance(node, Product):
        return any(SIGNS.get(sign[2]) in (STAR, ELEMENTWISE) for sign in node.signs)
    return isinstance(node, Call) and node.function == "elementwise" and len(node.arguments) == 2


def _factors(node: Node) -> Iterator[str]:
    """Yield the names that are factors of a product, however deep they stand in it."""
    node = bare(node)
    match node:
        case Product():
            for factor in node.factors:
                yield from _factors(factor)
        case Call() if node.function in _PRODUCTS:
            for argument in node.arguments:
                yield from _factors(argument)
        case Transpose():
            yield from _factors(node.child)
        case Name():
            yield variable_of(node.symbol.key)
        case _:
            pass


def _twice(parts: Sequence[Node], text: str) -> Iterator[str]:
    counted = Counter(_plain(part, text) for part in parts)
    for part, times in counted.items():
        if times > 1 and (part[:1].isalpha() or part[:1] == "\\"):
            yield part


def _plain(node: Node, text: str) -> str:
    """Return the text of a part without blanks, brackets and transposes; a name, however it is spelt."""
    node = untransposed(node)
    if isinstance(node, Name):
        return variable_of(node.symbol.key)
    return "".join(text[node.start : node.end].split())
