"""The oracle's formulas: frozen trees, compared by value, and the places in them where one can be changed."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields, replace
from enum import StrEnum


class Kind(StrEnum):
    """What a product does. A scalar factor is `TIMES`."""

    MATRIX = "@"
    TIMES = "*"
    BESIDE = " "  # side by side, read entry by entry
    OVER = "/"


@dataclass(frozen=True, slots=True)
class Tree:
    """An expression; the classes below are all there are."""


@dataclass(frozen=True, slots=True)
class Name(Tree):
    """`dZ2` is `Name("Z", 2, gradient=True)`, `X` is `Name("A", 0)`, `alpha` is `Name("alpha")`."""

    base: str
    layer: int | None = None
    gradient: bool = False


@dataclass(frozen=True, slots=True)
class Number(Tree):
    text: str


@dataclass(frozen=True, slots=True)
class Product(Tree):
    kind: Kind
    left: Tree
    right: Tree


@dataclass(frozen=True, slots=True)
class Sum(Tree):
    """`sign` is "+" or "-"."""

    sign: str
    left: Tree
    right: Tree


@dataclass(frozen=True, slots=True)
class Negated(Tree):
    body: Tree


@dataclass(frozen=True, slots=True)
class Transposed(Tree):
    body: Tree


@dataclass(frozen=True, slots=True)
class Power(Tree):
    body: Tree
    exponent: int


@dataclass(frozen=True, slots=True)
class Call(Tree):
    """An elementwise function by its plain name: `log`, `tanh`, `g`; `g1(Z1)` has layer 1."""

    function: str
    argument: Tree
    layer: int | None = None


@dataclass(frozen=True, slots=True)
class Derivative(Tree):
    """`g1'(Z1)`; without a layer `g'(Z1)`."""

    argument: Tree
    layer: int | None = None


@dataclass(frozen=True, slots=True)
class Total(Tree):
    """`np.sum`; without an axis the sum over everything."""

    body: Tree
    axis: int | None = None
    keepdims: bool = False


@dataclass(frozen=True, slots=True)
class Grouped(Tree):
    """Brackets that somebody wrote, needed or not."""

    body: Tree


@dataclass(frozen=True, slots=True)
class Formula:
    """A target and what it is said to be."""

    target: Name
    value: Tree


@dataclass(frozen=True, slots=True)
class Place:
    """A part of a tree: `put` gives the whole tree with another part in its place."""

    part: Tree
    parent: Tree | None
    put: Callable[[Tree], Tree]


def places(tree: Tree) -> Iterator[Place]:
    """Yield every part of a tree, the tree itself first."""
    yield Place(tree, None, lambda part: part)
    for field, child in _children(tree):
        for place in places(child):
            yield Place(
                place.part,
                place.parent or tree,
                lambda part, field=field, put=place.put: replace(tree, **{field: put(part)}),
            )


def parts(tree: Tree) -> Iterator[Tree]:
    """Yield the tree and everything in it."""
    yield tree
    for _, child in _children(tree):
        yield from parts(child)


def names(tree: Tree) -> Iterator[Name]:
    """Yield the names of a tree, from the left."""
    return (part for part in parts(tree) if isinstance(part, Name))


def is_scalar(tree: Tree) -> bool:
    """Tell a scalar by its looks: numbers and scalar names alone. (`np.sum(Z1)` is one by its value only.)"""
    return all(part.base in SCALARS for part in names(tree))


SCALARS = frozenset({"m", "alpha", "lambda", "epsilon"})


def _children(tree: Tree) -> Iterator[tuple[str, Tree]]:
    for field in fields(tree):
        child = getattr(tree, field.name)
        if isinstance(child, Tree):
            yield field.name, child
