"""The scopes of a document as they are solved: their lines, and their names."""

from collections import Counter
from collections.abc import Iterator
from functools import cached_property

from shapelint.declared import As
from shapelint.infer.environment import is_loss
from shapelint.infer.section import Section
from shapelint.judge.hints import word_of
from shapelint.judge.lines import FORWARD, Factor, Line, lengths, line_of
from shapelint.judge.store import Slot
from shapelint.parse.formulas import Read
from shapelint.symbol import Symbol, is_kept
from shapelint.tree import Call, Name, bare, walk


class Scope:
    """A section of a document, or a scope of a program, with what its lines say.

    `section` is the section under the world that is tried first, whose names and readings all worlds share; `fills`
    counts the lines that make an array of a shape, by the word of its name, `lengths` are the names in those shapes;
    `asserted` are names of which an assertion says the shape. `earlier` is the section of notes that it goes on from,
    as one about the gradients goes on from one about the forward pass.
    """

    def __init__(self, number: int, section: Section, parent: "Scope | None") -> None:
        """Read every statement once."""
        self.number = number
        self.section = section
        self.parent = parent
        self.earlier: Scope | None = None
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
            if is_kept(key) and key not in self.symbols:
                continue  # what the notation has a name for, whatever it is kept in
            yield one, key
            yield self.section.names.undeclared(one).key, key

    @cached_property
    def is_class(self) -> bool:
        """Say whether it is a class of a program: its methods have an object in common."""
        return self.code and any(key.startswith(("self.", "cls.")) for key in self.symbols)

    @cached_property
    def makes(self) -> frozenset[str]:
        """What its lines make of other names: an update makes nothing new, a cost is a number."""
        return frozenset(
            line.target.key
            for line in self.lines
            if line.target is not None
            and line.used
            and not line.updates
            and not is_loss(line.formula.parts[0])
        )

    @cached_property
    def first_uses(self) -> dict[str, tuple[int, int]]:
        """The extent of the first line on whose right side each name stands."""
        found: dict[str, tuple[int, int]] = {}
        for line in self.lines:
            for symbol in line.used:
                found.setdefault(symbol.key, (line.statement.start, line.statement.end))
        return found

    @cached_property
    def raised(self) -> dict[str, bool]:
        """Say of the names of notes that have a layer whether it stands above them: `h^{(1)}` is not `h_1`."""
        original = self.section.original
        return {
            node.symbol.key: "^" in original[node.start : node.end]
            for line in self.lines
            for node in walk(line.formula.parts)
            if isinstance(node, Name) and "[" in node.symbol.key and not self.code
        }

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
        """Yield this scope, those that it goes on from, and those around it."""
        scope: Scope | None = self
        while scope is not None:
            yield scope
            scope = scope.earlier or scope.parent


def _asserted(read: Read) -> str:
    """Return the key of a name whose shape is asserted: `assert dZ.shape == (n, m)`."""
    first = read.formula.parts[0] if read.formula is not None else None
    if not isinstance(first, Call) or first.function != "asserted":
        return ""
    array = bare(first.arguments[0])
    return array.symbol.key if isinstance(array, Name) else ""
