"""The lines of a document in, the shapes of its names out: stated first, then defined, then named.

Grades of evidence (`evidence.md`): what is stated outranks what a forward line defines, that outranks what a rule says
of gradients and updates, and what a convention says of a name comes last: it is taken only where it makes nothing one
that stated and defined facts keep apart. Sizes that forward lines connect are distinct, unless proven equal.
"""

from collections.abc import Iterator, Sequence

from shapelint.conventions.worlds import World
from shapelint.declared import Known
from shapelint.infer.solution import Solution
from shapelint.judge.components import connect
from shapelint.judge.defining import define
from shapelint.judge.draft import Draft
from shapelint.judge.freezing import frozen
from shapelint.judge.handing import hand_on, hand_on_odd
from shapelint.judge.labels import output_meets_target
from shapelint.judge.naming import take_convention
from shapelint.judge.network import Network
from shapelint.judge.stating import make_columns, state
from shapelint.judge.store import Slot
from shapelint.judge.unifying import View

_SWEEPS = 4  # over forward lines that use what a later one defines


def solve(
    network: Network,
    worlds: Sequence[World],
    known: Sequence[Known],
    last: Sequence[int | None],
    without: frozenset[tuple[int, int]] = frozenset(),
    own_names: frozenset[tuple[int, str]] = frozenset(),
) -> list[Solution]:
    """Work everything out in one world of each scope, with some forward lines left out; return what each comes to.

    `known` is what names mean in the world of each scope, `last` the number of its last layer; `own_names` are
    gradients by their spelling that are something else.
    """
    draft = Draft(network, worlds, known, last, without, own_names)
    views = [View(draft, scope) for scope in network.scopes]
    for scope in network.scopes:
        state(draft, scope)
        if not scope.code:
            make_columns(draft, scope)
    waiting = [
        (scope, line)
        for scope in network.scopes
        for line in scope.lines
        if network.speaks(scope, line) and (scope.number, line.number) not in without
    ]
    draft.left_out.update(_left_out(draft))
    draft.silent.update(draft.left_out)
    for _ in range(_SWEEPS):
        left = [(scope, line) for scope, line in waiting if not define(views[scope.number], line)]
        if not left or len(left) == len(waiting):
            break
        waiting = left
    for scope in network.scopes:
        for symbol in scope.symbols.values():
            left_out = network.slot(scope, symbol.key) in draft.left_out
            if left_out or scope.section.stated(symbol) is not None:
                views[scope.number].shape(symbol)
    output_meets_target(draft)
    hand_on(draft)
    draft.store.settle_sums()
    connect(draft)
    for scope in network.scopes:
        take_convention(draft, scope)
        draft.store.settle_sums()
    if network.code:
        hand_on_odd(draft)
    return frozen(draft)


def _left_out(draft: Draft) -> Iterator[Slot]:
    """Yield what the lines make that are left out: other lines tell what it is."""
    for scope in draft.network.scopes:
        for line in scope.lines:
            if line.target is not None and (scope.number, line.number) in draft.without:
                yield draft.network.slot(scope, line.target.key)
