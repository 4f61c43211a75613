"""What is declared: by a convention's file, by the document, by the configuration."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple, TypeAlias

from shapelint.sizes import Size, atoms, is_one_or_all
from shapelint.source import Span
from shapelint.symbol import BATCH, CHOICE, OUTPUT, SINGLE, Flags, Layer


class As(NamedTuple):
    """The shape of another name: `v_dW[l] : as W[l]`."""

    word: str
    layer: Layer | None


# One allowed shape in letters (l is the layer of the name), or another name's, or None: unsaid on purpose.
Template: TypeAlias = tuple[Size, ...] | As | None


class Declared(NamedTuple):
    """One name, its allowed shapes in order of preference, and where that was said (None: a convention).

    `layer` is None for a plain name, "l" for one of every layer, a number for one of that layer only. What a docstring
    says is `prose`: its letters may be second names of a program's variables.
    """

    word: str
    layer: Layer | None
    shapes: tuple[Template, ...]
    span: Span | None
    said: str
    prose: bool = False

    @property
    def flags(self) -> Flags:
        """Return what a formula with this name has to settle, as its shapes say."""
        flags = CHOICE if len(self.shapes) > 1 else 0
        for shape in self.shapes:
            for size in () if shape is None or isinstance(shape, As) else shape:
                for atom in atoms(size):
                    if atom.startswith("n[L"):
                        flags |= OUTPUT
                    elif is_one_or_all(atom):
                        flags |= SINGLE
                    elif atom == "m":
                        flags |= BATCH
        return flags


class Stated(NamedTuple):
    """A shape that the text states of a part of a formula: where that part begins, and where it is stated."""

    start: int
    shape: tuple[Size, ...]
    span: Span


class Group(NamedTuple):
    """Declarations that hold in a document that uses one of the names behind `when`.

    `spellings` says how they write sizes: n[0] is n_x to a recurrent cell.
    """

    triggers: tuple[str, ...]
    declared: tuple[Declared, ...]
    spellings: Mapping[str, str]


class Convention(NamedTuple):
    """What the names mean: a file of declarations.

    `choices` are sizes with several allowed values, such as `k = 1 or m`; `formulas` are those that it
    states; `spellings` says how a size is written (`na` as `n_a`).
    """

    name: str
    declared: tuple[Declared, ...]
    groups: tuple[Group, ...]
    choices: Mapping[str, tuple[Size, ...]]
    formulas: tuple[str, ...]
    spellings: Mapping[str, str]


class Known(NamedTuple):
    """Declarations, ready to be looked up by name and layer."""

    plain: Mapping[str, Declared]
    layered: Mapping[str, Declared]
    single: Mapping[tuple[str, int], Declared]

    def find(self, word: str, layer: Layer | None) -> Declared | None:
        """Return the declaration of a name, of one layer or of any (λ); that for a single layer comes first."""
        if layer is None:
            return self.plain.get(word)
        if not layer.base and (found := self.single.get((word, layer.offset))):
            return found
        return self.layered.get(word)


def known(declarations: Iterable[Declared]) -> Known:
    """Sort declarations by kind of name; of two for one name the later holds."""
    plain: dict[str, Declared] = {}
    layered: dict[str, Declared] = {}
    single: dict[tuple[str, int], Declared] = {}
    for one in declarations:
        if one.layer is None:
            plain[one.word] = one
        elif one.layer.base:
            layered[one.word] = one
            # batch norm's beta[l] is no longer the scalar of momentum, nor is its beta[1] that of Adam
            plain.pop(one.word, None)
            for key in [key for key, other in single.items() if key[0] == one.word and other.span is None]:
                del single[key]
        else:
            single[one.word, one.layer.offset] = one
    return Known(plain, layered, single)
