"""What a section says before its formulas are looked at: declarations, equal sizes, the last layer.

A declaration in the document outranks the convention. Where it agrees with the convention but for the names
of sizes (`W1 : (n_h, n_x)`), those names are learnt to be equal.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from shapelint.declared import As, Convention, Declared, Known, known
from shapelint.names.entries import DECLARED as ENTRIES
from shapelint.parse.declarations import Equation
from shapelint.problems import DeclaredTwice, Operand
from shapelint.shapes import Shape
from shapelint.sizes import Size, atoms, is_one_or_all, layer_of, replace, same
from shapelint.symbol import Layer


class Said(NamedTuple):
    """The declarations and equations of a document, in its order, and how it spells its sizes."""

    declared: tuple[Declared, ...]
    equations: tuple[Equation, ...]
    spellings: Mapping[str, str]


class Facts(NamedTuple):
    """What holds in a section under one convention; `named` are the sizes of layers that the document names.

    `equal` maps sizes to what they are equal to (`n_h` to n[1], n[2] to 1), `ones` are those stated to be 1,
    `last` is the number of the last layer where it is stated, `own` what the document declares itself.
    """

    known: Known
    equal: Mapping[str, Size]
    ones: Mapping[str, Size]
    last: int | None
    spellings: Mapping[str, str]
    named: frozenset[str]
    usual: Known
    own: Known


def facts(convention: Convention, triggered: Iterable[str], said: Said) -> Facts:
    """Put together what a convention and a document say; `triggered` are the names that switch groups on."""
    active = set(triggered)
    declared = [*convention.declared, ENTRIES]
    spellings = dict(convention.spellings)
    for group in convention.groups:
        if active.intersection(group.triggers):
            declared += group.declared
            spellings.update({size: word for size, word in group.spellings.items() if "[" not in word})
    usual = known(declared)
    equal = _Equal()
    last: int | None = None
    for equation in said.equations:
        value = equation.values[0]
        if equation.size == "L" and isinstance(value, int):
            last = value
        elif isinstance(equation.size, str) and (value == 1 or not isinstance(value, int)):
            equal.add(equation.size, value)
    numbers: dict[str, int] = {}
    own = [_without_numbers(one, usual, numbers) for one in _with_another_m(said.declared, usual)]
    for one in own:
        _learn_names(one, usual, equal)
    every = equal.settled()
    ones = {atom: size for atom, size in every.items() if size == 1}
    spellings.update(_own_spellings(every, said.spellings))
    sizes = (*every.values(), *said.spellings)
    named = frozenset(size for size in sizes if isinstance(size, str) and layer_of(size) is not None)
    return Facts(known([*declared, *own]), every, ones, last, spellings, named, usual, known(said.declared))


_EXAMPLES, _ANOTHER_M = "m", "«m»"


def _with_another_m(declared: Sequence[Declared], usual: Known) -> Sequence[Declared]:
    """Where a weight is declared m × d, m is no number of examples: it is a size of the document's own."""
    if not any(_EXAMPLES in _sizes(one) for one in declared):
        return declared
    usually = [(one, usual.find(one.word, one.layer) or usual.layered.get(one.word)) for one in declared]
    speaking = [(one, found) for one, found in usually if found is not None and _EXAMPLES in _sizes(one)]
    if not speaking or any(_EXAMPLES in _sizes(found) for _, found in speaking):
        return declared
    values: dict[str, Size] = {_EXAMPLES: _ANOTHER_M}
    return [
        one._replace(
            shapes=tuple(
                tuple(replace(size, values) for size in shape)
                if isinstance(shape, tuple) and not isinstance(shape, As)
                else shape
                for shape in one.shapes
            )
        )
        for one in declared
    ]


def _sizes(declared: Declared) -> frozenset[str]:
    shapes = (shape for shape in declared.shapes if isinstance(shape, tuple) and not isinstance(shape, As))
    return frozenset(atom for shape in shapes for size in shape for atom in atoms(size))


def declared_twice(said: Said) -> list[DeclaredTwice]:
    """Return the declarations that say another shape than an earlier one for the same name."""
    seen: dict[tuple[str, Layer | None], Declared] = {}
    found: list[DeclaredTwice] = []
    for one in said.declared:
        before = seen.setdefault((one.word, one.layer), one)
        clash = _clash(before, one)
        if clash is not None and one.span is not None and before.span is not None:
            found.append(DeclaredTwice(one.span, _named(one), clash[1], Operand(before.span, clash[0])))
    return found


def gradients_declared_otherwise(said: Said, numerator: bool) -> list[DeclaredTwice]:
    """Return the declarations of gradients that have another shape than what they are by is declared with.

    Where all of several are the transposes, the document lays its gradients out so, and none is wrong.
    """
    objects = {(one.word, one.layer): one for one in said.declared}
    pairs = [
        (one, of)
        for one in said.declared
        if one.word[:1] == "d" and (of := objects.get((one.word[1:], one.layer))) is not None
    ]
    found = [(one, of, clash) for one, of in pairs if (clash := _clash(of, one)) is not None]
    turned = [clash for _, _, clash in found if clash[1] == clash[0][::-1]]
    if numerator or len(turned) == len(pairs) > 1:
        return []
    return [
        DeclaredTwice(one.span, _named(one), clash[1], Operand(of.span, clash[0]), _named(of))
        for one, of, clash in found
        if one.span is not None and of.span is not None
    ]


def _named(declared: Declared) -> str:
    return f"{declared.word}{declared.layer or ''}"


def differ(one: Declared, other: Declared) -> bool:
    """Say whether two declarations say shapes that cannot be one."""
    return _clash(one, other) is not None


def _clash(before: Declared, after: Declared) -> tuple[Shape, Shape] | None:
    one, other = before.shapes[0], after.shapes[0]
    if (
        not isinstance(one, tuple)
        or not isinstance(other, tuple)
        or isinstance(one, As)
        or isinstance(other, As)
    ):
        return None
    if len(one) == len(other) and all(same(a, b) is not False for a, b in zip(one, other, strict=True)):
        return None
    return one, other


def agrees(declared: Declared, usual: Known, numerator: bool) -> bool:
    """Say whether a declared shape may be the convention's for that name."""
    conventional = usual.find(declared.word, declared.layer)
    flipped = False
    if conventional is None and declared.word.startswith("d"):
        conventional = usual.find(declared.word[1:], declared.layer)
        flipped = numerator
    pairs = _pairs(declared, conventional, flipped) if conventional is not None else None
    return pairs is not None and all(_may_be(said, size) for said, size in pairs)


def _pairs(
    declared: Declared, conventional: Declared, flipped: bool = False
) -> list[tuple[Size, Size]] | None:
    """Return the declared sizes beside the convention's, None where they cannot be compared."""
    shape, template = declared.shapes[0], conventional.shapes[0]
    if not isinstance(shape, tuple) or not isinstance(template, tuple) or len(shape) != len(template):
        return None
    if isinstance(shape, As) or isinstance(template, As):
        return None
    usual = [_at_layer(size, declared.layer) for size in template]
    return list(zip(shape, reversed(usual) if flipped else usual, strict=True))


class _Equal:
    """Which sizes are equal: each name points to what stands for it."""

    def __init__(self) -> None:
        self._values: dict[str, Size] = {}

    def find(self, size: Size) -> Size:
        """Return what stands for a size."""
        while isinstance(size, str) and size in self._values:
            size = self._values[size]
        return size

    def add(self, one: Size, other: Size) -> None:
        """Make two sizes equal; a name of the document's own points to the layer's."""
        one, other = self.find(one), self.find(other)
        if one == other:
            return
        if isinstance(one, str) and (layer_of(one) is None or not isinstance(other, str)):
            self._values[one] = other
        elif isinstance(other, str):
            self._values[other] = one
        elif isinstance(one, str):
            self._values[one] = other

    def settled(self) -> dict[str, Size]:
        """Return every name with what stands for it."""
        values: dict[str, Size] = {atom: self.find(atom) for atom in self._values}
        return {atom: replace(size, values) for atom, size in values.items() if atom not in atoms(size)}


def _learn_names(declared: Declared, usual: Known, equal: _Equal) -> None:
    """Learn `n_h` from `W1 : (n_h, n_x)`, if the whole shape agrees with the convention's."""
    conventional = usual.find(declared.word, declared.layer)
    if conventional is None:
        return
    pairs = _pairs(declared, conventional)
    if pairs is None:
        return
    if any(not _may_be(equal.find(said), equal.find(size)) for said, size in pairs):
        return
    for said, size in pairs:
        if said == 1:
            equal.add(size, 1)
        elif isinstance(said, str) and layer_of(said) is None and said != "m":
            equal.add(said, "m" if is_one_or_all(size) else size)  # a letter counts all of them


def _without_numbers(declared: Declared, usual: Known, numbers: dict[str, int]) -> Declared:
    """Read `W1 : (4, 3)` as (n1, n0), so that 4 and another layer's 4 stay two sizes, and 4 and n1 are one."""
    conventional = usual.find(declared.word, declared.layer)
    pairs = _pairs(declared, conventional) if conventional is not None else None
    if pairs is None or any(not _may_be(said, size) for said, size in pairs):
        return declared
    named = [
        (said, size) for said, size in pairs if isinstance(said, int) and said != 1 and isinstance(size, str)
    ]
    if any(numbers.setdefault(size, said) != said for said, size in named):
        return declared
    shape = tuple(size if (said, size) in named else said for said, size in pairs)
    return declared._replace(shapes=(shape,))


def keeps_numbers(declared: Sequence[Declared], usual: Known) -> bool:
    """Say whether each of the convention's sizes is one number, wherever a number is declared for it."""
    numbers: dict[str, int] = {}
    for one in declared:
        conventional = usual.find(one.word, one.layer)
        for said, size in (_pairs(one, conventional) or ()) if conventional is not None else ():
            if (
                isinstance(said, int)
                and said != 1
                and isinstance(size, str)
                and numbers.setdefault(size, said) != said
            ):
                return False
    return True


def _may_be(said: Size, size: Size) -> bool:
    if said == size or is_one_or_all(size):
        return True
    if said == 1:
        return isinstance(size, str) and layer_of(size) is not None
    if isinstance(said, str) and isinstance(size, str):
        return (layer_of(said) is None and said != "m") or same(said, size) is not False
    return same(said, size) is not False


def _at_layer(size: Size, layer: Layer | None) -> Size:
    if layer is None or layer.base or not isinstance(size, str):
        return size
    index = layer_of(size)
    if index is None or index.base != "l":
        return size
    return f"n[{layer.offset + index.offset}]"


def _own_spellings(equal: Mapping[str, Size], spellings: Mapping[str, str]) -> dict[str, str]:
    """Write a size as the document does: `n_h` where it says that this is n[1]."""
    own = dict(spellings)
    for atom, size in equal.items():
        if isinstance(size, str) and atom in spellings:
            own[size] = spellings[atom]
    return own


_LETTERS = frozenset("tie")


def without_own_letters(known: Known, assigned: frozenset[str]) -> Known:
    """A document that assigns `t` or `e`, or its gradient, means something of its own by it, not a number."""
    mine = {word for word in _LETTERS if word in assigned or f"d{word}" in assigned}
    own = {word for word in mine if (one := known.plain.get(word)) is None or one.span is None}
    return known._replace(plain={word: one for word, one in known.plain.items() if word not in own})
