"""What a text claims about a formula beside what the formula has: a comment, a brace, a row of shapes below it."""

from collections.abc import Iterator
from typing import NamedTuple

from shapelint.documents.claims import Claim
from shapelint.infer.environment import Environment
from shapelint.infer.formula import Verdict
from shapelint.infer.judged import Judged
from shapelint.infer.record import Recording, record
from shapelint.infer.section import Section
from shapelint.parse.notation import PYTHON
from shapelint.problems import ASSERTION, BELOW, BESIDE, BRACE, COMMENT, DOCSTRING, Operand
from shapelint.shapes import MaybeShape, Shape, settled
from shapelint.sizes import Size, layer_of, same
from shapelint.source import Span
from shapelint.tree import (
    Call,
    Compare,
    Formula,
    Name,
    Node,
    Number,
    Paren,
    Slice,
    Stack,
    Transpose,
    Tuple,
    bare,
    children,
)


class Contradiction(NamedTuple):
    """A shape that is claimed at a span, in a way (`COMMENT`, `BRACE`, `BELOW`), and the term that has another one."""

    span: Span
    claimed: Shape
    term: Operand
    way: str


def contradicts(section: Section, judged: Judged) -> bool:
    """Say whether a formula, or a claim about it, has another shape than is claimed."""
    return next(contradictions(section, judged), None) is not None


def contradictions(section: Section, judged: Judged) -> Iterator[Contradiction]:
    """Yield what is claimed of a formula that fits and is otherwise; of its terms, too."""
    verdict = judged.verdict
    if verdict is not None and judged.statement.notation.grammar == PYTHON:
        yield from _asserted(section, judged, verdict)
    claim = section.claims.get(judged.statement.start)
    if (
        verdict is None
        or verdict.problems
        or (claim is None and (judged.read is None or not judged.read.stated))
    ):
        return
    environment = section.environment(verdict.reading)
    if claim is not None and _differs(section, environment, claim.shape, verdict.target):
        operand = Operand(judged.statement.target, verdict.target or ())
        way = _way(section, judged, claim)
        yield Contradiction(claim.span, claim.shape, operand, way)
        return
    yield from _of_terms(section, judged, environment, claim)


def _asserted(section: Section, judged: Judged, verdict: Verdict) -> Iterator[Contradiction]:
    """Hold `assert dW.shape == W.shape` against what is known of both."""
    if not section.text.startswith("assert", judged.statement.start):
        return
    formula = section.read(judged.statement).formula
    asserted = formula.parts[0] if formula is not None else None
    if formula is None or not isinstance(asserted, Call) or len(asserted.arguments) != 2:
        return
    environment = section.environment(verdict.reading)
    found = record(formula, environment, verdict.choices)
    term, stated = asserted.arguments
    shape, claimed = settled(found.met(term)), settled(found.met(stated))
    written = any(isinstance(node, Tuple) for node in children(stated))  # `== (n, 1)`, and not `== W.shape`
    if shape is not None and claimed is not None and _differs(section, environment, claimed, shape, written):
        operand = Operand(Span(term.start, term.end), shape)
        yield Contradiction(Span(stated.start, stated.end), claimed, operand, ASSERTION)


def _way(section: Section, judged: Judged, claim: Claim) -> str:
    """Return where a shape is claimed; in a program the line says it."""
    if judged.statement.notation.writer is not None:
        return COMMENT  # nowhere else does Octave say one
    if judged.statement.notation.grammar == PYTHON:
        line = section.original[section.original.rfind("\n", 0, claim.span.start) + 1 : claim.span.start]
        return COMMENT if "#" in line else ASSERTION if "assert" in line else DOCSTRING
    if judged.statement.stated is None:
        return COMMENT
    return BELOW if claim.leaves else BESIDE


def _of_terms(
    section: Section, judged: Judged, environment: Environment, claim: Claim | None
) -> Iterator[Contradiction]:
    read = judged.read or section.read(judged.statement)
    if read.formula is None or judged.verdict is None or (not read.stated and not (claim and claim.leaves)):
        return
    found = record(read.formula, environment, judged.verdict.choices)
    places = {stated.start: stated for stated in read.stated}
    for node in _nodes(read.formula) if places else ():
        stated = places.get(node.start)
        if stated is None or not isinstance(node, Paren):
            continue  # a product may begin with what is under a brace
        del places[node.start]
        shape = settled(found.met(node))
        if _differs(section, environment, stated.shape, shape):
            term = bare(node)
            operand = Operand(Span(term.start, term.end), shape or ())
            yield Contradiction(stated.span, stated.shape, operand, BRACE)
    yield from _of_leaves(section, environment, claim, read.formula, found)


def _of_leaves(
    section: Section, environment: Environment, claim: Claim | None, formula: Formula, found: Recording
) -> Iterator[Contradiction]:
    """Hold the shapes of a row below a formula against its terms, if there are as many."""
    leaves = list(_leaves(formula.parts[1], found)) if claim is not None and claim.leaves else []
    if claim is None or len(leaves) != len(claim.leaves):
        return
    for stated, node in zip(claim.leaves, leaves, strict=True):
        shape = settled(found.met(node))
        if _differs(section, environment, stated.shape, shape):
            yield Contradiction(
                stated.span, stated.shape, Operand(Span(node.start, node.end), shape or ()), BELOW
            )


def _leaves(node: Node, found: Recording) -> Iterator[Node]:
    """Yield the terms of which a row of shapes speaks: matrices as they stand, scalars left out."""
    if isinstance(node, Number) or found.met(node) == ():
        return
    inner = bare(node)
    if isinstance(inner, Name | Call | Stack | Slice | Compare) or (
        isinstance(inner, Transpose) and isinstance(bare(inner.child), Name)
    ):
        yield inner
        return
    for child in children(inner):
        yield from _leaves(child, found)


def _nodes(formula: Formula) -> Iterator[Node]:
    """Yield every node, the outer ones first, from the left."""
    waiting = list(reversed(formula.parts))
    while waiting:
        node = waiting.pop()
        yield node
        waiting.extend(reversed(children(node)))


def _differs(
    section: Section, environment: Environment, claimed: Shape, shape: MaybeShape, written: bool = True
) -> bool:
    """Say whether a claimed shape is surely another one; a 1 that is `written` may count the units of a layer."""
    if shape is None:
        return False
    stated = environment.stated(claimed)
    if len(stated) != len(shape):
        return not (all(size == 1 for size in stated) and all(size == 1 for size in shape))
    outputs = environment.stated(("n[L]",))[0]
    for said, size in zip(stated, shape, strict=True):
        if said == 1 and section.solution is not None and _is_stated(section, size):
            return True
        if section.own(said) or (
            said == 1 and (size == outputs or (section.code and written and _is_a_layer(size)))
        ):
            continue
        if same(said, size) is False:
            return True
    return False


def _is_stated(section: Section, size: Size) -> bool:
    """Say whether the document itself writes a shape with this letter: who does so does not mean 1 by it."""
    assert section.solution is not None
    marks = section.solution.marks.get(size, frozenset())
    return any(isinstance(mark, tuple) and mark[0] == "stated" for mark in marks)


def _is_a_layer(size: Size) -> bool:
    """Say whether a size counts the units of a layer, of which there may be one."""
    return isinstance(size, str) and layer_of(size) is not None
