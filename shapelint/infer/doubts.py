"""What is right and yet worth a warning: signs and sums that only one reading saves."""

from collections.abc import Iterator

from shapelint.infer.environment import Environment, is_loss
from shapelint.infer.evaluation import Choices
from shapelint.infer.formula import Verdict, work_out
from shapelint.infer.record import Recording, record
from shapelint.infer.rules import evaluation
from shapelint.infer.section import Section
from shapelint.infer.sums import OVER_ALL, TYPESET, index_of
from shapelint.operators import DOT, ELEMENTWISE
from shapelint.parse.formulas import Read
from shapelint.patterns import lazy
from shapelint.problems import AmbiguousProduct, AmbiguousSum, OuterBroadcast, Problem
from shapelint.shapes import Shape
from shapelint.sizes import Size, resolve, write_size
from shapelint.source import Span
from shapelint.symbol import UNDECLARED
from shapelint.tree import BigSum, Call, Name, Product, is_of_function, walk


def doubts(section: Section, read: Read, verdict: Verdict) -> Iterator[Problem]:
    """Yield the warnings for a formula that fits."""
    assert read.formula is not None
    if verdict.problems:
        return
    if is_of_function(read.formula):
        return
    environment = section.environment(verdict.reading)
    found = record(read.formula, environment, verdict.choices)
    loss = is_loss(read.formula.parts[0])
    for node in walk(read.formula.parts):
        if isinstance(node, Product):
            yield from _product(node, verdict.choices, found, loss)
        elif verdict.sums and isinstance(node, Call | BigSum) and _is_open(node):
            yield from _sum(node, found, read, environment, verdict.choices)
    if verdict.outer and section.code:
        yield from _flat(section, verdict)
    if verdict.outer and section.ones:
        yield from _outer(section, read, verdict)


def _product(node: Product, choices: Choices, found: Recording, loss: bool) -> Iterator[Problem]:
    for place, sign in enumerate(node.signs):
        chosen = choices.get(sign[0])
        if chosen not in (ELEMENTWISE, DOT):
            continue
        left, right = node.factors[place], node.factors[place + 1]
        one, other = found.met(left), found.met(right)
        if one is None or other is None:
            continue  # what cannot be told is no reason to doubt a sign
        if chosen == ELEMENTWISE and one != other and (_is_spread(one) or _is_spread(other)):
            continue  # a column is spread over the examples: no matrix product is meant
        if loss and one == other and chosen == ELEMENTWISE:
            continue  # nobody misreads `y log a` in a loss: it is written so everywhere
        yield AmbiguousProduct(
            Span(left.start, right.end),
            Span(*sign[:2]),
            found.operand(left.start, left.end, one or ()),
            found.operand(right.start, right.end, other or ()),
            chosen == DOT,
            False,
        )


def _is_spread(shape: Shape) -> bool:
    """Say whether a shape is a column or a row beside a matrix."""
    return len(shape) == 2 and 1 in shape


def _is_open(node: Call | BigSum) -> bool:
    """Say whether a sum does not say over what it runs."""
    if isinstance(node, BigSum):
        return not index_of(node.sign) and node.sign[2] != TYPESET
    return node.function == "noted_total" and len(node.arguments) == 1


def _sum(
    node: Call | BigSum, found: Recording, read: Read, environment: Environment, choices: Choices
) -> Iterator[Problem]:
    """A sum without an axis is worth a word where only one of its readings is right."""
    target = read.formula.parts[0] if read.formula is not None else None
    if isinstance(target, Name) and target.symbol.flags & UNDECLARED:
        return  # a name of the document's own takes what comes
    place = -1 - node.start
    over_examples = place not in choices
    other = {key: value for key, value in choices.items() if key != place}
    if over_examples:
        other[place] = OVER_ALL
    if _fits(environment, read, other):
        return
    argument = node.child if isinstance(node, BigSum) else node.arguments[0]
    operand = found.operand(argument.start, argument.end, found.met(argument) or ())
    yield AmbiguousSum(Span(node.start, node.end), operand, over_examples)


_NEW_AXIS = lazy(r"\bNone\b|newaxis|reshape|expand_dims|unsqueeze|\[\s*:")


def _flat(section: Section, verdict: Verdict) -> Iterator[OuterBroadcast]:
    """A column and an array of one axis of as many entries: all pairs, which nobody means who adds no axis."""
    for outer in verdict.outer:
        shapes = sorted((outer.left.shape, outer.right.shape), key=len)
        sizes = [[resolve(size) for size in shape] for shape in shapes]
        alike = [len(one) for one in sizes] == [1, 2] and sizes[1] == [*sizes[0], 1]
        if alike and _may_be_many(sizes[0][0]) and not _NEW_AXIS.search(section.text, *outer.span):
            yield outer


def _may_be_many(size: Size) -> bool:
    """Say whether a size is known, and not 1."""
    return isinstance(size, str) or (isinstance(size, int) and size != 1)


def _outer(section: Section, read: Read, verdict: Verdict) -> Iterator[OuterBroadcast]:
    """A column and a row that fit only because a size is stated as 1: without that the formula is wrong."""
    assert read.formula is not None
    environments = section.without_ones(read.formula, read.flags)
    if any(_fits(environment, read, verdict.choices) for environment in environments):
        return
    general = section.solution.general if section.solution is not None else frozenset()
    sizes = sorted(write_size(atom, section.facts.spellings) for atom in general or section.ones)
    for outer in verdict.outer:
        yield outer._replace(size=" or ".join(sizes), general=bool(general))


def _fits(environment: Environment, read: Read, choices: Choices) -> bool:
    assert read.formula is not None
    found = evaluation(environment, None, choices)
    work_out(read.formula, found)
    return not found.problems
