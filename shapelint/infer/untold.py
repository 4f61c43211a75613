"""A formula that fits in, what of it nothing tells out: with a name of no known shape nothing was checked.

A shape that was made up so that the formula fits is none that is known: it would have fitted whatever stood there.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple, TypeAlias

from shapelint.documents.statements import Statement
from shapelint.infer.environment import Environment
from shapelint.infer.formula import Verdict, work_out
from shapelint.infer.judged import Judged
from shapelint.infer.record import record
from shapelint.infer.rules import evaluation
from shapelint.infer.section import Section
from shapelint.operators import MATRIX, SIGNS
from shapelint.patterns import lazy
from shapelint.shapes import MaybeShape, Shape, settled
from shapelint.sizes import Unknown
from shapelint.source import Span
from shapelint.symbol import Symbol, variable_of
from shapelint.tree import Call, Formula, Name, Node, Product, Sum, span_of, untransposed, walk


class Untold(NamedTuple):
    """What of a formula nothing tells: its place, the name that it is, None where it is what an operation gives.

    `fitted` is true where the formula alone says what shape the name would need, which is `shape` as far as it says.
    """

    span: Span
    symbol: Symbol | None
    fitted: bool = False
    shape: MaybeShape = None


def untold(section: Section, judged: Judged) -> Untold | None:
    """Return the first thing in an open formula of which nothing says what shape it has, None where it has none."""
    verdict = judged.verdict
    formula = section.read(judged.statement).formula
    if formula is None or verdict is None:
        return None
    environment = section.environment(verdict.reading)
    return next(_untold(section, judged, formula, environment), None)


def _untold(section: Section, judged: Judged, formula: Formula, environment: Environment) -> Iterator[Untold]:
    assert judged.verdict is not None
    alone = len(formula.parts) == 1
    target = untransposed(formula.parts[0])
    made = target.symbol.key if isinstance(target, Name) and not alone else ""
    found = record(formula, environment, judged.verdict.choices)
    met = [node for node in walk(formula.parts[not alone :]) if found.was_met(node)]
    met.sort(key=lambda node: (node.start, -node.end))
    names = [node for node in met if isinstance(node, Name) and node.symbol.key != made]
    for node in names:
        if found.met(node) is None:
            yield Untold(span_of(node), node.symbol)
    for node in names:
        told = section.found.get(node.symbol.key) or section.found.get(node.symbol.object_key)
        if told is not None and told.fitted and told.start == judged.statement.start:
            yield Untold(span_of(node), node.symbol, True, settled(found.met(node)))
    for part in reversed(met):  # the innermost before what it stands in
        if found.met(part) is None and not isinstance(part, Name):
            yield Untold(span_of(part), None)


_SPELLED = lazy(r"[^\W\d_]+(?:\[(?:\d|l)\])?(?:[·°]\w*)?\Z")


def maker(section: Section, judged: Judged, symbol: Symbol) -> Span | None:
    """Return the line that makes a name without telling its shape, None where there is no other."""
    for one in _made(section).get(variable_of(symbol.key), ()):
        if one.start != judged.statement.start:
            return Span(one.start, one.end)
    return None


@lru_cache(maxsize=2)
def _made(section: Section) -> Mapping[str, Sequence[Statement]]:
    """Return the statements of a section by the key of what they make."""
    found: dict[str, list[Statement]] = {}
    for one in section.statements:
        symbol = None if section.code else section.names.symbol(one.head)
        key = one.head if section.code else section.names.undeclared(one.head).key
        found.setdefault(symbol.key if symbol is not None else key, []).append(one)
    return found


def fitting(section: Section, judged: Judged, found: Untold) -> MaybeShape:
    """Return a shape that a name may be given so that nothing is wrong where it is used; None where none is known."""
    formula = section.read(judged.statement).formula
    verdict = judged.verdict
    if found.symbol is None or formula is None or verdict is None or found.symbol.gradient:
        return None
    if not _SPELLED.match(found.symbol.key):
        return None  # nobody can declare `v[t-1]`
    if found.fitted:
        candidates = [found.shape] if found.shape is not None else []
    else:
        candidates = list(_candidates(section, formula, verdict, found.symbol))
    uses = _uses(section, found)
    candidates = [shape for shape in candidates if _is_whole(shape)]
    return next((shape for shape in candidates if all(_fits(one, found.symbol, shape) for one in uses)), None)


_Use: TypeAlias = tuple[Formula, Environment]


def _candidates(section: Section, formula: Formula, verdict: Verdict, symbol: Symbol) -> Iterator[Shape]:
    """Yield shapes that a name of a formula may have: below what it is added to, a number, that of another part."""
    recorded = record(formula, section.environment(verdict.reading), verdict.choices)
    whole = settled(verdict.target)
    sums = [node for node in walk(formula.parts) if isinstance(node, Sum) and _is_term(node, symbol)]
    if sums and whole is not None and len(whole) == 2:
        if any(sign[2] != "+" for node in sums for sign in node.signs):
            yield whole  # labels are as large as what they are taken from
        yield (whole[0], 1) if section.examples_in_columns else (1, whole[1])
    if (
        not sums
        and whole is not None
        and not any(_takes_matrices(one, symbol) for one in walk(formula.parts))
    ):
        yield ()
    for node in walk(formula.parts):
        shape = settled(recorded.met(node))
        if shape:
            yield shape


def _is_whole(shape: Shape) -> bool:
    """Say whether every size of a vector's or a matrix's shape has a name."""
    return len(shape) <= 2 and not any(isinstance(size, Unknown) for size in shape)


def _is_term(node: Sum, symbol: Symbol) -> bool:
    return any(isinstance(one, Name) and one.symbol is symbol for one in node.terms)


def _takes_matrices(node: Node, symbol: Symbol) -> bool:
    """Say whether a node is a product with a name that is no number: a sign of it is that of matrices."""
    if isinstance(node, Call):
        return any(isinstance(one, Name) and one.symbol is symbol for one in node.arguments)
    if not isinstance(node, Product) or not any(SIGNS[sign[2]] is MATRIX for sign in node.signs):
        return False
    return any(isinstance(one, Name) and one.symbol is symbol for one in map(untransposed, node.factors))


def _uses(section: Section, found: Untold) -> Sequence[_Use]:
    """Return the formulas of a section that have a name, each with what is known of its other names."""
    written = section.text[found.span.start : found.span.end]
    uses: list[_Use] = []
    for one in section.statements:
        if len(uses) < _MOST_USES and section.text.find(written, one.start, one.end) >= 0:
            read = section.read(one)
            if read.formula is not None:
                uses.append((read.formula, section.environments(read.formula, read.flags)[0]))
    return uses


_MOST_USES = 50


def _fits(use: _Use, symbol: Symbol, shape: Shape) -> bool:
    formula, environment = use
    evaluated = evaluation(environment.assuming({symbol: shape}))
    work_out(formula, evaluated)
    return not evaluated.problems
