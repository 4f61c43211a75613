"""What is decided about: the parts of a document, as the names of the course judge them, and the network they make."""

from collections import Counter
from collections.abc import Sequence
from functools import cached_property
from typing import TypeAlias

from shapelint.conventions.worlds import World, convention_of
from shapelint.declared import Known
from shapelint.infer.choose import Layout, Sheet
from shapelint.infer.facts import facts, without_own_letters
from shapelint.infer.numbers import numbers_decide
from shapelint.infer.parts import Parts
from shapelint.infer.triggers import triggers
from shapelint.judge.network import Network
from shapelint.judge.scopes import Scope
from shapelint.symbol import UNDECLARED

Place: TypeAlias = tuple[int, int]  # a scope and a line of it


class Case:
    """The parts of a document that stand under the same settings.

    `priors` are what the names of the course make of them; `code` is true where one of them is of a program.
    """

    def __init__(
        self, parts: Parts, places: Sequence[int], priors: Sequence[Sheet], layout: Layout, star: str
    ) -> None:
        """Sort the lines of all parts."""
        self.parts = parts
        self.places = places
        self.priors = priors
        self.layout = layout
        self.star = star
        numbers = {place: number for number, place in enumerate(places)}
        parents = [numbers.get(parts.parent(place), -1) for place in places]
        self.network = Network([sheet.section for sheet in priors], parents)
        self.code = self.network.code
        self._meanings: dict[tuple[int, World, frozenset[str]], tuple[Known, Known]] = {}

    @cached_property
    def of_the_course(self) -> bool:
        """Say whether the document is a file of formulas, or writes layers in Ng's brackets: there his names hold."""
        return self.parts.plain or any(scope.section.names.brackets for scope in self.network.scopes)

    @property
    def in_numbers(self) -> bool:
        """Say whether a letter of the convention would be two numbers, so that names cannot explain all."""
        return any(numbers_decide(section, judged) for section, judged in self.priors)

    @cached_property
    def votes(self) -> Counter[World]:
        """How many forward lines vote for each world."""
        return Counter(self.network.traits.values())

    @cached_property
    def last(self) -> list[int | None]:
        """The number of the last layer of each scope."""
        return [_last_layer(scope) for scope in self.network.scopes]

    def known(self, scope: Scope, world: World, own_deltas: bool, off: frozenset[str] = frozenset()) -> Known:
        """Return what names mean in a scope under a world, without the groups that are `off`."""
        found, _ = self._meant(scope, world, off)
        if not own_deltas:
            return found
        return found._replace(layered={word: one for word, one in found.layered.items() if word != "delta"})

    def usual(self, scope: Scope, world: World, off: frozenset[str]) -> Known:
        """Return what the convention alone says of names."""
        return self._meant(scope, world, off)[1]

    def _meant(self, scope: Scope, world: World, off: frozenset[str]) -> tuple[Known, Known]:
        """Return what names mean, by all that is said and by the convention alone."""
        key = (scope.number, world, off)
        found = self._meanings.get(key)
        if found is None:
            used, section = convention_of(world), scope.section
            if off:
                used = used._replace(groups=tuple(one for one in used.groups if one.triggers[0] not in off))
            both = facts(used, triggers(used, section.written), section.said)
            assigned = section.names.assigned
            found = self._meanings[key] = (
                without_own_letters(both.known, assigned),
                without_own_letters(both.usual, assigned),
            )
        return found


def _last_layer(scope: Scope) -> int | None:
    """Return the number of the last layer: the greatest that forward lines make, or else that is named."""
    stated = scope.section.facts.last
    if stated is not None:
        return stated
    made: set[int] = set()
    named: set[int] = set()
    weights: set[int] = set()
    for one in scope.chain():
        for line in one.forward():
            layer = line.target.layer if line.target is not None else None
            if layer is not None and not layer.base and line.target and line.target.base in "ZzAah":
                made.add(layer.offset)
        for symbol in one.symbols.values():
            if symbol.layer is not None and not symbol.layer.base and not symbol.flags & UNDECLARED:
                named.add(symbol.layer.offset)
                if symbol.base in "WwbZz":
                    weights.add(symbol.layer.offset)
    made.discard(0)  # A[0] is the input
    if made and (not weights or max(made) >= max(weights)):
        return max(made)
    return max(weights or named, default=None) or None
