"""The lines of a product: its scalars together, then each factor with the product that it completes."""

from shapelint.explain.analysis.leaves import is_number, is_plain_scalar
from shapelint.explain.analysis.lines import Lines, place
from shapelint.explain.analysis.stories import Side, repeated, scale, step_story
from shapelint.infer.record import Step
from shapelint.operators import DIVIDE, SOLVE
from shapelint.source import Span
from shapelint.tree import Node, Product, Sign

_OWN_SIGNS = frozenset(("⊙", "∘", "⊗", ".*"))


def add_product(lines: Lines, node: Product) -> None:
    """Write down a product; what its scalars do is said behind the last line."""
    factors = node.factors
    rest = [number for number, factor in enumerate(factors) if not _scales(lines, factor)]
    if not rest:  # `1/m * np.sum(losses)`: the last that is worked out is what the others scale
        rest = [number for number, factor in enumerate(factors) if not is_plain_scalar(lines, factor)][-1:]
    scaling = _add_scalars(lines, node, rest)
    for number in rest:
        lines.visit(factors[number])
        if (step := lines.found.step(factors[number])) is not None:
            add_step(lines, step, step.span, _sign(lines, step, node.signs[number - 1]))
    if lines.clashed(Span(node.start, node.end)):
        return
    shape = lines.found.met(node)
    if len(rest) > 1 and shape is not None and lines.found.step(factors[rest[-1]]) is None:
        lines.add(Span(factors[rest[0]].start, factors[rest[-1]].end), shape)
    lines.remark(scaling)


def add_step(lines: Lines, step: Step, span: Span, sign: str) -> None:
    """Write down what two operands come to; `span` is that of the whole operation."""
    story = step_story(lines.words, step, sign)
    if not step.fits:
        lines.add_clash(span, story)
        return
    sides = [Side(lines.words.text(side.span), side.shape) for side in (step.left, step.right)]
    lines.add(span, step.result, story, "" if step.matrix else repeated(sides, step.result))


def _scales(lines: Lines, factor: Node) -> bool:
    """Say whether a factor only scales the others."""
    return lines.found.met(factor) == () and lines.found.step(factor) is None


def _add_scalars(lines: Lines, node: Product, rest: list[int]) -> str:
    """Write down the factors outside of `rest`, those in front on one line; return what they do."""
    multipliers: list[str] = []
    divisors: list[str] = []
    for first, last in _runs(lines, node, rest):
        factor = node.factors[first]
        span = place(factor) if first == last else Span(factor.start, node.factors[last].end)
        if is_plain_scalar(lines, factor):
            if first < last or not is_number(factor):
                lines.add(span, ())
        else:
            lines.visit(factor)
        divides = first > 0 and lines.found.meaning(node.signs[first - 1]) in (DIVIDE, SOLVE)
        (divisors if divides else multipliers).append(lines.words.text(span))
    return scale(multipliers, divisors)


def _runs(lines: Lines, node: Product, rest: list[int]) -> list[tuple[int, int]]:
    """Return the stretches of scalar factors: `1/m` in front is one, behind a matrix each stands alone."""
    front = 0
    while front < len(node.factors) and is_plain_scalar(lines, node.factors[front]):
        front += 1
    behind = [(number, number) for number in range(front, len(node.factors)) if number not in rest]
    return [(0, front - 1), *behind] if front else behind


def _sign(lines: Lines, step: Step, sign: Sign) -> str:
    if step.matrix:
        return "*" if sign[2] == "mtimes" else "@"
    if lines.found.meaning(sign) is DIVIDE:
        return "/"
    return sign[2] if sign[2] in _OWN_SIGNS else "*"
