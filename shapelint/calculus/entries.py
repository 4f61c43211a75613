"""A line entry by entry: `Z2_ik = Σ_j W2_ij A1_jk + b2_i`, with a letter for each size.

What is summed on the way forward, and what on the way back, decides where a factor stands and whether it is
transposed.
"""

from collections.abc import Callable, Mapping
from typing import NamedTuple, TypeAlias

from shapelint.calculus.derivatives import counts_examples
from shapelint.calculus.expressions import DIV, NEG, Node, Shapes
from shapelint.calculus.functions import SOFTMAX
from shapelint.calculus.network import Network
from shapelint.calculus.notations import LatexWriter
from shapelint.calculus.writer import Writer
from shapelint.sizes import Size

Place: TypeAlias = tuple[str, ...]  # the letters of an entry, "" along an axis of size 1

EXAMPLE_LETTER = "k"
_LETTERS = "ijhpqrstuv"
_FEW = 4  # sizes have the same letters in all steps


class NoEntryError(ValueError):
    """Something has no formula for its entries that one would read."""


class Sum(NamedTuple):
    """A product of entries, the letters that it is summed over, and what scales the whole."""

    letters: tuple[str, ...]
    factors: tuple[str, ...]
    scalars: tuple[str, ...] = ()


def letters(network: Network) -> dict[Size, str]:
    """Return the letters of sizes: the examples k, units i, j, h from the output back; only k where there are many."""
    sizes: dict[Size, None] = {}
    for key in reversed(list(network.lines)):
        shape = network.shape(key) or ()
        if len(shape) == 2 and (counts_examples(shape) or 1 in shape):
            sizes.update({size: None for size in shape if size not in (1, "m")})
    for shape in network.shapes.values():
        if len(shape) == 2:
            sizes.update({size: None for size in shape if size not in (1, "m")})
    units = dict(zip(sizes, _LETTERS, strict=False)) if len(sizes) <= _FEW else {}
    return {**units, "m": EXAMPLE_LETTER}


class Entries:
    """Writes entries of expressions; remembers at which letters each name stood."""

    def __init__(self, write: Writer, shapes: Shapes, known: Mapping[Size, str]) -> None:
        """Take what writes names, the shapes, and the letters that are settled."""
        self.write, self.shapes = write, shapes
        self.known = dict(known)
        self.places: dict[str, Place] = {}
        self.inner: list[str] = []  # letters that the next sums take

    @property
    def is_latex(self) -> bool:
        """Say whether this is LaTeX."""
        return isinstance(self.write, LatexWriter)

    def letter(self, size: Size, used: Place) -> str:
        """Return the letter of a size that is not in use, "" for 1."""
        if size == 1:
            return ""
        found = self.known.get(size)
        if found is None:
            found = self.known[size] = next(one for one in _LETTERS if one not in self.known.values())
        if found not in used:
            return found
        return next(one for one in _LETTERS if one not in used and one not in self.known.values())

    def place(self, key: str) -> Place:
        """Return the letters of a name's entry, new ones for what has none."""
        found: Place = ()
        for size in self.shapes.name(key):
            found = (*found, self.letter(size, found))
        return found

    def indexed(self, word: str, place: Place) -> str:
        """Write an entry of a name."""
        index = "".join(place)
        if not index:
            return word
        return f"{word}_{{{index}}}" if self.is_latex else f"{word}_{index}"

    def name(self, key: str, place: Place) -> str:
        """Write an entry of a name, remembering where."""
        shape = self.shapes.name(key)
        if not shape:
            return self.write.name(key)
        if len(place) < len(shape):
            raise NoEntryError(key)
        own = place[len(place) - len(shape) :]
        own = tuple("" if size == 1 else one for size, one in zip(shape, own, strict=True))
        self.places.setdefault(key, own)
        return self.indexed(self.write.name(key), own)

    def sigma(self, over: tuple[str, ...]) -> str:
        """Write the signs of sums."""
        return "".join(f"\\sum_{one} " if self.is_latex else f"Σ_{one} " for one in over)

    def text(self, node: Node, place: Place) -> str:
        """Write an entry of an expression. Raises NoEntryError."""
        if node.op == "add":
            return self._added(node, place)
        found = self.product(node, place)
        return self.written(found)

    def written(self, found: Sum) -> str:
        """Write a sum of products, what scales it in front."""
        return (
            "".join(f"{one} " for one in found.scalars) + self.sigma(found.letters) + " ".join(found.factors)
        )

    def product(self, node: Node, place: Place) -> Sum:
        """Return an entry of an expression as a sum of products. Raises NoEntryError."""
        rule = _RULES.get(node.op)
        if rule is None:
            raise NoEntryError(node.op)
        return rule(self, node, place)

    def _added(self, node: Node, place: Place) -> str:
        text = ""
        for term in node.args:
            minus = term.op == NEG
            written = self.text(term.args[0] if minus else term, place)
            sign = (" - " if minus else " + ") if text else ("-" if minus else "")
            text += sign + written
        return text


def _one(text: str) -> Sum:
    return Sum((), (text,))


def _var(entries: Entries, node: Node, place: Place) -> Sum:
    return _one(entries.name(node.data, place))


def _plain(entries: Entries, node: Node, place: Place) -> Sum:
    return _one(entries.write(node))


def _add(entries: Entries, node: Node, place: Place) -> Sum:
    return _one(f"({entries.text(node, place)})")


def _neg(entries: Entries, node: Node, place: Place) -> Sum:
    found = entries.product(node.args[0], place)
    if found.scalars:
        return found._replace(scalars=(f"-{found.scalars[0]}", *found.scalars[1:]))
    if found.letters:
        return found._replace(factors=(f"(-{found.factors[0]})", *found.factors[1:]))
    return found._replace(factors=(f"-{found.factors[0]}", *found.factors[1:]))


def _mul(entries: Entries, node: Node, place: Place) -> Sum:
    found = Sum((), ())
    for factor in node.args:
        if entries.shapes(factor) == ():
            text = entries.write(factor)
            scalar = f"({text})" if factor.op == DIV and not entries.is_latex else text
            found = found._replace(scalars=(*found.scalars, scalar))
        else:
            found = _joined(found, entries.product(factor, place))
    return found if found.factors else Sum((), found.scalars)


def _joined(left: Sum, right: Sum) -> Sum:
    return Sum(left.letters + right.letters, left.factors + right.factors, left.scalars + right.scalars)


def _div(entries: Entries, node: Node, place: Place) -> Sum:
    above, below = (_bracketed(entries, one, place) for one in node.args)
    return _one(f"\\frac{{{above}}}{{{below}}}" if entries.is_latex else f"{above}/{below}")


def _bracketed(entries: Entries, node: Node, place: Place) -> str:
    text = entries.text(node, place)
    loose = node.op in ("add", "mul", "div", "neg", "mat") and not (entries.is_latex)
    return f"({text})" if loose else text


def _mat(entries: Entries, node: Node, place: Place) -> Sum:
    left, right = node.args
    shapes = [entries.shapes(one) for one in node.args]
    if any(len(shape) != 2 for shape in shapes):
        raise NoEntryError
    inner = entries.inner.pop(0) if entries.inner else entries.letter(shapes[0][1], place)
    one = entries.product(left, (place[0], inner))
    other = entries.product(right, (inner, place[1]))
    own = (inner,) if inner else ()
    found = _joined(one, other)
    return found._replace(letters=own + found.letters)


def _turn(entries: Entries, node: Node, place: Place) -> Sum:
    return entries.product(node.args[0], place[::-1])


def _call(entries: Entries, node: Node, place: Place) -> Sum:
    if node.data.name == SOFTMAX:
        return _softmax(entries, node, place)
    return _one(f"{entries.write.function(node.data)}({entries.text(node.args[0], place)})")


def _softmax(entries: Entries, node: Node, place: Place) -> Sum:
    """exp of the entry over the sum of exp along the axis."""
    axis = node.data.axis
    letter = entries.letter(entries.shapes(node.args[0])[axis], place)
    other = entries.text(node.args[0], tuple(letter if at == axis else one for at, one in enumerate(place)))
    one = entries.text(node.args[0], place)
    entries.places = {key: at for key, at in entries.places.items() if letter not in at}
    entries.text(node.args[0], place)
    if entries.is_latex:
        return _one(rf"\frac{{e^{{{one}}}}}{{\sum_{letter} e^{{{other}}}}}")
    return _one(f"exp({one}) / Σ_{letter} exp({other})")


def _total(entries: Entries, node: Node, place: Place) -> Sum:
    shape, told = entries.shapes(node.args[0]), node.data
    inside: Place = ()
    over: tuple[str, ...] = ()
    outer = list(place if told.kept or told.axis is None else (*place[: told.axis], "", *place[told.axis :]))
    for axis, size in enumerate(shape):
        if told.axis is None or axis == told.axis:
            letter = entries.letter(size, (*place, *inside))
            over += (letter,) if letter else ()
            inside += (letter,)
        else:
            inside += (outer[axis],)
    found = entries.product(node.args[0], inside)
    return found._replace(letters=over + found.letters)


def _pow(entries: Entries, node: Node, place: Place) -> Sum:
    base = entries.text(node.args[0], place)
    base = base if node.args[0].op == "var" else f"({base})"
    exponent = entries.write(node.args[1])
    return _one(f"{base}^{{{exponent}}}" if entries.is_latex else f"{base}^{exponent}")


def _compare(entries: Entries, node: Node, place: Place) -> Sum:
    left, right = (entries.text(one, place) for one in node.args)
    return _one(f"({left} {node.data} {right})")


def _as_one(entries: Entries, node: Node, place: Place) -> Sum:
    """What is put together, or cut out, is indexed as a whole: `[a_prev; xt]_jk`."""
    return _one(entries.indexed(entries.write(node), place))


_RULES: dict[str, Callable[[Entries, Node, Place], Sum]] = {
    "var": _var,
    "num": _plain,
    "size": _plain,
    "add": _add,
    "neg": _neg,
    "mul": _mul,
    "div": _div,
    "mat": _mat,
    "turn": _turn,
    "call": _call,
    "total": _total,
    "pow": _pow,
    "compare": _compare,
    "join": _as_one,
    "part": _as_one,
}
