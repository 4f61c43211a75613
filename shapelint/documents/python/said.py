"""What a program says of shapes beside its formulas: arrays that it fills, docstrings, annotations."""

import ast
import re
from collections.abc import Iterator
from typing import NamedTuple

from shapelint.declared import Declared, Template
from shapelint.documents.python.variables import is_written_out
from shapelint.operators import ARRAYS, takes_one_shape
from shapelint.parse.declarations import read_shape
from shapelint.parse.python.callee import dotted
from shapelint.parse.python.sizes import shape_of, size_of_variable, spellings
from shapelint.parse.python.words import Vocabulary
from shapelint.shapes import Shape
from shapelint.sizes import Size, atoms, replace
from shapelint.spelling import DIGITS, spelled
from shapelint.symbol import Layer


class Fill(NamedTuple):
    """An array that is made of a shape, and how its sizes are written."""

    shape: Shape
    spellings: dict[str, str]


def fill(node: ast.expr, vocabulary: Vocabulary) -> Fill | None:
    """Return the shape of `np.random.randn(n_h, n_x) * 0.01`, None where an expression makes no array like that."""
    match node:
        case ast.BinOp(left=left, right=right) if not isinstance(node.op, ast.MatMult | ast.Pow):
            one, other = fill(left, vocabulary), fill(right, vocabulary)
            return None if one is not None and other is not None else one or other
        case ast.UnaryOp(operand=operand):
            return fill(operand, vocabulary)
        case ast.Call(func=ast.Attribute(attr="astype" | "copy", value=value)):
            return fill(value, vocabulary)
        case ast.Call(func=func, args=[ast.List() as rows, *_]) if (
            ARRAYS.get(_full_name(func, vocabulary)) == "as_it_is"
        ):
            shape = _written_out(rows)
            return None if shape is None else Fill(shape, {})
        case ast.Call():
            nodes = _said_sizes(node, vocabulary)
            if nodes is not None and len(nodes) == 1 and _is_shape(nodes[0]):
                return None  # of how many axes, nothing says
            shape = shape_of(nodes, vocabulary) if nodes else None
            return None if shape is None else Fill(shape, spellings(nodes or []))
    return None


def asserted(node: ast.Assert) -> ast.Tuple | None:
    """Return the shape of `assert x.shape == (n, 1)`, None where something else is asserted."""
    match node.test:
        case ast.Compare(left=ast.Attribute(attr="shape"), ops=[ast.Eq()], comparators=[ast.Tuple() as said]):
            return said
    return None


def _written_out(rows: ast.List) -> Shape | None:
    """Return the shape of an array whose numbers are written out in rows: `[[0.4], [0.9]]` is (2, 1)."""
    first = rows.elts[0] if is_written_out(rows) else None
    return (len(rows.elts), len(first.elts)) if isinstance(first, ast.List) else None


def _is_shape(node: ast.expr) -> bool:
    """Say whether a variable holds a whole shape, by its name: `np.zeros(output_shape)`."""
    name = node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""
    return "shape" in name.lower() or name.lower().endswith(("dims", "sizes"))


def _said_sizes(node: ast.Call, vocabulary: Vocabulary) -> list[ast.expr] | None:
    """Return the arguments of a call that are sizes."""
    name = _full_name(node.func, vocabulary)
    rule = ARRAYS.get(name, "")
    if rule not in ("filled_array", "drawn") or any(isinstance(one, ast.Starred) for one in node.args):
        return None
    for one in node.keywords:
        if one.arg in ("size", "shape"):
            return [one.value]
    if rule == "drawn":
        return node.args[-1:] if node.args and isinstance(node.args[-1], ast.Tuple) else None
    return node.args[:1] if takes_one_shape(name) else node.args


def _full_name(node: ast.expr, vocabulary: Vocabulary) -> str:
    if isinstance(node, ast.Name):
        return vocabulary.bare.get(node.id, "")
    return dotted(node, vocabulary) or ""


def declared(word: str, shape: Shape, said: str) -> Declared | None:
    """Return the declaration of a word of the notation: one for layer l + 1 is one for every layer."""
    parts = spelled(word)
    base, layer = parts.word, parts.layer
    if layer is None and (match := DIGITS.match(base)):
        base, layer = match[1], Layer("", int(match[2]))
    if layer is not None and layer.base == "L":
        return None
    if layer is not None and layer.base:
        values: dict[str, Size] = {
            atom: f"n[{Layer('l', index.offset - layer.offset)}]"
            for size in shape
            for atom in atoms(size)
            if (index := _index(atom)) is not None
        }
        shape = tuple(replace(size, values) for size in shape)
        layer = Layer("l", 0)
    return Declared(base, layer, _allowed(shape), None, said)


def _index(atom: str) -> Layer | None:
    from shapelint.sizes import layer_of

    layer = layer_of(atom)
    return layer if layer is not None and layer.base == "l" else None


def _allowed(shape: Shape) -> tuple[Template, ...]:
    """A row (1, n) and an array (n,) stand for each other: NumPy broadcasts both alike. A row of examples is one."""
    if len(shape) == 2 and shape[0] == 1 and shape[1] not in (1, "m"):
        return (shape, shape[1:])
    return (shape, (1, *shape)) if len(shape) == 1 and shape[0] != 1 else (shape,)


_BRACKETS = r"\((?P<sizes>[^()\n]*(?:\([^()\n]*\)[^()\n]*)*)\)|\[(?P<inner>[^\[\]\n]*,[^\[\]\n]*)\]"
_SAID = re.compile(
    r"^[ \t]*(?:[-*:]?[ \t]*(?:param|returns?)?[ \t]*)?(?P<names>\w+(?:[ \t]*,[ \t]*\w+)*)[ \t]*(?:--|:|-|–|—|\()"
    rf"[^\n]*?(?P<shape>{_BRACKETS})",
    re.MULTILINE,
)
_SHAPE = re.compile(_BRACKETS)
_SPEAKS = re.compile(r"shape|size|dim|array|ndarray|matrix|vector", re.I)


class Docstring(NamedTuple):
    """A shape that a docstring says of a name, and where in the docstring."""

    name: str
    shape: Shape
    start: int
    end: int


# `x: (N, D), w: (D, M)`: the names and their shapes, with a word or two between: `t: targets (N, 1)`.
_LISTED = re.compile(
    r"(?<![\w.])(?P<names>[^\W\d]\w*(?:[ \t]*,[ \t]*[^\W\d]\w*)*)[ \t]*:[ \t]*"
    r"(?P<words>[A-Za-z][A-Za-z \t,-]{0,40}[ \t])?(?P<shape>\((?P<sizes>[^()\n]*)\))"
)
_HOLDS = re.compile(r"tuple|list|dict|cache|pair|contain|default|option|return|str|int|float|bool", re.I)


def docstring(text: str) -> Iterator[Docstring]:
    """Yield what a docstring says: `W1 -- weight matrix of shape (n_h, n_x)`, `x: (N, D), w: (D, M)`."""
    listed: set[int] = set()
    for match in _LISTED.finditer(text):
        shape = said_shape(match["sizes"])
        if not shape or (match["words"] and (len(shape) < 2 or _HOLDS.search(match["words"]))):
            continue
        listed.add(match.start("shape"))
        for name in match["names"].split(","):
            yield Docstring(name.strip(), shape, *match.span("shape"))
    if not _SPEAKS.search(text):
        return
    for match in _SAID.finditer(text):
        line_end = text.find("\n", match.end())
        line_end = len(text) if line_end < 0 else line_end
        for found in _SHAPE.finditer(text, match.start("shape"), line_end):
            shape = said_shape(found["sizes"] if found["sizes"] is not None else found["inner"])
            if found.start() in listed:
                break
            if shape and _SPEAKS.search(text, match.start(), found.end()):
                for name in match["names"].split(","):
                    yield Docstring(name.strip(), shape, *found.span())
                break  # what stands in other brackets says something else


_EXAMPLES = re.compile(
    r"(?:the )?(?:number of (?:training )?(?:examples|samples)|size of (?:the )?(?:mini-?)?batch"
    r"|(?:mini-?)?batch size)",
    re.IGNORECASE,
)
# One word may be a variable's: what two words say, `size of visible layer`, is none.
_COUNTED = re.compile(r"(?:the )?(?:number|size|length) of ([A-Za-z]+)(?![A-Za-z -])", re.IGNORECASE)


def said_shape(text: str) -> Shape | None:
    """Read sizes as a docstring or a comment writes them; None where they are words."""
    text = _EXAMPLES.sub("m", text)
    text = _COUNTED.sub(lambda match: f"n_{match[1].replace(' ', '_')}", text)
    if (
        not text.strip()
        or not re.fullmatch(r"[\w\s,.*+\-\[\]()/]+", text)
        or re.search(r"[A-Za-z]+\s+[A-Za-z]+", text)
    ):
        return None
    shape = read_shape(f"({text})", 0, len(text) + 2)
    if shape is None:
        return None
    values: dict[str, Size] = {
        atom: size_of_variable(atom) for size in shape for atom in atoms(size) if atom.isalnum()
    }
    return tuple(replace(size, values) for size in shape)


_JAXTYPED = frozenset(("Float", "Float32", "Float64", "Shaped", "Num", "Real", "Inexact", "Int", "Array"))


def annotation(node: ast.expr | None) -> Shape | None:
    """Return the shape in an annotation of jaxtyping: `Float[Array, "n1 m"]`."""
    match node:
        case ast.Subscript(value=ast.Name(id=name), slice=ast.Tuple(elts=[_, ast.Constant(value=str(text))])):
            if name in _JAXTYPED and re.fullmatch(r"[\w ]*", text):
                return said_shape(", ".join(text.split()) + ",") if text.split() else None
    return None
