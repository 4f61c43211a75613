"""A name, read: what it is called, its layer, whether it is a gradient."""

from typing import NamedTuple, TypeAlias


class Layer(NamedTuple):
    """An index of a layer: `base` is "" for a number, "l", "L", or "λ" where the name has no layer."""

    base: str
    offset: int

    def __str__(self) -> str:
        """Write the index as the notation does: `2`, `l`, `l-1`, `L`."""
        if not self.base:
            return str(self.offset)
        return f"{self.base}{self.offset:+d}" if self.offset else self.base


# What a formula with such a name has to settle before its shapes are known.
LAYERLESS = 1  # the layer of `W`, `Z`, `mu`: an unknown of each formula
OUTPUT = 2  # the number of the last layer, L
SINGLE = 4  # a column for one example, or all m of them
BATCH = 8  # a name with all m examples, which settles the point above
CHOICE = 16  # several shapes are allowed, such as (1, n1) or (n1,)
UNDECLARED = 32  # nobody said its shape: it follows from its uses
WORD = 64  # undeclared, and it looks like a word of prose

# Of a formula: what stands behind it goes on with it, and was not read.
PART = 128

Flags: TypeAlias = int

# In a program a name is one assignment of a variable, `x·3`, or a parameter, `x°0`: what stands behind the sign
# tells those of one spelling apart.
VERSION, PARAMETER = "·", "°"


def variable_of(key: str) -> str:
    """Return the variable that a key in a program is an assignment of: `x` of `x·3`, of `?x`."""
    return key.partition(VERSION)[0].partition(PARAMETER)[0].lstrip("?=")


def is_kept(key: str) -> bool:
    """Say whether a name is what a dictionary of a program holds: `params["theta"]` is the same in all functions."""
    return key.endswith(VERSION)


class Symbol:
    """One name of a document; two spellings of one name are the same object.

    `key` is the spelling that stands for all (`W2`); `base` and `layer` are its parts. `gradient` is
    true for `dZ1`: its shape is that of its object, whose key is `object_key`. In a program the key is that of
    one assignment, `W1·3`, and `object_key` the name that every assignment of the object has in the notation.
    """

    __slots__ = ("base", "flags", "gradient", "key", "layer", "object_key")

    def __init__(
        self,
        key: str,
        base: str,
        layer: Layer | None,
        gradient: bool,
        flags: Flags,
        object_key: str = "",
    ) -> None:
        """Fill in the parts; a gradient's key is that of its object with a `d` in front, unless it is given."""
        self.key = key
        self.base = base
        self.layer = layer
        self.gradient = gradient
        self.flags = flags
        self.object_key = object_key or (key[1:] if gradient else key)

    @property
    def has_layer(self) -> bool:
        """Say whether the name has a layer of its own, `W1`, `W[l]`; `W` has one that is not told."""
        return self.layer is not None and self.layer.base != "λ"

    def __repr__(self) -> str:
        """Show the key, as tests and logs want it."""
        return f"Symbol({self.key!r})"
