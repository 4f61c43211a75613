"""The steps of a derivation in, what a mentor would write about each out: this is the only prose about them."""

from collections.abc import Iterator
from typing import NamedTuple

from shapelint.calculus.derivation import Derivation
from shapelint.calculus.derivatives import counts_examples
from shapelint.calculus.entries import Entries, NoEntryError, Place, letters
from shapelint.calculus.expressions import (
    ADD,
    CALL,
    MAT,
    MUL,
    TOTAL,
    TURN,
    Node,
    Shapes,
    UnshapedError,
)
from shapelint.calculus.forms import CANCEL, LABELS, SLOPE, Form
from shapelint.calculus.inside import notation_of
from shapelint.calculus.layouts import jacobian_shapes
from shapelint.calculus.network import GRADIENT, Forward
from shapelint.calculus.notations import WRITERS, LatexWriter
from shapelint.calculus.steps import COST, ENTRYWISE, LEFT, RIGHT, Step, jacobian
from shapelint.calculus.writer import Spelling, Writer
from shapelint.explain.reasons import Reason, Reasons, inner_letter, short
from shapelint.explain.stops import slope_text
from shapelint.shapes import Shape
from shapelint.sizes import Size
from shapelint.source import Span

GRADIENT_LAYOUT, NUMERATOR_LAYOUT, BOTH = "gradient", "numerator", "both"
_LATEX = "latex"


class Line(NamedTuple):
    """A formula and what is said beside it."""

    text: str
    beside: str = ""


class Told(NamedTuple):
    """One step in words: the formula, its shapes, the entries, further forms, reasons, the other layout."""

    target: str
    shape: tuple[str, ...]
    rule: str
    formula: str
    story: str
    through: str
    span: Span | None
    assumed: bool
    forward: str
    entries: tuple[str, ...]
    forms: tuple[Line, ...]
    reasons: tuple[Reason, ...]
    jacobian: tuple[Line, ...]
    terms: tuple[tuple[str, tuple[str, ...]], ...]
    letters: tuple[tuple[str, str], ...]
    formulas: tuple[tuple[str, str], ...]  # in every notation


class Teller:
    """Tells the steps of one derivation in one notation."""

    def __init__(self, derivation: Derivation, notation: str, layout: str) -> None:
        """Take the derivation, the name of a notation, and the layout."""
        self.derivation = derivation
        self.network = derivation.network
        self.layout = layout
        self.shapes = Shapes(self.network.shape)
        self.notation = notation
        self.write = self.writer(notation, self.shapes)
        self.entry_writer = self.writer("text" if notation == "numpy" else notation, self.shapes)
        self.turned = self.writer(notation, jacobian_shapes(self.network))
        self._letters = letters(self.network)
        self._reasons = Reasons(derivation, self.entry_writer)

    def writer(self, notation: str, shapes: Shapes) -> Writer:
        """Return what writes in a notation, with the document's own spelling where it is its own."""
        own = notation_of(self.network)
        plain = {own, notation} <= {"text", "numpy"}
        return WRITERS[notation](
            Spelling(self.network.words, self.network.spellings, own == notation or plain), shapes
        )

    def told(self, step: Step) -> Told:
        """Put a step into words."""
        step = self._runnable(step)
        entries = Entries(self.entry_writer, self.shapes, self._letters)
        forward, lines = self._entries(step, entries)
        other = jacobian(step, self.network) if self.layout != GRADIENT_LAYOUT else None
        numerator = self.layout == NUMERATOR_LAYOUT and other is not None
        write = self.turned if numerator else self.write
        formula = other if numerator and other is not None else step.formula
        shape = step.shape[::-1] if numerator else step.shape
        return Told(
            self.write.name(step.gradient),
            tuple(map(self.write.size, shape)),
            step.rule,
            write(formula),
            _story(write, formula, shape),
            self._line(step.through),
            None if step.through.assumed else step.through.span,
            step.through.assumed,
            forward,
            () if numerator else lines,
            () if numerator else tuple(self._form(form, step) for form in step.forms),
            tuple(self._reasons(step, entries, numerator)),
            tuple(self._jacobian(step, other))
            if self.layout == BOTH
            else tuple(self._example(step))
            if numerator
            else (),
            tuple(
                (write(one), tuple(map(write.size, write.shapes(one)))) for one in _factors(formula, write)
            ),
            tuple((entries.known[size], self.write.size(size)) for size in _sizes(entries)),
            tuple((name, self.writer(name, self.shapes)(step.formula)) for name in WRITERS),
        )

    def _runnable(self, step: Step) -> Step:
        """In a program the slope is written by what the activation gave: its own derivative is no function there."""
        if self.notation != "numpy" or not step.forms or step.forms[0].because != SLOPE:
            return step
        return step._replace(formula=step.forms[0].node, forms=step.forms[1:])

    def _line(self, line: Forward) -> str:
        own = notation_of(self.network)
        return (
            line.text
            if own == self.notation or line.assumed or {own, self.notation} <= {"text", "numpy"}
            else (f"{self.write.name(line.key)} = {self.write(line.value)}")
        )

    def _form(self, form: Form, step: Step) -> Line:
        if form.because == SLOPE:
            beside = slope_text(form.about)
        elif form.because == CANCEL:
            beside = "multiplied out, the denominators cancel"
        elif form.because == LABELS:
            beside = f"the labels {self.write.name(form.about)} of an example add up to 1"
        else:
            beside = f"with {self.write.name(form.about)} from above"
        return Line(self.write(form.node), beside)

    # --- entry by entry

    def _entries(self, step: Step, entries: Entries) -> tuple[str, tuple[str, ...]]:
        """Return the line entry by entry, and the chain rule entry by entry; nothing where they cannot be read."""
        line = step.through
        if step.rule == COST:
            return "", ()
        try:
            place = entries.place(line.key)
            forward = f"{entries.name(line.key, place)} = {entries.text(line.value, place)}"
            return forward, tuple(self._backward(step, entries, place))
        except (NoEntryError, UnshapedError, IndexError, StopIteration):
            return "", ()

    def _backward(self, step: Step, entries: Entries, place: Place) -> Iterator[str]:
        own = entries.places.get(step.key)
        if own is None or (len(step.uses) > 1 and step.rule not in (LEFT, RIGHT)):
            return
        target = entries.name(step.gradient, own)
        value = next(use.value for use in step.uses if use.line == step.through.key)
        more = " + …" if len(step.uses) > 1 else ""
        if step.product is None or step.rule not in (LEFT, RIGHT):
            yield f"{target} = {entries.text(value, own)}"
            return
        inner = inner_letter(step.product, step.through.key, place)
        front = self._front(step, value, entries)
        entries.inner = [inner]
        found = entries.product(step.product, own)
        ordered = sorted(
            found.factors, key=lambda one: not one.startswith(self.write.name(GRADIENT + step.through.key))
        )
        yield f"{target} = {front}{entries.sigma(found.letters)}{' '.join(ordered)}{more}"
        if any(side.op == MUL for side in step.product.args):
            return
        whole = self._whole(step.product, own)
        if any(side.op == TURN for side in step.product.args):
            turned = self._turned_factors(step.product, own, inner, entries)
            yield f"= {front}{entries.sigma(found.letters)}{turned} = {front}{whole}{more}"
        elif inner:
            yield f"= {front}{whole}{more}"

    def _front(self, step: Step, value: Node, entries: Entries) -> str:
        if value is step.product or value.op != MUL:
            return ""
        scalars = [one for one in value.args if self.shapes(one) == ()]
        texts = [self.write(one) for one in scalars]
        latex = isinstance(self.write, LatexWriter)
        return "".join(f"{text} " if latex or "/" not in text else f"({text}) " for text in texts)

    def _whole(self, product: Node, place: Place) -> str:
        """Write the entry of a product as a whole: `(W2ᵀ dZ2)_jk`."""
        index = "".join(place)
        inside = " ".join(short(self.entry_writer, side) for side in product.args)
        latex = isinstance(self.write, LatexWriter)
        return f"({inside})" + ("" if not index else f"_{{{index}}}" if latex else f"_{index}")

    def _turned_factors(self, product: Node, place: Place, inner: str, entries: Entries) -> str:
        first, second = product.args
        texts = []
        for side, at in ((first, (place[0], inner)), (second, (inner, place[1]))):
            if side.op == TURN:
                texts.append(entries.indexed(f"({short(self.entry_writer, side)})", at))
            else:
                texts.append(" ".join(entries.product(side, at).factors))
        return " ".join(texts)

    # --- the other layout

    def _jacobian(self, step: Step, other: Node | None) -> Iterator[Line]:
        if other is None:
            return
        head = f"{self.write.name(step.gradient)} = {self.turned(other)}"
        yield Line(head, _story(self.turned, other, step.shape[::-1]))
        yield from self._example(step)

    def _example(self, step: Step) -> Iterator[Line]:
        """The chain rule of one example, as Jacobians: gradients are rows, and nothing is transposed."""
        line = self.network.shape(step.through.key) or ()
        if len(step.shape) != 2 or len(line) != 2 or len(step.uses) > 1 or step.shape[-1] not in ("m", 1):
            return
        above, below = (f"∂L/∂{self._small(key)}" for key in (step.through.key, step.key))
        sizes = [self.write.size(shape[0]) for shape in (line, step.shape)]
        if (
            step.rule == RIGHT
            and counts_examples(step.shape) == counts_examples(line)
            and step.product is not None
        ):
            first = step.product.args[0]
            weight = self.write(first.args[0] if first.op == TURN else Node(TURN, (first,)))
            story = f"(1, {sizes[0]}) @ ({sizes[0]}, {sizes[1]}) → (1, {sizes[1]})"
            yield Line(
                f"one example: {below} = {above} {weight}",
                f"{story}: the chain rule as it is known, nothing is transposed",
            )
        elif step.rule == ENTRYWISE and step.through.value.op == CALL:
            slope = self.write(_slope_of(step))
            story = f"(1, {sizes[0]}) @ ({sizes[0]}, {sizes[0]}) → (1, {sizes[0]})"
            yield Line(f"one example: {below} = {above} diag({self._small_text(slope)})", story)
            yield Line("", "a product with a diagonal matrix is the elementwise product")

    def _small(self, key: str) -> str:
        return self._small_text(self.write.name(key))

    def _small_text(self, text: str) -> str:
        for letter in "ZAX":
            text = text.replace(letter, letter.lower())
        return text


def _slope_of(step: Step) -> Node:
    value = step.through.value
    return value._replace(data=value.data._replace(order=1))


def _factors(node: Node, write: Writer) -> list[Node]:
    """Return the arrays that a formula is the product of, or itself."""
    if node.op == MUL:
        return [part for one in node.args if write.shapes(one) != () for part in _factors(one, write)]
    if node.op == MAT:
        return [part for one in node.args for part in (_factors(one, write) if one.op == MAT else [one])]
    if node.op == TOTAL:
        return [node.args[0]]
    return [node]


def _story(write: Writer, node: Node, shape: Shape) -> str:
    """Return the shapes of the factors and what they come to: `(n1, n2) @ (n2, m) → (n1, m)`."""
    result = write.shape(shape)
    operands = _operands(write, node)
    return result if operands in (result, "") or node.op == ADD else f"{operands} → {result}"


def _operands(write: Writer, node: Node) -> str:
    if node.op == MUL:
        arrays = [one for one in node.args if write.shapes(one) != ()]
        return " * ".join(_operands(write, one) for one in arrays)
    if node.op == MAT:
        left, right = node.args
        first = _operands(write, left) if left.op == MAT else write.shape(write.shapes(left))
        return f"{first} @ {write.shape(write.shapes(right))}"
    if node.op == TOTAL:
        return write.shape(write.shapes(node.args[0]))
    return write.shape(write.shapes(node))


def _sizes(entries: Entries) -> list[Size]:
    used = {letter for place in entries.places.values() for letter in place}
    return [size for size, letter in entries.known.items() if letter in used]
