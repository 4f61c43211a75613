"""A section whose names are solved: its formulas judged in the world that was found, by the shapes that lines define.

Those shapes hold as they are; what only lines that go back use is told by those lines, one after the other.
"""

import re
from collections.abc import Sequence
from functools import cached_property, partial

from shapelint.declared import Convention, Known
from shapelint.documents.statements import FORMULA, Statement
from shapelint.infer.apart import apart
from shapelint.infer.aside import aside
from shapelint.infer.environment import Environment, Reading, Solved
from shapelint.infer.formula import judge
from shapelint.infer.judged import Judged
from shapelint.infer.learn import Learner
from shapelint.infer.readings import open_flags
from shapelint.infer.section import Section
from shapelint.infer.solution import STATED, Solution
from shapelint.names import Names
from shapelint.problems import BadAxis, Problem, TargetShape
from shapelint.sizes import ANY, Size, is_one_or_all, replace
from shapelint.symbol import BATCH, CHOICE, SINGLE, UNDECLARED, VERSION, Flags, Symbol, variable_of
from shapelint.tree import (
    Compare,
    Formula,
    Name,
    Node,
    Sum,
    Transpose,
    bare,
    is_of_function,
    untransposed,
    walk,
)

_LABEL = re.compile(
    r"(?:[yYtT]|[yY]_?(?:true|train|batch|hot|onehot|one_hot|target|actual)|labels?|targets?|truth)$"
)


def _rests_on_nothing(problem: Problem) -> bool:
    """Say whether a name is held to a shape of which no size is known: how many axes it has is no more certain."""
    if type(problem) is BadAxis:
        return all(size is ANY for size in problem.operand.shape)
    if type(problem) is not TargetShape:
        return False
    shape = problem.target.shape
    if len(shape) > 2 and len(problem.found) == len(shape) and shape[0] == 1:
        return True  # a stack of what each example gives
    if problem.found == ():  # one of one example may be a number
        return all(size is ANY or is_one_or_all(size) for size in shape)
    return all(size is ANY for size in shape)


def _changes(formula: Formula, symbol: Symbol) -> bool:
    """Say whether a formula adds to its target, or takes from it: `b = b - rate * grad` keeps the shape of b."""
    value = bare(formula.parts[-1])
    return isinstance(value, Sum) and any(
        isinstance(term := bare(one), Name) and term.symbol is symbol for one in value.terms
    )


def _turns_itself(formula: Formula) -> bool:
    """Say whether a formula gives a second name to what has one already, turned: `dz = dZ^T`, `x = X^T`."""
    target, value = formula.parts[0], untransposed(formula.parts[-1])
    if not isinstance(bare(formula.parts[-1]), Transpose):
        return False
    if not isinstance(value, Name) or not isinstance(target, Name):
        return False
    one, other = target.symbol.key, value.symbol.key
    return one != other and one.lower() == other.lower()


class SolvedSection(Section):
    """A section once more, in the world that was found: it shares the names of the prior one, and what that read."""

    solution: Solution

    def __init__(
        self,
        prior: Section,
        convention: Convention,
        numerator: bool,
        star: str,
        solution: Solution,
        known: Known,
        around: Section | None,
    ) -> None:
        """Take what the names of `prior` mean in the world of a solution, and what lines say of their shapes."""
        self._prior = prior
        super().__init__(
            prior.text,
            prior.statements,
            prior.said,
            convention,
            numerator,
            star,
            prior.claims,
            prior.written,
            prior.habits,
            prior.original,
            prior.earlier,
            around,
        )
        self._reads = prior._reads
        self.known = known
        self.solution = solution
        self.found = dict(solution.found)
        # in notes a letter that is known to be itself is none of the convention's
        own = frozenset() if prior.code else frozenset(solution.marks)
        renamed: dict[str, Size] = {
            atom: size for atom, size in solution.equal.items() if not isinstance(size, int)
        }
        usual = {
            atom: value
            for atom, size in self.facts.equal.items()
            if atom not in own and (value := replace(size, renamed)) != atom
        }
        self.facts = self.facts._replace(
            equal={**usual, **solution.equal},
            spellings={**self.facts.spellings, **solution.spellings},
        )
        self._solved = Solved(
            solution.objects,
            solution.untold,
            solution.own,
            solution.numbers,
            partial(apart, marks=solution.marks, code=self.code),
        )
        self.last = solution.last

    def _named(self, assigned: frozenset[str]) -> Names:
        return self._prior.names

    def judge(self) -> list[Judged]:
        """Return the verdict on every formula: what only lines that go back use is told by those."""
        judged = [self._after(statement) for statement in self.statements]
        for place, one in enumerate(judged):
            if one.verdict is not None and not one.verdict.told and not one.verdict.problems:
                judged[place] = self._after(one.statement)
        self.speaks_of_layers, self.speaks_of_networks, self.tells_layers_apart = self.names.speak_of()
        return judged

    def _after(self, statement: Statement) -> Judged:
        """Return the verdict on a statement, and learn from it what nothing before it told."""
        read = self.read(statement)
        if read.formula is None:
            return Judged(statement, read, None, 0)
        if self.code:
            self._adopt_labels(read.formula)
        blocked = frozenset() if self.code else self.solution.untold
        learner = Learner(
            self.found, statement.start, statement.end, read.formula.parts[0], solved=True, blocked=blocked
        )
        environments = self.environments(read.formula, read.flags)
        unknown = any(
            isinstance(node, Name) and environments[0].shape(node.symbol) is None
            for node in walk(read.formula.parts)
        )
        # the x of `h(x) = w.T x` is nobody's data
        anyones = len(read.formula.parts) > 1 and is_of_function(read.formula)
        if unknown and not read.doubtful and not anyones:  # whether one example is meant, or all, stays open
            general = self.environment(Reading(self.last, environments[0].reading.floating, (), 0))
            if judge(read.formula, [general], self.star, learner).problems:
                learner.undo()
            for key in learner.names:
                self.names.mark(key, open_flags(self.found[key].shape))
            environments = self.environments(read.formula, read.flags | self._learnt_flags(learner))
        verdict = judge(read.formula, environments, self.star)
        if verdict.problems and all(map(_rests_on_nothing, verdict.problems)):
            verdict = verdict._replace(problems=(), told=False)
        if verdict.problems:
            learner.undo()
            if self._defines(read.formula, statement) and all(
                type(one) is TargetShape for one in verdict.problems
            ):
                verdict = verdict._replace(problems=(), told=False)  # it is what the target is
        keep = read if verdict.problems or read.stated else None
        return Judged(
            statement, keep, verdict, read.flags, aside(read.formula, "w" in self.facts.known.plain)
        )

    def _learnt_flags(self, learner: Learner) -> Flags:
        flags = 0
        for key in learner.names:
            flags |= open_flags(self.found[key].shape)
        return flags

    def _defines(self, formula: Formula, statement: Statement) -> bool:
        """Say whether a formula is the one that says what its target is."""
        target = formula.parts[0]
        if not isinstance(target, Name):
            return False
        symbol = target.symbol
        if _turns_itself(formula):
            return True
        if self.code and not symbol.gradient and isinstance(bare(formula.parts[-1]), Name):
            return True  # `W1 = self.params["W1"]`: a second name for what is there
        of = self.solution.objects.get(symbol.key, symbol.object_key)
        if not self.code and statement.start in self.claims and of not in self.solution.found:
            return True  # its shape is said behind it, and only a convention says another
        if (
            self.code
            and (VERSION in symbol.key or symbol.key.startswith("?"))
            and not symbol.gradient
            and symbol.key not in self.solution.objects
            and not (self.solution.grades.get(symbol.key) == STATED and _changes(formula, symbol))
        ):
            # a variable is what is assigned to it, unless that says nothing and other lines tell
            made = self.solution.found.get(symbol.key)
            if made is None or ANY in made.shape or symbol.key in self.solution.grades:
                return True
            return any(map(is_one_or_all, made.shape)) and self._is_graded(formula)
        if not self.code and symbol.flags & UNDECLARED and "[" not in symbol.key and not symbol.gradient:
            heads = sum(one.head == statement.head for one in self.statements)
            if heads > 1 and statement.kind == FORMULA:
                return True  # a name of the document's own may stand for one thing after another
        found = self.found.get(symbol.key)
        return found is not None and found.start == statement.start and found.end == statement.end

    def _is_graded(self, formula: Formula) -> bool:
        """Say whether a document states or makes every name on the right of a formula."""
        names = {node.symbol.key for node in walk(formula.parts[1:]) if isinstance(node, Name)}
        return names <= self.solution.grades.keys()

    def _adopt_labels(self, formula: Formula) -> None:
        """What should come out has the shape of what it is taken from, where no line of the program says another."""
        for node in walk(formula.parts):
            sides: Sequence[Node] = ()
            if isinstance(node, Sum) and len(node.terms) == 2 and node.signs[0][2] == "-":
                sides = node.terms
            elif isinstance(node, Compare):
                sides = (node.left, node.right)
            if len(sides) != 2:
                continue
            for one, other in (sides, sides[::-1]):
                label, beside = bare(one), bare(other)
                if not isinstance(label, Name) or not isinstance(beside, Name):
                    continue
                known = self.found.get(beside.symbol.key)
                word = variable_of(label.symbol.key).rpartition(".")[2]
                if known is None or label.symbol.key in self.found or not _LABEL.match(word):
                    continue
                if label.symbol.flags & UNDECLARED or label.symbol.base in ("Y", "y"):
                    self.found[label.symbol.key] = known

    def environments(self, formula: Formula, flags: Flags, forget_ones: bool = False) -> list[Environment]:
        """Return the shapes under every reading of a formula, the likeliest first."""
        if self._has_choices:
            flags |= CHOICE
        if self.solution.one_or_all:
            flags = (flags | SINGLE) & ~BATCH
        return super().environments(formula, flags, forget_ones)

    @cached_property
    def _has_choices(self) -> bool:
        """Say whether a name may have several shapes in this world, though it has one where it was read."""
        return not self.solution.world.columns or any(one.others for one in self.solution.found.values())

    @property
    def ones(self) -> list[str]:
        """The sizes that are 1 here, because the document says so or because it follows from what it says."""
        every = {**self.facts.ones, **self.solution.equal}
        return [atom for atom, size in every.items() if size == 1]

    def without_ones(self, formula: Formula, flags: Flags) -> list[Environment]:
        """Return the shapes under every reading as if no size were known to be 1: those of the convention, then."""
        equal = {atom: size for atom, size in self.facts.equal.items() if size != 1}
        return [
            Environment(
                self.names,
                one.reading,
                equal,
                {},
                self.numerator,
                self.facts.named,
                self.code,
                self.known,
                None,
            )
            for one in self.environments(formula, flags)
        ]
