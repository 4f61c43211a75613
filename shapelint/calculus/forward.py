"""A document in, the network that its formulas tell out: what each name is made of, and what is not understood."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from shapelint.calculus.consistent import consistent
from shapelint.calculus.expressions import SIZE, TOTAL, VAR, Node, Shapes, UnshapedError, names, rebuilt, walk
from shapelint.calculus.keys import Key, is_gradient, names_in, object_of, word_of
from shapelint.calculus.lower import lowering
from shapelint.calculus.lowering import Unlowered
from shapelint.calculus.network import EARLIER, GRADIENT, Forward, Network, Stopped, Written, plain_key
from shapelint.calculus.recognise import recognised
from shapelint.documents.statements import Statement
from shapelint.infer.document import Document, Stretch
from shapelint.infer.environment import Reading
from shapelint.infer.judged import Judged
from shapelint.infer.record import Recording, record
from shapelint.infer.section import Section
from shapelint.infer.sums import is_over_examples
from shapelint.shapes import MaybeShape, Shape, settled
from shapelint.sizes import ANY, Size
from shapelint.source import Span
from shapelint.tree import BigSum, Formula, Name
from shapelint.tree import Node as Tree
from shapelint.tree import walk as walk_tree

_COSTS = frozenset(("J", "cost", "Cost", "loss", "Loss", "L", "C", "E"))
_UPDATES = {"*=": "*", "/=": "/", "+=": "+", "-=": "-"}


def network_of(document: Document) -> Network:
    """Return the forward pass that the sections of a document tell together."""
    made = _Making()
    for stretch in document.stretches:
        made.take(stretch)
    return made.network()


class _Candidate(NamedTuple):
    """A formula that may be a line of the forward pass: the word of its target, its tree and what was met in it."""

    word: str
    tree: Tree
    found: Recording
    section: Section
    statement: Statement
    formula: Formula
    update: str


class _Shaped:
    """What shape inference met in a formula, as `lower` asks for it."""

    def __init__(self, found: Recording) -> None:
        self._found = found

    def met(self, node: Tree) -> MaybeShape:
        return settled(self._found.met(node))

    def is_matrix(self, right: Tree) -> bool:
        step = self._found.step(right)
        return step is not None and step.matrix

    def meaning(self, sign: tuple[int, int, str]) -> str:
        return self._found.meaning(sign)

    def reading_of(self, place: int) -> str:
        return self._found.choices.get(-1 - place, "")

    def size(self, node: Tree) -> Size:
        from shapelint.infer.extents import size_of

        size = size_of(node)
        return size if size is ANY else self._found.environment.stated((size,))[0]


class _Making:
    """The lines of a document on their way to a network."""

    def __init__(self) -> None:
        self.candidates: list[_Candidate] = []
        self.backward: list[_Candidate] = []
        self.shapes: dict[str, Shape] = {}
        self.words: dict[str, str] = {}
        self.tainted: set[str] = set()
        self.sections: list[Section] = []

    def take(self, stretch: Stretch) -> None:
        """Sort the formulas of a section: forward, backward, or made of gradients."""
        section = stretch.chosen.section
        self.sections.append(section)
        for judged in stretch.chosen.judged:
            formula = section.read(judged.statement).formula if judged.verdict is not None else None
            if formula is not None:
                self._formula(section, judged, formula)

    def _formula(self, section: Section, judged: Judged, formula: Formula) -> None:
        verdict = judged.verdict
        assert verdict is not None
        found = record(formula, section.environment(_of_all(formula, verdict.reading)), verdict.choices)
        for target, tree, sign in _assignments(formula):
            self._note_names(section, found, target, tree)
            word = word_of(target.symbol)
            one = _Candidate(word, tree, found, section, judged.statement, formula, _UPDATES.get(sign, ""))
            if is_gradient(target.symbol):
                self.backward.append(one._replace(word=object_of(target.symbol)))
            elif any(
                is_gradient(part.symbol) or word_of(part.symbol) in self.tainted for part in names_in(tree)
            ):
                self.tainted.add(word)
            else:
                self.candidates.append(one)

    def _note_names(self, section: Section, found: Recording, *trees: Tree) -> None:
        for name in (part for tree in trees for part in names_in(tree)):
            word = word_of(name.symbol)
            if is_gradient(name.symbol):
                word = GRADIENT + object_of(name.symbol)
            shape = settled(found.environment.shape(name.symbol))
            if shape is not None and not is_gradient(name.symbol):
                self.shapes.setdefault(word, shape)
            self.words.setdefault(word, section.original[name.start : name.end])

    def network(self) -> Network:
        """Return what the lines come to."""
        self._same_letters()
        chosen, again = _without_repeats(self.candidates)
        lines, stopped = self._lowered(chosen)
        sizes = {key: line.value for key, line in lines.items() if line.value.op == SIZE}
        lines = _with_sizes(lines, sizes)
        shapes = self._all_shapes(lines)
        lines, stopped = consistent(lines, stopped, shapes)
        section = self.sections[0] if self.sections else None
        return Network(
            lines,
            stopped,
            shapes,
            _cost(lines, shapes),
            self.words,
            tuple(self._written(one, sizes) for one in self.backward),
            tuple(_stopped(one, one.word, "again", "", None) for one in again),
            section.facts.spellings if section is not None else {},
            section.convention.name if section is not None else "ng",
            self.candidates[0].statement.notation if self.candidates else None,
            section.last if section is not None else None,
        )

    def _same_letters(self) -> None:
        """`a2` and `A2` are one where only one of them is defined, and `Yhat` is what the network puts out."""
        defined = {one.word for one in self.candidates}
        used = set(self.words) - defined
        self.alias = {
            word: other
            for word in used
            for other in (word[:1].swapcase() + word[1:],)
            if other in defined and word[:1] in "aAzZ"
        }

    def _key(self, versions: Mapping[str, str]) -> Key:
        return Key(versions, self.alias)

    def _lowered(self, chosen: list[_Candidate]) -> tuple[dict[str, Forward], dict[str, Stopped]]:
        """Work through the lines in order, each name in the version that it has there."""
        left: dict[str, int] = {}
        for one in chosen:
            left[one.word] = left.get(one.word, 0) + 1
        first = dict(left)
        lines: dict[str, Forward] = {}
        stopped: dict[str, Stopped] = {}
        now: dict[str, str] = {}
        for one in chosen:
            before = dict(now)
            if left[one.word] == first[one.word] and _uses(one, one.word):
                before[one.word] = one.word + EARLIER * left[one.word]
            left[one.word] -= 1
            key = one.word + EARLIER * left[one.word]
            now[one.word] = key
            self._lower(one, key, before, lines, stopped)
        return lines, stopped

    def _lower(
        self,
        one: _Candidate,
        key: str,
        versions: Mapping[str, str],
        lines: dict[str, Forward],
        stopped: dict[str, Stopped],
    ) -> None:
        lowered = lowering(one.section.text, _Shaped(one.found), self._key(versions))
        shape = self.shapes.get(one.word)
        if shape is not None:
            for version in (key, *versions.values()):
                if plain_key(version) == one.word:
                    self.shapes.setdefault(version, shape)
        try:
            value = recognised(lowered.node(one.tree))
        except Unlowered as problem:
            named = tuple(dict.fromkeys(map(lowered.key, (name.symbol for name in names_in(one.tree)))))
            stopped[key] = _stopped(one, key, problem.reason, problem.what, problem.span)._replace(
                names=named
            )
            return
        if shape == ():
            value = _summed(value, one)
        if one.update:
            value = _updated(one.update, Node(VAR, (), versions.get(one.word, one.word)), value)
        lines[key] = Forward(key, value, _text(one), Span(one.formula.start, one.formula.end))

    def _written(self, one: _Candidate, sizes: Mapping[str, Node]) -> Written:
        lowered = lowering(one.section.text, _Shaped(one.found), self._key({}))
        try:
            value = _with_values(recognised(lowered.node(one.tree)), sizes) if not one.update else None
        except Unlowered:
            value = None
        span = Span(one.formula.start, one.formula.end)
        return Written(one.word, value, _text(one), span, one.statement, one.section)

    def _all_shapes(self, lines: Mapping[str, Forward]) -> dict[str, Shape]:
        """Add the shapes of names that no line told: what their formulas come to."""
        found = dict(self.shapes)
        for _ in range(2):  # a formula may use what is defined below it
            shapes = Shapes(found.get)
            for key, line in lines.items():
                if key not in found:
                    try:
                        found[key] = shapes(line.value)
                    except (UnshapedError, IndexError):
                        continue
        return found


def _assignments(formula: Formula) -> Iterator[tuple[Name, Tree, str]]:
    """Yield what a formula assigns: of a chain `A2 = Yhat = g(Z2)` each name, of the last part or of the next name."""
    last = formula.parts[-1]
    for place, part in enumerate(formula.parts[:-1]):
        if isinstance(part, Name):
            following = formula.parts[place + 1]
            value = (
                following if isinstance(following, Name) or (place == 0 and len(formula.parts) == 2) else last
            )
            yield part, value, formula.signs[place][2]


def _of_all(formula: Formula, reading: Reading) -> Reading:
    """A sum over the examples has terms of every one of them, though each is written as of one: Σ_i y^(i) log a^(i)."""
    if not any(isinstance(part, BigSum) and is_over_examples(part.sign) for part in walk_tree(formula.parts)):
        return reading
    columns = tuple((choice, "m" if value == 1 else value) for choice, value in reading.columns)
    return reading._replace(columns=columns)


def _uses(one: _Candidate, word: str) -> bool:
    return bool(one.update) or any(word_of(name.symbol) == word for name in names_in(one.tree))


def _without_repeats(candidates: Iterable[_Candidate]) -> tuple[list[_Candidate], list[_Candidate]]:
    """Leave out lines that define a name once more, not by itself: another example, or another way to write it.

    In a program a variable that is assigned again in one scope has another value from there on.
    """
    chosen: list[_Candidate] = []
    again: list[_Candidate] = []
    homes: dict[str, Section] = {}
    known: set[str] = set()
    for one in candidates:
        home = homes.setdefault(one.word, one.section)
        is_first = one.word not in known
        known.add(one.word)
        follows = home is one.section and (one.section.code or _uses(one, one.word))
        (chosen if is_first or follows else again).append(one)
    return chosen, again


def _updated(sign: str, before: Node, value: Node) -> Node:
    from shapelint.calculus.expressions import add_all, div, mul, neg

    makes = {
        "*": lambda: mul(before, value),
        "/": lambda: div(before, value),
        "+": lambda: add_all((before, value)),
        "-": lambda: add_all((before, neg(value))),
    }
    return makes[sign]()


def _text(one: _Candidate) -> str:
    return " ".join(one.section.original[one.formula.start : one.formula.end].split())


def _stopped(one: _Candidate, key: str, reason: str, what: str, span: Span | None) -> Stopped:
    where = span or Span(one.formula.start, one.formula.end)
    original = " ".join(one.section.original[where.start : where.end].split())
    return Stopped(key, reason, original if what else "", where, _text(one))


def _summed(value: Node, one: _Candidate) -> Node:
    """Sum over everything where the target is a scalar: `J = (1/m) Σ_i …` adds up the units of an example, too."""
    shape = settled(one.found.met(one.tree))
    if shape in ((), None) or not any(part.op == TOTAL for part in walk(value)):
        return value
    return _over_all(value)


def _over_all(node: Node) -> Node:
    if node.op == TOTAL:
        return node._replace(data=node.data._replace(axis=None))
    return rebuilt(node, _over_all)


def _with_sizes(lines: dict[str, Forward], sizes: Mapping[str, Node]) -> dict[str, Forward]:
    """Put sizes for the names that a program gives them: `m = X.shape[1]`."""
    return {
        key: line._replace(value=_with_values(line.value, sizes))
        for key, line in lines.items()
        if key not in sizes
    }


def _with_values(node: Node, values: Mapping[str, Node]) -> Node:
    if node.op == VAR:
        return values.get(node.data, node)
    return rebuilt(node, lambda one: _with_values(one, values))


def _cost(lines: Mapping[str, Forward], shapes: Mapping[str, Shape]) -> str | None:
    """Return the key of the cost: a scalar of that name, else the last scalar that nothing else is made of."""
    scalars = [key for key in lines if all(size == 1 for size in shapes.get(key, ("?",)))]
    named = [key for key in scalars if re.split(r"[\[_°]", key)[0] in _COSTS]
    if named:
        return named[-1]
    used = {name for line in lines.values() for name in names(line.value)}
    loose = [
        key
        for key in scalars
        if key not in used and any(_is_array(shapes, name) for name in names(lines[key].value))
    ]
    return loose[-1] if loose else None


def _is_array(shapes: Mapping[str, Shape], key: str) -> bool:
    return bool(shapes.get(key))
