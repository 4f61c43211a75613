"""One formula in, a verdict out: the readings that notation and names allow are tried, the one that fits is taken.

"Fits" means: makes the whole formula right, its target included. Where none fits, the problems are those of
the first reading.
"""

from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import NamedTuple

from shapelint.infer.algebra import is_before_brackets
from shapelint.infer.environment import Environment, Reading, is_cost
from shapelint.infer.evaluation import NO_CHOICES, Choices, Evaluation
from shapelint.infer.learn import Learner
from shapelint.infer.rules import evaluation
from shapelint.infer.stacks import SIDE_BY_SIDE
from shapelint.infer.sums import OVER_ALL, index_of
from shapelint.operators import (
    DOT,
    ELEMENTWISE,
    MATRIX_PRODUCTS,
    NEXT_TO,
    OUTER,
    SCALES,
    SIGNS,
    STAR,
    UPDATES,
)
from shapelint.problems import OuterBroadcast, Problem, TargetShape
from shapelint.shapes import SCALAR, Clash, MaybeShape, Shape, broadcast, is_scalar
from shapelint.sizes import Size, resolve, same
from shapelint.source import Span
from shapelint.tree import (
    BigSum,
    Call,
    Formula,
    Keyword,
    Name,
    Node,
    Number,
    Power,
    Product,
    Stack,
    Sum,
    Transpose,
    bare,
    untransposed,
    walk,
)

_MOST_SINGLE = 24  # doubtful signs that are tried one by one
_MOST_POINTS = 6  # readings of more doubtful signs than these are tried one by one and all together


class Verdict(NamedTuple):
    """What one formula comes to: `problems` is empty where it fits.

    `choices` are the signs and sums that were read against their first reading. `told` is false where the
    shape of the target or of the right side cannot be told. `matrix` is true where a matrix product has a
    sign of its own, so that `*` is none. `sums` counts those that do not say over what. `needed` holds the
    sizes without whose second value it would not fit. `unknown` is true where a part was met of no known shape.
    """

    problems: tuple[Problem, ...]
    reading: Reading
    choices: Choices
    told: bool
    matrix: bool
    sums: int
    outer: tuple[OuterBroadcast, ...]
    target: MaybeShape
    needed: tuple[tuple[str, Size], ...] = ()
    unknown: bool = False


def judge(
    formula: Formula, environments: list[Environment], star: str, learner: Learner | None = None
) -> Verdict:
    """Return the verdict on a formula under the first reading that fits, or the first of all."""
    first: Verdict | None = None
    forced = _forced(formula, star)
    for environment in environments:
        verdict = _verdict(formula, environment, forced, learner)
        if not verdict.problems:
            if first is not None and verdict.reading.columns != first.reading.columns:
                verdict = verdict._replace(needed=verdict.reading.columns)
            return verdict
        first = first or verdict
        if learner is not None:
            learner.undo()
    assert first is not None
    if len(_points(formula, star)) > _MOST_POINTS and not forced:
        for environment in environments:
            verdict = _yielding(formula, environment)
            if not verdict.problems:
                return verdict
    for choices in _choices(formula, star, forced):
        for environment in environments:
            verdict = _verdict(formula, environment, choices, learner)
            if not verdict.problems:
                return verdict
            if learner is not None:
                learner.undo()
    return first


def _verdict(
    formula: Formula, environment: Environment, choices: Choices, learner: Learner | None
) -> Verdict:
    found = evaluation(environment, learner, choices)
    target, told = work_out(formula, found)
    return Verdict(
        tuple(found.problems),
        environment.reading,
        choices,
        told,
        found.products > 0,
        found.sums,
        tuple(found.outer),
        target,
        unknown=found.unknown,
    )


def _yielding(formula: Formula, environment: Environment) -> Verdict:
    """Return the verdict on a long formula whose doubtful signs yield one by one, from the left."""
    found = evaluation(environment)
    found.yielding = {}
    work_out(formula, found)
    return _verdict(formula, environment, found.yielding, None)


def work_out(formula: Formula, found: Evaluation) -> tuple[MaybeShape, bool]:
    """Work out every part of a formula against its target; return the target's shape, and whether all is told."""
    target_node, *values = formula.parts
    target = None if _is_of_argument(target_node) else found.shape(target_node)
    if isinstance(target_node, Product | Power | Sum) or (
        isinstance(target_node, Call) and target_node.function != "cost"
    ):
        target = None  # `f(x) = …` says nothing about the shape of f
    told = True
    for sign, value in zip(formula.signs, values, strict=True):
        failed = len(found.problems)
        shape = found.shape(value)
        if len(found.problems) > failed:
            continue
        if target is None and shape is not None and not _is_start_value(value) and sign[2] not in UPDATES:
            target = shape if found.learn(target_node, shape) is not None else None
            told = told and target is not None
        elif shape is None and target is not None:
            if sign[2] not in SCALES:  # `dW *= scale`: a number, as a rule
                found.learn(value, target)
            told = False
        elif target is None or shape is None:
            told = False
        else:
            _against_target(found, target_node, target, sign[2], value, shape)
    return target, told and target is not None


def _is_of_argument(node: Node) -> bool:
    """Say whether a formula says what a function is, by a letter that has a shape elsewhere: `h(x) = W x`."""
    return isinstance(node, Product) and len(node.factors) == 2 and is_before_brackets(*node.factors)


def _against_target(
    found: Evaluation, target_node: Node, target: Shape, sign: str, value: Node, shape: Shape
) -> None:
    if target == shape or (is_scalar(target) and is_scalar(shape)) or _is_start_value(value):
        return
    if isinstance(value, Call) and value.function == "followed":
        return  # what is wrong in a function is told there
    if not shape and found.environment.code and _is_slope(value):
        return  # `dW = (J_plus - J_minus) / (2 * epsilon)`: one entry of it, to check the gradient by
    added = sign in UPDATES
    if added and target == SCALAR and not found.environment.code:
        return  # `J += …` in pseudo code: what is added up is one example's
    if added and not found.environment.code and _are_of_one_example(target, shape):
        return  # `db += dz` goes through the examples one by one
    if added:
        together = broadcast(target, shape, found.equal)
        if type(together) is not Clash and len(together) == len(target) and _equal(found, together, target):
            return
    elif len(target) == len(shape) and _equal(found, target, shape):
        return
    elif (
        not found.environment.code
        and (len(target), len(shape)) == (1, 2)
        and 1 in shape
        and not any(isinstance(node, Keyword) for node in walk([value]))
        and _equal(found, target, shape[1:] if shape[0] == 1 else shape[:1])
    ):
        return  # in notes `(n,)` is a vector, lying or standing, unless NumPy is asked to keep the axis
    if _is_cost_of_one_output(found.environment, target_node, target, shape):
        return
    gradient = None
    if isinstance(name := _core(target_node), Name) and name.symbol.gradient:
        gradient = name.symbol.object_key
    operand = found.operand(target_node.start, target_node.end, target)
    frozen = tuple(resolve(size) for size in shape)
    span, multiplied = Span(value.start, value.end), _is_multiplied(value)
    found.problems.append(TargetShape(span, operand, frozen, gradient, added, multiplied))


def _is_multiplied(value: Node) -> bool:
    """Say whether a value is a product of several factors, whatever else stands around it."""
    value = untransposed(value)
    if isinstance(value, Call):
        return value.function in MATRIX_PRODUCTS
    return isinstance(value, Product)


def _is_slope(value: Node) -> bool:
    """Say whether one cost is taken from another."""
    return any(
        isinstance(node, Sum)
        and [sign[2] for sign in node.signs] == ["-"]
        and all(isinstance(term := bare(one), Name) and is_cost(term.symbol) for one in node.terms)
        for node in walk([value])
    )


def _are_of_one_example(target: Shape, shape: Shape) -> bool:
    """Say whether what is added to a column has m of them: in pseudo code one example's is meant."""
    return len(target) == len(shape) and all(
        resolve(one) == resolve(other) or (one == 1 and resolve(other) == "m")
        for one, other in zip(target, shape, strict=True)
    )


def _equal(found: Evaluation, left: Shape, right: Shape) -> bool:
    return all(found.equal(one, other) for one, other in zip(left, right, strict=True))


def _is_start_value(value: Node) -> bool:
    """`dW1 = 0` sets a start; it says nothing about the shape."""
    return isinstance(bare(value), Number)


def _is_cost_of_one_output(environment: Environment, node: Node, target: Shape, shape: Shape) -> bool:
    """A cost is no wrong target where n_y = 1 would make it a scalar: `J = -np.dot(Y, np.log(A2).T)`."""
    if target != SCALAR or not isinstance(node, Name | Call):
        return False
    if isinstance(node, Name) and not is_cost(node.symbol):
        return False
    outputs = environment.stated(("n[L]",))[0]
    return all(size == 1 or same(resolve(size), outputs) is not False for size in shape)


def _core(node: Node) -> Node:
    while isinstance(node, Transpose):
        node = node.child
    return bare(node)


def readings_of(formula: Formula, star: str) -> Iterator[Choices]:
    """Yield how the doubtful signs and sums of a formula may be read, the likeliest first."""
    forced = _forced(formula, star)
    yield forced
    yield from _choices(formula, star, forced)


def _forced(formula: Formula, star: str) -> Choices:
    """Where a document uses `*` for the matrix product, every `*` is one."""
    if star != "product":
        return NO_CHOICES
    return {place: DOT for place, reading in _points(formula, star) if reading == DOT}


def _choices(formula: Formula, star: str, forced: Choices) -> Iterator[Choices]:
    """Yield other readings of the doubtful signs and sums: the fewest changes first."""
    points = [point for point in _points(formula, star) if point[0] not in forced]
    sizes: Sequence[int] = range(1, len(points) + 1)
    if len(points) > _MOST_POINTS:  # each is tried alone, then all together; of very many, only all
        sizes = (1, len(points)) if len(points) <= _MOST_SINGLE else (len(points),)
    for size in sizes:
        for some in combinations(points, size):
            yield {**forced, **dict(some)}


def _points(formula: Formula, star: str) -> list[tuple[int, str]]:
    """Return the places where another reading is allowed, with that reading."""
    points: list[tuple[int, str]] = []
    for node in walk(formula.parts):
        if isinstance(node, Product):
            for sign in node.signs:
                meaning = SIGNS[sign[2]]
                if meaning is NEXT_TO:
                    points.append((sign[0], ELEMENTWISE))
                elif sign[2] == "⊗":
                    points.append((sign[0], OUTER))
                elif meaning is STAR and star in ("product", "either"):
                    points.append((sign[0], DOT))
        elif (isinstance(node, Call) and node.function == "noted_total" and len(node.arguments) == 1) or (
            isinstance(node, BigSum) and not index_of(node.sign)
        ):
            points.append((-1 - node.start, OVER_ALL))
        elif isinstance(node, Stack) and node.separator == ",":
            points.append((-1 - node.start, SIDE_BY_SIDE))
    return sorted(points)
