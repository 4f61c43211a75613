"""What the words need besides the problem: the text, how sizes are spelled, where shapes were said."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from shapelint.codes import CODES
from shapelint.diagnostic import Diagnostic, Label
from shapelint.explain.phrases import shape_text
from shapelint.infer.section import Section
from shapelint.parse.notation import PLAIN, Notation
from shapelint.patterns import lazy
from shapelint.problems import Operand
from shapelint.shapes import Shape
from shapelint.sizes import atoms
from shapelint.source import Source, Span
from shapelint.symbol import UNDECLARED, Symbol, is_kept, variable_of

if TYPE_CHECKING:
    from shapelint.repair.hand import Hand

_RAISED = lazy(r"(?<![\w\\^\]}])(d?[A-Za-z])\s?\^(?:(\d)(?!\d)|\{(\d)\})")
_LONGEST_TERM = 56
_LONGEST_END = 16
# How sizes are called where nothing tells layers apart; and where one of its lines made its layer the first.
_LAYERLESS = {"n[L]": "n_y"}
_ONE_LAYER = {**_LAYERLESS, "n[l]": "n1", "n[l-1]": "n0", "n[λ]": "n1", "n[λ-1]": "n0"}
_FIRST = "n[1]"


class Target(NamedTuple):
    """The target of the formula that a problem is in: its text, its shape, and whose gradient it is."""

    text: str
    shape: Shape | None
    gradient_of: str | None


class Context(NamedTuple):
    """The surroundings of a problem. `section` and `target` are None for problems outside of formulas.

    `notation` is what the formula is written in."""

    source: Source
    text: str
    section: Section | None
    target: Target | None
    notation: Notation = PLAIN

    @property
    def hand(self) -> "Hand":
        """Return how this document writes formulas."""
        from shapelint.repair.hands import hand  # a document without faults has no use for it

        return hand(self.notation, self.section.original if self.section is not None else self.text, "")

    def quoted(self, span: Span) -> str:
        """Return a term as it stands, in backticks and on one line; a long one is cut."""
        return f"`{_cut(' '.join(self.source.slice(span).split()))}`"

    def shape(self, shape: Shape) -> str:
        """Write a shape as this document spells its sizes."""
        return shape_text(shape, self.spellings())

    def spellings(self) -> dict[str, str]:
        """Return how this document writes the names of sizes."""
        section = self.section
        if section is None:
            return {}
        if section.tells_layers_apart:
            return dict(section.facts.spellings)
        found = {atom for one in section.found.values() for size in one.shape for atom in atoms(size)}
        own = _ONE_LAYER if _FIRST in found else _LAYERLESS
        return {**own, **section.facts.spellings}

    def powers(self, span: Span) -> Iterator[str]:
        """Say of a number above a name, in a document that numbers its layers otherwise, that it is a power."""
        if self.section is None or not self.section.tells_layers_apart:
            return
        for found in _RAISED.finditer(self.source.slice(span)):
            name, number = found[1], found[2] or found[3]
            symbol = self.section.names.symbol(name)
            beside = self.section.names.symbol(name + number)
            if (
                symbol is not None
                and symbol.layer is not None
                and symbol.layer.base == "λ"
                and beside is not None
            ):
                yield f"`{found[0][len(name) :]}` is a power here; a layer is `{name}{number}` or `{name}[{number}]`"

    def origins(self, *spans: Span) -> tuple[Label, ...]:
        """Return labels at the places outside of the formula that decided the shape of a name in these spans."""
        labels: dict[Span, Label] = {}
        for symbol, written in self._symbols(spans):
            for label in self._origin(symbol, written):
                if not any(span.start <= label.span.start < span.end for span in spans):
                    labels.setdefault(label.span, label)
        return tuple(labels.values())

    def _symbols(self, spans: tuple[Span, ...]) -> Iterator[tuple[Symbol, str]]:
        """Yield the names in these spans, each with how it is written there."""
        if self.section is None:
            return
        for span in spans:
            found = self.notation.tokenize(self.text, span.start, span.end, self.section.names)
            for kind, begin, end, value in found.tokens:
                if kind == "NAME":
                    yield value.symbol, self.source.slice(Span(begin, end))

    def _origin(self, symbol: Symbol, written: str) -> Iterator[Label]:
        assert self.section is not None
        if symbol.flags & UNDECLARED:
            found = self.section.found.get(symbol.object_key)
            if found is not None and found.start < found.end:
                name = object_text(self.section, symbol, written, self.notation)
                message = f"`{name}` is {self.shape(found.shape)} because of this"
                yield Label(Span(found.start, found.end), message)
            return
        declared = self.section.names.declared(symbol)
        if declared is not None and declared.span is not None:
            name = object_text(self.section, symbol, written, self.notation)
            yield Label(declared.span, f"`{name}` is declared here")


def _cut(term: str) -> str:
    """Leave out the middle of a long term, between words where there are any: `np.sum(dZ2, … keepdims=True)`."""
    if len(term) <= _LONGEST_TERM:
        return term
    end = term[-_LONGEST_END:].partition(" ")[2] or term[-8:]
    begin = term[: _LONGEST_TERM - 3 - len(end)]
    words = begin.rpartition(" ")[0]
    return f"{words if len(begin) - len(words) < _LONGEST_END else begin} … {end}"


def shown(key: str) -> str:
    """Write a symbol's key as a name: `W[2]` as `W2`; a variable without the number of its assignment."""
    if is_kept(key):
        holder, _, name = variable_of(key).rpartition(".")
        return f'{holder}["{name}"]'
    key = variable_of(key)
    if key.endswith("]") and key[:-1].rpartition("[")[2].isdigit():
        base, _, layer = key[:-1].rpartition("[")
        return base + layer
    return key.replace("λ", "l")


def object_text(section: Section, symbol: Symbol, written: str, notation: Notation) -> str:
    """Write whose gradient a name is as the document does: `a_prev` of `da_prev`, `Z[1]` of `dJ/dZ[1]`."""
    from shapelint.repair.hands import hand  # a document without faults has no use for it

    own = hand(notation, section.original, "")
    rest = own.object_of(written).strip()
    known = section.names.symbol(own.spelling(rest)) if rest else None
    return rest if known is not None and known.key == symbol.object_key else shown(symbol.object_key)


def diagnostic(
    code: str,
    message: str,
    span: Span,
    *,
    context: Context,
    marks: tuple[Span, ...] = (),
    labels: tuple[Label, ...] = (),
    notes: tuple[str, ...] = (),
) -> Diagnostic:
    """Return a Diagnostic with the severity of its code and the text of its term."""
    severity = CODES[code].severity
    notes = (*notes, *context.powers(span))
    return Diagnostic(
        code,
        "warning" if severity == "off" else severity,
        message,
        span,
        term=context.source.slice(span),
        marks=marks,
        labels=labels,
        notes=notes,
    )


def operand_labels(context: Context, *operands: Operand) -> tuple[Label, ...]:
    """Return a label with its shape at each operand, and the places that decided those shapes."""
    here = tuple(Label(operand.span, context.shape(operand.shape)) for operand in operands)
    return here + context.origins(*(operand.span for operand in operands))
