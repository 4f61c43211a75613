"""An evaluation of a formula that makes sizes one: what an operation needs to be equal is equal from there on.

It asks a view of a scope for names: one that is first asked for gets a shape, in open sizes.
"""

from shapelint.declared import As
from shapelint.infer.evaluation import Choices, Evaluation
from shapelint.infer.rules import RULES
from shapelint.infer.solution import STATED
from shapelint.judge.draft import Draft
from shapelint.judge.hints import word_of
from shapelint.judge.lines import Line
from shapelint.judge.scopes import Scope
from shapelint.judge.store import OPEN, Slot
from shapelint.operators import MATRIX_PRODUCTS
from shapelint.shapes import MaybeShape, Shape
from shapelint.sizes import ANY, Size, Unknown, resolve
from shapelint.symbol import UNDECLARED, VERSION, Symbol
from shapelint.tree import Call, Name, Negate, Node, Paren, Product, Transpose, bare


class View:
    """The names of one scope as an evaluation asks for them."""

    def __init__(self, draft: Draft, scope: Scope) -> None:
        """Take a draft and the scope."""
        self.draft = draft
        self.scope = scope
        self.code = scope.code
        self.numerator = scope.section.numerator
        self.names = scope.section.names
        self.examples_axis = draft.worlds[scope.number].examples_axis
        self.line: Line | None = None

    def shape(self, symbol: Symbol) -> MaybeShape:
        """Return the shape of a name, as far as it is known."""
        network, store = self.draft.network, self.draft.store
        if symbol.key.startswith("?") and not symbol.flags & UNDECLARED:
            return self._first(symbol, None) if self.scope.is_scalar(symbol) else None
        if symbol.key.startswith("?"):
            return None
        slot = self.scope.objects.get(symbol.key)
        if slot is not None and slot in self.draft.remade:
            return None
        if slot is not None:
            shape = store.shapes.get(slot)
            return shape[::-1] if shape is not None and self.numerator else shape
        slot = network.slot(self.scope, symbol.key)
        if slot in self.draft.remade:
            return None
        if slot in network.calculus or slot in network.scales:
            return ()
        if slot in store.shapes:
            return store.shapes[slot]
        shape = self._first(symbol, slot)
        if slot in network.flat and (slot not in network.defined or slot in self.draft.silent):
            shape = shape if slot in self.draft.grades else (Unknown(),)
        if shape is not None:
            store.set(slot, shape)
        return shape

    def stated_shape(self, symbol: Symbol) -> MaybeShape:
        """Return the shape that the document states of a name."""
        declared = self.scope.section.stated(symbol)
        if declared is None or not declared.shapes:
            return None
        if symbol.layer is not None and symbol.layer.base == "λ" and declared.layer is not None:
            return None  # said of every layer: which one is meant, each formula settles
        template = declared.shapes[0]
        if not isinstance(template, tuple) or isinstance(template, As):
            return None
        shape = tuple(self.draft.size(self.scope, size, symbol.layer) for size in template)
        if len(declared.shapes) > 1 and len(template) == 2 and template[1] == 1:
            if self.draft.network.stands_for(self.scope, symbol) in self.draft.network.upright:
                return shape
            # a vector of n numbers is a row where examples are rows, but a number for each example lies along them
            examples = resolve(shape[0]) == resolve(self.draft.letter(self.scope, "m"))
            examples = examples and not self.draft.network.counts_units
            if (self.examples_axis == 0) is not examples:
                shape = shape[::-1]
        return shape

    def _first(self, symbol: Symbol, slot: Slot | None) -> MaybeShape:
        network = self.draft.network
        defined = slot is not None and slot in network.defined
        if not (defined and self.code and VERSION in symbol.key):
            shape = self.stated_shape(symbol)
            if shape is not None:
                if slot is not None:
                    self.draft.grades[slot] = STATED
                return shape
        known = self.draft.known[self.scope.number]
        usual = None if symbol.flags & UNDECLARED else known.find(symbol.base, symbol.layer)
        if usual is not None and usual.shapes[0] == () and not defined:
            if self.code and (symbol.base == "b" or word_of(symbol) in network.arrays):
                return None  # a scalar in logistic regression by its name alone; the targets t
            return ()
        counts = symbol.base == "n" and not (self.code and defined)  # `n = tanh(...)` is a state
        if counts or (slot in network.roots and not symbol.has_layer):
            return ()
        if slot is None or symbol.gradient or slot in network.biases:
            return None  # a bias is below what it is added to
        if self.code and VERSION in symbol.key and slot not in self.draft.silent:
            return None
        if usual is not None and isinstance(usual.shapes[0], As):
            return None
        sizes = usual.shapes[0] if usual is not None else None
        matrix = sizes is not None and len(sizes) == 2 and 1 not in sizes
        has_sides = slot in network.sided
        if self.code:
            capital = symbol.base[:1].isupper()
            is_factor = (capital and slot in network.factors) or slot in self.draft.left_out
            if not (has_sides or (matrix and is_factor)):
                return None
        elif not (has_sides or (matrix and slot not in network.added and self._is_array(symbol, slot))):
            return None
        silent = slot in self.draft.silent and not self.code
        return (Unknown(OPEN), Unknown(OPEN)) if silent else (Unknown(), Unknown())

    def _is_array(self, symbol: Symbol, slot: Slot) -> bool:
        """Say whether a name of notes that is no factor is an array all the same: `x`, `y` and `z` are anyone's."""
        if symbol.has_layer or symbol.base[:1].isupper() or slot in self.draft.network.factors:
            return True
        target = self.line.target if self.line is not None else None
        return target is not None and target.has_layer

    def stated(self, shape: Shape) -> Shape:
        """Return a shape that the text writes, in the sizes of the draft."""
        return tuple(self.draft.size(self.scope, size) for size in shape)

    def remarked(self, shape: Shape) -> Shape:
        """Return a shape that a remark writes; in a program its letters may be any size that has another name."""
        for letter in (one for one in shape if self.code and isinstance(one, str)):
            known = any(letter in self.draft.letters[one.number] for one in self.scope.chain())
            if not known and self.draft.letter(self.scope, letter) == letter:
                self.draft.letters[self.scope.number][letter] = Unknown()
        return self.stated(shape)

    def same(self, left: Size, right: Size) -> bool:
        """Make two sizes one, if they may be."""
        return self.draft.store.unify(left, right)


class Unifying(Evaluation):
    """An evaluation that makes sizes one where an operation needs them to be."""

    def __init__(self, view: View, choices: Choices) -> None:
        """Begin without problems."""
        super().__init__(RULES, view, None, choices)  # type: ignore[arg-type]  # a View answers what an Environment does
        self._draft = view.draft
        self._view = view
        self.below: list[tuple[Node, Shape]] = []

    def equal(self, left: Size, right: Size) -> bool:
        """Make two sizes one, if they may be."""
        return self._draft.store.unify(left, right)

    def compatible(self, left: Size, right: Size) -> bool:
        """Make two sizes one, if they may be: sizes that are not known to be 1 are equal."""
        return self._draft.store.unify(left, right)

    def is_factor(self, node: Node) -> bool:
        """Say whether a name is a matrix by its other uses."""
        inner = bare(node)
        if not isinstance(inner, Name):
            return False
        return self._draft.network.slot(self._view.scope, inner.symbol.key) in self._draft.network.sided

    def unknown_matrix(self, left: Node, right: Node, one: MaybeShape, other: MaybeShape) -> MaybeShape:
        """What meets an array of which a program cannot tell which one it is may be of any size."""
        if self._view.code:
            for node, shape, axis in ((left, other, 0), (right, one, -1)):
                size = resolve(shape[axis]) if shape and len(shape) == 2 and _is_any(node) else None
                if isinstance(size, Unknown) and not size.name:
                    self._draft.store.unify(size, Unknown(OPEN))
        return super().unknown_matrix(left, right, one, other)

    def add(self, one: Size, other: Size) -> Size:
        """Return the size of two parts that stand side by side."""
        return self._draft.store.sum(one, other)

    def less(self, size: Size, number: int) -> Size:
        """What is left of an unknown size is one that makes it up together with those that are gone."""
        if isinstance(resolve(size), Unknown):
            return self._draft.store.rest(number, size)
        return super().less(size, number)

    def partly_known(self, left: MaybeShape, right: MaybeShape) -> MaybeShape:
        """What is unknown is taken to be no larger than what it stands beside, except along an axis of 1."""
        known = right if left is None else left
        if known is None or len(known) < 1:
            return None
        return tuple(ANY if resolve(size) == 1 else size for size in known)

    def beside(self, node: Node, shape: Shape) -> MaybeShape:
        """What stands beside others in a sum and is nowhere a factor, as a bias does, is below them."""
        inner = bare(node)
        if not isinstance(inner, Name):
            return self.partly_known(shape, None)
        self.below.append((node, shape))
        slot = self._draft.network.slot(self._view.scope, inner.symbol.key)
        is_factor = slot in self._draft.network.factors or slot in self._draft.network.sided
        return self.partly_known(shape, None) if is_factor else shape

    def alike(self, left: Node, right: Node, one: Shape, other: Shape) -> tuple[Shape, Shape]:
        """Two products that are added have one shape: neither is a bias that is spread over the other."""
        one, other = super().alike(left, right, one, other)
        if len(one) != len(other) or not _is_product(left) or not _is_product(right):
            return one, other
        sizes = [list(one), list(other)]
        for axis, (size, beside) in enumerate(zip(one, other, strict=True)):
            if size is ANY:
                sizes[0][axis] = beside
            elif beside is ANY:
                sizes[1][axis] = size
            elif 1 in (resolve(size), resolve(beside)):
                self._draft.store.unify(size, beside)
        return tuple(sizes[0]), tuple(sizes[1])

    def learn(self, node: Node, shape: Shape) -> MaybeShape:
        """Give a name of which nothing is known a shape, where a factor of a product has to have one."""
        node, turned = _named(node)
        if not isinstance(node, Name):
            return None
        symbol, network = node.symbol, self._draft.network
        slot = network.stands_for(self._view.scope, symbol)
        if symbol.key.startswith("?") or self._draft.store.shapes.get(slot) is not None:
            return None
        if self._view.code and slot not in network.sided:
            self._meet(slot, shape[::-1] if turned else shape)
            return None
        if self._view.code and VERSION in symbol.key and slot not in self._draft.silent:
            return None
        self._draft.store.set(slot, shape[::-1] if turned else shape)
        return shape

    def _meet(self, slot: Slot, shape: Shape) -> None:
        """What a name of unknown axes meets in one product it meets in the others: two weights on one `x`."""
        met = self._draft.met.setdefault(slot, shape)
        if met is not shape and len(met) == len(shape):
            self._draft.store.try_to_unify(met, shape)


def _is_product(node: Node) -> bool:
    node = bare(node)
    return isinstance(node, Product) or (isinstance(node, Call) and node.function in MATRIX_PRODUCTS)


def _is_any(node: Node) -> bool:
    """Say whether an array is one of several assignments, or what a call gives that nothing knows."""
    node, _ = _named(node)
    if isinstance(node, Name):
        return node.symbol.key.startswith("?")
    return isinstance(node, Call) and node.function == "unknown"


def _named(node: Node) -> tuple[Node, bool]:
    turned = False
    while True:
        if isinstance(node, Transpose):
            node, turned = node.child, not turned
        elif isinstance(node, Paren | Negate):
            node = node.child
        elif isinstance(node, Call) and node.function == "elementwise" and len(node.arguments) == 1:
            node = node.arguments[0]
        else:
            return node, turned
