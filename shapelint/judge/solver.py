"""The lines of a document in, the shapes of its names out: stated first, then defined, then named.

Grades of evidence (`evidence.md`): what is stated outranks what a forward line defines, that outranks what a rule says
of gradients and updates, and what a convention says of a name comes last: it is taken only where it makes nothing one
that stated and defined facts keep apart. Sizes that forward lines connect are distinct, unless proven equal.
"""

from collections.abc import Iterator, Sequence

from shapelint.infer.solution import Solution
from shapelint.judge.components import connect
from shapelint.judge.defining import define
from shapelint.judge.draft import Draft
from shapelint.judge.freezing import frozen
from shapelint.judge.given_back import take_what_is_given_back
from shapelint.judge.handing import hand_on, hand_on_odd
from shapelint.judge.labels import output_meets_target
from shapelint.judge.lines import Line
from shapelint.judge.naming import take_convention
from shapelint.judge.scopes import Scope
from shapelint.judge.stating import make_columns, state
from shapelint.judge.store import Slot
from shapelint.judge.unifying import View

_SWEEPS = 4  # over forward lines that use what a later one defines


def solve(draft: Draft) -> list[Solution]:
    """Work a draft out in which nothing is known yet; return what each scope comes to."""
    network = draft.network
    views = [View(draft, scope) for scope in network.scopes]
    for scope in network.scopes:
        state(draft, scope)
        if not scope.code:
            make_columns(draft, scope)
    waiting = [
        (scope, line)
        for scope in network.scopes
        for line in scope.lines
        if network.speaks(scope, line) and (scope.number, line.number) not in draft.without
    ]
    draft.left_out.update(_left_out(draft))
    draft.silent.update(draft.left_out)
    _define_all(draft, views, waiting)
    for scope in network.scopes:
        for symbol in scope.symbols.values():
            left_out = network.slot(scope, symbol.key) in draft.left_out
            if left_out or scope.section.stated(symbol) is not None:
                views[scope.number].shape(symbol)
    output_meets_target(draft)
    _take_up(draft, views, hand_on(draft))
    draft.store.settle_sums()
    connect(draft)
    for scope in network.scopes:
        take_convention(draft, scope)
        draft.store.settle_sums()
    if network.code:
        take_what_is_given_back(draft)
        hand_on_odd(draft)
    return frozen(draft)


def _define_all(draft: Draft, views: Sequence[View], waiting: list[tuple[Scope, Line]]) -> None:
    """Let every line say what it makes; those that use what only a line below makes, once more."""
    early: list[tuple[Scope, Line]] = []
    for _ in range(_SWEEPS):
        left = []
        for scope, line in waiting:
            is_early = _is_early(draft, scope, line)
            if not define(views[scope.number], line):
                left.append((scope, line))
            elif is_early:
                early.append((scope, line))
        if not left or len(left) == len(waiting):
            break
        waiting = left
    for scope, line in early:
        define(views[scope.number], line)


def _is_early(draft: Draft, scope: Scope, line: Line) -> bool:
    """Say whether a line of notes uses a name that a line makes, and none has made yet."""
    if scope.code:
        return False
    slots = (draft.network.slot(scope, one.key) for one in line.used)
    return any(slot in draft.network.defined and draft.store.shapes.get(slot) is None for slot in slots)


def _take_up(draft: Draft, views: Sequence[View], handed: frozenset[Slot]) -> None:
    """Let the lines that use what was handed on say what follows from it."""
    network = draft.network
    for scope in network.scopes:
        if not handed:
            continue
        for line in scope.lines:
            uses = any(network.slot(scope, one.key) in handed for one in line.used)
            if uses and network.speaks(scope, line) and (scope.number, line.number) not in draft.without:
                define(views[scope.number], line)


def _left_out(draft: Draft) -> Iterator[Slot]:
    """Yield what the lines make that are left out: other lines tell what it is."""
    for scope in draft.network.scopes:
        for line in scope.lines:
            if line.target is not None and (scope.number, line.number) in draft.without:
                yield draft.network.slot(scope, line.target.key)
