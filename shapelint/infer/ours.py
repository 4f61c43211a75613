"""Which formulas of a document are about a network: the rest of its mathematics is left alone, without a word.

In a file of formulas that was named, all of them are. Elsewhere the document has to speak of layers, and names
without a layer count only in a section that has one, or a gradient (`latex.md`, "Which of them are ours").
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from shapelint.documents.contents import Contents
from shapelint.infer.document import Document, Stretch
from shapelint.infer.environment import is_cost
from shapelint.infer.networks import PAIRS, is_network
from shapelint.infer.section import Judged
from shapelint.parse.notation import PYTHON
from shapelint.symbol import LAYERLESS, UNDECLARED
from shapelint.tree import Call, Name, Node, walk

_MANY = 4  # faults of one function
_ENOUGH = 2  # formulas without layers that fit, before they are taken to be about a network


class Ours(NamedTuple):
    """What is checked of a document: `whole` is false where nothing in it speaks of a network.

    `networks` are the sections of programs that do, by their ids.
    """

    whole: bool
    everything: bool
    networks: frozenset[int]

    def passed_over(self, stretch: Stretch, judged: Judged) -> str:
        """Return why a formula is left alone, "" where it is checked."""
        if judged.statement.notation.grammar == PYTHON:
            is_ours = id(stretch.chosen.section) in self.networks
            return "" if is_ours else "nothing in this function says that it is about a network"
        if self.everything:
            return ""
        if not self.whole:
            return "nothing in this document says that it is about a network"
        if judged.flags & (LAYERLESS | UNDECLARED) and not _speaks(stretch):
            return "none of its names has a layer"
        return judged.aside


def ours(contents: Contents, document: Document, named: bool) -> Ours:
    """Say what is checked of a document; `named` is true for a file of formulas that was not found by walking."""
    if contents.plain:
        speaks = any(_speaks(stretch) for stretch in document.stretches)
        return Ours(True, named or speaks, frozenset())
    notes = [stretch for stretch in document.stretches if not _is_code(stretch)]
    programs = (stretch for stretch in document.stretches if _is_code(stretch))
    networks = frozenset(id(one.chosen.section) for one in programs if _is_sensible(one))
    return Ours(_is_about_networks(notes), False, networks)


def _is_code(stretch: Stretch) -> bool:
    return any(one.statement.notation.grammar == PYTHON for one in stretch.chosen.judged)


def _is_sensible(stretch: Stretch) -> bool:
    """A network's program runs: where most of it would be wrong, its names mean something else."""
    chosen = stretch.chosen
    if not is_network(chosen.section, chosen.judged):
        return False
    verdicts = [one.verdict for one in chosen.judged if one.verdict is not None]
    wrong = sum(bool(verdict.problems) for verdict in verdicts)
    told = sum(verdict.told and verdict.target != () for verdict in verdicts)
    return wrong < _MANY or 4 * wrong <= 3 * told


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
        if not one.flags & UNDECLARED:
            yield one
