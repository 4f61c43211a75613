"""The algebra of sizes: integer polynomials over names, in a normal form.

A size is an int, an atom (a string: "m", "n_a", "n[2]", "n[l-1]"), or a Polynomial. Two sizes in normal
form are the same polynomial if and only if they are `==`. A size in guillemets, such as
"«(n+2p-f)/s+1»", is one of its own, equal to itself only.

An atom "n[…]" is the number of units of a layer: its index is an int, or l, L (or λ, the layer of a
function's own names) plus an int.
"""

from collections.abc import Mapping
from functools import lru_cache
from typing import TypeAlias, Union

from shapelint.symbol import Layer


class Polynomial(tuple[tuple[tuple[str, ...], int], ...]):
    """A sum of monomials with integer factors, sorted, like terms together: `2*n1 + n_x`."""

    __slots__ = ()


class Unknown:
    """A size that is still to be found: of a name that nobody declared."""

    __slots__ = ("bound", "name")

    def __init__(self, name: str = "") -> None:
        """Begin free; `name` is how messages write it."""
        self.name = name
        self.bound: Size | None = None

    def __repr__(self) -> str:
        """Show it as a question mark and its name."""
        return f"?{self.name}"


Size: TypeAlias = Union[int, str, Polynomial, Unknown]  # noqa: UP007 - Unknown refers back to it

# Sizes with a name of their own that are no layer's: examples, units of a recurrent cell, time steps. Any
# other name may be the document's word for a hidden layer.
OF_THE_FIELD = frozenset(("m", "na", "Tx", "Ty"))

_MOST_TERMS = 64
_MOST_FACTORS = 64  # of a term

# A size about which nothing is known and nothing is to be learnt: it agrees with every size.
ANY = Unknown("?")


def layer_size(layer: Layer) -> str:
    """Return the atom for the number of units of a layer."""
    return f"n[{layer}]"


@lru_cache(maxsize=4096)
def layer_of(atom: str) -> Layer | None:
    """Return the index of an atom such as "n[l-1]", None for every other atom."""
    if not (atom.startswith("n[") and atom.endswith("]")):
        return None
    inside = atom[2:-1]
    base = inside[0] if inside[0] in "lLλ" else ""
    rest = inside[len(base) :]
    return Layer(base, int(rest) if rest else 0)


def add(left: Size, right: Size, sign: int = 1) -> Size:
    """Return left + sign * right in normal form; with an Unknown in it, ANY."""
    if isinstance(left, Unknown) or isinstance(right, Unknown):
        return ANY
    sums = dict(_terms(left))
    for monomial, factor in _terms(right):
        sums[monomial] = sums.get(monomial, 0) + sign * factor
    return _normal(sums)


def multiply(left: Size, right: Size) -> Size:
    """Return left * right in normal form; with an Unknown in it, ANY."""
    if isinstance(left, Unknown) or isinstance(right, Unknown):
        return ANY
    sums: dict[tuple[str, ...], int] = {}
    if len(_terms(left)) * len(_terms(right)) > _MOST_TERMS:
        return ANY  # nobody's size: it would only grow
    for one, factor in _terms(left):
        for other, times in _terms(right):
            if len(one) + len(other) > _MOST_FACTORS:
                return ANY
            monomial = tuple(sorted(one + other))
            sums[monomial] = sums.get(monomial, 0) + factor * times
    return _normal(sums)


def atoms(size: Size) -> tuple[str, ...]:
    """Return the names that a size is built from."""
    if isinstance(size, str):
        return (size,)
    if isinstance(size, Polynomial):
        return tuple(dict.fromkeys(atom for monomial, _ in size for atom in monomial))
    return ()


def replace(size: Size, values: dict[str, Size]) -> Size:
    """Return a size with the atoms of `values` replaced, in normal form."""
    if isinstance(size, str):
        return values.get(size, size)
    if not isinstance(size, Polynomial) or not any(atom in values for atom in atoms(size)):
        return size
    total: Size = 0
    for monomial, factor in size:
        term: Size = factor
        for atom in monomial:
            term = multiply(term, values.get(atom, atom))
        total = add(total, term)
    return total


def resolve(size: Size) -> Size:
    """Return what an Unknown was found to be, any other size as it is."""
    while isinstance(size, Unknown) and size.bound is not None:
        size = size.bound
    return size


def same(left: Size, right: Size) -> bool | None:
    """Say whether two sizes are equal: True, False, or None where it cannot be told.

    Different names are different sizes (a fault hides where they happen to be equal), and none is 1.
    It cannot be told whether layer l is layer 2, or what a computed size comes to.
    """
    if left == right:
        return True
    if isinstance(left, Unknown) or isinstance(right, Unknown):
        return None
    if isinstance(left, int) and isinstance(right, int):
        return False
    if isinstance(left, int) or isinstance(right, int):
        return False if 1 in (left, right) else None  # nobody said what the letters stand for
    if isinstance(left, str) and isinstance(right, str):
        return _same_atom(left, right)
    difference = add(left, right, -1)
    if difference is not ANY and len({factor > 0 for _, factor in _terms(difference)}) == 1:
        return False  # sizes are at least 1, so n_a + n_x is more than n_a, whatever they are
    return None if _general(left) or _general(right) else False


def is_one_or_all(size: Size) -> bool:
    """Say whether a size counts one example or all of them: a formula that needs one settles it."""
    return isinstance(size, str) and size.startswith("·")


def is_own(atom: str) -> bool:
    """Say whether a size is a name of the document's own: no layer's, and none of the field's."""
    return layer_of(atom) is None and atom not in OF_THE_FIELD and not is_one_or_all(atom)


def write_size(size: Size, spellings: Mapping[str, str] | None = None) -> str:
    """Write a size as notes do: `n2`, `n[l-1]`, `n_a + n_x`, `2*n1`; `spellings` says how a name is written."""
    size = resolve(size)
    if isinstance(size, Polynomial):
        return _write_polynomial(size, spellings or {})
    if isinstance(size, Unknown):
        return size.name or "?"
    return str(size) if isinstance(size, int) else _write_atom(size, spellings or {})


def _write_atom(atom: str, spellings: Mapping[str, str]) -> str:
    if (spelled := spellings.get(atom)) is not None:
        return spelled
    if is_one_or_all(atom):
        return "1 or m"
    layer = layer_of(atom)
    if layer is not None and not layer.base:
        return f"n{layer.offset}"
    return atom.strip("«»").replace("λ", "l")


def _written_order(term: tuple[tuple[str, ...], int]) -> tuple[bool, bool, tuple[str, ...]]:
    """Names first, then layers, a plain number last: `n_a + n_x`, `2*n1 + 1`."""
    return not term[0], any(layer_of(atom) is not None for atom in term[0]), term[0]


def _write_polynomial(size: Polynomial, spellings: Mapping[str, str]) -> str:
    text = ""
    for monomial, factor in sorted(size, key=_written_order):
        names = "*".join(_write_atom(atom, spellings) for atom in monomial)
        number = "" if abs(factor) == 1 and names else str(abs(factor))
        term = "*".join(part for part in (number, names) if part)
        sign = ("-" if factor < 0 else "") if not text else (" - " if factor < 0 else " + ")
        text += sign + term
    return text


def _same_atom(left: str, right: str) -> bool | None:
    one, other = layer_of(left), layer_of(right)
    if one is None and other is None:
        return None if is_one_or_all(left) or is_one_or_all(right) else False
    if one is None or other is None:
        name, layer = (left, other) if one is None else (right, one)
        return False if name in OF_THE_FIELD or layer == Layer("", 0) else None
    if one.base == other.base:
        return False
    last, first = (one, other) if one.base == "L" else (other, one)
    if last.base == "L" and not first.base and first.offset <= last.offset:
        return False  # L is at least 1, so n[L] is not n[0]
    return None


def _general(size: Size) -> bool:
    """Say whether a size speaks of layer l or L, which may turn out to be any number."""
    layers = (layer_of(atom) for atom in atoms(size))
    return any(layer is not None and layer.base for layer in layers)


def _terms(size: Size) -> tuple[tuple[tuple[str, ...], int], ...]:
    if isinstance(size, Polynomial):
        return tuple(size)
    if isinstance(size, int):
        return (((), size),)
    assert isinstance(size, str)
    return (((size,), 1),)


def _normal(sums: dict[tuple[str, ...], int]) -> Size:
    terms = sorted((monomial, factor) for monomial, factor in sums.items() if factor)
    match terms:
        case []:
            return 0
        case [((), factor)]:
            return factor
        case [((atom,), 1)]:
            return atom
        case _:
            return Polynomial(terms)
