"""The variables of a scope that mean nothing of the notation in it, whatever they are called."""

import ast
from collections import Counter

from shapelint.documents.python.pairs import pairs
from shapelint.documents.python.said import fill
from shapelint.documents.python.scopes import CodeScope
from shapelint.parse.python.words import Vocabulary, variable, word

# What the notation means by these is nothing that a program must mean that assigns them.
_ANYTHING = frozenset(
    (
        "loss",
        "cost",
        "J",
        "L",
        "E",
        "C",
        "error",
        "alpha",
        "beta",
        "gamma",
        "mu",
        "sigma",
        "var",
        "mean",
    )
    + ("eta", "eps", "epsilon", "decay", "rate", "stride", "pad", "epoch")
)


def own_names(scope: CodeScope) -> frozenset[str]:
    """Return the variables that a scope assigns and calls as anybody would: `i`, `error`, `loss`."""
    return frozenset(name for name in scope.assigned if _means_anything(name)) - _costs(scope) - {"m"}


def _means_anything(name: str) -> bool:
    """Say whether everybody means something else by a name; deltas are numbered in the order of working them out."""
    single = len(name) == 1 and name.islower() and name not in "wb"
    return single or name in _ANYTHING or name.startswith("delta")


def numbers(scope: CodeScope) -> frozenset[str]:
    """Return the variables of a scope that are given one value, which is a number: `lam = 0.1`."""
    several = [pair for step in scope.steps for pair in pairs(step.node)]
    times = Counter(variable(target) for target, _ in several)
    return frozenset(
        name
        for target, value in several
        if (name := variable(target)) is not None and times[name] == 1 and isinstance(value, ast.Constant)
    )


def letters(names: frozenset[str]) -> frozenset[str]:
    """Return those of the names that are a letter, as sizes are: `n = 3`, and not the number of examples."""
    return frozenset(name for name in names if len(name) == 1 and name.islower() and name not in "mwb")


_COSTS = frozenset(("J", "cost", "loss", "L"))


def _costs(scope: CodeScope) -> frozenset[str]:
    """Return the variables that are a cost in this scope, too: whatever is summed up to a number."""
    sums: dict[str, bool] = {}
    for step in scope.steps:
        for target, value in pairs(step.node):
            name = variable(target)
            if name in _COSTS:
                sums[name] = sums.get(name, True) and _is_summed_up(value)
    return frozenset(name for name, all_of_it in sums.items() if all_of_it)


def _is_summed_up(value: ast.expr) -> bool:
    calls = [
        node
        for node in ast.walk(value)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
    ]
    sums = [node for node in calls if node.func.attr in ("sum", "mean")]  # type: ignore[attr-defined]  # just asked
    return bool(sums) and not any(one.keywords or len(one.args) > 1 for one in sums)


def reused(scope: CodeScope, vocabulary: Vocabulary) -> frozenset[str]:
    """Return the variables that are given another shape of their own: `X = X.T`, `y = y.reshape(-1, 1)`."""
    found: set[str] = set()
    for step in scope.steps:
        if isinstance(step.node, ast.Assign):
            for target, value in pairs(step.node):
                name = word(target, vocabulary)
                if name is None:
                    continue
                filled = fill(value, vocabulary) if isinstance(value, ast.BinOp | ast.Call) else None
                if (
                    (not name.word.endswith(_ENDS) and _goes_on(name.variable, value, vocabulary))
                    or _reshapes(name.variable, value, vocabulary)
                    or (filled is not None and len(filled.shape) > 2)
                ):
                    found.add(name.variable)
    return frozenset(found)


_ENDS = (*"0123456789]",)  # of names that are of one layer


def _goes_on(name: str, value: ast.expr, vocabulary: Vocabulary) -> bool:
    """Say whether a variable goes from layer to layer: `A = relu(W2 @ A + b2)`, `delta = W2.T @ delta * g`."""
    for node in ast.walk(value):
        match node:
            case ast.BinOp(op=ast.MatMult(), left=left, right=right):
                sides = [left, right]
            case ast.Call(func=ast.Attribute(attr="dot" | "matmul", value=owner), args=arguments):
                sides = [owner, *arguments]
            case _:
                continue
        if any(_mentions(name, side, vocabulary) for side in sides):
            return True
    return False


_RESHAPING = frozenset(("T", "reshape", "flatten", "ravel", "squeeze", "transpose", "swapaxes"))
_RESHAPES = frozenset(
    ("reshape", "squeeze", "transpose", "expand_dims", "ravel", "concatenate", "hstack", "vstack", "insert")
    + ("append", "delete", "atleast_2d", "column_stack", "swapaxes")
)


def _reshapes(name: str, value: ast.expr, vocabulary: Vocabulary) -> bool:
    """Say whether a value is the variable itself in another shape, and nothing is worked out with others."""
    match value:
        case ast.Attribute(attr=attr, value=inner):
            return attr in _RESHAPING and _is_of(name, inner, vocabulary)
        case ast.Call(func=ast.Attribute(attr=attr, value=inner), args=arguments):
            if attr in _RESHAPING and _is_of(name, inner, vocabulary):
                return True
            return attr in _RESHAPES and any(_mentions(name, argument, vocabulary) for argument in arguments)
        case ast.Subscript(value=inner):
            return _is_of(name, inner, vocabulary) or _mentions(name, value.slice, vocabulary)
        case ast.BinOp(left=left, right=ast.Constant()):
            return _reshapes(name, left, vocabulary)
    return False


def _is_of(name: str, node: ast.expr, vocabulary: Vocabulary) -> bool:
    found = word(node, vocabulary)
    return (found is not None and found.variable == name) or _reshapes(name, node, vocabulary)


def _mentions(name: str, node: ast.AST, vocabulary: Vocabulary) -> bool:
    found = (word(one, vocabulary) for one in ast.walk(node) if isinstance(one, ast.expr))
    return any(one is not None and one.variable == name for one in found)


def turned(module: ast.Module, vocabulary: Vocabulary) -> frozenset[str]:
    """Return the names that a program gives another axis somewhere: `b1[:, None]`, `np.reshape(db1, (n, 1))`.

    They are arrays of one axis on purpose, whatever the notation says.
    """
    found: set[str] = set()
    for node in ast.walk(module):
        match node:
            case ast.Call(func=ast.Attribute(attr="reshape" | "expand_dims", value=owner), args=arguments):
                sides = [owner, *arguments[:1]]
            case ast.Subscript(value=owner, slice=ast.Tuple(elts=elts)) if any(map(_is_new_axis, elts)):
                sides = [owner]
            case _:
                continue
        names = (word(side, vocabulary) for side in sides)
        found |= {name.word for name in names if name is not None and name.word.lstrip("d")[:1] == "b"}
    return frozenset(found | {f"d{name}" for name in found if name[:1] == "b"})


def _is_new_axis(node: ast.expr) -> bool:
    match node:
        case ast.Constant(value=None) | ast.Attribute(attr="newaxis"):
            return True
    return False
