"""The words for a formula as a whole: its target, what is claimed of it, what is declared."""

from collections.abc import Callable
from typing import Any

from shapelint.diagnostic import Diagnostic, Label
from shapelint.explain.context import Context, diagnostic, operand_labels
from shapelint.explain.phrases import SAYERS
from shapelint.explain.products import target_note
from shapelint.problems import (
    COMMENT,
    DOCSTRING,
    BadAxis,
    ClaimedShape,
    DeclaredTwice,
    MixedConvention,
    NotSquare,
    TargetShape,
)
from shapelint.shapes import Shape

PRODUCT_OF_TRANSPOSES = (
    "the transpose of a product is the product of the transposes, the other way round: (A B)ᵀ = Bᵀ Aᵀ"
)


def _target_shape(context: Context, problem: TargetShape) -> Diagnostic:
    target, found = problem.target, problem.found
    name, term = context.quoted(target.span), context.quoted(problem.span)
    needed, given = context.shape(target.shape), context.shape(found)
    kind = _kind(target.shape, found)
    if kind == "transpose":
        message = f"{term} is {given}, the transpose of the {needed} that {name} needs"
    elif kind == "lost axis":
        message = f"{term} is {given}: an axis is gone, {name} needs {needed}"
    else:
        message = f"{term} is {given}, but {name} {'has to stay' if problem.added else 'needs'} {needed}"
    return diagnostic(
        "target-shape",
        message,
        problem.span,
        context=context,
        labels=operand_labels(context, target) + context.origins(problem.span),
        marks=(problem.span,),
        notes=(*_target_notes(context, problem, kind),),
    )


def _kind(target: Shape, found: Shape) -> str:
    if len(target) == 2 and found == target[::-1]:
        return "transpose"
    if len(found) == 1 and len(target) == 2 and found[0] in target:
        return "lost axis"
    return ""


def _target_notes(context: Context, problem: TargetShape, kind: str) -> tuple[str, ...]:
    notes: list[str] = []
    if problem.gradient_of is not None:
        notes += target_note(context)
    if kind == "transpose" and problem.multiplied:
        notes.append(PRODUCT_OF_TRANSPOSES)
    elif kind == "lost axis":
        notes.append("a sum along an axis drops that axis, unless `keepdims=True` keeps it with size 1")
    return tuple(notes)


def _claimed_shape(context: Context, problem: ClaimedShape) -> Diagnostic:
    found = context.shape(problem.target.shape)
    claimed = context.shape(problem.claimed)
    if problem.way in (COMMENT, DOCSTRING):  # as it stands there
        claimed = context.source.slice(problem.span)
    name = context.quoted(problem.target.span)
    return diagnostic(
        "claimed-shape",
        f"{SAYERS[problem.way]} {claimed}, but {name} is {found}",
        problem.span,
        context=context,
        marks=(problem.span,),
        labels=(Label(problem.target.span, found), *context.origins(problem.target.span)),
        notes=(f"write {found}, or change the formula if {claimed} is what you want",),
    )


def _declared_twice(context: Context, problem: DeclaredTwice) -> Diagnostic:
    here, there = context.shape(problem.declared), context.shape(problem.other.shape)
    said = f"`{problem.name}` is declared {here} here, but {there} elsewhere"
    note = "a name has one shape in a document: the later declaration is taken"
    if problem.by:
        said = f"`{problem.name}` is declared {here}, but `{problem.by}` is {there}"
        note = f"a gradient has the shape of its object: `{problem.name}` is {there}, as `{problem.by}` is"
    return diagnostic(
        "declared-twice",
        said,
        problem.span,
        context=context,
        marks=(problem.span,),
        labels=(Label(problem.other.span, f"`{problem.by or problem.name}` is {there} because of this"),),
        notes=(note,),
    )


def _not_square(context: Context, problem: NotSquare) -> Diagnostic:
    operand = problem.operand
    return diagnostic(
        "not-square",
        f"{context.quoted(operand.span)} is {context.shape(operand.shape)}: only a square matrix has "
        f"{'an' if problem.what[0] in 'aeiou' else 'a'} {problem.what}",
        problem.span,
        context=context,
        labels=operand_labels(context, operand),
        notes=target_note(context),
    )


def _bad_axis(context: Context, problem: BadAxis) -> Diagnostic:
    operand = problem.operand
    rank = len(operand.shape)
    axes = "no axis at all" if not rank else "only axis 0" if rank == 1 else f"only axes 0 to {rank - 1}"
    if rank == 2:
        axes = "only axis 0 (down the rows) and axis 1 (along the columns)"
    return diagnostic(
        "bad-axis",
        f"{context.quoted(operand.span)} is {context.shape(operand.shape)} and has no axis {problem.axis}",
        problem.span,
        context=context,
        labels=operand_labels(context, operand),
        notes=(f"it has {axes}", *target_note(context)),
    )


def _mixed_convention(context: Context, problem: MixedConvention) -> Diagnostic:
    return diagnostic(
        "mixed-convention",
        f"this formula fits the convention `{problem.other}`, the rest of the document `{problem.convention}`",
        problem.span,
        context=context,
        notes=("keep to one convention in a document, or say where it changes",),
    )


WORDS: dict[type, Callable[[Context, Any], Diagnostic]] = {
    TargetShape: _target_shape,
    ClaimedShape: _claimed_shape,
    DeclaredTwice: _declared_twice,
    NotSquare: _not_square,
    BadAxis: _bad_axis,
    MixedConvention: _mixed_convention,
}
