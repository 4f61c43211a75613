"""The verdicts of a section in, silent out where one example and all of them stand side by side.

`h = W^T x` beside `H = X W`: what the document says of x holds for all of them, so that the other has to be a column.
`dW = X^T dZ` beside `z = W^T x + b`: how all examples lie, no line says.
"""

from shapelint.infer.choose import Sheet
from shapelint.infer.environment import is_loss
from shapelint.infer.formula import judge
from shapelint.infer.judged import Judged
from shapelint.judge.case import Case
from shapelint.judge.hints import is_spelled_as_gradient
from shapelint.judge.lines import Line, Pair
from shapelint.judge.scopes import Scope
from shapelint.shapes import Shape
from shapelint.symbol import Symbol
from shapelint.tree import Name, walk

# What lies along the examples, in the letters that people have for all of them.
_BATCHES = frozenset(("X", "Y", "Yhat", "A", "Z", "H", "P"))


def without_single_steps(case: Case, number: int, judged: list[Judged]) -> list[Judged]:
    """Return the verdicts of a section, silent on steps for one example that others take for all."""
    if case.code or case.parts.plain:
        return judged  # a file of formulas may list right ones and slips
    scope = case.network.scopes[number]
    return [
        silenced(one)
        if one.verdict is not None
        and one.verdict.problems
        and (line := scope.line(place)) is not None
        and _is_of_one_example(case, line)
        else one
        for place, one in enumerate(judged)
    ]


def in_another_layout(case: Case, number: int, sheet: Sheet) -> list[Judged]:
    """Return the verdicts of a section, silent on gradients for all examples that fit if those lie the other way.

    Where every forward line is of one example, no line says whether all of them are columns or rows.
    """
    if case.code or case.of_the_course or not _is_all_of_one(case):
        return sheet.judged
    scope = case.network.scopes[number]
    return [
        silenced(one)
        if one.verdict is not None
        and one.verdict.problems
        and (line := scope.line(place)) is not None
        and _fits_turned(case, scope, sheet, one, line)
        else one
        for place, one in enumerate(sheet.judged)
    ]


def _is_all_of_one(case: Case) -> bool:
    """Say whether there are forward lines with a product, and all are of a vector in a small letter."""
    forward = (line for scope in case.network.scopes for line in scope.forward())
    steps = [line for line in forward if line.pairs and not is_loss(line.formula.parts[0])]
    targets = [line.target for line in steps if line.target is not None]
    return bool(targets) and all(one.base[:1].islower() for one in targets)


def _fits_turned(case: Case, scope: Scope, sheet: Sheet, one: Judged, line: Line) -> bool:
    """Say whether a line fits once what it has of all examples, which no line makes, lies the other way."""
    verdict = one.verdict
    if verdict is None:
        return False
    environment = next(iter(sheet.section.environments(line.formula, one.flags)))
    turned: dict[Symbol, Shape] = {}
    for symbol in (node.symbol for node in walk(line.formula.parts) if isinstance(node, Name)):
        shape = environment.shape(symbol)
        made = case.network.stands_for(scope, symbol) in case.network.defined
        if symbol.base in _BATCHES and shape and not made and sheet.section.stated(symbol) is None:
            turned[symbol] = shape[::-1]
    return (
        bool(turned) and not judge(line.formula, [environment.assuming(turned)], sheet.section.star).problems
    )


def silenced(one: Judged) -> Judged:
    """Return what was judged without a word about what does not fit."""
    if one.verdict is None or not one.verdict.problems:
        return one
    return one._replace(verdict=one.verdict._replace(problems=(), told=False))


def _is_of_one_example(case: Case, line: Line) -> bool:
    """Say whether another line works the same out for all examples, so that this one's data are a column."""
    if not _is_step(line):
        return False
    sides = (side.symbol for pair in line.pairs for side in (pair.left, pair.right))
    sections = [scope.section for scope in case.network.scopes]
    if not all(one is None or any(section.stated(one) for section in sections) for one in sides):
        return False  # the document does not say for how many examples its data are
    others = (one for scope in case.network.scopes for one in scope.lines if one is not line)
    return any(_is_step(one) and _are_one_and_all(line, one) for one in others)


def _is_step(line: Line) -> bool:
    """Say whether a line works out what is no gradient."""
    return line.target is not None and not line.target.gradient and not is_spelled_as_gradient(line.target)


def _are_one_and_all(line: Line, other: Line) -> bool:
    """Say whether two lines multiply the same names for one example and for all: `W^T x` beside `x W`."""
    named = [pair for pair in line.pairs if pair.left.symbol is not None and pair.right.symbol is not None]
    return bool(named) and all(any(_is_other_way(pair, one) for one in other.pairs) for pair in named)


def _is_other_way(pair: Pair, other: Pair) -> bool:
    """Say whether two products are of the same names, and one side stands transposed in one of them only."""
    sides = (pair.left.symbol, pair.right.symbol, other.right.symbol, other.left.symbol)
    left, right, one, two = (side.key if side is not None else "" for side in sides)
    turned = [
        pair.left.transposed != other.right.transposed,
        pair.right.transposed != other.left.transposed,
    ]
    return left != right and (left, right) == (one, two) and sum(turned) == 1
