"""How a shape comes about, in signs and a few words: `(n2, m) @ (m, n1) → (n2, n1)`."""

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple, TypeAlias

from shapelint.explain.phrases import count, shape_text
from shapelint.infer.record import Step
from shapelint.problems import BadAxis, NotSquare, StackSizes
from shapelint.shapes import MaybeShape, Shape
from shapelint.sizes import write_size
from shapelint.source import Source, Span

# What a call or a stack as a whole may be told for; a product is told where its factors are.
Stumble: TypeAlias = BadAxis | NotSquare | StackSizes

WRONG, UNSURE = "✗", "?"
_BROKEN = re.compile(r"(?<=[(\[{])\s*\n\s*|\s*\n\s*(?=[)\]}])")  # a line end just inside a bracket
_LONGEST_NAME = 20  # of an operand that a remark names
_MOST_PIECES = 5  # of a sum that is written out

_AXES = {"0": "down the rows", "-2": "down the rows", "1": "along the columns", "-1": "along the columns"}
_DOING = {"sum": "summed", "Sum": "summed", "mean": "averaged", "Mean": "averaged", "average": "averaged"}


class Side(NamedTuple):
    """One side of an operation as a reader sees it: its text, and its shape."""

    text: str
    shape: MaybeShape


class Words(NamedTuple):
    """How this document writes its terms and its sizes."""

    source: Source
    spellings: Mapping[str, str]

    def text(self, span: Span) -> str:
        """Return a term as it stands, on one line."""
        return " ".join(_BROKEN.sub("", self.source.slice(span)).split())

    def sizes(self, shape: MaybeShape) -> tuple[str, ...] | None:
        """Return the sizes of a shape as they are spelled."""
        return None if shape is None else tuple(write_size(size, self.spellings) for size in shape)

    def shape(self, shape: MaybeShape) -> str:
        """Write a shape: `(n2, m)`, `scalar`, or `?` for one that cannot be told."""
        if shape is None:
            return "?"
        return shape_text(shape, self.spellings) if shape else "scalar"


def step_story(words: Words, step: Step, sign: str) -> str:
    """Tell a product: `(n2, m) @ (m, n1) → (n2, n1)`, or why there is none."""
    sides = f"{words.shape(step.left.shape)} {sign} {words.shape(step.right.shape)}"
    if step.fits:
        return f"{sides} → {words.shape(step.result)}"
    return f"{sides}    {WRONG} {_clash(words, step)}"


def _clash(words: Words, step: Step) -> str:
    if not step.matrix:
        return "the sizes differ, and none is 1"
    left, right = step.left.shape, step.right.shape
    if not left or not right:
        return "a scalar multiplies with *"
    columns, rows = count(left[-1], "column", words.spellings), count(right[0], "row", words.spellings)
    return f"{columns}, but {rows}"


def line_story(words: Words, operands: Sequence[Side], signs: Sequence[str], result: MaybeShape) -> str:
    """Tell a sum, or another elementwise operation of several parts: `(n1, m) + (n1, 1) → (n1, m)`."""
    pieces = [_piece(words, operand) for operand in operands]
    text = pieces[0]
    for place, (sign, piece) in enumerate(zip(signs, pieces[1:], strict=True), 1):
        if len(pieces) <= _MOST_PIECES or place in (1, len(pieces) - 1):
            text += f" {sign} {piece}"
        elif place == 2:
            text += " + …"
    return f"{text} → {words.shape(result)}"


def _piece(words: Words, operand: Side) -> str:
    """A scalar is shown as it is written, if that is short: `1 - (n1, m)`."""
    if operand.shape == () and len(operand.text) <= len("epsilon"):
        return operand.text
    return words.shape(operand.shape)


def repeated(operands: Sequence[Side], result: MaybeShape) -> str:
    """Say which operand broadcasts: `b1 in every column`."""
    if result is None or len(result) != 2:
        return ""
    told = [(operand, _where(operand.shape, result)) for operand in operands]
    if {"in every column", "in every row"} <= {where for _, where in told}:
        return "a column and a row together"
    return ", ".join(_repeated(operand, where) for operand, where in told if where)


def _where(shape: MaybeShape, result: Shape) -> str:
    if not shape or shape == result:
        return ""
    rows, columns = (1, *shape)[-2:]
    if rows == 1 != result[0] and columns == 1 != result[1]:
        return "in every place"
    if rows == 1 != result[0]:
        return "in every row"
    return "in every column" if columns == 1 != result[1] else ""


def _repeated(operand: Side, where: str) -> str:
    if len(operand.text) <= _LONGEST_NAME:
        return f"{operand.text} {where}"
    return f"the {where.rpartition(' ')[2]} repeated"


def total_story(words: Words, name: str, axis: str, shape: MaybeShape, result: MaybeShape) -> str:
    """Tell a sum or a mean: `(n2, m) summed along the columns → (n2, 1)`; `axis` is "" for none."""
    doing = _DOING.get(name.rpartition(".")[2], "taken together")
    over = _AXES.get(axis, f"along axis {axis}") if axis else "over all entries"
    return f"{words.shape(shape)} {doing} {over} → {words.shape(result)}"


def noted_story(words: Words, shape: MaybeShape, result: MaybeShape, examples_axis: int) -> str:
    """Tell a sum of notes, which has no axis: what came of it says over what it runs."""
    over = " over all entries" if not result else ""
    if shape and result and shape != result:
        over = " over the examples" if result[examples_axis] == 1 else " over the units"
    return f"{words.shape(shape)} summed{over} → {words.shape(result)}"


def stack_story(words: Words, shapes: Sequence[MaybeShape], result: MaybeShape) -> str:
    """Tell parts that are put together: `(n_a, m) on top of (n_x, m) → (n_a + n_x, m)`."""
    first = shapes[0]
    beside = bool(first and result and first[0] == result[0])
    how = " beside " if beside else " on top of "
    return f"{how.join(words.shape(shape) for shape in shapes)} → {words.shape(result)}"


def failing_story(words: Words, problem: Stumble, shapes: Sequence[MaybeShape]) -> str:
    """Tell what a call or a stack stumbles over."""
    given = " and ".join(words.shape(shape) for shape in shapes)
    match problem:
        case StackSizes(below=below):
            why = f"the {'columns' if below else 'rows'} differ"
        case NotSquare():
            why = "not square"
        case BadAxis(axis=axis):
            why = f"it has no axis {axis}"
    return f"{given}    {WRONG} {why}"


def scale(multipliers: Sequence[str], divisors: Sequence[str]) -> str:
    """Say what the scalars of a product do: `scaled by 1/m`."""
    told = []
    if multipliers:
        told.append(f"scaled by {' and '.join(multipliers)}")
    if divisors:
        told.append(f"divided by {' and '.join(divisors)}")
    return ", ".join(told)
