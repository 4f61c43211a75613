"""An expression of Python in, the name of the notation that it is, out: `parameters["W" + str(l)]` is W[l].

The rows of `numpy.md`, "names". Nothing is asked here of what the names mean; `Vocabulary` says what a program
says about them.
"""

import ast
import re
from collections.abc import Mapping
from typing import NamedTuple

from shapelint.parse.python.followed import Body
from shapelint.symbol import Layer

OPAQUE = "?"  # begins a name that has several shapes, or none that can be told


class Vocabulary(NamedTuple):
    """What the names of one statement stand for.

    `numpy` are the names of NumPy itself and its like, with the name by which the rules call them, `bare` their
    functions that were imported by name; `loads` and `stores`
    hold the name that a variable has where it is read and where it is assigned, `own` the variables that mean
    nothing of the notation here; `lists` are lists of layers, `indices` the variables that number them;
    `functions` are the program's own, with the rule that they follow, `bodies` those that can be followed through;
    `lower` is true where `w1` is a matrix. `turned` are names that have another shape than the notation says,
    `numbers` variables that a number is assigned to, and nothing else.
    """

    numpy: Mapping[str, str]
    bare: Mapping[str, str]
    loads: Mapping[str, str]
    stores: Mapping[str, str]
    own: frozenset[str]
    lists: frozenset[str]
    indices: frozenset[str]
    functions: Mapping[str, str]
    lower: bool
    bodies: Mapping[str, Body] = {}
    turned: frozenset[str] = frozenset()
    numbers: frozenset[str] = frozenset()


class Word(NamedTuple):
    """A name in the notation's spelling, and its variable, which is its name where the notation has none."""

    word: str
    variable: str


_IDENTIFIER = re.compile(r"[^\W\d]\w*$")
_GRADIENTS = ("grad", "delta")
_LAYERED = frozenset(("W", "b", "Z", "A", "dW", "db", "dZ", "dA"))
_OBJECTS = frozenset(("self", "cls"))


def word(node: ast.expr, vocabulary: Vocabulary) -> Word | None:
    """Return the name that an expression is, None where it is something else."""
    match node:
        case ast.Name():
            return Word(node.id, node.id)
        case ast.Attribute(value=ast.Name(id=owner), attr=attr) if owner in _OBJECTS:
            return Word(attr.lstrip("_") or attr, f"{owner}.{attr}")
        case ast.Subscript(value=ast.Name() | ast.Attribute() as holder):
            return _held(holder, node.slice, vocabulary)
    return None


def held(key: ast.expr, vocabulary: Vocabulary) -> Word | None:
    """Return the name that a key of a dictionary stands for: `{"dW1": …}`."""
    text = _text(key, vocabulary)
    return Word(text, text) if text is not None and _IDENTIFIER.match(text.partition("[")[0]) else None


def variable(node: ast.expr) -> str | None:
    """Return the variable that an expression is: `x`, `self.x`, `params["x"]`."""
    match node:
        case ast.Name():
            return node.id
        case ast.Attribute(value=ast.Name(id=owner), attr=attr) if owner in _OBJECTS:
            return f"{owner}.{attr}"
    return entry(node)


def entry(node: ast.expr) -> str | None:
    """Return the variable that a dictionary holds under a name, `params.x` of `params["x"]`; None for anything else."""
    match node:
        case ast.Subscript(value=ast.Name() | ast.Attribute() as holder, slice=ast.Constant(value=str(text))):
            name = variable(holder)
            return f"{name}.{_kept(name, text)}" if name is not None and _IDENTIFIER.match(text) else None
    return None


def is_entry(name: str) -> bool:
    """Say whether a variable is one that a dictionary holds."""
    return name.count(".") > name.startswith(tuple(f"{owner}." for owner in _OBJECTS))


def _kept(holder: str, text: str) -> str:
    """Return what a dictionary holds under a name: that of gradients holds `dW` under `W`."""
    plain = holder.rpartition(".")[2].lower()
    if text[0] in "d∂" or not any(part in plain for part in _GRADIENTS):
        return text
    return f"d{text}" if _GRADIENTS[0] in plain or text[0] in "WbZAwza" else text


def _held(holder: ast.expr, key: ast.expr, vocabulary: Vocabulary) -> Word | None:
    """Read what a dictionary holds under a name, or a list of layers under a number."""
    name = variable(holder)
    if name is None:
        return None
    plain = name.rpartition(".")[2]
    text = _text(key, vocabulary)
    if text is not None:
        if not _IDENTIFIER.match(text.partition("[")[0]):
            return None
        found = _kept(name, text)
        return Word(found, f"{name}.{found}")
    layer = layer_index(key, vocabulary)
    if layer is None:
        return None
    by_layer = plain in _LAYERED and isinstance(key, ast.Name | ast.BinOp) and _is_called_layer(key)
    if name not in vocabulary.lists and not by_layer:
        return None
    return Word(f"{plain}[{layer}]", f"{name}[{layer}]")


def _is_called_layer(key: ast.expr) -> bool:
    """Say whether an index is a layer by its name, whatever it is an index of: `W[l + 1]`."""
    return any(isinstance(node, ast.Name) and node.id in ("l", "layer") for node in ast.walk(key))


def _text(node: ast.expr, vocabulary: Vocabulary) -> str | None:
    """Return the name in a key: of `"W1"`, `"W" + str(l)`, `f"W{l}"`, `"W%d" % l`, `"W{}".format(l)`."""
    match node:
        case ast.Constant(value=str(text)):
            return text
        case ast.BinOp(
            left=ast.Constant(value=str(text)),
            op=ast.Add(),
            right=ast.Call(func=ast.Name(id="str"), args=[index]),
        ):
            return _numbered(text, index, vocabulary)
        case ast.BinOp(left=ast.Constant(value=str(text)), op=ast.Mod(), right=index) if text[-2:] in (
            "%d",
            "%s",
            "%i",
        ):
            return _numbered(text[:-2], index, vocabulary)
        case ast.Call(
            func=ast.Attribute(value=ast.Constant(value=str(text)), attr="format"), args=[index]
        ) if text[-2:] == "{}":
            return _numbered(text[:-2], index, vocabulary)
        case ast.JoinedStr(values=[ast.Constant(value=str(text)), ast.FormattedValue(value=index)]):
            return _numbered(text, index, vocabulary)
    return None


def _numbered(text: str, index: ast.expr, vocabulary: Vocabulary) -> str | None:
    layer = layer_index(index, vocabulary)
    if layer is None:
        return None
    return f"{text.removesuffix('_')}[{layer}]"


def layer_index(node: ast.expr, vocabulary: Vocabulary) -> Layer | None:
    """Read the number of a layer: `2`, `l`, `l + 1`, `L - 1`."""
    match node:
        case ast.Constant(value=int(number)) if not isinstance(node.value, bool) and number >= 0:
            return Layer("", number)
        case ast.Name(id=name):
            return Layer(_base(name, vocabulary), 0) if _base(name, vocabulary) else None
        case ast.BinOp(left=ast.Name(id=name), op=ast.Add() | ast.Sub(), right=ast.Constant(value=int(step))):
            base = _base(name, vocabulary)
            return Layer(base, step if isinstance(node.op, ast.Add) else -step) if base else None
    return None


def _base(name: str, vocabulary: Vocabulary) -> str:
    if name == "L":
        return "L"
    return "l" if name in vocabulary.indices or name in ("l", "layer") else ""
