"""A plan and the shape of a target in, the variants that reach it out, with a sum around them where that helps."""

from functools import partial

from shapelint.infer.environment import Environment
from shapelint.repair.costs import DROP, SUM
from shapelint.repair.expressions import ATOM, PRODUCT, Around, Expression, Front, opened
from shapelint.repair.joining import Agree, equal
from shapelint.repair.plan import Plan
from shapelint.repair.variants import Search, Variant
from shapelint.shapes import Shape
from shapelint.sizes import Size


def reaching(plan: Plan, target: Shape | None, search: Search, environment: Environment) -> list[Variant]:
    """Return the variants within the budget that have the shape of a target, of any shape where there is none."""
    table, budget = search.variants(plan), search.budget
    if target is None:
        return sorted(
            (one for ones in table.values() for one in ones if one.cost <= budget), key=lambda one: one.cost
        )
    found = _of_shape(table, target, search, environment, equal)
    if all(DROP in one.edits for one in found):  # layer l may be layer 2
        found = _of_shape(table, target, search, environment, partial(may_be_equal, environment))
    return sorted((one for one in found if one.cost <= budget), key=lambda one: one.cost)


def may_be_equal(environment: Environment, one: Size, other: Size) -> bool:
    """Say whether nothing tells that two sizes differ; a 1 is equal to nothing else."""
    return one == other or (1 not in (one, other) and environment.same(one, other) is None)


def _of_shape(
    table: dict[Shape, list[Variant]], target: Shape, search: Search, environment: Environment, agree: Agree
) -> list[Variant]:
    """Return the variants that have the target's shape, and those that have it with a sum around them."""
    axis = environment.examples_axis
    found = [one for shape in table if fits(shape, target, agree) for one in table[shape]]
    if all(size == 1 for size in target):
        found += [
            one
            for shape, ones in table.items()
            if shape != target and all(s == 1 for s in shape)
            for one in ones
        ]
    if len(target) == 1 or (len(target) == 2 and target[axis] == 1):
        size = target[0] if len(target) == 1 else target[1 - axis]
        found += _with_sum(table, size, search, axis, len(target) == 2, agree)
    return found


def fits(shape: Shape, target: Shape, agree: Agree) -> bool:
    """Say whether a shape has as many axes as another, and all of their sizes agree."""
    return len(shape) == len(target) and all(map(agree, shape, target))


def _with_sum(
    table: dict[Shape, list[Variant]], size: Size, search: Search, axis: int, kept: bool, agree: Agree
) -> list[Variant]:
    """Put a sum over the examples around a whole side whose target is a column like a bias, of one axis or two."""
    found: list[Variant] = []
    for shape, ones in table.items():
        if len(shape) != 2 or not agree(shape[1 - axis], size) or not _may_count_examples(shape[axis]):
            continue
        for one in ones:
            if one.cost + SUM.cost <= search.budget:
                expression = _sum_of(one.expression, search.hand.total(axis, kept))
                found.append(Variant(one.cost + SUM.cost, (*one.edits, SUM), one.touched, expression))
    return found


def _may_count_examples(size: Size) -> bool:
    """Say whether a size is not that of a layer."""
    return size != 1 and not (isinstance(size, str) and size.startswith("n["))


def _sum_of(expression: Expression, around: tuple[str, str]) -> Expression:
    if isinstance(expression, Front):
        return Front(expression.text, _sum_of(expression.child, around))
    if around[1]:  # its own brackets are enough
        expression = opened(expression)
    return Around(around[0], expression, around[1], ATOM if around[1] else PRODUCT, False)
