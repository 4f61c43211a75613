"""Formulas with Y or A[L] in, the number of the last layer out: the one that most of them need."""

from collections import Counter
from collections.abc import Callable, Iterable

from shapelint.infer.layers import own_layers
from shapelint.names import Names
from shapelint.tree import Formula, Name, walk


def most_needed(needs: Iterable[Iterable[int]], greatest: int) -> int:
    """Return the number that most formulas need as the last layer, the greatest where none needs one."""
    votes: Counter[int] = Counter()
    for numbers in needs:
        votes.update(numbers)
    if not votes:
        return greatest
    most = max(votes.values())
    return max(number for number, count in votes.items() if count == most)


def needed_as_last(
    formula: Formula, greatest: int, names: Names, last: int | None, fits: Callable[[int], bool]
) -> list[int]:
    """Return the numbers of the last layer under which a formula `fits`, if that depends on it."""
    named = {
        layer.offset
        for node in walk(formula.parts)
        if isinstance(node, Name)
        for layer in own_layers(node.symbol, names, last)
        if not layer.base
    }
    candidates = sorted({*named, greatest} - {0})
    if len(candidates) < 2 and greatest in candidates:
        return candidates if named else []
    fitting = [number for number in candidates if fits(number)]
    return [] if len(fitting) == len(candidates) > 1 else fitting[-1:]
