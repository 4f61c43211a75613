"""What programs call their sizes: a variable or an expression in, the size of the notation out."""

import ast
from collections.abc import Sequence

from shapelint.parse.declared_words import size_of_word
from shapelint.parse.python.words import Vocabulary, layer_index, variable
from shapelint.shapes import Shape
from shapelint.sizes import ANY, Size, Unknown, add, layer_size, multiply
from shapelint.spelling import canonical
from shapelint.symbol import variable_of

_EXAMPLES = frozenset(
    (
        "m",
        "N",
        "batchsize",
        "numexamples",
        "nsamples",
        "numsamples",
        "nexamples",
        "samples",
        "batch",
        "bs",
    )
    + ("numtrain", "ntrain")
)


def size_of_variable(name: str) -> Size:
    """Return the size that a variable names; what counts the examples is m."""
    plain = variable_of(name).rpartition(".")[2].strip("_")
    if not plain:
        return ANY
    size = size_of_word(plain)
    return "m" if canonical(plain) in _EXAMPLES else size


def size_of(node: ast.expr, vocabulary: Vocabulary) -> Size:
    """Return the size that an expression stands for, ANY where nothing is sure: `n_h`, `layer_dims[l - 1]`, `4 * n`."""
    match node:
        case ast.Constant(value=int(number)) if not isinstance(node.value, bool):
            return number
        case ast.Name() | ast.Attribute() if (name := variable(node)) is not None:
            return size_of_variable(name)
        case ast.Subscript(value=ast.Name() | ast.Attribute()) if variable(node.value) is not None:
            layer = layer_index(node.slice, vocabulary)
            if layer is not None and not layer.base:
                return (
                    f"{variable(node.value)}[{layer.offset}]"  # whether the first is the input's is not told
                )
            return ANY if layer is None else layer_size(layer)
        case ast.BinOp(left=left, op=op, right=right) if isinstance(op, ast.Add | ast.Sub):
            return add(
                size_of(left, vocabulary), size_of(right, vocabulary), 1 if isinstance(op, ast.Add) else -1
            )
        case ast.BinOp(left=left, op=ast.Mult(), right=right):
            return multiply(size_of(left, vocabulary), size_of(right, vocabulary))
    return ANY


def shape_of(nodes: Sequence[ast.expr], vocabulary: Vocabulary) -> Shape | None:
    """Return the shape that arguments say, None where a size is not sure: `(n, 1)`, `n, 1`, `n`."""
    if len(nodes) == 1 and isinstance(nodes[0], ast.Tuple | ast.List):
        nodes = nodes[0].elts
    sizes = tuple(size_of(node, vocabulary) for node in nodes)
    return None if not sizes or any(isinstance(size, Unknown) or size == 0 for size in sizes) else sizes


def spellings(nodes: Sequence[ast.expr]) -> dict[str, str]:
    """Return how the sizes in arguments are written: `n_h` for nh."""
    found: dict[str, str] = {}
    for node in nodes:
        for part in ast.walk(node):
            name = variable(part) if isinstance(part, ast.Name | ast.Attribute) else None
            if name is not None and isinstance(size := size_of_variable(name), str):
                found.setdefault(size, name.rpartition(".")[2])
    return found
