"""A scope of a program in, whether its names are those of a network out: a look that is cheaper than reading it."""

import ast
from collections.abc import Iterator

from shapelint.documents.python.scopes import CodeScope
from shapelint.documents.python.variables import is_repeated, is_written_out
from shapelint.parse.python.words import Vocabulary, word
from shapelint.patterns import lazy

# The gradients of a network's parameters: `dW1` `db2` `dZ2` `dW_curr`.
_GRADIENTS = lazy(r"_*(?:d_?[WZAB]\w{0,6}|d_?[wzab]_?\d+\w{0,5}|d[wz](?:_\w{1,6})?|db|delta_?\d)$")
# Its layers, `W1` `Z2` `w1` `z2`, and words for what networks work out: they tell something beside a matrix product.
_OTHERS = lazy(
    r"(?:W|Z|w|z)_?\d+$|[WZA]_(?:prev|curr)$|W$|^W_|delta|grad(?!e)|weight|backprop|backward|hidden|(?:^|_)d_?[wbWB]_"
)
_LAYER = lazy(r"([WZAbwza])_?\d+$|([WZA])L$|(Y)$")
# A shape as docstrings write it: `(1, number of examples)`.
_SHAPE = lazy(r"\([\w .*+-]{1,40},[\w .*+-]{0,40}\)")
_PRODUCTS = frozenset(("@", "dot", "matmul", "mm", "einsum", "outer"))
_SUMS = frozenset(("sum", "mean", "reduce_sum", "reduce_mean", "-=", "T"))


def is_telling(scope: CodeScope) -> bool:
    """Say whether the names of a scope may be those of a network, or the shapes in it are said."""
    return _tell({name for step in scope.steps for name in _names(step.node)}) or any(
        map(_says_shapes, scope.functions)
    )


def _says_shapes(function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """Say whether the docstring of a function has a shape, and the function a product."""
    said = ast.get_docstring(function, clean=False)
    return said is not None and bool(_SHAPE.search(said)) and not _PRODUCTS.isdisjoint(_names(function))


def may_tell(module: ast.Module) -> bool:
    """Say whether any scope of a program may be a network's: asked before its scopes are told apart."""
    return _tell(set(_names(module)))


def _tell(names: set[str]) -> bool:
    layers = {match[1] or match[2] or match[3] for match in map(_LAYER.match, names) if match is not None}
    if len(layers) > 1 and (layers & {"W", "Z", "A"} or layers == {"z", "a"}):
        return True
    product = not names.isdisjoint(_PRODUCTS)
    if not product and names.isdisjoint(_SUMS):
        return False
    if product and not names.isdisjoint(("step", "a shape")):
        return True
    return any(map(_GRADIENTS.match, names)) or (product and any(map(_OTHERS.search, names)))


def _names(node: ast.stmt | ast.Module) -> Iterator[str]:
    for part in ast.walk(node):
        match part:
            case ast.Name(id=name) | ast.Attribute(attr=name):
                yield name
            case ast.Constant(value=str(text)) if len(text) < 12:
                yield text
            case ast.Expr(value=ast.Constant(value=str(text))) if _SHAPE.search(text):
                yield "a shape"
            case ast.BinOp(op=ast.Sub(), right=ast.BinOp(op=ast.Mult() | ast.MatMult())):
                yield "step"
            case ast.BinOp(op=op):
                yield "@" if isinstance(op, ast.MatMult) else "-="
            case ast.AugAssign() | ast.Call():
                yield "-="


def is_third_axis(value: ast.expr) -> bool:
    """Say whether a value is the length of a third axis, or one behind it: that there is one, `_` says as well."""
    match value:
        case ast.Subscript(value=ast.Attribute(attr="shape"), slice=ast.Constant(value=int(axis))):
            return axis > 1
    return False


def works_something_out(value: ast.expr) -> bool:
    """Say whether a value may tell a shape, or be wrong: more than a name or a constant."""
    if isinstance(value, ast.List):
        return is_written_out(value)
    if is_repeated(value):
        return False
    return isinstance(value, ast.BinOp | ast.Call | ast.UnaryOp | ast.Attribute | ast.Compare | ast.Subscript)


_NUMBERED = lazy(r"d?[A-Za-z]+_?\d+$|d[A-Za-z]$")


def is_another(target: ast.expr, value: ast.expr, vocabulary: Vocabulary) -> bool:
    """Say whether one name of a layer is given to another: `db1 = dZ1`. `A_prev = A` says nothing about layers."""
    names = (word(target, vocabulary), word(value, vocabulary))
    return all(name is not None and _NUMBERED.match(name.word) for name in names)
