"""Terms that take one line: a name, transposed, sliced, under a function; and scalars."""

from shapelint.explain.analysis.lines import Lines
from shapelint.explain.context import shown
from shapelint.explain.phrases import line_at
from shapelint.infer.parameters import positional
from shapelint.symbol import UNDECLARED
from shapelint.tree import Call, Name, Negate, Node, Number, Paren, Power, Slice, Transpose, bare, children


def is_number(node: Node) -> bool:
    """Say whether a node is a bare number, of which there is nothing to tell."""
    return isinstance(bare(node), Number)


def is_plain_scalar(lines: Lines, node: Node) -> bool:
    """Say whether a node is a scalar made of scalars: `1/m`, `beta1 ** t`, but no sum over a matrix."""
    if isinstance(node, Number):
        return True
    return lines.found.met(node) == () and all(is_plain_scalar(lines, child) for child in children(node))


def is_leaf(lines: Lines, node: Node) -> bool:
    """Say whether a term is understood at a glance: one name, with at most signs and functions around it."""
    match node:
        case Name():
            return True
        case Paren() | Negate() | Transpose() | Slice():
            return is_leaf(lines, node.child)
        case Power():
            return is_leaf(lines, node.base) and is_plain_scalar(lines, node.exponent)
        case Call(function="elementwise" | "transposed"):
            inner = _matrices(lines, node)
            return len(inner) == 1 and is_leaf(lines, inner[0])
        case Call(function="filled" | "identity" | "shape_of" | "scalar"):
            return True
        case _:
            return False


def add_leaf(lines: Lines, node: Node) -> None:
    """Write down a leaf with its shape, and where that comes from if the name alone does not say it."""
    inner = bare(node)
    while isinstance(inner, Negate):
        inner = bare(inner.child)
    lines.add(inner, lines.found.met(inner), "", _about(lines, inner), _origin(lines, inner))


def _about(lines: Lines, node: Node) -> str:
    match node:
        case Call(function="elementwise"):
            return f"the shape of {lines.text(_matrices(lines, node)[0])}"
        case Power():
            return "entry by entry"
        case Slice():
            whole = lines.words.shape(lines.found.met(node.child))
            return f"a part of {lines.text(node.child)}, which is {whole}"
        case _:
            return ""


def _origin(lines: Lines, node: Node) -> str:
    """Say where the shape of a name comes from that nobody declared."""
    name = _name(lines, node)
    if name is None or not name.symbol.flags & UNDECLARED:
        return ""
    known = shown(name.symbol.object_key)
    found = lines.section.found.get(name.symbol.object_key)
    if found is None:
        return f"nothing says what shape {known} has"
    if found.start <= lines.formula.start < found.end:
        return "so that this formula fits" if name is node else ""
    because = f"because of {line_at(lines.words.source, found.start)}"
    shape = lines.words.shape(found.shape)
    return because if shape == lines.words.shape(lines.found.met(node)) else f"{known} is {shape} {because}"


def _name(lines: Lines, node: Node) -> Name | None:
    """Return the name that a leaf is about."""
    match node:
        case Name():
            return node
        case Paren() | Negate() | Transpose() | Slice():
            return _name(lines, node.child)
        case Power():
            return _name(lines, node.base)
        case Call(function="elementwise" | "transposed"):
            return next((_name(lines, one) for one in _matrices(lines, node)), None)
        case _:
            return None


def _matrices(lines: Lines, node: Call) -> list[Node]:
    """Return the arguments of a call that are no plain scalars."""
    return [argument for argument in positional(node) if not is_plain_scalar(lines, argument)]
