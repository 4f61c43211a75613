"""What names are by how lines use them: with two axes, factors, terms of a sum, or plain numbers."""

from collections.abc import Iterator, Sequence

from shapelint.judge.hints import is_anyones, letter_of, loose, word_of
from shapelint.judge.homes import Homes
from shapelint.judge.lines import Line, Pair, core, differences
from shapelint.judge.scalars import is_array_by_name
from shapelint.judge.scopes import Scope
from shapelint.judge.store import Slot
from shapelint.names.entries import PAIR
from shapelint.operators import MATRIX, MATRIX_PRODUCTS, NEXT_TO, SCALING, STAR
from shapelint.symbol import UNDECLARED, VERSION, Symbol
from shapelint.tree import (
    Call,
    Name,
    Node,
    Number,
    Product,
    Slice,
    Sum,
    bare,
    untransposed,
    walk,
)

_SUMS = frozenset(("total", "noted_total", "first_total"))
_PRODUCTS = (MATRIX, SCALING)
_DIVISIONS = frozenset(("divide", "np.divide"))  # a fraction is read as a call


def sided_and_factors(homes: Homes, defined: frozenset[Slot]) -> tuple[frozenset[Slot], frozenset[Slot]]:
    """Return the names that have two axes, and those that are factors; `defined` are made by forward lines."""
    sided: set[Slot] = set()
    factors: set[Slot] = set()
    # a number stands in front: what is a factor on the right somewhere, or is made of others, is a matrix
    matrices = {
        homes.slot(scope, pair.right.symbol.key)
        for scope in homes.scopes
        for line in scope.lines
        for pair in line.pairs
        if pair.sign is NEXT_TO and pair.right.symbol is not None and len(loose(pair.right.symbol.key)) > 1
    } | defined
    for scope in homes.scopes:
        for line in scope.lines:
            for one in line.sided:
                sided.add(homes.stands_for(scope, one))
            for pair in line.pairs:
                if _only_scales(scope, pair):
                    continue
                for factor in (pair.left, pair.right):
                    symbol = factor.symbol
                    if symbol is None:
                        continue
                    slot = homes.stands_for(scope, symbol)
                    if pair.sign in _PRODUCTS:
                        factors.add(slot)
                        if not scope.code or word_of(symbol).lstrip("d")[:1].isupper():
                            sided.add(slot)
                    elif (
                        pair.sign is not STAR
                        and not scope.code
                        and (_may_be_matrix(symbol) or slot in matrices)
                    ):
                        factors.add(slot)
                        sided.add(slot)
                    elif pair.sign is NEXT_TO:
                        factors.add(slot)
    if homes.code:  # a parameter is what the same word is in another function
        words = {
            word_of(homes.scopes[number].symbols[key])
            for number, key in sided
            if VERSION not in key and key in homes.scopes[number].symbols
        }
        words = {word for word in words if not is_anyones(word)}
        sided.update(slot for word in words for slot in homes.slots(word) if VERSION not in slot[1])
    return frozenset(sided), frozenset(factors)


def _only_scales(scope: Scope, pair: Pair) -> bool:
    """Say whether one side of what may be a matrix product is a number, or side by side a column by its name."""
    if pair.sign is SCALING:
        sides = (pair.left.symbol, pair.right.symbol)
        return any(one is not None and scope.is_scalar(one) for one in sides)
    return pair.sign is NEXT_TO and any(map(scope.scales, (pair.left, pair.right)))


def added(homes: Homes) -> frozenset[Slot]:
    """Return what is added to others: a bias, which is below its sum."""
    found: set[Slot] = set()
    for scope in homes.scopes:
        for line in scope.lines:
            for node in walk(line.formula.parts[1:]):
                for term in _terms(node):
                    if isinstance(term, Name):
                        found.add(homes.slot(scope, term.symbol.key))
    return frozenset(found)


def upright(homes: Homes) -> frozenset[Slot]:
    """Return the vectors of notes that lines use as columns: a matrix from the left, or transposed before another.

    What a line makes of a matrix and a column is a column, too, and so is what is added to it or taken from it.
    """
    if homes.code:
        return frozenset()
    columns, rows = _lying(homes)
    columns -= rows
    for scope in homes.scopes:
        for line in scope.lines:
            for symbols in (_of_one_shape(line), *differences(line)):
                together = [homes.stands_for(scope, one) for one in symbols]
                if not columns.isdisjoint(together) and rows.isdisjoint(together):
                    columns.update(together)
    return frozenset(columns)


def _lying(homes: Homes) -> tuple[set[Slot], set[Slot]]:
    """Return the vectors behind a matrix, or transposed before one, and what stands before one as it is."""
    columns: set[Slot] = set()
    rows: set[Slot] = set()
    for scope in homes.scopes:
        for pair in (pair for line in scope.lines for pair in line.pairs if pair.sign is not STAR):
            left, right = pair.left.symbol, pair.right.symbol
            if left is None or right is None:
                continue
            if _is_matrix(left) and not _is_matrix(right) and not pair.right.transposed:
                columns.add(homes.stands_for(scope, right))
            if _is_matrix(right):
                (columns if pair.left.transposed else rows).add(homes.stands_for(scope, left))
    return columns, rows


def _of_one_shape(line: Line) -> Iterator[Symbol]:
    """Yield the target of a line, what is added in it, and the vectors behind the matrices of its products."""
    if line.target is not None:
        yield line.target
    value = bare(line.formula.parts[-1])
    for term in list(_terms(value)) or [value]:
        if isinstance(term, Name):
            yield term.symbol
        elif isinstance(term, Product) and len(term.factors) > 1:
            last, before = bare(term.factors[-1]), bare(term.factors[-2])
            if isinstance(last, Name) and isinstance(before, Name) and _is_matrix(before.symbol):
                yield last.symbol


def _is_matrix(symbol: Symbol) -> bool:
    return word_of(symbol).lstrip("d")[:1].isupper()


def biases(homes: Homes) -> frozenset[Slot]:
    """Return what forward lines only add to others, whatever lines that go back do with it."""
    terms: set[Slot] = set()
    others: set[Slot] = set()
    for scope in homes.scopes:
        for line in scope.forward():
            alone = {id(term) for node in walk(line.formula.parts[1:]) for term in _terms(node)}
            for node in walk(line.formula.parts[1:]):
                if isinstance(node, Name):
                    (terms if id(node) in alone else others).add(homes.slot(scope, node.symbol.key))
    return frozenset(terms - others)


def _terms(node: Node) -> Iterator[Node]:
    """Yield the terms of a sum, nothing of anything else."""
    return map(bare, node.terms) if isinstance(node, Sum) else iter(())


def deep(homes: Homes) -> frozenset[Slot]:
    """Return the names of a program that are measured along a third axis, and that no line fills: `N, T, D = x.shape`.

    So are those whose second axis counts the examples, where what is multiplied is one part of the first: `x[t] @ W`.
    What a convention says of them is of another array.
    """
    found: set[Slot] = set()
    filled: set[Slot] = set()
    parted: set[Slot] = set()
    second: set[Slot] = set()
    for scope in homes.scopes:
        for line in scope.lines if scope.code else ():
            if line.fills and line.target is not None:
                filled.add(homes.slot(scope, line.target.key))
            parted.update(homes.slot(scope, one.key) for one in _parted(line))
            if line.target is not None and letter_of(line.target) == "m":
                second.update(homes.slot(scope, one.key) for one in _measured_behind(line))
            for node in walk(line.formula.parts[1:]):
                if (
                    isinstance(node, Call)
                    and node.function == "size_along"
                    and _is_of_third(node.arguments[1])
                ):
                    array = bare(node.arguments[0])
                    if isinstance(array, Name) and scope.section.stated(array.symbol) is None:
                        found.add(homes.slot(scope, array.symbol.key))
    words = {
        (number, word_of(symbol))
        for number, key in found
        if (symbol := homes.scopes[number].symbols.get(key)) is not None
    }
    alike = {
        homes.slot(scope, key)
        for scope in homes.scopes
        for key, symbol in scope.symbols.items()
        if (scope.number, word_of(symbol)) in words and VERSION in key
    }
    return frozenset((found | alike | (parted & second)) - filled)


def _parted(line: Line) -> Iterator[Symbol]:
    """Yield the names of which one part is a factor of a matrix product: `x` of `x[t] @ W`."""
    for node in walk(line.formula.parts[1:]):
        match node:
            case Product(factors=factors):
                sides: Sequence[Node] = factors
            case Call(function=function, arguments=arguments) if function in MATRIX_PRODUCTS:
                sides = arguments
            case _:
                continue
        for side in map(untransposed, sides):
            array = bare(side.child) if isinstance(side, Slice) and len(side.items) == 1 else None
            if isinstance(array, Name) and isinstance(side, Slice) and isinstance(side.items[0], Name):
                yield array.symbol


def _measured_behind(line: Line) -> Iterator[Symbol]:
    """Yield the name whose second axis a line measures: `m = x.shape[1]`."""
    value = bare(line.formula.parts[-1])
    if isinstance(value, Call) and value.function == "size_along":
        axis, array = value.arguments[1], bare(value.arguments[0])
        if isinstance(axis, Number) and axis.value == 1 and isinstance(array, Name):
            yield array.symbol


def _is_of_third(axis: Node) -> bool:
    return isinstance(axis, Number) and axis.value is not None and axis.value > 1


def picked(homes: Homes) -> frozenset[Slot]:
    """Return the names of a program that are the numbers of classes: `y_hat = np.argmax(A, axis=1)` is no output."""
    return frozenset(
        homes.slot(scope, line.target.key)
        for scope, line in _lines_of_code(homes)
        if line.target is not None
        and isinstance(value := bare(line.formula.parts[-1]), Call)
        and value.name[2].endswith(("argmax", "argmin", "argsort"))
    )


def arrays(homes: Homes, sided: frozenset[Slot]) -> frozenset[str]:
    """Return the words of names that have axes somewhere in a program: `t` of `t.shape[0]` and of `y - t`."""
    measured = (
        array.symbol
        for _, line in _lines_of_code(homes)
        for node in walk(line.formula.parts)
        if isinstance(node, Call) and node.function in ("size_along", "shape_of")
        if isinstance(array := bare(node.arguments[0]), Name)
    )
    with_sides = (
        symbol
        for scope in homes.scopes
        for key, symbol in scope.symbols.items()
        if homes.slot(scope, key) in sided
    )
    targets = (
        other
        for scope, line in _lines_of_code(homes)
        for one, other in differences(line)
        if is_array_by_name(scope, one)
    )
    return frozenset(word_of(one) for one in (*measured, *with_sides, *targets))


def _lines_of_code(homes: Homes) -> Iterator[tuple[Scope, Line]]:
    return ((scope, line) for scope in homes.scopes if scope.code for line in scope.lines)


def remade(homes: Homes) -> frozenset[Slot]:
    """Return the names of notes that have no shape of their own.

    `W_f = W_f[:, :n_a]` is made of itself with another shape, `dz/dW` is a derivative of an array by an array, which
    people multiply in the order of the chain rule, and `W_{21}` may be an entry.
    """
    cut = {
        homes.slot(scope, line.target.key)
        for scope in homes.scopes
        for line in scope.lines
        if not scope.code and line.target is not None and line.updates and _cuts(line)
    }
    derivatives = {
        homes.slot(scope, key)
        for scope in homes.scopes
        if not scope.code
        for key in scope.symbols
        if "/" in key or scope.symbols[key].base == PAIR
    }
    return frozenset(cut | derivatives)


def _may_be_matrix(symbol: Symbol) -> bool:
    """Of names side by side capitals, and those of a layer, are matrices; `c X` may scale."""
    if not symbol.flags & UNDECLARED:
        return True
    word = word_of(symbol).lstrip("d")
    return word[:1].isupper() or "[" in word


def _cuts(line: Line) -> bool:
    """Say whether a formula takes a part of its own target."""
    value = bare(line.formula.parts[1])
    return isinstance(value, Slice) and core(value.child)[0] is line.target
