"""Forward lines in a circle: `A1 = g(Z2)` before `Z2 = W2 A1`. One of them, the first, has a wrong name."""

from collections import Counter
from collections.abc import Mapping

from shapelint.judge.hints import word_of
from shapelint.judge.homes import Homes
from shapelint.symbol import PARAMETER, VERSION


def circular(homes: Homes) -> frozenset[tuple[int, int]]:
    """Return the forward lines, by scope and number, that use what is only made of their own targets further below."""
    found: set[tuple[int, int]] = set()
    for scope in homes.scopes:
        forward = [(word_of(line.target), line) for line in scope.forward() if line.target is not None]
        before = Counter(word for word, _ in forward)
        uses: dict[str, set[str]] = {}  # of the lines below one: what each name is made of
        for word, line in reversed(forward):
            before[word] -= 1
            begun = {
                word_of(one)
                for one in line.used
                if not before[word_of(one)] and not any(mark in one.key for mark in (VERSION, PARAMETER))
            }
            if any(word in _reached(one, uses) for one in begun - {word}):
                found.add((scope.number, line.number))
            uses.setdefault(word, set()).update(map(word_of, line.used))
    return frozenset(found)


def _reached(word: str, uses: Mapping[str, set[str]]) -> set[str]:
    """Return what a name is made of, as far as lines tell."""
    found: set[str] = set()
    waiting = [word]
    while waiting:
        for one in uses.get(waiting.pop(), ()):
            if one not in found:
                found.add(one)
                waiting.append(one)
    return found
