"""What an output is held against: labels have its shape, and where there are none it is as wide as the input."""

from shapelint.infer.solution import NAMED
from shapelint.judge.draft import Draft
from shapelint.judge.hints import loose
from shapelint.judge.lines import EXPRESSION, FORWARD, differences
from shapelint.judge.scopes import Scope
from shapelint.judge.store import Slot

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
                if loose(label.key) not in _LABELS and label.base not in _LABELS:
                    continue
                known = draft.store.shapes.get(given)
                if known is None:
                    draft.store.set(given, shape)
                    draft.grades[given] = NAMED
                elif given not in draft.network.defined:
                    draft.store.try_to_unify(known, shape)
