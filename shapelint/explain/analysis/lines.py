"""The lines of an analysis as they are written down: a place, a shape, a story, remarks; Terms come out."""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple, TypeAlias

from shapelint.diagnostic import Term
from shapelint.explain.analysis.stories import Side, Words
from shapelint.infer.record import Recording
from shapelint.infer.section import Section
from shapelint.parse.notation import Notation
from shapelint.shapes import MaybeShape
from shapelint.source import Span
from shapelint.tree import Formula, Node, bare

# What is written down about a kind of node.
Rules: TypeAlias = "Mapping[type, Callable[[Lines, Any], None]]"


class _Line(NamedTuple):
    """A term on its way: remarks stand behind its story, or behind its shape where it has none."""

    span: Span
    shape: MaybeShape
    story: str
    remarks: tuple[str, ...]


class Lines:
    """What is written down about one formula, and what the rules ask about it.

    `found` is the recording of `formula`, which this keeps alive: a recording knows nodes by identity.
    """

    def __init__(
        self,
        rules: Rules,
        words: Words,
        section: Section,
        found: Recording,
        formula: Formula,
        notation: Notation,
    ) -> None:
        """Begin with an empty sheet."""
        self.notation = notation
        self.words = words
        self.section = section
        self.found = found
        self.formula = formula
        self._rules = rules
        self._lines: list[_Line] = []
        self._clashes: list[Span] = []

    def visit(self, node: Node) -> None:
        """Write down a node: its parts first, then what they make."""
        self._rules[type(node)](self, node)

    def add(self, node: Node | Span, shape: MaybeShape, story: str = "", *remarks: str) -> None:
        """Write down a term; an empty remark is none. What a clash brought to nothing is left out."""
        span = node if isinstance(node, Span) else place(node)
        if shape is not None or not self.clashed(span):
            self._lines.append(_Line(span, shape, story, tuple(filter(None, remarks))))

    def add_clash(self, node: Node | Span, story: str) -> None:
        """Write down a term that comes to nothing, and why."""
        span = node if isinstance(node, Span) else place(node)
        self._clashes.append(span)
        self._lines.append(_Line(span, None, story, ()))

    def clashed(self, span: Span) -> bool:
        """Say whether a part of a term came to nothing."""
        return any(span.start <= clash.start and clash.end <= span.end for clash in self._clashes)

    def remark(self, text: str) -> None:
        """Add a remark to what was written last."""
        if self._lines and text:
            last = self._lines[-1]
            self._lines[-1] = last._replace(remarks=(*last.remarks, text))

    def operand(self, node: Node) -> Side:
        """Return a node as a side of an operation."""
        return Side(self.text(node), self.found.met(node))

    def text(self, node: Node) -> str:
        """Return a node as it stands, without the parentheses around it."""
        return self.words.text(place(node))

    def terms(self) -> tuple[Term, ...]:
        """Return what was written down, each thing once."""
        terms: dict[tuple[str, str], Term] = {}
        for line in self._lines:
            term = self._term(line)
            terms.setdefault((term.text, term.story), term)
        return tuple(terms.values())

    def _term(self, line: _Line) -> Term:
        story = line.story
        if line.remarks:
            story = f"{story or self.words.shape(line.shape)}    {', '.join(line.remarks)}"
        return Term(self.words.text(line.span), self.words.sizes(line.shape), line.span, story)


def place(node: Node) -> Span:
    """Return where a term stands, without the parentheses around it."""
    inner = bare(node)
    return Span(inner.start, inner.end)
