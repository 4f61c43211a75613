"""The scopes of a document as they are solved: their lines, their names, and in which of them each name is at home."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from shapelint.declared import As
from shapelint.infer.section import Section
from shapelint.judge.hints import word_of
from shapelint.judge.lines import FORWARD, Factor, Line, lengths, line_of
from shapelint.judge.store import Slot
from shapelint.parse.formulas import Read
from shapelint.symbol import PARAMETER, VERSION, Symbol
from shapelint.tree import Call, Name, bare, walk

_FUNCTION = re.compile(rf"[{VERSION}{PARAMETER}](\d+\.\d+)\.")


class Scope:
    """A section of a document, or a scope of a program, with what its lines say.

    `section` is the section under the world that is tried first, whose names and readings all worlds share; `fills`
    counts the lines that make an array of a shape, by the word of its name, `lengths` are the names in those shapes;
    `asserted` are names of which an assertion says the shape.
    """

    def __init__(self, number: int, section: Section, parent: "Scope | None") -> None:
        """Read every statement once."""
        self.number = number
        self.section = section
        self.parent = parent
        self.code = section.code
        reads = [section.read(statement) for statement in section.statements]
        lines = (
            line_of(place, statement, read)
            for place, (statement, read) in enumerate(zip(section.statements, reads, strict=True))
        )
        self.lines = [line for line in lines if line is not None and not line.read.doubtful]
        self.asserted = frozenset(filter(None, map(_asserted, reads))) if self.code else frozenset()
        self._numbered = {line.number: line for line in self.lines}
        self.symbols: dict[str, Symbol] = {}
        for line in self.lines:
            for symbol in (*line.used, *((line.target,) if line.target is not None else ())):
                self.symbols.setdefault(symbol.key, symbol)
            for node in walk(line.formula.parts[:1]):
                if isinstance(node, Name):
                    self.symbols.setdefault(node.symbol.key, node.symbol)
        self.fills = Counter(
            word_of(line.target) for line in self.lines if line.fills and line.target is not None
        )
        self.lengths = [one for line in self.lines if line.fills for one in lengths(line)]
        self.aliases = dict(self._aliases())
        self.kinds: dict[int, str] = {}
        self.objects: dict[str, Slot] = {}
        self.words: dict[str, list[str]] = {}
        for key, symbol in self.symbols.items():
            self.words.setdefault(word_of(symbol), []).append(key)

    def _aliases(self) -> Iterator[tuple[str, str]]:
        """Yield the keys that are another under a second name, as the symbols spell them."""
        for one, other in self.section.aliases:
            keys = (other, self.section.names.undeclared(other).key)
            key = next((key for key in keys if key in self.symbols), other)
            yield one, key
            yield self.section.names.undeclared(one).key, key

    def line(self, number: int) -> Line | None:
        """Return the line that a statement is, by its number; None where it says nothing here."""
        return self._numbered.get(number)

    def kind(self, line: Line) -> str:
        """Return what kind of line a line is: FORWARD, BACKWARD, UPDATE or EXPRESSION."""
        return self.kinds[line.number]

    def forward(self) -> Iterator[Line]:
        """Yield the forward lines."""
        return (line for line in self.lines if self.kinds[line.number] == FORWARD)

    def is_scalar(self, symbol: Symbol) -> bool:
        """Say whether a name is declared to be a number, or is one of several of that name: `alpha_0`."""
        declared = self.section.names.declared(symbol)
        word, bracket, _ = symbol.key.partition("[")
        if declared is None and bracket and not symbol.gradient:
            declared = self.section.names.known.plain.get(word)
        return declared is not None and declared.shapes[0] == ()

    def scales(self, factor: Factor) -> bool:
        """Say whether a factor is a number, or a column by its name, as `γ` of `γ ẑ + β`: it scales others."""
        if factor.symbol is None:
            return False
        if self.is_scalar(factor.symbol):
            return True
        declared = None if factor.symbol.gradient else self.section.names.declared(factor.symbol)
        shape = declared.shapes[0] if declared is not None else None
        return isinstance(shape, tuple) and not isinstance(shape, As) and 1 in shape and not factor.transposed

    def chain(self) -> Iterator["Scope"]:
        """Yield this scope and those around it."""
        scope: Scope | None = self
        while scope is not None:
            yield scope
            scope = scope.parent


def _asserted(read: Read) -> str:
    """Return the key of a name whose shape is asserted: `assert dZ.shape == (n, m)`."""
    first = read.formula.parts[0] if read.formula is not None else None
    if not isinstance(first, Call) or first.function != "asserted":
        return ""
    array = bare(first.arguments[0])
    return array.symbol.key if isinstance(array, Name) else ""


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
            self.scopes.append(Scope(number, section, self.scopes[parent] if parent >= 0 else None))
        self.code = any(scope.code for scope in self.scopes)
        self._homes: dict[Slot, Slot] = {}
        self._by_word: dict[str, list[Slot]] = {}
        for scope in self.scopes:
            for word, keys in scope.words.items():
                self._by_word.setdefault(word, []).extend(self.slot(scope, key) for key in keys)

    def slot(self, scope: Scope, key: str) -> Slot:
        """Return the name that a key is in a scope: that of the outermost scope around it that has it."""
        found = self._homes.get((scope.number, key))
        if found is None:
            key = scope.aliases.get(key, key)
            number = scope.number
            if scope.code is (VERSION in key) and PARAMETER not in key:
                for one in scope.chain():  # of a program, what the module assigns once
                    if key in one.symbols:
                        number = one.number
            found = self._homes[scope.number, key] = (number, key)
        return found

    def slots(self, word: str) -> Sequence[Slot]:
        """Return every name of the document that is this word."""
        return self._by_word.get(word, ())

    def stands_for(self, scope: Scope, symbol: Symbol) -> Slot:
        """Return the name whose shape a name has: what it is the gradient of, or itself."""
        return scope.objects.get(symbol.key) or self.slot(scope, symbol.key)
