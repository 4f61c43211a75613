"""The verdicts of a section in, silent out on a step for one example where another line works it out for all.

`h = W^T x` beside `H = X W`: what the document says of x holds for all of them, so that the other has to be a column.
"""

from shapelint.infer.judged import Judged
from shapelint.judge.case import Case
from shapelint.judge.hints import is_spelled_as_gradient
from shapelint.judge.lines import Line, Pair


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
