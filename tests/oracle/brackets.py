"""A part of a formula in, the same factors under other brackets out, or without the brackets they need."""

from collections.abc import Iterator

from .tree import Grouped, Kind, Product, Sum, Tree, is_scalar


def associated_otherwise(tree: Tree) -> Iterator[Tree]:
    """`(a @ b) * c` becomes `a @ (b * c)`, and the other way round."""
    if not isinstance(tree, Product):
        return
    left, right = _opened(tree.left), _opened(tree.right)
    if _is_pair(left) and not is_scalar(tree.right):
        yield Product(left.kind, left.left, Grouped(Product(tree.kind, left.right, tree.right)))
    if _is_pair(right) and not is_scalar(tree.left) and tree.kind is not Kind.OVER:
        yield Product(right.kind, Grouped(Product(tree.kind, tree.left, right.left)), right.right)


def brackets_dropped(tree: Tree) -> Iterator[Tree]:
    """`a * (b - c)` becomes `a * b - c`, and `(a - b) @ c` becomes `a - b @ c`."""
    if not isinstance(tree, Product):
        return
    left, right = _opened(tree.left), _opened(tree.right)
    if isinstance(right, Sum):
        yield Sum(right.sign, _product(tree.kind, tree.left, right.left), right.right)
    if isinstance(left, Sum):
        yield Sum(left.sign, left.left, _product(tree.kind, left.right, tree.right))


def _product(kind: Kind, left: Tree, right: Tree) -> Tree:
    """A scalar that is left over, as the 1 of `1 - A`, scales."""
    scales = kind is Kind.MATRIX and (is_scalar(left) or is_scalar(right))
    return Product(Kind.TIMES if scales else kind, left, right)


def _opened(tree: Tree) -> Tree:
    return tree.body if isinstance(tree, Grouped) else tree


def _is_pair(tree: Tree) -> bool:
    return isinstance(tree, Product) and not (is_scalar(tree.left) or is_scalar(tree.right))
