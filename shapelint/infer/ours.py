"""Which formulas of a document are about a network: the rest of its mathematics is left alone, without a word.

In a file of formulas that was named, all of them are. Elsewhere the document has to speak of layers, and names
without a layer count only in a section that has one, or a gradient (`latex.md`, "Which of them are ours").
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from shapelint.documents.contents import Contents
from shapelint.infer.aside import ONE_NUMBER
from shapelint.infer.document import Document, Stretch
from shapelint.infer.environment import is_cost
from shapelint.infer.judged import Judged
from shapelint.infer.networks import PAIRS, is_network
from shapelint.infer.section import Section
from shapelint.parse.notation import PYTHON
from shapelint.patterns import lazy
from shapelint.problems import TargetShape
from shapelint.symbol import LAYERLESS, UNDECLARED
from shapelint.tree import Call, Formula, Name, Node, untransposed, walk

_ENOUGH = 2  # formulas without layers that fit, before they are taken to be about a network


class Ours(NamedTuple):
    """What is checked of a document: `whole` is false where nothing in it speaks of a network.

    `networks` are the sections of programs that do, by their ids. `sentences` is false where a file of formulas
    does not speak of networks, so that those in its sentences may be about anything.
    """

    whole: bool
    everything: bool
    networks: frozenset[int]
    sentences: bool = True

    def passed_over(self, stretch: Stretch, judged: Judged) -> str:
        """Return why a formula is left alone, "" where it is checked."""
        if judged.statement.notation.grammar == PYTHON:
            is_ours = id(stretch.chosen.section) in self.networks
            return (
                ""
                if is_ours or _rests_on_facts(stretch, judged)
                else "nothing in this function says that it is about a network"
            )
        verdict = judged.verdict
        wrong = verdict is not None and bool(verdict.problems)
        everything = self.everything and not judged.statement.loose
        if judged.aside == ONE_NUMBER and not _is_a_column(stretch.chosen.section):
            return ONE_NUMBER
        if wrong and not everything:
            if _is_of_entries(stretch, judged):
                return "it is about entries, one by one"
            if not stretch.chosen.section.names.brackets and _is_open_identity(stretch, judged):
                return "nothing says what the names of this identity are"
        if everything or _rests_on_facts(stretch, judged):
            if judged.statement.loose and not (_speaks(stretch) or stretch.chosen.section.said.declared):
                return "none of its names has a layer"  # a sentence may be about anything
            return "" if everything else judged.aside
        if not self.whole or (judged.statement.loose and not self.sentences):
            return "nothing in this document says that it is about a network"
        if judged.flags & (LAYERLESS | UNDECLARED) and not _speaks(stretch):
            return "none of its names has a layer"
        alone = stretch.chosen.section.solution is not None and _only_updates(stretch, judged)
        if alone and wrong and next(_fitting(stretch), None) is None:
            return "none of its names has a layer"
        return judged.aside


def ours(contents: Contents, document: Document, named: bool) -> Ours:
    """Say what is checked of a document; `named` is true for a file of formulas that was not found by walking."""
    if contents.plain:
        speaks = any(_speaks(stretch) for stretch in document.stretches)
        sentences = speaks or _is_about_networks(document.stretches)
        return Ours(True, named or speaks, frozenset(), sentences)
    notes = [stretch for stretch in document.stretches if not _is_code(stretch)]
    programs = (stretch for stretch in document.stretches if _is_code(stretch))
    networks = frozenset(
        id(one.chosen.section) for one in programs if is_network(one.chosen.section, one.chosen.judged)
    )
    return Ours(_is_about_networks(notes), False, networks)


# What a document with the column of weights of logistic regression has beside its forward step.
_COLUMN = lazy(r"(?<!\w)(?:X|dw|w(?:\.T|\^T|\^\{T\}|'|[ ]?T)(?![a-z]))(?!\w)|wᵀ|w\^\{?\\top")


def _is_a_column(section: Section) -> bool:
    """Say whether the w of a section is a column: it is declared, or gradients and transposes speak of it so."""
    declared = any(one.word in ("w", "x") for one in section.said.declared)
    return declared or _COLUMN.search(section.habits) is not None


def _is_code(stretch: Stretch) -> bool:
    return any(one.statement.notation.grammar == PYTHON for one in stretch.chosen.judged)


def _only_updates(stretch: Stretch, judged: Judged) -> bool:
    """Say whether only the convention says something of the names of a formula, and none of them has a layer."""
    formula = stretch.chosen.section.read(judged.statement).formula
    if formula is None or len(formula.parts) < 2:
        return False
    section = stretch.chosen.section
    names = [node.symbol for node in walk(formula.parts) if isinstance(node, Name)]
    names = [
        one for one in names if (declared := section.names.declared(one)) is None or declared.shapes[0] != ()
    ]
    target = formula.parts[0]
    layered = any(one.has_layer for one in names)
    return not layered and isinstance(target, Name) and not target.symbol.gradient


def _rests_on_facts(stretch: Stretch, judged: Judged) -> bool:
    """Say whether the shapes of a formula are those that the document states or defines, not a convention's."""
    section = stretch.chosen.section
    solution = section.solution
    formula = section.read(judged.statement).formula
    if formula is None or judged.verdict is None:
        return False
    if solution is None:
        return _is_stated(section, formula)
    told = solution.found
    known = 0
    problems = judged.verdict.problems
    # what fails inside does so for any target
    within = bool(problems) and not any(isinstance(one, TargetShape) for one in problems)
    for node in walk(formula.parts[1:] if within else formula.parts):
        if not isinstance(node, Name) or "/" in node.symbol.key:
            continue
        symbol = node.symbol
        of = solution.objects.get(symbol.key) or (symbol.object_key if symbol.gradient else symbol.key)
        found = told.get(of) or told.get(symbol.key)
        if found is not None:
            known += found.shape != ()  # numbers are everybody's
            continue
        shape = section.environment(judged.verdict.reading).shape(symbol)
        if shape and symbol.key not in section.found and of not in section.found:
            return False  # only a convention says what it is
    return known > 0


def _is_open_identity(stretch: Stretch, judged: Judged) -> bool:
    """Say whether a formula makes nothing, and what its names are is not stated: `tr(AB) = tr(BA)` holds for any.

    A product that stands alone is one of names that other lines may make.
    """
    section = stretch.chosen.section
    formula = section.read(judged.statement).formula
    if formula is None or isinstance(untransposed(formula.parts[0]), Name):
        return False
    if len(formula.parts) == 1:
        return not _rests_on_facts(stretch, judged)
    return not _is_stated(section, formula)


# An array by its entries, `(w_{jk})`, and a position below a name: `e_j`, `U_{oj}`.
_WRITTEN_OUT = lazy(r"[(\[] ?\\?[a-z]+ ?_ ?\{ ?[a-z],? ?[a-z] ?\}(?: ?\^ ?(?:\{[^{}]*\}|\w))? ?[)\]]")
_POSITION = lazy(r"_ ?(?:\{ ?(?:[ijk]|[a-z],? ?[a-z]) ?\}|[ijk](?![\w+-]))")


def _is_of_entries(stretch: Stretch, judged: Judged) -> bool:
    """Say whether every array of a formula has a position below it, `∂J/∂b_j = e_j`: its entries are numbers."""
    section = stretch.chosen.section
    formula = section.read(judged.statement).formula
    if formula is None:
        return False
    if any(_WRITTEN_OUT.fullmatch(section.original[part.start : part.end]) for part in formula.parts):
        return True  # `W = (w_{jk})`
    arrays = [
        section.original[node.start : node.end]
        for node in walk(formula.parts)
        if isinstance(node, Name)
        and ((known := section.names.declared(node.symbol)) is None or known.shapes[0] != ())
    ]
    return len(arrays) > 1 and all(map(_POSITION.search, arrays))


def _is_stated(section: Section, formula: Formula) -> bool:
    """Say whether the shapes of all names on the right of a formula are stated, those of numbers aside."""
    names = {node.symbol.key: node.symbol for node in walk(formula.parts[1:]) if isinstance(node, Name)}
    arrays = [
        one
        for one in names.values()
        if (known := section.names.declared(one)) is None or known.shapes[0] != ()
    ]
    return bool(arrays) and all(section.stated(one) is not None for one in arrays)


def _speaks(stretch: Stretch) -> bool:
    """Say whether a section has a layer or a gradient among our names."""
    return stretch.chosen.section.speaks_of_layers


def _is_about_networks(stretches: Sequence[Stretch]) -> bool:
    """Say whether anything in a document is nobody else's: layers in square brackets, their gradients, what fits."""
    if any(stretch.chosen.section.speaks_of_networks for stretch in stretches):
        return True
    targets = {one.statement.head for stretch in stretches for one in _fitting(stretch)}
    return len(targets) >= _ENOUGH or any(map(_steps_forward, stretches))


def _steps_forward(stretch: Stretch) -> bool:
    """Say whether a formula joins what only a network has together, right or wrong: a layer's W and Z, g(Z) and A."""
    section = stretch.chosen.section
    for one in stretch.chosen.judged:
        formula = section.read(one.statement).formula if one.verdict is not None else None
        if formula is None or not _is_known(formula.parts[0]):
            continue  # `FFN(x) = ReLU(x W_1 + b_1) W_2 + b_2` has names of its own, and its own convention
        bases = {
            node.symbol.base for node in walk(formula.parts) if isinstance(node, Name) and _is_layered(node)
        }
        if any(pair <= bases for pair in PAIRS) or (bases & {"A", "a"} and _is_cost(formula.parts[0])):
            return True
        if bases == {"z", "a"} and any(
            isinstance(node, Call) and _holds_layer(node) for node in walk(formula.parts)
        ):
            return True
    return False


def _is_known(target: Node) -> bool:
    names = [part.symbol for part in walk([target]) if isinstance(part, Name)]
    return not any(symbol.flags & UNDECLARED for symbol in names)


def _is_cost(node: Node) -> bool:
    return isinstance(node, Name) and is_cost(node.symbol)


def _holds_layer(node: Call) -> bool:
    """Say whether a function is of a name with a layer."""
    return any(isinstance(part, Name) and _is_layered(part) for part in walk(node.arguments))


def _is_layered(node: Name) -> bool:
    """Say whether a known name, no gradient, has a layer of its own."""
    symbol = node.symbol
    return not symbol.flags & UNDECLARED and not symbol.gradient and symbol.has_layer


def _fitting(stretch: Stretch) -> Iterator[Judged]:
    """Yield the formulas with a matrix product of which every size is known and agrees."""
    for one in stretch.chosen.judged:
        verdict = one.verdict
        if verdict is None or verdict.problems or not verdict.told or not verdict.matrix:
            continue
        if not one.flags & UNDECLARED and not _is_cost_of_one(stretch, one):
            yield one


def _is_cost_of_one(stretch: Stretch, judged: Judged) -> bool:
    """Say whether a formula is a cost that may be of one example: of that anything is a number."""
    section = stretch.chosen.section
    if section.solution is None or not section.solution.one_or_all:
        return False
    formula = section.read(judged.statement).formula
    return formula is not None and _is_cost(formula.parts[0])
