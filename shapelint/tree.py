"""The expression tree that every dialect ends in.

Nodes are frozen, hold their span in code points, keep parentheses, and hold no shapes: those stand
beside the tree. Sums and products are flat, so that a sum of 50,000 terms is no deeper than one of two.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, NamedTuple, TypeAlias

from shapelint.source import Span
from shapelint.symbol import Symbol

# A punctuation mark or sign as it stands: start, end, text. Juxtaposition is the empty sign.
Sign: TypeAlias = tuple[int, int, str]


class Name(NamedTuple):
    """A name of the notation, such as `dZ1`, already read."""

    start: int
    end: int
    symbol: Symbol


class Number(NamedTuple):
    """A number: a scalar; `value` is None where it is no plain integer (only axes and sizes ask)."""

    start: int
    end: int
    value: int | None


class Paren(NamedTuple):
    """Parentheses as written; they mean what they hold."""

    start: int
    end: int
    child: "Node"


class Negate(NamedTuple):
    """A sign in front."""

    start: int
    end: int
    child: "Node"


class Transpose(NamedTuple):
    """`sign` is the transpose as this writer spells it: `.T`, `ᵀ`, `^T`, `'` …"""

    start: int
    end: int
    child: "Node"
    sign: Sign


class Power(NamedTuple):
    """An elementwise power; `A^-1` of something square is its inverse."""

    start: int
    end: int
    base: "Node"
    exponent: "Node"


class Product(NamedTuple):
    """Factors and the signs between them, one level of precedence, read from the left.

    `tight` is true for juxtaposed factors, which bind closer than any sign.
    """

    start: int
    end: int
    factors: Sequence["Node"]
    signs: Sequence[Sign]
    tight: bool


class Sum(NamedTuple):
    """Terms and the `+` or `-` between them."""

    start: int
    end: int
    terms: Sequence["Node"]
    signs: Sequence[Sign]


class Compare(NamedTuple):
    """`Z1 > 0`: elementwise, looser than a sum."""

    start: int
    end: int
    left: "Node"
    right: "Node"
    sign: Sign


class BigSum(NamedTuple):
    """`Σ_i dZ`: `sign` holds its index."""

    start: int
    end: int
    child: "Node"
    sign: Sign


class Keyword(NamedTuple):
    """`axis=1` in a call."""

    start: int
    end: int
    key: str
    value: "Node"


class Call(NamedTuple):
    """A function of the table, or one that nothing knows; `function` is the name of its rule.

    A method (`dZ.sum(axis=1)`) is a call whose first argument is its object: `method` is true then.
    `name` is the place and the text of the function's name.
    """

    start: int
    end: int
    name: Sign
    function: str
    arguments: Sequence["Node"]
    method: bool


class Slice(NamedTuple):
    """`Wf[:, n_a:]`; one of `items` is a Range or an index expression."""

    start: int
    end: int
    child: "Node"
    items: Sequence["Node"]


class Range(NamedTuple):
    """`n_a:` in a slice: a missing bound is None."""

    start: int
    end: int
    low: "Node | None"
    high: "Node | None"


class Stack(NamedTuple):
    """`[a; x]`: `separator` is `;`, `,`, `|`, or empty for a single part."""

    start: int
    end: int
    parts: Sequence["Node"]
    separator: str


class Tuple(NamedTuple):
    """`(W, b)`: arguments of a target, a shape, an axis pair."""

    start: int
    end: int
    parts: Sequence["Node"]


Node: TypeAlias = (
    Name
    | Number
    | Paren
    | Negate
    | Transpose
    | Power
    | Product
    | Sum
    | Compare
    | BigSum
    | Keyword
    | Call
    | Slice
    | Range
    | Stack
    | Tuple
)


class Formula(NamedTuple):
    """A relation or a chain of them: the first part is the target, `signs` are `=`, `:=`, `+=` …"""

    start: int
    end: int
    parts: Sequence[Node]
    signs: Sequence[Sign]


def elsewhere(formula: Formula, by: int, symbol: Callable[[Symbol], Symbol]) -> Formula:
    """Return a formula as it stands so many characters further on, with what its symbols are there."""

    def moved(value: Any) -> Any:
        if isinstance(value, Symbol):
            return symbol(value)
        if hasattr(value, "_fields"):  # a node
            return value._make((value.start + by, value.end + by, *map(moved, value[2:])))
        if isinstance(value, tuple) and len(value) == 3 and isinstance(value[2], str):
            return (value[0] + by, value[1] + by, value[2])  # a sign
        if isinstance(value, list | tuple):
            return type(value)(map(moved, value))
        return value

    return moved(formula)  # type: ignore[no-any-return]  # a formula makes a formula


def children(node: Node) -> Sequence[Node]:
    """Return the parts of a node, from left to right."""
    match node:
        case Name() | Number():
            return ()
        case Paren() | Negate() | Transpose() | BigSum():
            return (node.child,)
        case Power():
            return (node.base, node.exponent)
        case Product():
            return node.factors
        case Sum():
            return node.terms
        case Compare():
            return (node.left, node.right)
        case Keyword():
            return (node.value,)
        case Call():
            return node.arguments
        case Slice():
            return (node.child, *node.items)
        case Range():
            return tuple(bound for bound in (node.low, node.high) if bound is not None)
        case Stack() | Tuple():
            return node.parts


def walk(nodes: Iterable[Node]) -> Iterator[Node]:
    """Yield nodes and everything below them, each before its parts."""
    waiting = list(nodes)
    while waiting:
        node = waiting.pop()
        yield node
        waiting.extend(children(node))


def untransposed(node: Node) -> Node:
    """Return what a node is without its transposes and parentheses."""
    while isinstance(node, Transpose | Paren):
        node = node.child
    return node


def bare(node: Node) -> Node:
    """Return what a node means without its parentheses."""
    while isinstance(node, Paren):
        node = node.child
    return node


def is_of_function(formula: Formula) -> bool:
    """Say whether a formula tells what a function makes of anything: `g'(z) = g(z)(1 - g(z))`, `h(x) = w.T x`."""
    return isinstance(formula.parts[0], Call | Product)


def span_of(node: Node) -> Span:
    """Return where a node stands in the text."""
    return Span(node.start, node.end)
