"""What a program calls: a call in, the rule of its function, its name, and the object whose method it is, out."""

import ast
from typing import NamedTuple

from shapelint.operators import ARRAYS, FUNCTIONS, METHODS, TELLING, TENSOR_METHODS
from shapelint.parse.python.words import Vocabulary, variable
from shapelint.parse.tokens import Words

_SCALARS = frozenset(("len", "float", "int", "abs", "round"))
_BUILTINS = frozenset(
    ("sum", "max", "min", "range", "list", "zip", "map", "sorted", "print", "str", "tuple", "dict")
)
FIRST = "first"  # the rule of a name that tells what it does: elementwise, if it has one argument


class Callee(NamedTuple):
    """A function: the name of its rule, its own, and the object where it is a method."""

    rule: str
    name: str
    receiver: ast.expr | None


def callee(node: ast.Call, vocabulary: Vocabulary, words: Words) -> Callee:
    """Return what a call calls."""
    function = node.func
    full = dotted(function, vocabulary)
    if isinstance(function, ast.Name):
        full = vocabulary.bare.get(function.id)
        if full is None:
            return Callee(_named(function.id, vocabulary.functions.get(function.id)), function.id, None)
    if full is not None:
        return Callee(ARRAYS.get(full) or FUNCTIONS.get(full, "unknown"), full, None)
    if not isinstance(function, ast.Attribute):
        return Callee("unknown", "", None)
    own = variable(function)
    if own is not None:  # self.sigmoid
        return Callee(_named(function.attr, vocabulary.functions.get(own)), own, None)
    rule = ARRAYS.get(f".{function.attr}") or METHODS.get(function.attr)
    if any(library != "np" for library in vocabulary.numpy.values()):
        rule = TENSOR_METHODS.get(function.attr, rule)
    if rule is not None and not _is_module(function.value, vocabulary, words):
        return Callee(rule, f".{function.attr}", function.value)
    return Callee(_named(function.attr, None), function.attr, None)


_MOST_DOTS = 8  # of a name of NumPy's


def dotted(node: ast.expr, vocabulary: Vocabulary) -> str | None:
    """Return the full name of something of NumPy, or its like: `np.random.randn`, whatever NumPy is called here.

    Of PyTorch and TensorFlow the last word is enough: `tf.nn.relu` is `tf.relu`.
    """
    names: list[str] = []
    library = None
    while library is None and isinstance(node, ast.Attribute) and len(names) < _MOST_DOTS:
        names.append(node.attr)
        node = node.value
        library = vocabulary.numpy.get(variable(node) or "")  # `np`, or a generator such as `self.rng`
    if library is None:
        return None
    return ".".join((library, *reversed(names))) if library.startswith("np") else f"{library}.{names[0]}"


def _named(name: str, found: str | None) -> str:
    """Return the rule of a function by its name, where its body does not tell it."""
    if found is not None:
        return found
    if name in _SCALARS:
        return "elementwise" if name in ("abs", "round") else "scalar"
    if name in _BUILTINS:
        return "unknown"
    lower = name.lower().lstrip("_")
    telling = any(part in lower for part in TELLING) or FUNCTIONS.get(lower) == "elementwise"
    return FIRST if telling else "unknown"


def _is_module(node: ast.expr, vocabulary: Vocabulary, words: Words) -> bool:
    """Say whether what stands before a dot is no array of this program: `math.log`, `layer.forward`."""
    return isinstance(node, ast.Name) and node.id not in vocabulary.loads and words.symbol(node.id) is None
