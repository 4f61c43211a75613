"""A plan and the shape of a target in, the variants that reach it out, with a sum around them where that helps."""

from functools import partial

from shapelint.infer.environment import Environment
from shapelint.repair.costs import DROP, SUM
from shapelint.repair.expressions import ATOM, PRODUCT, Around, Expression, Front, opened
from shapelint.repair.joining import Agree, equal, join
from shapelint.repair.kinds import PLUS
from shapelint.repair.plan import Bracket, Joined, Leaf, Plan, Scaled, as_it_stands, wrapped
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
    update = plan if isinstance(plan, Joined) and _is_update(plan, target) else None
    found = _of_shape(table, target, search, environment, equal, update is None)
    if update is not None:
        found += _with_summed_step(update, target, search, environment)
    if all(DROP in one.edits for one in found):  # layer l may be layer 2
        agree = partial(may_be_equal, environment)
        found = _of_shape(table, target, search, environment, agree, update is None)
    return sorted((one for one in found if one.cost <= budget), key=lambda one: one.cost)


def _is_update(plan: Joined, target: Shape) -> bool:
    """Say whether a side begins with what has the shape that is needed: `b - rate * grad`."""
    return plan.kind == PLUS and isinstance(plan.left, Leaf) and plan.left.shape == target


def _with_summed_step(plan: Joined, target: Shape, search: Search, environment: Environment) -> list[Variant]:
    """Put a sum over the examples around what is added, inside its factors: `b - rate * sum(grad)`."""
    step = plan.right
    around: list[Scaled | Bracket] = []
    while isinstance(step, Scaled | Bracket):
        around.append(step)
        step = step.child
    axis, found = environment.examples_axis, []
    for one in _summed(search.variants(step), target, search, axis, equal):
        expression = one.expression
        for outer in reversed(around):
            expression = wrapped(outer, expression)
        whole = join(plan, plan.kind, as_it_stands(plan.left), expression, search.hand)
        found.append(one._replace(expression=whole, touched=(*one.touched, step.span)))
    return found


def may_be_equal(environment: Environment, one: Size, other: Size) -> bool:
    """Say whether nothing tells that two sizes differ; a 1 is equal to nothing else."""
    return one == other or (1 not in (one, other) and environment.same(one, other) is None)


def _of_shape(
    table: dict[Shape, list[Variant]],
    target: Shape,
    search: Search,
    environment: Environment,
    agree: Agree,
    summed: bool,
) -> list[Variant]:
    """Return the variants that have the target's shape, and with `summed` those that have it with a sum around them."""
    found = [one for shape in table if fits(shape, target, agree) for one in table[shape]]
    if all(size == 1 for size in target):
        found += [
            one
            for shape, ones in table.items()
            if shape != target and all(s == 1 for s in shape)
            for one in ones
        ]
    if summed:
        found += _summed(table, target, search, environment.examples_axis, agree)
    return found


def _summed(
    table: dict[Shape, list[Variant]], target: Shape, search: Search, axis: int, agree: Agree
) -> list[Variant]:
    """Return the variants that reach a target with a sum around them: a column like a bias, of one axis or two."""
    if len(target) != 1 and not (len(target) == 2 and target[axis] == 1):
        return []
    size = target[0] if len(target) == 1 else target[1 - axis]
    return _with_sum(table, size, search, axis, len(target) == 2, agree)


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
