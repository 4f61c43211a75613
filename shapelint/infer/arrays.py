"""The rules of what programs do with arrays beside formulas: reshaping, drawing, new axes, sizes taken from arrays.

Each is NumPy's (its reference, "Array manipulation routines"); what depends on values cannot be told.
"""

from collections.abc import Callable, Sequence

from shapelint.infer.calls import outer_of_vectors
from shapelint.infer.evaluation import Evaluation
from shapelint.infer.parameters import integer, keyword, positional
from shapelint.infer.written import written_shape
from shapelint.operators import UNPACKED, takes_one_shape
from shapelint.parse.python.sizes import size_of_variable
from shapelint.patterns import lazy
from shapelint.problems import UnequalShapes
from shapelint.shapes import SCALAR, MaybeShape, Shape, total, transposed
from shapelint.sizes import ANY, Size, Unknown, add, is_one_or_all, multiply, resolve
from shapelint.source import Span
from shapelint.symbol import UNDECLARED
from shapelint.tree import Call, Name, Negate, Node, Number, Product, Sum, Tuple, bare


def extent(evaluation: Evaluation, node: Node) -> Size:
    """Return the size that an expression of a program stands for, ANY where it cannot be told."""
    match node:
        case Number():
            return ANY if node.value is None else node.value
        case Name(symbol=symbol):
            if symbol.flags & UNDECLARED:
                return evaluation.environment.stated((size_of_variable(symbol.key),))[0]
            if symbol.base == "n" and symbol.layer is not None:
                return evaluation.environment.stated((f"n[{symbol.layer}]",))[0]
            size = {"nx": "n[0]", "ny": "n[L]"}.get(symbol.base) or size_of_variable(symbol.base)
            return evaluation.environment.stated((size,))[0]
        case Negate():
            return multiply(-1, extent(evaluation, node.child))
        case Sum():
            result = extent(evaluation, node.terms[0])
            for sign, term in zip(node.signs, node.terms[1:], strict=True):
                result = add(result, extent(evaluation, term), 1 if sign[2] == "+" else -1)
            return result
        case Product() if all(sign[2] in ("*", "mtimes", ".*") for sign in node.signs):
            product: Size = 1
            for factor in node.factors:
                product = multiply(product, extent(evaluation, factor))
            return product
        case Call(function="size_along"):
            return _along(evaluation, node)
    inner = bare(node)
    return ANY if inner is node else extent(evaluation, inner)


def _along(evaluation: Evaluation, node: Call) -> Size:
    """`X.shape[1]`."""
    shape = evaluation.shape(node.arguments[0])
    place = integer(node.arguments[1]) if len(node.arguments) > 1 else None
    if shape is None or place is None or not -len(shape) <= place < len(shape):
        return ANY
    return shape[place]


def _first(evaluation: Evaluation, node: Call) -> tuple[MaybeShape, Sequence[Node]]:
    """Return the shape of the array that a function is about, and its other arguments."""
    arguments = positional(node)
    return (evaluation.shape(arguments[0]), arguments[1:]) if arguments else (None, [])


def _axis(node: Call, rest: Sequence[Node]) -> int | None:
    given = keyword(node, "axis", "dim") or (rest[0] if rest else None)
    return None if given is None else integer(given)


def sizes_of(evaluation: Evaluation, parts: Sequence[Node]) -> MaybeShape:
    """Return the shape that arguments spell: `(n, m)`, `n, m`, `n`, `W.shape`."""
    if len(parts) == 1:
        inner = bare(parts[0])
        if isinstance(inner, Call) and inner.function == "shape_of":
            return evaluation.shape(inner.arguments[0])
        if isinstance(inner, Tuple):
            parts = inner.parts
        if isinstance(inner, Name) and "shape" in inner.symbol.key.lower():
            return None
        if isinstance(inner, Sum) and any(map(_is_shape, inner.terms)):
            return None  # `dout.shape + (p,)`: one axis more than dout has
    if any(isinstance(part, Call) and part.function == UNPACKED for part in parts):
        return None  # `(T, *W.shape)` has as many axes as W, and one
    if len(parts) == 1 and isinstance(inner := bare(parts[0]), Call) and inner.function != "size_along":
        return None  # `np.zeros(f(x))`: of how many axes, nothing says
    return tuple(extent(evaluation, part) for part in parts)


def _is_shape(node: Node) -> bool:
    """Say whether an expression is a whole shape, and no size: `X.shape`, `(n, m)`."""
    inner = bare(node)
    return isinstance(inner, Tuple) or (isinstance(inner, Call) and inner.function == "shape_of")


def _drawn(evaluation: Evaluation, node: Call) -> MaybeShape:
    """`np.random.normal(0, 1, (n, m))`, `size=(n, m)`; a number without it."""
    size = keyword(node, "size")
    if size is not None:
        return sizes_of(evaluation, [size])
    arguments = positional(node)
    if arguments and isinstance(bare(arguments[-1]), Tuple):
        return sizes_of(evaluation, arguments[-1:])
    return None


def _reshaped(evaluation: Evaluation, node: Call) -> MaybeShape:
    """A size of -1 is what is left over; it is known where everything else is."""
    shape, rest = _first(evaluation, node)
    wanted = sizes_of(evaluation, rest) if rest and keyword(node, "order") is None else None
    if wanted is None or sum(size == -1 for size in wanted) > 1:
        return None
    if -1 not in wanted:
        return wanted
    left = _left_over(shape, [size for size in wanted if size != -1])
    return tuple(left if size == -1 else size for size in wanted)


def _left_over(shape: MaybeShape, others: list[Size]) -> Size:
    if shape is None:
        return ANY
    sizes = [resolve(size) for size in shape if size != 1]
    for other in others:
        if other == 1:
            continue
        if other not in sizes:
            return ANY
        sizes.remove(other)
    return _times(sizes)


def _times(sizes: Sequence[Size]) -> Size:
    if len(sizes) == 1:
        return sizes[0]  # a size that is still to be found cannot be multiplied
    product: Size = 1
    for size in sizes:
        product = multiply(product, resolve(size))
    return product


def _flattened(evaluation: Evaluation, node: Call) -> MaybeShape:
    shape, _ = _first(evaluation, node)
    return None if shape is None else (_times(shape),)


def _squeezed(evaluation: Evaluation, node: Call) -> MaybeShape:
    """Axes of size 1 go; whether a letter is 1 cannot be told, and no letter is."""
    shape, rest = _first(evaluation, node)
    axis = _axis(node, rest)
    if shape is None or any(isinstance(resolve(size), Unknown) for size in shape):
        return None
    if axis is not None:
        return total(shape, axis, keepdims=False) if -len(shape) <= axis < len(shape) else None
    if any(map(is_one_or_all, shape)):
        return None
    return tuple(size for size in shape if size != 1)


def _expanded(evaluation: Evaluation, node: Call) -> MaybeShape:
    shape, rest = _first(evaluation, node)
    axis = _axis(node, rest)
    if shape is None or axis is None or not -len(shape) - 1 <= axis <= len(shape):
        return None
    place = axis + len(shape) + 1 if axis < 0 else axis
    return (*shape[:place], 1, *shape[place:])


def _outer(evaluation: Evaluation, node: Call) -> MaybeShape:
    """`np.outer` flattens what it is given; of a matrix nobody means it, so that it is hardly one."""
    vectors = positional(node)[:2]
    found = outer_of_vectors(evaluation, vectors)
    shapes = [evaluation.shape(one) for one in vectors]
    if found is not None or len(shapes) != 2 or any(shape and _is_matrix(shape) for shape in shapes):
        return found
    return tuple(ANY if shape is None else _times(shape) for shape in shapes)


def _is_matrix(shape: Shape) -> bool:
    return sum(resolve(size) != 1 for size in shape) > 1


def _inner(evaluation: Evaluation, node: Call) -> MaybeShape:
    for argument in positional(node):
        evaluation.shape(argument)
    return None


def _as_it_is(evaluation: Evaluation, node: Call) -> MaybeShape:
    """`np.array(W)` is like W, `np.array([[1, 2]])` as its numbers are written."""
    return _first(evaluation, node)[0]


def _as_matrix(evaluation: Evaluation, node: Call) -> MaybeShape:
    """`np.matrix([[1, 2]])`; what is no row of numbers is left alone, for `*` is another product behind it."""
    arguments = positional(node)
    shape = written_shape(arguments[0]) if arguments else None
    return (1, *shape) if shape is not None and len(shape) == 1 else shape


def _pseudo_inverse(evaluation: Evaluation, node: Call) -> MaybeShape:
    return transposed(_first(evaluation, node)[0])


def _repeated(evaluation: Evaluation, node: Call) -> MaybeShape:
    """`np.tile(b, (1, m))`: as many times along each axis."""
    shape, rest = _first(evaluation, node)
    times = sizes_of(evaluation, rest) if len(rest) == 1 else None
    if shape == ():
        return times
    if shape is None or times is None or len(times) != len(shape):
        return None
    return tuple(_often(size, often) for size, often in zip(shape, times, strict=True))


def _often(size: Size, often: Size) -> Size:
    return often if resolve(size) == 1 else size if often == 1 else multiply(resolve(size), resolve(often))


def _like_first(evaluation: Evaluation, node: Call) -> MaybeShape:
    """`np.cumsum` flattens a number to an array of one."""
    shape, _ = _first(evaluation, node)
    return (1,) if shape == () and ".cum" in node.name[2] else shape


_SPECIFICATION = lazy(r"(?P<sides>[a-z]*(?:,[a-z]*)*)->(?P<result>[a-z]*)$")


def _einsum(evaluation: Evaluation, node: Call) -> MaybeShape:
    """`np.einsum("ij,jk->ik", W, A)`: a letter is one size, in every array that has it."""
    match = _SPECIFICATION.match("".join(node.name[2].partition(" ")[2].split()))
    arguments = positional(node)
    shapes = [evaluation.shape(argument) for argument in arguments]
    if match is None or len(shapes) != len(match["sides"].split(",")):
        return None
    found: dict[str, tuple[Size, int]] = {}
    for place, (letters, shape) in enumerate(zip(match["sides"].split(","), shapes, strict=True)):
        if shape is None or len(shape) != len(letters):
            continue
        for letter, size in zip(letters, shape, strict=True):
            before = found.setdefault(letter, (size, place))
            if not evaluation.equal(before[0], size):
                one, other = arguments[before[1]], arguments[place]
                sides = (
                    evaluation.operand(one.start, one.end, shapes[before[1]] or ()),
                    evaluation.operand(other.start, other.end, shape),
                )
                whole, sign = Span(node.start, node.end), Span(*node.name[:2])
                evaluation.problems.append(UnequalShapes(whole, sign, *sides, f"`{letter}` of np.einsum"))
                return None
    return tuple(found[letter][0] if letter in found else ANY for letter in match["result"])


def _followed(evaluation: Evaluation, node: Call) -> MaybeShape:
    """Return what the body of a function makes of its arguments; what is wrong in it is told there."""
    for argument in positional(node):
        evaluation.shape(argument)
    inside = keyword(node, "returns")
    problems, outer = len(evaluation.problems), len(evaluation.outer)
    shape = evaluation.shape(inside) if inside is not None else None
    failed = len(evaluation.problems) > problems
    del evaluation.problems[problems:]
    del evaluation.outer[outer:]
    return None if failed else shape


def _untold(evaluation: Evaluation, node: Call) -> MaybeShape:
    for argument in positional(node):
        evaluation.shape(argument)
    return None


def _size(evaluation: Evaluation, node: Call) -> MaybeShape:
    """`X.shape[1]` is a number; that X has such an axis is nobody's doubt."""
    evaluation.shape(node.arguments[0])
    return SCALAR


def _filled(evaluation: Evaluation, node: Call) -> MaybeShape:
    """`np.zeros((n, m))`, `np.random.randn(n, m)`, `np.zeros(W.shape)`; without a size it is a number."""
    size = keyword(node, "shape") or keyword(node, "size")
    if size is not None:
        return sizes_of(evaluation, [size])
    arguments = positional(node)
    if takes_one_shape(node.name[2]):
        arguments = arguments[:1]
    return sizes_of(evaluation, arguments) if arguments else SCALAR


def _identity(evaluation: Evaluation, node: Call) -> MaybeShape:
    arguments = positional(node)
    return (extent(evaluation, arguments[0]),) * 2 if len(arguments) == 1 else None


FUNCTIONS: dict[str, Callable[[Evaluation, Call], MaybeShape]] = {
    "size_along": _size,
    "drawn": _drawn,
    "reshaped": _reshaped,
    "flattened": _flattened,
    "squeezed": _squeezed,
    "expanded": _expanded,
    "outer_array": _outer,
    "inner_array": _inner,
    "as_it_is": _as_it_is,
    "as_matrix": _as_matrix,
    "pseudo_inverse": _pseudo_inverse,
    "repeated": _repeated,
    "like_first": _like_first,
    "einsum": _einsum,
    "followed": _followed,
    "swapped": _untold,
    "diagonal": _untold,
    "filled_array": _filled,
    "identity_array": _identity,
}
