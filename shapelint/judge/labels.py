"""What an output is held against: labels have its shape, and where there are none it is as wide as the input."""

from shapelint.infer.solution import NAMED
from shapelint.judge.draft import Draft
from shapelint.judge.hints import loose
from shapelint.judge.lines import EXPRESSION, FORWARD, differences, turned_differences
from shapelint.judge.scopes import Scope
from shapelint.judge.store import Slot
from shapelint.judge.unifying import View
from shapelint.shapes import MaybeShape
from shapelint.symbol import Symbol

_LABELS = frozenset(("Y", "y", "T", "t", "labels", "label", "target", "targets", "ytrue", "ytrain", "Ytrain"))


def output_meets_target(draft: Draft) -> None:
    """`A2 - Y`: labels have the output's shape; `A2 - X`, where there are none, makes it as wide as the input."""
    used = {
        draft.network.slot(scope, symbol.key)
        for scope in draft.network.scopes
        for line in scope.forward()
        if draft.network.speaks(scope, line)
        for symbol in line.used
    }
    _adopt_turned(draft)
    for scope in draft.network.scopes:
        _adopt_labels(draft, scope, used)
        if has_labels(scope):
            continue
        later = {
            draft.network.slot(scope, one.key)
            for line in scope.forward()
            if draft.network.speaks(scope, line)
            for one in line.used
        }
        for line in scope.lines:
            if scope.kind(line) in (FORWARD, EXPRESSION):
                continue
            for one, other in differences(line):
                slots = [draft.network.slot(scope, symbol.key) for symbol in (one, other)]
                ends = [slot in draft.network.defined and slot not in later for slot in slots]
                data = [slot not in draft.network.defined for slot in slots]
                if not ((ends[0] and data[1]) or (ends[1] and data[0])):
                    continue
                shapes = [draft.store.shapes.get(slot) for slot in slots]
                if shapes[0] and shapes[1]:
                    draft.store.try_to_unify(shapes[0], shapes[1])


def _adopt_turned(draft: Draft) -> None:
    """Labels that notes only ever transpose before they are taken away, `a - Y^T`, lie the other way round."""
    turned: dict[Slot, list[MaybeShape]] = {}
    upright: set[Slot] = set()
    for scope in draft.network.scopes:
        for line in () if scope.code else scope.lines:
            upright.update(draft.network.slot(scope, label.key) for _, label in differences(line))
            for output, label in turned_differences(line):
                if _is_label(label):
                    outputs = turned.setdefault(draft.network.slot(scope, label.key), [])
                    outputs.append(View(draft, scope).shape(output))
    for slot, outputs in turned.items():
        known = next((shape for shape in outputs if shape and len(shape) == 2), None)
        alone = len(outputs) == 1 or slot in upright
        if known is not None and not alone and draft.store.shapes.get(slot) is None:
            draft.store.set(slot, known[::-1])
            draft.turned.add(slot)
            draft.grades[slot] = NAMED


def _is_label(symbol: Symbol) -> bool:
    return loose(symbol.key) in _LABELS or symbol.base in _LABELS


def has_labels(scope: Scope) -> bool:
    """Say whether labels have a name in a section, or in those that it belongs to."""
    return any(word in _LABELS for one in scope.chain() for word in one.words)


def _adopt_labels(draft: Draft, scope: Scope, used: set[Slot]) -> None:
    """What stands as a label beside an output has its shape; no output is `used` by a forward line."""
    for line in scope.lines:
        for pair in differences(line):
            for output, label in (pair, pair[::-1]):
                made, given = (draft.network.slot(scope, one.key) for one in (output, label))
                shape = draft.store.shapes.get(made)
                if not shape or made in used or made not in draft.network.defined:
                    continue
                if not _is_label(label):
                    continue
                known = draft.store.shapes.get(given)
                if known is None:
                    draft.store.set(given, shape)
                    draft.grades[given] = NAMED
                elif given not in draft.network.defined:
                    draft.store.try_to_unify(known, shape)
