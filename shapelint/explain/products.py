"""The words for matrix products and elementwise operations."""

from collections.abc import Callable
from typing import Any

from shapelint.diagnostic import Diagnostic, Edit, Fix
from shapelint.explain.context import Context, diagnostic, operand_labels
from shapelint.explain.phrases import count
from shapelint.operators import DIVIDE, ELEMENTWISE, SIGNS, STAR
from shapelint.problems import (
    AmbiguousProduct,
    AmbiguousSum,
    InnerSizes,
    OuterBroadcast,
    ScalarProduct,
    StackSizes,
    UnequalShapes,
)
from shapelint.source import Span


def _inner_sizes(context: Context, problem: InnerSizes) -> Diagnostic:
    left, right = problem.left, problem.right
    spellings = context.spellings()
    columns = count(left.shape[-1], "column" if len(left.shape) > 1 else "entry", spellings)
    rows = count(right.shape[0], "row" if len(right.shape) > 1 else "entry", spellings)
    return diagnostic(
        "inner-sizes",
        f"{context.quoted(left.span)} has {_entries(columns)}, but {context.quoted(right.span)} has {_entries(rows)}",
        problem.span,
        context=context,
        marks=_marks(context, problem.sign),
        labels=operand_labels(context, left, right),
        notes=(
            "a matrix product needs as many columns on the left as rows on the right",
            *target_note(context),
        ),
    )


def _marks(context: Context, sign: Span) -> tuple[Span, ...]:
    """Mark a sign without the blanks around it, or the blank itself; the comma of a call's arguments is none."""
    text = context.source.slice(sign)
    if not text.strip():
        return (sign,) if text else ()
    start = sign.start + len(text) - len(text.lstrip())
    return () if text.strip() == "," else (Span(start, start + len(text.strip())),)


def _entries(text: str) -> str:
    return text.replace("entrys", "entries")


def _scalar_product(context: Context, problem: ScalarProduct) -> Diagnostic:
    scalar = problem.right if problem.left.shape else problem.left
    called = context.source.slice(Span(problem.span.start, problem.left.span.start)).rstrip("( ")
    return diagnostic(
        "inner-sizes",
        f"{context.quoted(scalar.span)} is a scalar, but `{called or '@'}` needs a matrix on both sides",
        problem.span,
        context=context,
        marks=_marks(context, problem.sign),
        labels=operand_labels(context, problem.left, problem.right),
        notes=("a scalar multiplies with `*`", *target_note(context)),
    )


def _unequal_shapes(context: Context, problem: UnequalShapes) -> Diagnostic:
    left, right = problem.left, problem.right
    message = (
        f"{context.quoted(left.span)} is {context.shape(left.shape)}, "
        f"but {context.quoted(right.span)} is {context.shape(right.shape)}"
    )
    return diagnostic(
        "unequal-shapes",
        message,
        problem.span,
        context=context,
        marks=(problem.sign,) if _is_sign(problem.operator) else (),
        labels=operand_labels(context, left, right),
        notes=(_elementwise_rule(problem.operator), *target_note(context)),
    )


def _is_sign(operator: str) -> bool:
    return not operator[:1].isalpha() and operator not in ("", "^")


def _elementwise_rule(operator: str) -> str:
    """Say what an elementwise operation needs, by the name of the operation."""
    meaning = SIGNS.get(operator)
    if operator in ("+", "-"):
        what = "a sum" if operator == "+" else "a difference"
    elif meaning is DIVIDE:
        what = "an elementwise quotient"
    elif meaning in (STAR, ELEMENTWISE):
        what = f"the elementwise product `{operator}`"
    elif operator[:1].isalpha():
        what = f"`{operator}`"
    else:
        what = "an elementwise operation"
    return f"{what} needs equal shapes, or a size of 1 where they differ"


def _stack_sizes(context: Context, problem: StackSizes) -> Diagnostic:
    first, second = problem.first, problem.second
    spellings = context.spellings()
    axis, thing, how = (-1, "column", "on top of each other") if problem.below else (0, "row", "side by side")
    one, other = (count(part.shape[axis], thing, spellings) for part in (first, second))
    return diagnostic(
        "stack-sizes",
        f"{context.quoted(first.span)} has {one}, but {context.quoted(second.span)} has {other}",
        problem.span,
        context=context,
        labels=operand_labels(context, first, second),
        notes=(f"parts stacked {how} need the same number of {thing}s", *target_note(context)),
    )


def _outer_broadcast(context: Context, problem: OuterBroadcast) -> Diagnostic:
    left, right = problem.left, problem.right
    message = (
        f"{context.quoted(left.span)} is {context.shape(left.shape)} and {context.quoted(right.span)} is "
        f"{context.shape(right.shape)}: "
    )
    note = "a column and a row are blown up to a whole matrix here; with more than one output this would fail"
    if problem.general:
        message += f"they fit only where {problem.size} is 1"
        note = f"this program makes its arrays for any {problem.size}: with more than one output this line would fail"
    elif problem.size:
        message += f"they fit only because {problem.size} is 1"
    else:
        flat = left if len(left.shape) == 1 else right
        whole = context.shape((*flat.shape, *flat.shape))
        message += f"together they become {whole}"
        note = (
            f"an array of one axis counts as a row: every entry meets every other. Both as columns: "
            f"{context.quoted(flat.span)} with `.reshape(-1, 1)` behind it"
        )
    return diagnostic(
        "unequal-shapes" if problem.general else "outer-broadcast",
        message,
        problem.span,
        context=context,
        marks=_marks(context, problem.sign),
        labels=operand_labels(context, left, right),
        notes=(note, *target_note(context)),
    )


def _ambiguous_product(context: Context, problem: AmbiguousProduct) -> Diagnostic:
    taken, other = ("matrix", "elementwise") if problem.matrix else ("elementwise", "matrix")
    sign = context.source.slice(problem.sign).strip()
    what = f"`{sign}`" if sign else "writing two factors side by side"
    where = " in this document" if problem.everywhere else " here"
    clear = context.hand.sign(taken).strip()
    found = diagnostic(
        "ambiguous-product",
        f"{what} is read as the {taken} product{where}: the {other} product does not fit",
        problem.span,
        context=context,
        marks=(problem.sign,) if sign else (),
        labels=operand_labels(context, problem.left, problem.right),
        notes=(
            f"write {f'`{clear}`' if clear else 'the factors side by side'} to make it clear to every reader",
        ),
    )
    if not sign or not clear or problem.everywhere or not _stand_beside(context, problem):
        return found  # another sign would bind otherwise, or one change is not enough
    return found._replace(notes=(), fix=_clearer(context, problem, clear), cause="product")


def _stand_beside(context: Context, problem: AmbiguousProduct) -> bool:
    """Say whether nothing but the sign stands between the two sides."""
    return problem.left.span.end <= problem.sign.start and problem.sign.end <= problem.right.span.start


def _clearer(context: Context, problem: AmbiguousProduct, clear: str) -> Fix:
    """Put the sign that says which product it is in the place of the one that does not."""
    sign, text = problem.sign, context.source.slice
    written = text(sign)
    start = sign.start + len(written) - len(written.lstrip())
    end = start + len(written.strip())
    left, right = text(Span(problem.left.span.start, start)), text(Span(end, problem.right.span.end))
    new = clear if not clear.startswith("\\") or right[:1].isspace() else f"{clear} "
    message = f"write `{' '.join(f'{left}{new}{right}'.split())}`"
    return Fix(message, "every reader takes it so", "unsafe", (Edit(Span(start, end), new),), "product")


def _ambiguous_sum(context: Context, problem: AmbiguousSum) -> Diagnostic:
    over, other = ("the examples", "everything") if problem.over_examples else ("everything", "the examples")
    term = context.source.slice(problem.operand.span)
    before, after = context.hand.total(1)
    clear = f"{before}{term}{after}" if problem.over_examples else f"np.sum({term})"
    return diagnostic(
        "ambiguous-sum",
        f"{context.quoted(problem.span)} is read as the sum over {over}: over {other} it does not fit",
        problem.span,
        context=context,
        labels=operand_labels(context, problem.operand),
        notes=(f"write `{clear}` to make it clear to every reader",),
    )


def target_note(context: Context) -> tuple[str, ...]:
    """Say what the target of the formula must be, and why."""
    target = context.target
    if target is None or target.shape is None:
        return ()
    shape = context.shape(target.shape)
    if target.gradient_of is None:
        return (f"`{target.text}` is {shape}",)
    return (f"`{target.text}` must be {shape}, {layout_word(context)} of `{target.gradient_of}`",)


def layout_word(context: Context) -> str:
    """Say how a gradient lies beside its object in this layout."""
    numerator = context.section is not None and context.section.numerator
    return "the transpose of the shape" if numerator else "the shape"


WORDS: dict[type, Callable[[Context, Any], Diagnostic]] = {
    InnerSizes: _inner_sizes,
    ScalarProduct: _scalar_product,
    UnequalShapes: _unequal_shapes,
    StackSizes: _stack_sizes,
    OuterBroadcast: _outer_broadcast,
    AmbiguousProduct: _ambiguous_product,
    AmbiguousSum: _ambiguous_sum,
}
