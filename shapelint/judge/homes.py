"""In which scope of a document each name is at home, so that scopes share names."""

import re
from collections.abc import Sequence

from shapelint.infer.section import Section
from shapelint.judge.continuing import earlier_part
from shapelint.judge.scopes import Scope
from shapelint.judge.store import Slot
from shapelint.symbol import PARAMETER, VERSION, Symbol, is_kept

_FUNCTION = re.compile(rf"[{VERSION}{PARAMETER}](\d+\.\d+)\.")


def function_of(key: str) -> str:
    """Return the function of a program that a variable is of, as its key says; "" for an object's attribute."""
    found = _FUNCTION.search(key)
    return found[1] if found is not None else ""


class Homes:
    """The scopes of a document that share names, and where each name is at home."""

    def __init__(self, sections: Sequence[Section], parents: Sequence[int]) -> None:
        """Take the sections, each with the number of the one around it (-1: none)."""
        self.scopes: list[Scope] = []
        for number, (section, parent) in enumerate(zip(sections, parents, strict=True)):
            scope = Scope(number, section, self.scopes[parent] if parent >= 0 else None)
            scope.earlier = earlier_part(scope, self.scopes)
            self.scopes.append(scope)
        self.code = any(scope.code for scope in self.scopes)
        self._homes: dict[Slot, Slot] = {}
        self._keepers = {
            key: scope for scope in reversed(self.scopes) for key in scope.symbols if is_kept(key)
        }
        self._by_word: dict[str, list[Slot]] = {}
        for scope in self.scopes:
            for word, keys in scope.words.items():
                self._by_word.setdefault(word, []).extend(self.slot(scope, key) for key in keys)

    def slot(self, scope: Scope, key: str) -> Slot:
        """Return the name that a key is in a scope: that of the outermost scope around it that has it."""
        asked = (scope.number, key)
        found = self._homes.get(asked)
        if found is None:
            scope = self._keepers.get(key, scope)
            key = scope.aliases.get(key, key)
            number = scope.number
            if scope.code is (VERSION in key) and PARAMETER not in key:
                for one in scope.chain():  # of a program, what the module assigns once
                    if key in one.symbols:
                        number = one.number
            found = self._homes[asked] = (number, key)
        return found

    def slots(self, word: str) -> Sequence[Slot]:
        """Return every name of the document that is this word."""
        return self._by_word.get(word, ())

    def are_strangers(self, one: int, other: int) -> bool:
        """Say whether what two scopes call by one word are two things: `dout` of two classes, of unlike functions."""
        if one == other:
            return False
        ours, others = self.scopes[one], self.scopes[other]
        families = {ours.section.family, others.section.family}
        return (ours.is_class and others.is_class) or (None not in families and len(families) > 1)

    def stands_for(self, scope: Scope, symbol: Symbol) -> Slot:
        """Return the name whose shape a name has: what it is the gradient of, or itself."""
        return scope.objects.get(symbol.key) or self.slot(scope, symbol.key)
