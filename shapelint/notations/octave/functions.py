"""A call of one of Octave's functions in, the same in NumPy's terms out: axes from 0, sizes as one shape.

The rows are those of Octave's manual: "Matrix Manipulation", "Arithmetic", "Linear Algebra". A function that no row
has stays a call of its own name.
"""

import ast
from collections.abc import Callable, Sequence
from typing import NamedTuple

from shapelint.notations.octave.places import at, called, end_of, like, name, number, pair

FIRST = "first"  # the axis of a sum that names none: the first that is longer than 1


class Asked(NamedTuple):
    """A call as it is written: the function's name, its arguments, and where it begins and ends."""

    function: ast.Name
    arguments: Sequence[ast.expr]
    span: tuple[int, int]

    def numpy(self, function: str, *arguments: ast.expr, **keywords: ast.expr) -> ast.Call:
        """Return the call of a function of NumPy that stands where this one does."""
        named = [like(ast.keyword(key, value), value) for key, value in keywords.items()]
        return called(function, self.function, self.span, arguments, named)


_ELEMENTWISE = {
    "exp": "exp", "log": "log", "log2": "log2", "log10": "log10", "log1p": "log1p", "expm1": "expm1",
    "sqrt": "sqrt", "abs": "abs", "sign": "sign", "tanh": "tanh", "sin": "sin", "cos": "cos", "tan": "tan",
    "sinh": "sinh", "cosh": "cosh", "floor": "floor", "ceil": "ceil", "round": "round", "fix": "rint",
    "isnan": "isnan", "isinf": "isnan", "isfinite": "isfinite", "conj": "conj", "real": "copy", "double": "copy",
    "single": "copy", "logical": "copy", "full": "copy", "not": "logical_not", "uminus": "negative", "uplus": "copy",
}  # fmt: skip
_OF_TWO = {
    "plus": "add", "minus": "subtract", "times": "multiply", "rdivide": "divide", "power": "power", "mod": "mod",
    "rem": "mod", "eq": "equal", "ne": "not_equal", "lt": "less", "le": "less_equal", "gt": "greater",
    "ge": "greater_equal", "and": "logical_and", "or": "logical_or", "max": "maximum", "min": "minimum",
    "mtimes": "dot", "xor": "logical_or",
}  # fmt: skip
_TOTALS = {
    "sum": "sum", "mean": "mean", "prod": "prod", "any": "any", "all": "all", "median": "median", "sumsq": "sum",
}  # fmt: skip
_BY_THIRD = {"max": "max", "min": "min", "std": "std", "var": "var"}  # the axis is the third argument
_FILLED = {"zeros": "zeros", "ones": "ones", "Inf": "zeros", "NaN": "zeros", "nan": "zeros"}
_DRAWN = {"rand": "zeros", "randn": "zeros"}
_SAME = {
    "inv": "linalg.inv", "pinv": "linalg.pinv", "norm": "linalg.norm", "trace": "trace", "det": "linalg.det",
    "transpose": "transpose", "ctranspose": "transpose", "cumsum": "cumsum", "cumprod": "cumprod",
    "fliplr": "fliplr", "flipud": "flipud", "diag": "diag", "sort": "take",
}  # fmt: skip
_OF_NUMBERS = """
    length numel ndims isempty nnz strcmp strcmpi nargin nargout exist isfield ischar isnumeric toc rank
    str2num str2double nchoosek tic cputime time
"""
_NUMBERS = frozenset(_OF_NUMBERS.split())


def in_numpy(asked: Asked) -> ast.expr | None:
    """Return a call in NumPy's terms, None where no row has the function, or not with these arguments."""
    found = _ROWS.get(asked.function.id)
    return None if found is None else found(asked)


def _is_text(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def _elementwise(asked: Asked) -> ast.expr | None:
    if len(asked.arguments) != 1:
        return None
    return asked.numpy(_ELEMENTWISE[asked.function.id], *asked.arguments)


def _of_two(asked: Asked) -> ast.expr | None:
    function = asked.function.id
    if len(asked.arguments) != 2:
        return _by_third(asked) if function in _BY_THIRD else None
    return asked.numpy(_OF_TWO[function], *asked.arguments)


def _total(asked: Asked) -> ast.expr | None:
    """`sum(A, 2)`; `sum(sum(A))` is the sum of all."""
    function = _TOTALS[asked.function.id]
    match asked.arguments:
        case [array]:
            return _first_total(asked, function, array)
        case [array, axis]:
            return _along(asked, function, array, axis)
    return None


def _first_total(asked: Asked, function: str, array: ast.expr) -> ast.expr:
    if (inner := _summed(array)) is not None:
        return asked.numpy(function, inner)
    return asked.numpy(function, array, axis=at(ast.Constant(FIRST), end_of(array), end_of(array)))


def _summed(node: ast.expr) -> ast.expr | None:
    """Return what is summed along its first axis: summed again, it is summed over all."""
    match node:
        case ast.Call(args=[array], keywords=[ast.keyword(arg="axis", value=ast.Constant(value=value))]):
            return array if value == FIRST else None
    return None


def _along(asked: Asked, function: str, array: ast.expr, axis: ast.expr) -> ast.expr | None:
    if not isinstance(axis, ast.Constant) or not isinstance(axis.value, int) or axis.value not in (1, 2):
        return None
    kept = at(ast.Constant(True), end_of(axis), end_of(axis))
    return asked.numpy(function, array, axis=number(axis.value - 1, axis), keepdims=kept)


def _by_third(asked: Asked) -> ast.expr | None:
    """`max(A, [], 2)`, `std(A, 0, 1)`."""
    function = _BY_THIRD[asked.function.id]
    match asked.arguments:
        case [array]:
            return _first_total(asked, function, array)
        case [array, _]:
            return _first_total(asked, function, array)  # `std(A, 1)`: how it is divided
        case [array, _, axis]:
            return _along(asked, function, array, axis)
    return None


def _filled(asked: Asked) -> ast.expr | None:
    """`zeros(n, m)`, `zeros(n)`, `zeros(size(W))`."""
    sizes = [one for one in asked.arguments if not _is_text(one)]
    function = _FILLED.get(asked.function.id) or _DRAWN[asked.function.id]
    match sizes:
        case [ast.Attribute(attr="shape")]:
            return asked.numpy(function, *sizes)
        case [ast.Call(func=ast.Attribute(attr="hstack"), args=[ast.Tuple(elts=[rows, columns])])]:
            return asked.numpy(function, pair(rows, columns))  # zeros([n m])
        case [ast.Constant() | ast.Name() | ast.BinOp() | ast.Subscript() as size]:
            return asked.numpy(function, pair(size, size))
        case [rows, columns]:
            return asked.numpy(function, pair(rows, columns))
    return None


def _identity(asked: Asked) -> ast.expr | None:
    match asked.arguments:
        case [ast.Attribute(attr="shape")]:
            return asked.numpy("zeros", *asked.arguments)
        case [size]:
            return asked.numpy("eye", size)
        case [rows, columns]:
            return asked.numpy("zeros", pair(rows, columns))
    return None


def _size(asked: Asked) -> ast.expr | None:
    """`size(X)`, `size(X, 1)`."""
    match asked.arguments:
        case [array]:
            return at(ast.Attribute(array, "shape", ast.Load()), *asked.span)
        case [array, ast.Constant(value=int(axis)) as place] if axis in (1, 2):
            return _extent(asked, array, number(axis - 1, place))
    return None


def _extent(asked: Asked, array: ast.expr, axis: ast.expr) -> ast.expr:
    shape = at(ast.Attribute(array, "shape", ast.Load()), *asked.span)
    return at(ast.Subscript(shape, axis, ast.Load()), *asked.span)


def _rows(asked: Asked) -> ast.expr | None:
    if len(asked.arguments) != 1:
        return None
    (array,) = asked.arguments
    axis = 0 if asked.function.id == "rows" else 1
    return _extent(asked, array, at(ast.Constant(axis), end_of(array), end_of(array)))


def _reshaped(asked: Asked) -> ast.expr | None:
    """`reshape(v, n, m)`, `reshape(v, [], m)`, `reshape(v, [n m])`."""
    match asked.arguments:
        case [array, ast.Call(func=ast.Attribute(attr="hstack"), args=[ast.Tuple(elts=[rows, columns])])]:
            pass
        case [array, ast.Attribute(attr="shape") as shape]:
            return asked.numpy("reshape", array, shape)
        case [array, rows, columns]:
            pass
        case _:
            return None
    return asked.numpy("reshape", array, pair(_or_rest(rows), _or_rest(columns)))


def _or_rest(size: ast.expr) -> ast.expr:
    """`[]` stands for the size that is left over."""
    if isinstance(size, ast.List) and not size.elts:
        return like(ast.UnaryOp(ast.USub(), number(1, size)), size)
    return size


def _repeated(asked: Asked) -> ast.expr | None:
    match asked.arguments:
        case [array, ast.Call(func=ast.Attribute(attr="hstack"), args=[ast.Tuple(elts=[rows, columns])])]:
            pass
        case [array, rows, columns]:
            pass
        case _:
            return None
    return asked.numpy("tile", array, pair(rows, columns))


def _each(asked: Asked) -> ast.expr | None:
    """`bsxfun(@minus, X, mu)` is `X - mu`."""
    match asked.arguments:
        case [ast.Constant(value=str(handle)), one, other] if handle[1:] in _OF_TWO and handle[:1] == "@":
            return asked.numpy(_OF_TWO[handle[1:]], one, other)
    return None


def _joined(asked: Asked) -> ast.expr | None:
    parts = list(asked.arguments)
    function = {"horzcat": "hstack", "vertcat": "vstack"}.get(asked.function.id, "")
    if not function:  # cat(1, a, b)
        match parts:
            case [ast.Constant(value=int(axis)), _, *_] if axis in (1, 2):
                function, parts = ("vstack", "hstack")[axis - 1], parts[1:]
            case _:
                return None
    return stacked(asked.function, function, parts, asked.span)


def stacked(place: ast.Name, function: str, parts: Sequence[ast.expr], span: tuple[int, int]) -> ast.expr:
    """Return arrays side by side (`hstack`) or on top of each other (`vstack`)."""
    together = at(ast.Tuple(list(parts), ast.Load()), *span)
    return called(function, place, span, [together])


def _same(asked: Asked) -> ast.expr | None:
    return asked.numpy(_SAME[asked.function.id], *asked.arguments[:1]) if asked.arguments else None


def _number(asked: Asked) -> ast.expr | None:
    """A number, whatever it is of."""
    function = name("len", asked.function.col_offset, end_of(asked.function))
    return at(ast.Call(function, list(asked.arguments), []), *asked.span)


_ROWS: dict[str, Callable[[Asked], ast.expr | None]] = {
    **dict.fromkeys(_ELEMENTWISE, _elementwise),
    **dict.fromkeys(_TOTALS, _total),
    **dict.fromkeys(_BY_THIRD, _by_third),
    **dict.fromkeys(_OF_TWO, _of_two),
    **dict.fromkeys((*_FILLED, *_DRAWN), _filled),
    **dict.fromkeys(_SAME, _same),
    **dict.fromkeys(_NUMBERS, _number),
    **dict.fromkeys(("horzcat", "vertcat", "cat"), _joined),
    **dict.fromkeys(("rows", "columns"), _rows),
    "eye": _identity,
    "size": _size,
    "reshape": _reshaped,
    "repmat": _repeated,
    "bsxfun": _each,
}
KNOWN = frozenset(_ROWS)
