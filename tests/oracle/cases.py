"""A formula in a style and a context in, the document out, with what NumPy says of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from .network import Network
from .notes import notes
from .style import Style
from .tree import Formula, Name, names
from .verdict import Verdict, judge
from .write import write
from .write_name import write_layer


class Context(StrEnum):
    """What stands around a formula: nothing, the network's whole notes, or these without `L = 2`."""

    ALONE = "alone"
    NOTES = "in notes"
    NOTES_ALONE = "in notes that do not say L"


@dataclass(frozen=True, slots=True)
class Setting:
    """How and where a formula is written down."""

    network: Network
    style: Style
    context: Context = Context.ALONE


@dataclass(frozen=True, slots=True, repr=False)
class Case:
    """A document; `row` (from 0) is that of the formula, `original` what the formula was before its slip."""

    kind: str
    text: str
    row: int
    verdict: Verdict
    formula: Formula
    original: Formula | None
    setting: Setting
    filename: str = "formulas.txt"

    @property
    def line(self) -> str:
        """Return the formula as it is written."""
        return self.text.splitlines()[self.row]

    def __repr__(self) -> str:
        """Show the document and what was expected: this is what a failing property prints."""
        meant = f"  meant: {write(self.original, self.setting.style)}\n" if self.original else ""
        return f"{self.kind}, {self.verdict}, row {self.row + 1} of\n{self.text}{meant}"

    def _repr_pretty_(self, printer: Any, _: bool) -> None:
        printer.text(repr(self))


def case(kind: str, formula: Formula, setting: Setting, original: Formula | None = None) -> Case:
    """Write the document, and judge its formula."""
    lines, row = _document(formula, setting)
    verdict = judge(formula, setting.network, setting.style, alone=setting.context is Context.ALONE)
    return Case(kind, "\n".join(lines) + "\n", row, verdict, formula, original, setting)


def _document(formula: Formula, setting: Setting) -> tuple[list[str], int]:
    stated = list(_stated(formula, setting))
    if setting.context is Context.ALONE:
        return [*stated, write(formula, setting.style)], len(stated)
    around = list(notes(setting.network))
    row = next((row for row, other in enumerate(around) if other.target == formula.target), len(around))
    around[row : row + 1] = [formula]
    return [*stated, *(write(other, setting.style) for other in around)], len(stated) + row


def _stated(formula: Formula, setting: Setting) -> Iterator[str]:
    """State what the formula alone cannot tell: which layer is the last, where Y is spoken of."""
    network, alone = setting.network, setting.context is Context.ALONE
    speaks_of_last = not {Name("Y"), Name("y")}.isdisjoint((formula.target, *names(formula.value)))
    if setting.context is Context.NOTES or (alone and speaks_of_last) or network.outputs:
        yield f"L = {network.layers}"
    if network.outputs:
        yield f"n{write_layer(network.layers, setting.style)} = {network.outputs}"
