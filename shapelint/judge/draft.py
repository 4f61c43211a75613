"""A solution while it is worked out: what is known so far of names and sizes, in one world of each scope."""

from collections.abc import Sequence

from shapelint.conventions.worlds import World
from shapelint.declared import Known
from shapelint.judge.network import Network
from shapelint.judge.scopes import Scope
from shapelint.judge.store import Slot, Store
from shapelint.shapes import Shape
from shapelint.sizes import ANY, Polynomial, Size, Unknown, atoms, layer_of, layer_size, replace, resolve
from shapelint.symbol import Layer


class Draft:
    """What is known of a network so far.

    `grades` say how a name's shape is known, `places` which line says it: its scope and its extent. `beneath` are the
    shapes that names are added to, `silent` names whose line says nothing of their shape, as those of the lines that
    are `left_out`. `letters` are the sizes of each scope; `dropped` are the names whose conventional shape was not
    taken, `doubled` letters that became one, `remade` names of notes that have no shape of their own, `met` what
    names of unknown axes would be by the products that they stand in, `turned` labels that lie the other way round.
    """

    def __init__(
        self,
        network: Network,
        worlds: Sequence[World],
        known: Sequence[Known],
        last: Sequence[int | None],
        without: frozenset[tuple[int, int]],
        own_names: frozenset[tuple[int, str]],
        one_or_all: bool,
    ) -> None:
        """Begin: `worlds`, `known`, what names mean in it, and `last`, the last layer, are given for each scope.

        `without` are the lines that are left out, `own_names` gradients by their spelling that are something else.
        With `one_or_all` nothing says whether a formula is of one example or of all of them.
        """
        self.own_names = own_names
        self.one_or_all = one_or_all
        self.network = network
        self.store = Store()
        self.worlds = worlds
        self.known = known
        self.last = last
        self.without = without
        self.grades: dict[Slot, int] = {}
        self.places: dict[Slot, tuple[int, int, int]] = {}
        self.beneath: dict[Slot, Shape] = {}
        self.silent: set[Slot] = set()
        self.met: dict[Slot, Shape] = {}
        self.turned: set[Slot] = set()
        self.left_out: set[Slot] = set()
        again = (network.slot(network.scopes[number], key) for number, key in own_names)
        self.remade = network.remade | frozenset(one for one in again if not network.scopes[one[0]].code)
        self.letters: list[dict[str, Size]] = [{} for _ in network.scopes]
        self.dropped: dict[int, list[str]] = {}
        self.doubled: dict[int, list[tuple[str, str]]] = {}

    def letter(self, scope: Scope, atom: str) -> Size:
        """Return the size that a letter stands for in a scope."""
        index = layer_of(atom)
        if index is not None and index.base == "L" and self.last[scope.number] is not None:
            atom = layer_size(Layer("", (self.last[scope.number] or 0) + index.offset))
        for one in scope.chain():
            size = self.letters[one.number].get(atom)
            if size is not None:
                return size
        conventional = index is not None or atom == "m"
        if not conventional:
            return atom
        found: Size = Unknown(atom)
        self.letters[scope.number][atom] = found
        return found

    def size(self, scope: Scope, size: Size, layer: Layer | None = None) -> Size:
        """Return a size of a shape as it stands in a scope, for a name of a layer."""
        if isinstance(size, str):
            index = layer_of(size)
            if index is not None and index.base == "l" and layer is not None:
                size = layer_size(Layer(layer.base, layer.offset + index.offset))
            return self.letter(scope, size)
        if isinstance(size, Polynomial):
            total: Size | None = None
            for monomial, factor in size:
                if factor != 1 or len(monomial) != 1:
                    return self._replaced(scope, size, layer)
                term = self.size(scope, monomial[0], layer)
                total = term if total is None else self.store.sum(total, term)
            return ANY if total is None else total
        return size

    def _replaced(self, scope: Scope, size: Polynomial, layer: Layer | None) -> Size:
        values = {atom: resolve(self.size(scope, atom, layer)) for atom in atoms(size)}
        return ANY if any(isinstance(one, Unknown) for one in values.values()) else replace(size, values)
