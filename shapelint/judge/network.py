"""The scopes of a document as one network: what goes forward, what goes back, and what each name is by its use."""

from collections.abc import Sequence
from functools import cached_property

from shapelint.declared import As
from shapelint.infer.environment import is_loss
from shapelint.infer.section import Section
from shapelint.judge import roles, scalars
from shapelint.judge.circles import circular
from shapelint.judge.directions import first_sides, goes_back, going_back, handed_back, sort_lines, weights
from shapelint.judge.flat import flat
from shapelint.judge.gradients import find_objects
from shapelint.judge.hints import letter_of, may_be_weight, tells_backward, word_of
from shapelint.judge.homes import Homes
from shapelint.judge.lines import EXPRESSION, FORWARD, Line
from shapelint.judge.scopes import Scope
from shapelint.judge.store import Slot
from shapelint.judge.votes import traits
from shapelint.sizes import Size, atoms

_COSTS = frozenset(("J", "L", "cost", "loss", "Cost", "Loss"))


class Network(Homes):
    """The scopes of a document that share names, with all that is asked of lines before anything is solved.

    `defined` are the names that forward lines make, `backward` those that only a line going back makes. `sided` have
    two axes, `flat` have one, `factors` stand in products, `added` only in sums, `biases` in those of forward lines;
    `upright` are vectors that stand as columns, `remade` have no shape of their own, `scales`, `calculus`, `divisors`
    and `roots` are numbers, `handed_back` what functions that go back are given. `circular` are the lines that use what
    is made of their own targets, `traits` the worlds that forward lines vote for.
    """

    def __init__(self, sections: Sequence[Section], parents: Sequence[int]) -> None:
        """Take the sections, each with the number of the one around it (-1: none)."""
        super().__init__(sections, parents)
        find_objects(self)
        backward = going_back(self)
        self.defined = sort_lines(self, backward)
        self.first_sides = first_sides(self)
        self.backward = frozenset(backward)
        self.sided, self.factors = roles.sided_and_factors(self, self.defined)
        self.flat = flat(self, self.sided)
        self.added = roles.added(self) - self.factors - self.defined
        self.biases = roles.biases(self) - self.defined
        self.upright = roles.upright(self)
        self.remade = roles.remade(self) | roles.deep(self)
        self.scales = scalars.scales(self, self.defined | self.backward | self.sided)
        self.calculus = scalars.calculus(self)
        self.divisors = scalars.divisors(self, self.sided | self.factors | self.defined)
        self.roots = scalars.roots(self)
        self.handed_back = handed_back(self)
        self.circular = circular(self)
        self.traits = traits(self, self.defined)

    @cached_property
    def counts_examples(self) -> bool:
        """Say whether anything speaks of several examples."""
        return scalars.counts_examples(self)

    @cached_property
    def counts_units(self) -> bool:
        """Say whether the letter m of notes counts units, and no examples: a weight has it, `V ∈ R^{m×h}`."""
        return not self.code and any(
            "m" in shape and may_be_weight(scope.section.names.undeclared(one.word))
            for scope in self.scopes
            for one in scope.section.said.declared
            for shape in one.shapes[:1]
            if isinstance(shape, tuple) and not isinstance(shape, As) and len(shape) == 2 and 1 not in shape
        )

    @cached_property
    def measured(self) -> frozenset[Size]:
        """The letters that a program has a variable of: others, of docstrings, may be second names of those."""
        names = (one for scope in self.scopes for one in (*scope.symbols.values(), *scope.lengths))
        made = (one for scope in self.scopes for one in scope.section.said.declared if not one.prose)
        shapes = (
            shape
            for one in made
            for shape in one.shapes
            if isinstance(shape, tuple) and not isinstance(shape, As)
        )
        return frozenset(
            (*map(letter_of, names), *(atom for one in shapes for size in one for atom in atoms(size)))
        )

    @cached_property
    def picked(self) -> frozenset[Slot]:
        """The names of a program that are the numbers of classes: `y_hat = np.argmax(A, axis=1)` is no output."""
        return roles.picked(self)

    @cached_property
    def arrays(self) -> frozenset[str]:
        """The words of names that have axes somewhere in a program: `t` of `t.shape[0]` and of `y - t`."""
        return roles.arrays(self, self.sided)

    def speaks(self, scope: Scope, line: Line) -> bool:
        """Say whether a line goes forward and says what names are: a cost says nothing of what it sums up."""
        kind = scope.kind(line)
        if self.handed_back and any(self.slot(scope, one.key) in self.handed_back for one in line.used):
            return False
        if kind == FORWARD:
            word = "" if line.target is None else word_of(line.target)
            return not is_loss(line.formula.parts[0]) and word not in _COSTS
        if kind != EXPRESSION or (line.target is None and len(line.formula.parts) > 1):
            return False
        return not any(
            goes_back(self, scope, one, self.backward) or tells_backward(one) for one in line.used
        ) and not self._turns(scope, line)

    def _turns(self, scope: Scope, line: Line) -> bool:
        return any(self.first_sides.get(one, side) != side for side, one in weights(self, scope, line, {}))
