"""Sections of notes that are parts of one network: one goes on from another where it uses what that makes.

`## Forward` makes A2, `## Backward` takes `dZ2 = A2 - Y` from it: they share their names. What makes anew what was made
before begins a network of its own (`evidence.md`, "The idea", 9).
"""

from collections.abc import Sequence

from shapelint.judge.scopes import Scope

_ANYONES = frozenset(("x", "y", "X", "Y"))  # every network has data and labels
_NAMES_FROM_AFAR = 2  # where other sections stand between
_FARTHEST = 40  # sections back


def earlier_part(scope: Scope, before: Sequence[Scope]) -> Scope | None:
    """Return the nearest of the sections before this one that it goes on from, None if there is none."""
    if scope.code:
        return None
    alike = {key.lower() for key in scope.makes}  # its `dz` is the gradient of its own Z
    asked = {key for key in _asked(scope) - _ANYONES if key.lower() not in alike}
    for distance, other in enumerate(before[: -_FARTHEST - 1 : -1]):
        if len(asked & other.makes) < (_NAMES_FROM_AFAR if distance else 1):
            continue
        chain = list(other.chain())
        if scope.parent is None or scope.parent in chain:
            begins_anew = any(_forward(scope) & _forward(one) for one in chain if one is not scope.parent)
            return None if begins_anew else other
    return None


def _asked(scope: Scope) -> set[str]:
    """Return the names that the lines of a section use, and those whose gradients they have."""
    symbols = scope.symbols.values()
    of_gradients = {one.object_key for one in symbols if one.gradient}
    return of_gradients.union(one.key for line in scope.lines for one in line.used)


def _forward(scope: Scope) -> frozenset[str]:
    """Return what a section makes that is no gradient."""
    return frozenset(key for key in scope.makes if not scope.symbols[key].gradient)
