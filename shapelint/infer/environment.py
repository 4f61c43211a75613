"""Symbols in, shapes out: what the declarations make of a name under one reading of a formula."""

from collections.abc import Callable, Mapping
from copy import copy
from typing import NamedTuple

from shapelint.declared import As, Known, Template
from shapelint.names import Names
from shapelint.shapes import MaybeShape, Shape
from shapelint.sizes import (
    Polynomial,
    Size,
    Unknown,
    atoms,
    is_own,
    layer_of,
    layer_size,
    replace,
    resolve,
    same,
)
from shapelint.spelling import spelled
from shapelint.symbol import UNDECLARED, Layer, Symbol
from shapelint.tree import Call, Name, Node, Product, Tuple

_COST_WORDS = frozenset(("J", "L", "cost", "loss"))
_LOSSES = frozenset(("L", "l", "E", "C"))  # as functions of what was put out and what was wanted


_FLOATING = Layer("λ", 0)


class Reading(NamedTuple):
    """What one reading of a formula takes for granted.

    `last` is the number of the last layer (None: L stays a letter), `floating` the layer of names that have
    none, `columns` the value of each size with a choice (empty: it stays open), `pick` which of several
    allowed shapes a name has. With `behind`, an A without a layer is that of the layer before, as in the
    course's `linear_forward`: Z = np.dot(W, A) + b.
    """

    last: int | None
    floating: Layer
    columns: tuple[tuple[str, Size], ...]
    pick: int
    behind: bool = False


class Found(NamedTuple):
    """The shape of a name that formulas tell, the place that said so, and other shapes that it may have as well.

    `fitted` is true where no line makes the name: the formula at that place would not fit with another shape.
    """

    shape: Shape
    start: int
    end: int
    others: tuple[Shape, ...] = ()
    fitted: bool = False


class Solved(NamedTuple):
    """What was solved of a section's names.

    `objects` says whose gradient a name is, `apart` which letters are surely different, `untold` are names that a line
    defines without telling their shape, `own` gradients of what the document does not have: they take what comes,
    whatever a convention says; `numbers` are names that stand for sizes.
    """

    objects: Mapping[str, str]
    untold: frozenset[str]
    own: frozenset[str]
    numbers: frozenset[str]
    apart: Callable[[Size, Size], bool]


class Environment:
    """The shapes of the names of a section under one reading; each is worked out once.

    `equal` holds sizes that the document says are equal (`n_h = n1`, `n2 = 1`); `found` the shapes of names
    that nobody declared, shared by all readings.
    """

    def __init__(
        self,
        names: Names,
        reading: Reading,
        equal: Mapping[str, Size],
        found: dict[str, Found],
        numerator: bool,
        named: frozenset[str] = frozenset(),
        code: bool = False,
        known: Known | None = None,
        solved: Solved | None = None,
    ) -> None:
        """Begin with nothing worked out; `named` are the layers' sizes that the document itself writes or names.

        With `code` the names are a program's, whose own sizes may be those of any layer: `input_size` is n[0].
        `known` is what names mean in this world, where it is another than the one that they were read in.
        """
        self.code = code
        self.names = names
        self._known = known or names.known
        self._solved = solved
        self.reading = reading
        self.found = found
        self.numerator = numerator
        self.only_columns = False  # of the numerator layout: a weight's gradient has the shape of the weight
        self.examples_axis = _examples_axis(self._known)
        self._named = named
        self._equal = self._settled_layers(equal)
        self._columns = dict(reading.columns)
        self._shapes: dict[Symbol, MaybeShape] = {}

    def shape(self, symbol: Symbol) -> MaybeShape:
        """Return the shape of a symbol, None where it cannot be told."""
        if symbol in self._shapes:
            return self._shapes[symbol]
        if self._solved is not None:
            found = self._told(symbol)
            if symbol.key in self._solved.numbers and found is None:
                return ()
            of = self._solved.objects.get(symbol.key)
            if found is not None or {symbol.key, of} & self._solved.untold or symbol.key in self._solved.own:
                return found
            if not self.code and _is_in_capitals(of, symbol):
                return None  # what it is the gradient of is the document's own
        if symbol.flags & UNDECLARED:
            one = self.found.get(symbol.object_key)
            return None if one is None else self._laid_out(symbol, self._settled(one.shape))
        shape = self._laid_out(symbol, self._declared(symbol))
        if shape is not None or self._solved is None:  # a line may still tell what the convention does not
            self._shapes[symbol] = shape
        return shape

    def assuming(self, shapes: Mapping[Symbol, Shape]) -> "Environment":
        """Return these shapes with others for some names."""
        other = copy(self)
        other._shapes = {**self._shapes, **shapes}
        return other

    def _told(self, symbol: Symbol) -> MaybeShape:
        """Return the shape that formulas tell of a name, or of what it is the gradient of."""
        assert self._solved is not None
        if symbol.key in self._solved.own:
            one = self.found.get(symbol.key)
            return None if one is None else self._settled(one.shape)
        of = self._solved.objects.get(symbol.key) or (symbol.object_key if symbol.gradient else None)
        found = self.found.get(of) if of is not None else None
        if found is None:
            found, of = self.found.get(symbol.key), None
        if found is None:
            return None
        shape = found.shape
        if self.reading.pick and found.others:
            shape = found.others[min(self.reading.pick, len(found.others)) - 1]
        shape = self._settled(shape)
        return shape[::-1] if of is not None and self._turns(shape) else shape

    def stated(self, shape: Shape) -> Shape:
        """Return a shape, as a claim or a declaration writes it, with what this reading takes for granted."""
        return self._instance(shape, None)

    def same(self, left: Size, right: Size) -> bool | None:
        """Compare two sizes; a document that names both n1 and k means two sizes."""
        found = same(left, right)
        if self._solved is not None:
            return found if found is True else False if self._solved.apart(left, right) else None
        if self.code:
            return None if found is False and _may_be_a_layer(left, right) else found
        if found is not None or not self._named or not isinstance(left, str) or not isinstance(right, str):
            return found
        both = (left in self._named and is_own(right)) or (right in self._named and is_own(left))
        return False if both else None

    def _settled_layers(self, equal: Mapping[str, Size]) -> dict[str, Size]:
        """What is said of n[L] is said of the last layer's number."""
        settled = dict(equal)
        for atom, size in equal.items():
            index = layer_of(atom)
            if index is not None and index.base == "L" and self.reading.last is not None:
                settled.setdefault(layer_size(Layer("", self.reading.last + index.offset)), size)
        return settled

    def _laid_out(self, symbol: Symbol, shape: MaybeShape) -> MaybeShape:
        """A gradient has the shape of its object, in the numerator layout the transpose of it."""
        return shape[::-1] if shape and symbol.gradient and self._turns(shape) else shape

    def _turns(self, shape: Shape) -> bool:
        """Say whether a gradient of this shape lies the other way round."""
        return self.numerator and (not self.only_columns or 1 in shape)

    def _declared(self, symbol: Symbol) -> MaybeShape:
        declared = self._known.find(symbol.base, symbol.layer)
        if declared is None:
            return None
        template = declared.shapes[min(self.reading.pick, len(declared.shapes) - 1)]
        layer = symbol.layer
        if self.reading.behind and layer == _FLOATING and symbol.base in ("A", "a"):
            layer = Layer("λ", -1)
        return self._template(template, layer)

    def _template(self, template: Template, layer: Layer | None) -> MaybeShape:
        if template is None:
            return None
        if isinstance(template, As):
            return self._same_as(template, layer)
        return self._instance(template, layer)

    def _same_as(self, other: As, layer: Layer | None) -> MaybeShape:
        """Return the shape of the name that a declaration refers to, at this name's layer."""
        symbol = self.names.related(other.word, layer if other.layer is not None else None)
        return None if symbol is None else self.shape(symbol)

    def _instance(self, shape: Shape, layer: Layer | None) -> Shape:
        return tuple(self._size(size, layer) for size in shape)

    def _size(self, size: Size, layer: Layer | None) -> Size:
        if isinstance(size, str):
            return self._atom(size, layer)
        if isinstance(size, int):
            return size
        values = {atom: self._atom(atom, layer) for atom in atoms(size)}
        return replace(size, values)

    def _atom(self, atom: str, layer: Layer | None) -> Size:
        index = layer_of(atom)
        if index is not None:
            atom = layer_size(self._layer(index, layer))
        value: Size = self._columns.get(atom, atom)
        return self._equal.get(value, value) if isinstance(value, str) else value

    def _layer(self, index: Layer, layer: Layer | None) -> Layer:
        """Put the name's own layer for l, this reading's layer for λ, and the last one for L."""
        if index.base == "l" and layer is not None:
            index = Layer(layer.base, layer.offset + index.offset)
        if index.base == "λ":
            floating = self.reading.floating
            index = Layer(floating.base, floating.offset + index.offset)
        if index.base == "L" and self.reading.last is not None:
            index = Layer("", self.reading.last + index.offset)
        return index

    def _settled(self, shape: Shape) -> Shape:
        """An undeclared name's shape may have been found with a choice still open."""
        sizes = (resolve(size) for size in shape)
        return tuple(
            size if isinstance(size, Unknown) or self._says(size) else self._size(size, None)
            for size in sizes
        )

    def _says(self, size: Size) -> bool:
        """Say whether a sum is what one of its own letters stands for: it has been put in its place already."""
        return isinstance(size, Polynomial) and any(
            atom in atoms(self._equal.get(atom, 0)) for atom in atoms(size)
        )


def _may_be_a_layer(left: Size, right: Size) -> bool:
    """Say whether one is the program's own word for a layer's size: `input_size`, `num_px * num_px * 3`."""
    return _is_own(left, right) or _is_own(right, left)


def _is_own(size: Size, other: Size) -> bool:
    if isinstance(other, str) and isinstance(size, Polynomial):
        return len(size) == 1 and other not in atoms(size)
    if not isinstance(size, str) or not isinstance(other, str):
        return False
    return is_own(size) and layer_of(other) is not None


def _examples_axis(known: Known) -> int:
    """Return the axis along which the examples lie: where the convention puts m in Z[l]."""
    declared = known.layered.get("Z")
    shape = declared.shapes[0] if declared is not None else None
    return shape.index("m") if isinstance(shape, tuple) and not isinstance(shape, As) and "m" in shape else 1


def is_cost(symbol: Symbol) -> bool:
    """Say whether a name is the cost of all examples, which is a scalar, n_y = 1 or not."""
    return symbol.base in _COST_WORDS and not symbol.gradient


def is_loss(node: Node) -> bool:
    """Say whether a target is a loss or a cost, of one example or all: `J`, `L(a, y)`."""
    if isinstance(node, Product) and isinstance(node.factors[-1], Tuple):
        node = node.factors[0]  # a known name before brackets is read as a factor
    if isinstance(node, Call):
        word = spelled(node.name[2]).word
        return node.function == "cost" or word in _LOSSES or word.lower().endswith("loss")
    return isinstance(node, Name) and (is_cost(node.symbol) or node.symbol.base.lower().endswith("loss"))


def _is_in_capitals(of: str | None, symbol: Symbol) -> bool:
    """Say whether what a name is the gradient of has a capital where the convention has none: `B_4` of `∂L/∂B_4`."""
    return of is not None and of != symbol.object_key and of.lower() == symbol.object_key.lower()
