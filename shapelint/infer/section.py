"""The formulas of one section in, a verdict on each out.

Names that nobody declared, the last layer and the sign for the matrix product are solved over the whole
section; trees are not kept, a statement that has to be looked at again is read again.
"""

import re
from collections.abc import Collection, Hashable, Mapping, Sequence
from copy import copy
from functools import partial
from typing import TYPE_CHECKING, Any

from shapelint.declared import Convention, Declared, Known
from shapelint.documents.claims import Claim
from shapelint.documents.statements import Statement
from shapelint.infer.aside import aside
from shapelint.infer.environment import Environment, Found, Reading, Solved
from shapelint.infer.facts import Facts, Said, agrees, differ, facts, keeps_numbers, without_own_letters
from shapelint.infer.formula import Verdict, judge
from shapelint.infer.judged import Judged
from shapelint.infer.last_layer import most_needed, needed_as_last
from shapelint.infer.layers import OPEN_LAYER, possible_layers
from shapelint.infer.learn import Learner
from shapelint.infer.readings import Readings, open_flags
from shapelint.infer.triggers import triggers
from shapelint.names import Names
from shapelint.names.entries import positions_of_entries
from shapelint.parse.formulas import Read, read_formula
from shapelint.parse.notation import PYTHON
from shapelint.sizes import Size, atoms, is_own
from shapelint.spelling import spelled
from shapelint.symbol import OUTPUT, UNDECLARED, Flags, Layer, Symbol
from shapelint.tree import Formula

if TYPE_CHECKING:
    from shapelint.infer.solution import Solution

_MOST_TREES = 3000  # of a section are kept while it is judged
_SWEEPS = 12  # over formulas with names that nobody declared, forwards and backwards
_SWEEPS_OF_CODE = 3  # a program says what a variable is before it reads it
_SEVERAL = 2  # formulas that need one example per step, before a document is taken to mean that
# Layers in square brackets: `W[1]`, `dZ[l-1]`, `n[L]`; `X[0, :N]` and `sizes[1]` of a program are none.
_BRACKETS = re.compile(r"(?<![^\W_])d?(?:[WwbBZzAaDgnh]|\\?delta)\w?\[(?:\d\d?|[lL](?:[+-]\d\d?)?)\]")


def assigned_words(statements: Sequence[Statement], code: bool) -> frozenset[str]:
    """Return the words that formulas assign."""
    return frozenset(spelled(one.head.split("(")[0], not code).word for one in statements)


class Section:
    """The formulas that share names, under one convention, layout and reading of `*`.

    One that `recalls` keeps notes about its formulas for the next version of the document; one that is solved has
    the `solution` that it is judged by.
    """

    recalls = False
    trusts_names = True  # false where no one chose a convention, and nothing says that its names hold
    solution: "Solution | None" = None
    _solved: Solved | None = None

    def __init__(
        self,
        text: str,
        statements: Sequence[Statement],
        said: Said,
        convention: Convention,
        numerator: bool,
        star: str,
        claims: Mapping[int, Claim],
        written: str,
        habits: str,
        original: str,
        earlier: frozenset[str] = frozenset(),
        around: "Section | None" = None,
    ) -> None:
        """Take what was said, and find out what the names mean.

        `claims` are the shapes that formulas claim, by where they begin; `written` is what stands in this
        section and around it, `habits` all of the document, in the plain notation's spelling; `original` is the
        text as the writer wrote it, of which `text` is what is read, place for place. `earlier` are the words that
        earlier sections of notes assign. What was learnt
        and assigned in the section `around` this one holds here, too.
        """
        self.text, self.original = text, original
        self.around = around
        self.earlier = earlier
        self.statements = statements
        self.said = said
        self.convention = convention
        self.numerator = numerator
        self.star = star
        self.claims = claims
        self.habits = habits
        self.written = written
        self.triggered = tuple(triggers(convention, written))
        self.facts: Facts = facts(convention, self.triggered, said)
        assigned = assigned_words(statements, self.code)
        if around is not None:
            assigned |= around.names.assigned
        self.known = without_own_letters(self.facts.known, assigned)
        self._reads: dict[tuple[int, int, str], Read] = {}
        self.names: Names = self._named(assigned)
        self._said_twice: frozenset[tuple[str, Layer | None]] | None = None
        self.aliases: tuple[tuple[str, str], ...] = ()  # of a program: names that are one
        self.family: int | None = None  # of a program: the scopes that it works together with
        self.found: dict[str, Found] = {} if around is None else dict(around.found)
        self.last: int | None = self.facts.last
        self.readings = Readings(self.names, convention, self.code, written)
        # Said once all formulas are read: repairs read formulas that the document does not have.
        self.speaks_of_layers = self.speaks_of_networks = self.tells_layers_apart = False
        self.network: bool | None = None  # of a program: asked when all of it is judged
        self._environments: dict[tuple[Reading, bool], Environment] = {}

    def judge(self) -> list[Judged]:
        """Return the verdict on every formula, in the order of the text."""
        judged = [self._first(statement) for statement in self.statements]
        later = [place for place, one in enumerate(judged) if one.verdict is None and one.read is None]
        outputs = [place for place in later if not judged[place].flags & UNDECLARED]
        undeclared = [place for place in later if judged[place].flags & UNDECLARED]
        if later and self.last is None:
            self.last = self._last_layer(judged, outputs)
        for place in outputs:
            judged[place] = self._again(judged[place])
        if undeclared:
            self._learn([judged[place].statement for place in undeclared])
        for place in undeclared:
            judged[place] = self._again(judged[place])
        self._settle_columns(judged)
        self.speaks_of_layers, self.speaks_of_networks, self.tells_layers_apart = self.names.speak_of()
        return judged

    def note(self, judged: Judged, kind: Hashable) -> Any:
        """Return what was noted about a formula when the last version of the document was judged, None if nothing."""
        return None

    def keep_note(self, judged: Judged, kind: Hashable, content: Any) -> None:
        """Note what was worked out about a formula, for the next version; here nobody asks for it."""

    def stated(self, symbol: Symbol) -> Declared | None:
        """Return what the document declares of a name; said in two ways, it holds in neither."""
        if self._said_twice is None:
            said: dict[tuple[str, Layer | None], set[object]] = {}
            for one in self.said.declared:
                said.setdefault((one.word, one.layer), set()).add(one.shapes)
            self._said_twice = frozenset(key for key, shapes in said.items() if len(shapes) > 1)
        if (symbol.base, symbol.layer) in self._said_twice:
            return None
        found = self.facts.own.find(symbol.base, symbol.layer)
        if found is None or found.word[:1] != "d":
            return found
        of = self.facts.own.find(found.word[1:], symbol.layer)
        # a gradient has the shape of what it is by, whatever else is said of it: that is told where it is said
        return None if of is not None and differ(of, found) and not self.numerator else found

    def read(self, statement: Statement) -> Read:
        """Read one statement; a long section does not keep the trees."""
        key = (statement.start, statement.end, statement.head)
        found = self._reads.get(key)
        if found is None:
            found = read_formula(self.text, statement.start, statement.end, self.names, statement.notation)
            if len(self._reads) < _MOST_TREES:
                self._reads[key] = found
        return found

    def environment(self, reading: Reading, forget_ones: bool = False) -> Environment:
        """Return the shapes of the names under a reading; with `forget_ones`, sizes stated as 1 are letters."""
        environment = self._environments.get((reading, forget_ones))
        if environment is None:
            equal: Mapping[str, Size] = self.facts.equal
            if forget_ones:
                equal = {atom: size for atom, size in equal.items() if size != 1}
            environment = self._environment(reading, equal, self.numerator)
            self._environments[reading, forget_ones] = environment
        return environment

    def _environment(self, reading: Reading, equal: Mapping[str, Size], numerator: bool) -> Environment:
        return Environment(
            self.names,
            reading,
            equal,
            self.found,
            numerator,
            self.facts.named,
            self.code,
            self.known,
            self._solved,
        )

    def with_one(self, reading: Reading, atom: str) -> Environment:
        """Return the shapes with one more size taken for 1."""
        return self._environment(reading, {**self.facts.equal, atom: 1}, self.numerator)

    def other_layout(self, reading: Reading) -> Environment:
        """Return the shapes with gradients laid out the other way."""
        return self._environment(reading, self.facts.equal, not self.numerator)

    def gradients_in_rows(self, reading: Reading) -> Environment:
        """Return the shapes with the gradients of columns in rows, and those of weights like the weights."""
        found = self._environment(reading, self.facts.equal, True)
        found.only_columns = True
        return found

    def under(self, known: Known) -> "Section":
        """Return this section with other meanings of its names; what was read and learnt stays."""
        other = copy(self)
        other.known = known
        other._environments = {}
        return other

    def environments(self, formula: Formula, flags: Flags, forget_ones: bool = False) -> list[Environment]:
        """Return the shapes under every reading of a formula, the likeliest first."""
        readings = self.readings.of(formula, flags, self.last)
        return [self.environment(reading, forget_ones) for reading in readings]

    @property
    def ones(self) -> list[str]:
        """The sizes that are 1 here, because the document says so or because it follows from what it says."""
        return [atom for atom, size in self.facts.ones.items() if size == 1]

    def without_ones(self, formula: Formula, flags: Flags) -> list[Environment]:
        """Return the shapes under every reading as if no size were known to be 1: those of the convention, then."""
        return self.environments(formula, flags, forget_ones=True)

    @property
    def code(self) -> bool:
        """Say whether this is a scope of a program: there an A without a layer is whichever was handed over."""
        return bool(self.statements) and self.statements[0].notation.grammar == PYTHON

    @property
    def examples_in_columns(self) -> bool:
        """Say whether the convention lays the examples out as columns."""
        return self.environment(Reading(self.last, OPEN_LAYER, (), 0)).examples_axis == 1

    def own(self, size: Size) -> bool:
        """Say whether a size is, or is built from, names of the document's own."""
        return any(is_own(atom) for atom in atoms(size))

    def keeps_numbers(self) -> bool:
        """Say whether each of the convention's sizes is one number in all that is declared."""
        return not self.said.declared or keeps_numbers(self.said.declared, self.facts.usual)

    def agrees(self, declared: Declared) -> bool:
        """Say whether a declared shape may be what this convention and layout give that name."""
        return agrees(declared, self.facts.usual, self.numerator)

    def judge_one(self, formula: Formula, flags: Flags) -> Verdict:
        """Return the verdict on one formula, with what is known of the section."""
        return judge(formula, self.environments(formula, flags), self.star)

    def _named(self, assigned: frozenset[str]) -> Names:
        """Return the names of this section, of which some are assigned in it or around it."""
        return Names(self.known, assigned, self._has_brackets, self.code, self._positions, self.earlier)

    @property
    def _positions(self) -> Collection[int]:
        """Return how many positions the entries have that the document writes."""
        return () if self.code else positions_of_entries(self.habits)

    @property
    def _has_brackets(self) -> bool:
        """Say whether the document writes layers in square brackets."""
        return _BRACKETS.search(self.habits) is not None

    def _first(self, statement: Statement) -> Judged:
        """Return the verdict on a statement; one with Y, A[L] or an undeclared name has to wait for the others."""
        return self._of(statement, self.read(statement))

    def _of(self, statement: Statement, read: Read) -> Judged:
        if read.formula is None:
            return Judged(statement, read, None, 0)
        if read.flags & (OUTPUT | UNDECLARED):
            return Judged(statement, None, None, read.flags)
        return self._judged(statement, read)

    def _judged(self, statement: Statement, read: Read) -> Judged:
        assert read.formula is not None
        verdict = self.judge_one(read.formula, read.flags)
        keep = read if verdict.problems or read.stated else None
        return Judged(
            statement, keep, verdict, read.flags, aside(read.formula, "w" in self.facts.known.plain)
        )

    def _again(self, judged: Judged) -> Judged:
        return self._judged(judged.statement, self.read(judged.statement))

    def _settle_columns(self, judged: list[Judged]) -> None:
        """A size such as `c = m or 1` has one value in a section: the second only if several formulas need it."""
        for choice, values in self.convention.choices.items():
            if values[0] != "m":
                continue  # one example and all of them may stand side by side
            needing = [
                place
                for place, one in enumerate(judged)
                if one.verdict is not None and (choice, values[-1]) in one.verdict.needed
            ]
            if 0 < len(needing) < _SEVERAL:
                self.readings.settled[choice] = values[0]
                for place in needing:
                    judged[place] = self._again(judged[place])

    def _last_layer(self, judged: Sequence[Judged], outputs: Sequence[int]) -> int | None:
        """Solve L: the number that most formulas with Y or A[L] need, else the greatest layer that is named."""
        numbers = self.names.layers() - {0}  # A[0] is the input, no layer
        if not numbers:
            return None
        greatest = max(numbers)
        return most_needed(
            (self._needed_last(judged[place].statement, greatest) for place in outputs), greatest
        )

    def _needed_last(self, statement: Statement, greatest: int) -> list[int]:
        """Return the numbers of the last layer under which a formula fits, if that depends on it."""
        read = self.read(statement)
        if read.formula is None:
            return []
        return needed_as_last(read.formula, greatest, self.names, self.last, partial(self._fits, read))

    def _fits(self, read: Read, last: int) -> bool:
        assert read.formula is not None
        before, self.last = self.last, last
        try:
            return not self.judge_one(read.formula, read.flags).problems
        finally:
            self.last = before

    def _learn(self, statements: Sequence[Statement]) -> None:
        """Find the shapes of undeclared names: sweep over their formulas until nothing new is learnt."""
        for sweep in range(_SWEEPS_OF_CODE if self.code else _SWEEPS):
            learnt = False
            for statement in statements if sweep % 2 == 0 else reversed(statements):
                learnt |= self._learn_from(statement)
            if not learnt:
                break

    def _learn_from(self, statement: Statement) -> bool:
        read = self.read(statement)
        if read.formula is None or read.doubtful:
            return False
        learner = Learner(self.found, statement.start, statement.end, read.formula.parts[0])
        layers = possible_layers(read.formula, self.names, self.last)
        reading = Reading(self.last, Layer("λ", 0) if layers == [OPEN_LAYER] else layers[0], (), 0)
        verdict = judge(read.formula, [self.environment(reading)], self.star, learner)
        if verdict.problems:
            learner.undo()
        for key in learner.names:
            self.names.mark(key, open_flags(self.found[key].shape))
        return learner.learnt
