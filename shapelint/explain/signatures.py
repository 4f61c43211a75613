"""A function's rule in, what it takes and what that means out: the words that stand beside a call while it is typed."""

from typing import NamedTuple

from shapelint.operators import FUNCTIONS, METHODS


class Signature(NamedTuple):
    """What a function takes, each with what it means, and what it makes of that."""

    parameters: tuple[tuple[str, str], ...]
    makes: str


_ARRAY = ("A", "the matrix or vector")
_AXIS = (
    "axis",
    "1 sums along the rows, over the examples of this course; 0 sums down the columns; without it everything is summed",
)
_KEPT = ("keepdims=True", "keeps the summed axis with size 1, so that db stays a column like b")
_FACTORS = (("A", "the left factor: its columns"), ("B", "the right factor: have to be as many as its rows"))

# A rule that has nothing to explain is left out. A new one is a row.
_ROWS = {
    "total": Signature((_ARRAY, _AXIS, _KEPT), "one number for each row, each column, or all"),
    "noted_total": Signature((_ARRAY, _AXIS, _KEPT), "one number for each row, each column, or all"),
    "dot_product": Signature(_FACTORS, "the matrix product: (n, k) with (k, m) is (n, m)"),
    "matrix_product": Signature(_FACTORS, "the matrix product: (n, k) with (k, m) is (n, m)"),
    "outer_product": Signature(
        (("a", "a vector, for the rows"), ("b", "a vector, for the columns")), "a matrix of all products"
    ),
    "elementwise": Signature((_ARRAY,), "the same shape: it works entry by entry"),
    "transposed": Signature((_ARRAY,), "rows and columns exchanged: (n, m) is (m, n)"),
    "inverse": Signature((("A", "a square matrix"),), "the same shape"),
    "square_to_scalar": Signature((("A", "a square matrix"),), "one number"),
    "norm": Signature((_ARRAY, _AXIS), "one number, or one along the axis"),
    "joined": Signature(
        (("(A, B)", "what is joined"), ("axis", "0 puts them below each other, 1 side by side")),
        "one matrix of both",
    ),
    "filled": Signature((("(rows, columns)", "the shape"),), "a matrix of this shape"),
    "identity": Signature((("n", "rows and columns"),), "a square matrix"),
}
# Two factors, entry by entry.
_PAIRED = frozenset(
    f"{module}{name}"
    for module in ("np.", "")
    for name in ("multiply", "divide", "maximum", "minimum", "power", "add", "subtract")
)
_PAIR = Signature(
    (("A", "the one side"), ("B", "the other side: as many rows and columns, or one")),
    "entry by entry: both have the same shape, or one is stretched",
)


def signature(name: str, method: bool = False) -> Signature | None:
    """Return what a function takes; that of a method leaves out what stands before its dot."""
    rule = (METHODS if method else FUNCTIONS).get(name)
    found = _PAIR if name in _PAIRED and not method else _ROWS.get(rule or "")
    if found is None or not method:
        return found
    return found._replace(parameters=found.parameters[1:])


def declaration() -> Signature:
    """Return the form of a declaration."""
    return Signature(
        (("rows", "how many rows, such as n1"), ("columns", "how many columns, such as m")), "a shape"
    )
