"""What a document's formulas say about names that nobody declared.

An unknown name gets its rank and its sizes from the formula that assigns it, from matrix products, and from
targets; elementwise operations say nothing sure. What was learnt can be taken back (`undo`), so that a
reading of a formula may be tried.
"""

from shapelint.infer.environment import Found
from shapelint.shapes import Shape
from shapelint.sizes import Size, Unknown
from shapelint.symbol import UNDECLARED, VERSION, Symbol
from shapelint.tree import Call, Name, Negate, Node, Paren, Transpose, untransposed


class Learner:
    """Writes into `found`, with the place of the formula that it is learning from."""

    def __init__(
        self,
        found: dict[str, Found],
        start: int,
        end: int,
        target: Node | None = None,
        *,
        solved: bool = False,
        blocked: frozenset[str] = frozenset(),
    ) -> None:
        """Begin with an empty trail; `target` is that of the formula.

        Where the section is `solved`, a name that a convention lists may have no shape all the same; `blocked` names
        have none that can be learnt.
        """
        self._blocked = blocked
        self._solved = solved
        self._target = target.symbol.key if isinstance(target, Name) else ""
        made = untransposed(target) if target is not None else None
        self._made = made.symbol.key if isinstance(made, Name) else ""
        self.found = found
        self._place = (start, end)
        self._names: list[str] = []
        self._sizes: list[Unknown] = []

    @property
    def learnt(self) -> bool:
        """Say whether this formula taught anything."""
        return bool(self._names or self._sizes)

    @property
    def names(self) -> tuple[str, ...]:
        """Return the names whose shapes this formula taught."""
        return tuple(self._names)

    def bind(self, left: Size, right: Size) -> None:
        """Note that two sizes are equal, one of which is unknown and free."""
        unknown, value = (left, right) if isinstance(left, Unknown) else (right, left)
        assert isinstance(unknown, Unknown)
        unknown.bound = value
        self._sizes.append(unknown)

    def name(self, node: Node, shape: Shape, numerator: bool) -> bool:
        """Note the shape of an expression that is one undeclared name, transposed or under a function."""
        match node:
            case Name():
                return self._symbol(node.symbol, shape, numerator)
            case Transpose():
                return self.name(node.child, shape[::-1], numerator)
            case Paren() | Negate():
                return self.name(node.child, shape, numerator)
            case Call(function="elementwise", arguments=[argument]):
                return self.name(argument, shape, numerator)
            case _:
                return False

    def undo(self) -> None:
        """Take back what was learnt from this formula."""
        for key in self._names:
            del self.found[key]
        for unknown in self._sizes:
            unknown.bound = None
        self._names.clear()
        self._sizes.clear()

    def _symbol(self, symbol: Symbol, shape: Shape, numerator: bool) -> bool:
        if not (symbol.flags & UNDECLARED or self._solved) or symbol.key.startswith("?"):
            return False  # a name with a question mark has several shapes
        if symbol.object_key in self.found or symbol.key in self.found or symbol.key in self._blocked:
            return False
        if VERSION in symbol.key and symbol.key != self._target and not self._solved:
            return False  # in a program the assignment of a variable says what it is, its uses do not
        if self._solved:
            self.found[symbol.key] = Found(shape, *self._place, fitted=symbol.key != self._made)
            self._names.append(symbol.key)
            return True
        laid_out = shape[::-1] if symbol.gradient and numerator else shape
        self.found[symbol.object_key] = Found(laid_out, *self._place, fitted=symbol.key != self._made)
        self._names.append(symbol.object_key)
        return True
