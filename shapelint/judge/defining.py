"""What a forward line defines: the shape of its target under the first reading that fits, sizes that it measures."""

from collections.abc import Callable, Sequence
from itertools import islice
from typing import TypeAlias

from shapelint.infer.arrays import extent
from shapelint.infer.evaluation import NO_CHOICES
from shapelint.infer.formula import readings_of
from shapelint.infer.solution import DEFINED, STATED
from shapelint.judge.hints import letter_of, word_of
from shapelint.judge.lines import Line
from shapelint.judge.store import OPEN, TOGETHER, Slot
from shapelint.judge.unifying import Unifying, View
from shapelint.shapes import MaybeShape, Shape
from shapelint.sizes import ANY, Unknown, resolve
from shapelint.symbol import VERSION
from shapelint.tree import Call, Name, Node, Number, bare

_MOST_READINGS = 24  # of one formula

_CLASH: Shape = ("clash",)

# Says whether the shapes of a line's values may be what it makes.
Fits: TypeAlias = Callable[[Sequence[MaybeShape]], bool]


def define(view: View, line: Line) -> bool:
    """Take what a forward line makes; return false where it says nothing yet."""
    draft, scope = view.draft, view.scope
    view.line = line
    if line.target is None:
        _try(view, line, lambda _shapes: True)
        return True
    if line.starts:
        return True
    slot = draft.network.slot(scope, line.target.key)
    made: list[MaybeShape] = []

    def fits(shapes: Sequence[MaybeShape]) -> bool:
        made[:] = [_target(view, line, slot, shapes)]
        return made[0] is not _CLASH

    shapes = _stated_fill(view, line) or _try(view, line, fits)
    if line.fills and shapes is not None and not made:
        made.append(shapes[0])
    if scope.code:
        _size_line(view, line)
    shape = made[0] if made else None
    if shape is not None and shape is not _CLASH:
        claimed = _claimed(view, line)
        if claimed is not None and len(claimed) == len(shape):
            draft.store.try_to_unify(claimed, shape)
        shape = tuple(Unknown(OPEN) if size is ANY else size for size in shape)
    if shapes is None or slot in draft.remade:
        return True
    if shape is None:
        shape = _claimed(view, line)
        if shape is not None:
            draft.grades[slot] = STATED
    if shape is None or shape is _CLASH:
        draft.silent.add(slot)
        return False
    if line.turned:
        shape = shape[::-1]
    stated = line.fills or draft.grades.get(slot) == STATED
    _set(view, line, slot, shape, stated)
    return True


def _set(view: View, line: Line, slot: Slot, shape: Shape, stated: bool) -> None:
    """Note what a line makes, and where it stands."""
    draft = view.draft
    place = (view.scope.number, line.statement.start, line.statement.end)
    if draft.store.shapes.get(slot) is None or line.fills or (view.scope.code and VERSION in slot[1]):
        draft.store.set(slot, shape)
        draft.silent.discard(slot)
        draft.places[slot] = place
    elif not stated:  # it stands on its own right side, too
        draft.places.setdefault(slot, place)
    draft.grades[slot] = STATED if stated else DEFINED


def _claimed(view: View, line: Line) -> MaybeShape:
    """Return the shape that is said behind a line that does not tell it."""
    claim = view.scope.section.claims.get(line.statement.start)
    return None if claim is None else view.remarked(claim.shape)


def _stated_fill(view: View, line: Line) -> list[MaybeShape] | None:
    """Return the shape that an array is made of, as the program writes it."""
    scope = view.scope
    if not (scope.code and line.fills) or line.target is None:
        return None
    fills_once = scope.fills[word_of(line.target)] == 1
    shape = view.stated_shape(line.target) if fills_once else None
    return None if shape is None else [shape]


def _target(view: View, line: Line, slot: Slot, shapes: Sequence[MaybeShape]) -> MaybeShape:
    """Return what a line makes of its target, _CLASH where that cannot be."""
    assert line.target is not None
    target = _due(view, line, slot)
    for value, shape in zip(line.formula.parts[1:], shapes, strict=False):
        if shape is None or isinstance(bare(value), Number):
            continue
        if target is None:
            target = shape
        elif not _agree(view, target, shape):
            return _CLASH
    return target


def _due(view: View, line: Line, slot: Slot) -> MaybeShape:
    """Return the shape that a target has already; in a program an assignment makes a new one."""
    draft, scope = view.draft, view.scope
    assert line.target is not None
    if line.fills and scope.code:
        return None
    shape = draft.store.shapes.get(slot)
    if shape is None and VERSION not in slot[1]:
        shape = view.stated_shape(line.target)
        if shape is not None:
            draft.grades[slot] = STATED
    if scope.code and VERSION in slot[1]:
        return None
    return shape[::-1] if shape is not None and line.turned else shape


def _agree(view: View, target: Shape, shape: Shape) -> bool:
    if len(target) == len(shape):
        return view.draft.store.unify_all(target, shape)
    longer, shorter = (target, shape) if len(target) > len(shape) else (shape, target)
    if not shorter:
        return all(resolve(size) == 1 or isinstance(resolve(size), Unknown) for size in longer)
    return False


def _try(view: View, line: Line, fits: Fits) -> list[MaybeShape] | None:
    """Work a line out under the first reading that fits, None where none does; nothing is kept of the others."""
    draft, scope = view.draft, view.scope
    star = scope.section.star
    for choices in islice(readings_of(line.formula, star), _MOST_READINGS):
        mark = draft.store.mark()
        found = Unifying(view, choices)
        values = line.formula.parts[1:] if len(line.formula.parts) > 1 else line.formula.parts
        shapes = [found.shape(value) for value in values]
        if not found.problems and fits(shapes):
            for node, shape in found.below:
                _note_beneath(view, node, shape)
            return shapes
        draft.store.undo(mark)
    return None


def _note_beneath(view: View, node: Node, shape: Shape) -> None:
    """A name that only stands beside others, as a bias does, is below what it is added to: each size 1 or equal."""
    draft, scope = view.draft, view.scope
    inner = bare(node)
    if isinstance(inner, Name):
        slot = draft.network.slot(scope, inner.symbol.key)
        if draft.store.shapes.get(slot) is None:
            before = draft.beneath.get(slot, shape)
            if len(before) == len(shape):
                sizes = zip(before, shape, strict=True)
                shape = tuple(one if resolve(one) == resolve(other) else 1 for one, other in sizes)
            draft.beneath[slot] = shape


def _size_line(view: View, line: Line) -> None:
    """`m = X.shape[1]`, `batch_size = m`: a letter stands for a size."""
    draft, scope = view.draft, view.scope
    target = line.target
    assert target is not None
    if len(line.formula.parts) != 2 or target.gradient:
        return
    value = bare(line.formula.parts[1])
    along = isinstance(value, Call) and value.function == "size_along"
    if not along and not isinstance(value, Name):
        return
    if isinstance(value, Name) and draft.store.shapes.get(draft.network.slot(scope, value.symbol.key)):
        return
    size = resolve(extent(Unifying(view, NO_CHOICES), value))
    letter = letter_of(target)
    if size is ANY or not isinstance(letter, str):
        return
    mine = draft.letter(scope, letter)
    if isinstance(mine, Unknown) or isinstance(size, Unknown):
        draft.store.unify(mine, size)
        if isinstance(mine, str) and not along:  # what is measured may be what is stated elsewhere
            draft.store.belong(mine, frozenset(((TOGETHER, scope.number),)))
    else:
        draft.letters[scope.number][letter] = size
