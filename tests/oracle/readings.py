"""A tree in, the trees it may be read as out, where a sign stands for one product or the other."""

from collections.abc import Iterator
from dataclasses import fields, replace
from itertools import product

from .tree import Kind, Product, Tree, is_scalar, parts

_OTHER = {Kind.MATRIX: Kind.BESIDE, Kind.TIMES: Kind.MATRIX}


def readings(tree: Tree, doubtful: Kind) -> Iterator[Tree]:
    """Yield the tree as it stands, then with every choice of its products of one kind read as the other."""
    children = [field.name for field in fields(tree) if isinstance(getattr(tree, field.name), Tree)]
    for chosen in product(*(readings(getattr(tree, child), doubtful) for child in children)):
        read = replace(tree, **dict(zip(children, chosen, strict=True)))
        yield read
        if is_product(read, doubtful):
            yield replace(read, kind=_OTHER[doubtful])


def is_product(tree: Tree, kind: Kind) -> bool:
    """Tell a product of two matrices of this kind; scaling is none."""
    if not isinstance(tree, Product) or tree.kind is not kind:
        return False
    return not (is_scalar(tree.left) or is_scalar(tree.right))


def count(tree: Tree, kind: Kind) -> int:
    """Count the products of two matrices of this kind."""
    return sum(is_product(part, kind) for part in parts(tree))
