"""A tree in, the same with scalars in front of its products out: `((1/m) * dZ) @ A` is `(1/m) * (dZ @ A)`."""

from dataclasses import fields, replace

from .tree import Kind, Product, Tree, is_scalar


def scalars_first(tree: Tree) -> Tree:
    """Take a scalar in front of a product's left factor out of the product; brackets stay closed."""
    children = {field.name: getattr(tree, field.name) for field in fields(tree)}
    deep = {name: scalars_first(child) for name, child in children.items() if isinstance(child, Tree)}
    return _outermost(replace(tree, **deep))


def _outermost(tree: Tree) -> Tree:
    if is_scalar(tree):
        return tree
    match tree:
        case Product(kind, Product(Kind.TIMES, scalar, left), right) if is_scalar(scalar):
            return Product(Kind.TIMES, scalar, _outermost(Product(kind, left, right)))
    return tree
