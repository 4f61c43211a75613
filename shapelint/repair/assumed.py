"""What may be taken for granted so that a repair can be looked for where a size is not known.

A repair that rests on it is offered, never written.
"""

from collections.abc import Mapping
from itertools import pairwise

from shapelint.infer.environment import Environment
from shapelint.infer.record import Recording
from shapelint.shapes import MaybeShape, Shape, settled
from shapelint.sizes import ANY, Size, Unknown, resolve
from shapelint.symbol import Symbol, variable_of
from shapelint.tree import Call, Formula, Name, Node, Product, Transpose, bare, walk


def assumed(formula: Formula, found: Recording) -> Environment | None:
    """Return the shapes with what a formula suggests of a name of unknown shape, None if it suggests nothing."""
    shapes = _of_target(formula, found) or _of_transpose(formula, found)
    return found.environment.assuming(shapes) if shapes else None


def _of_target(formula: Formula, found: Recording) -> Mapping[Symbol, Shape]:
    """`v = 0.9 * v.T + 0.1 * dW`, `v_dW = …`: what is summed up has the shape of the terms that are known."""
    target = bare(formula.parts[0])
    if not isinstance(target, Name) or found.met(target) is not None:
        return {}
    own = variable_of(target.symbol.key)
    names = [node for node in walk(formula.parts[1:]) if isinstance(node, Name)]
    shape: MaybeShape = None
    if any(variable_of(node.symbol.key) == own for node in names):
        shape = settled(found.met(formula.parts[-1]))
    for node in names if not shape else ():
        word = variable_of(node.symbol.key)
        if node.symbol.gradient and own.endswith(word) and len(own) > len(word):
            shape = settled(found.met(node))
    return {target.symbol: shape} if shape else {}


def _of_transpose(formula: Formula, found: Recording) -> Mapping[Symbol, Shape]:
    """`dW = x @ dt.T`, where (?, p) came of it for (p, s): turned it fits if x is (s, …)."""
    target, side = found.met(formula.parts[0]), found.met(formula.parts[-1])
    wanted = settled(target)
    if wanted is None or side is None or len(wanted) != 2 or len(side) != 2:
        return {}
    size = _missing(side, wanted[::-1])
    if size is None:
        return {}
    open_ones = {
        node.symbol: shape
        for node in walk(formula.parts[1:])
        if isinstance(node, Name) and ((shape := found.met(node)) is None or _unknown(shape))
    }
    if len(open_ones) != 1:
        return {}
    ((symbol, shape),) = open_ones.items()
    if shape is None:
        shape = next(filter(None, (_beside(node, symbol, found) for node in walk(formula.parts[1:]))), None)
    if shape is None:
        return {}
    return {symbol: tuple(size if isinstance(resolve(one), Unknown) else resolve(one) for one in shape)}


def _beside(node: Node, symbol: Symbol, found: Recording) -> MaybeShape:
    """Return the shape of a name that is multiplied with a known matrix: as high or wide as that is, the rest open."""
    pair = node.factors if isinstance(node, Product) else node.arguments if isinstance(node, Call) else ()
    if len(pair) < 2:
        return None
    for left, right in pairwise(pair):
        for inner, known, place in (
            (left, settled(found.met(right)), 0),
            (right, settled(found.met(left)), -1),
        ):
            turned = isinstance(bare(inner), Transpose)
            core = bare(inner)
            core = bare(core.child) if isinstance(core, Transpose) else core
            if not isinstance(core, Name) or core.symbol != symbol or not known or len(known) != 2:
                continue
            shape = (ANY, known[0]) if place == 0 else (known[-1], ANY)
            return shape[::-1] if turned else shape
    return None


def _missing(side: Shape, turned: Shape) -> Size | None:
    """Return the size that the one unknown size of a side is in the transpose of its target, None if that differs."""
    pairs = [(resolve(one), other) for one, other in zip(side, turned, strict=True)]
    missing = [other for one, other in pairs if isinstance(one, Unknown)]
    fits = all(one == other for one, other in pairs if not isinstance(one, Unknown))
    return missing[0] if fits and len(missing) == 1 else None


def _unknown(shape: MaybeShape) -> bool:
    return shape is not None and sum(isinstance(resolve(size), Unknown) for size in shape) == 1
