"""What a function that goes back is given, `grad` of `dW = x.T @ grad`: two products say its shape."""

from collections.abc import Iterator

from shapelint.infer.solution import DEFINED
from shapelint.judge.draft import Draft
from shapelint.judge.lines import Factor, Line
from shapelint.judge.scopes import Scope
from shapelint.judge.store import Slot
from shapelint.operators import STAR
from shapelint.shapes import MaybeShape, Shape
from shapelint.sizes import resolve

_ENOUGH = 2  # lines that agree: one alone may be the one that is wrong


def take_what_is_given_back(draft: Draft) -> None:
    """Give the parameters of functions that go back the shape that the gradients made of them ask for."""
    asked: dict[Slot, list[tuple[Shape, Scope, Line]]] = {}
    for scope in draft.network.scopes:
        for line in scope.lines if scope.code else ():
            for slot, shape in _asked(draft, scope, line):
                if draft.store.shapes.get(slot) is None:
                    asked.setdefault(slot, []).append((shape, scope, line))
    for slot, found in asked.items():
        shape, scope, line = found[0]
        if len(found) >= _ENOUGH and all(draft.store.try_to_unify(shape, one) for one, _, _ in found):
            draft.store.set(slot, shape)
            draft.places[slot] = (scope.number, line.statement.start, line.statement.end)
            draft.grades.setdefault(slot, DEFINED)


def _asked(draft: Draft, scope: Scope, line: Line) -> Iterator[tuple[Slot, Shape]]:
    """Yield what a gradient that is one product asks of its other factor: `dW = x.T @ grad`, dW as large as W."""
    if line.target is None or len(line.pairs) != 1 or line.updates:
        return
    of = scope.objects.get(line.target.key)
    made = None if of is None else draft.store.shapes.get(of)
    pair = line.pairs[0]
    if made is None or len(made) != 2 or pair.sign is STAR:
        return
    for one, other, turned in ((pair.right, pair.left, False), (pair.left, pair.right, True)):
        slot = None if one.symbol is None else draft.network.slot(scope, one.symbol.key)
        known = _shape(draft, scope, other, turned)
        if slot is None or slot not in draft.network.handed_back or known is None:
            continue
        whole = made[::-1] if turned else made  # the left factor is the right one of the transposes
        if resolve(known[0]) == resolve(whole[0]):
            shape = known[1], whole[1]
            yield slot, shape[::-1] if turned is not one.transposed else shape


def _shape(draft: Draft, scope: Scope, factor: Factor, turned: bool) -> MaybeShape:
    """Return the shape of a factor as it stands there, or of its transpose; None where two axes are not known."""
    if factor.symbol is None:
        return None
    shape = draft.store.shapes.get(draft.network.slot(scope, factor.symbol.key))
    if shape is None or len(shape) != 2:
        return None
    return shape[::-1] if factor.transposed is not turned else shape
