"""Names of the document that may stand in the place of a leaf: `Wk` for `Wq`, the target's own name in an update."""

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from heapq import nsmallest
from typing import NamedTuple

from shapelint.infer.environment import Environment
from shapelint.infer.section import Section
from shapelint.operators import UPDATES
from shapelint.repair.costs import NAME, OWN
from shapelint.repair.expressions import ATOM, Atom, Transposed
from shapelint.repair.hand import Hand
from shapelint.repair.neighbours import Near, Others, anything, no_others
from shapelint.shapes import SCALAR, settled, transposed
from shapelint.symbol import Symbol, variable_of
from shapelint.tree import (
    Formula,
    Name,
    Negate,
    Node,
    Paren,
    Power,
    Product,
    Sum,
    Transpose,
    bare,
    untransposed,
    walk,
)

_MOST = 400  # names of a document that are looked through
_MOST_NEAR = 48  # of them, those that are compared with one
_MOST_ALIKE = 8  # names of one family that are tried in a place
_PREFIX = re.compile(r"(?:[vVsSmgG]_?)?d(?=[A-Zabh])|[vVsS]_?(?=d[A-Z])")
# One letter, and what tells those of a family apart: `Wq`, `W_ax`, `b2`, `h_prev`, `da_next`.
_FAMILY = re.compile(r"(?P<head>[A-Z]|[a-z](?=_|\d|[a-z]?$))")


class _Written(NamedTuple):
    """A name as it stands in the document."""

    text: str
    symbol: Symbol
    start: int


def there(section: Section, formula: Formula) -> Callable[[str], bool]:
    """Return what says whether a name may be used in a formula: in a function of a program it has to be there.

    Lines outside of functions may be a part of something, as in a notebook.
    """
    start = section.original.rfind("def ", 0, formula.start)
    if not section.code or start < 0:
        return anything
    function = section.original[start : formula.start]

    def is_there(name: str) -> bool:
        text = function if name.isidentifier() else section.original  # `self.W1` and `grads["W1"]` are shared
        return re.search(rf"(?<![\w.]){re.escape(name)}(?!\w)", text) is not None

    return is_there


def others(section: Section, formula: Formula, environment: Environment, hand: Hand) -> Others:
    """Return a function that yields, for a leaf, the names of its family and the target's own name."""
    target = untransposed(formula.parts[0])
    if not isinstance(target, Name):
        return no_others
    written = _before(section, formula)
    terms = frozenset(_terms(formula, environment))

    def found(node: Node) -> tuple[Near, ...]:
        name = bare(node.child) if isinstance(node, Transpose) else node
        if not isinstance(name, Name):
            return ()
        near: list[Near] = []
        if name.start in terms:
            near += _own(section, target, name, environment, hand, written)
        near += _alike(section, target, name, environment, hand, written)
        if isinstance(node, Transpose):
            return tuple(
                one._replace(expression=Transposed(one.expression), shape=transposed(one.shape) or ())
                for one in near
            )
        return tuple(near)

    return found


@lru_cache(maxsize=4)
def _written(section: Section) -> tuple[_Written, ...]:
    """Return the names of a section's formulas, each as it is first written, in the order of the text."""
    found: dict[str, _Written] = {}
    for statement in section.statements:
        read = section.read(statement)
        for node in walk(read.formula.parts) if read.formula is not None else ():
            if isinstance(node, Name) and (known := found.get(node.symbol.key)) is None:
                found[node.symbol.key] = _Written(
                    section.original[node.start : node.end], node.symbol, node.start
                )
            elif isinstance(node, Name) and known is not None and node.start < known.start:
                found[node.symbol.key] = known._replace(start=node.start)
        if len(found) > _MOST:
            break
    return tuple(sorted(found.values(), key=lambda one: one.start))


def spelt(section: Section) -> tuple[str, ...]:
    """Return the names of a section's formulas as they are written, in the order of the text."""
    return tuple(one.text for one in _written(section))


def _before(section: Section, formula: Formula) -> tuple[_Written, ...]:
    """Return the names that a formula may use: in a program the last assignment before it of each variable."""
    if not section.code:
        return _written(section)
    last = {variable_of(one.symbol.key): one for one in _written(section) if one.start < formula.start}
    return tuple(last.values())


def _terms(formula: Formula, environment: Environment) -> Iterator[int]:
    """Yield where names stand that are, but for scalars, whole terms of a sum: `v_dW` of `0.9 * v_dW + 0.1 * dW`."""
    side = bare(formula.parts[-1])
    updates = bool(formula.signs) and formula.signs[-1][2] in UPDATES
    if not isinstance(side, Sum) and not updates:
        return
    for term in side.terms if isinstance(side, Sum) else (side,):
        names = [name for factor in _factors(term) if (name := _name(factor)) is not None]
        matrices = [name for name in names if environment.shape(name.symbol) != SCALAR]
        if len(matrices) == 1:
            yield matrices[0].start


def _factors(node: Node) -> tuple[Node, ...]:
    node = bare(node)
    if isinstance(node, Negate):
        return _factors(node.child)
    if isinstance(node, Product):
        return tuple(one for factor in node.factors for one in _factors(factor))
    return (node,)


def _name(node: Node) -> Name | None:
    while isinstance(node, Transpose | Paren | Power):
        node = bare(node.base) if isinstance(node, Power) else bare(node.child)
    return node if isinstance(node, Name) else None


def _own(
    section: Section,
    target: Name,
    name: Name,
    environment: Environment,
    hand: Hand,
    written: tuple[_Written, ...],
) -> Iterator[Near]:
    """Yield the target itself, or its gradient, in the place of another name of the same family: `W2 = W1 - …`."""
    if name.symbol.key == target.symbol.key:
        return
    own, there = variable_of(target.symbol.key), variable_of(name.symbol.key)
    if own == there:
        return
    text = section.original[target.start : target.end]
    family = _family(own)
    if family is not None and family[0] != "d" and family == _family(there):  # a gradient is no sum of itself
        shape = settled(environment.shape(target.symbol))
        if shape:
            yield Near(Atom(hand.plain(text), ATOM, None, False), shape, OWN)
    if name.symbol.gradient and not target.symbol.gradient:
        for one in written:
            if one.symbol.gradient and variable_of(one.symbol.object_key) == variable_of(
                target.symbol.object_key
            ):
                shape = settled(environment.shape(one.symbol))
                if shape and one.symbol.key != name.symbol.key:
                    yield Near(Atom(hand.plain(one.text), ATOM, None, False), shape, OWN)


def _alike(
    section: Section,
    target: Name,
    name: Name,
    environment: Environment,
    hand: Hand,
    written: tuple[_Written, ...],
) -> Iterator[Near]:
    """Yield the other names of a family."""
    family = _family(hand.spelling(hand.plain(section.original[name.start : name.end])))
    if family is None:
        return
    texts = {hand.plain(section.original[name.start : name.end])}
    for one in _around(written, name.start):
        plain = hand.plain(one.text)
        if plain in texts or one.symbol.key == target.symbol.key or one.symbol.key == name.symbol.key:
            continue
        if _family(hand.spelling(plain)) != family:
            continue
        texts.add(plain)
        shape = settled(environment.shape(one.symbol))
        if shape:
            yield Near(Atom(plain, ATOM, None, False), shape, NAME)
        if len(texts) > _MOST_ALIKE:
            return


def _around(written: tuple[_Written, ...], place: int) -> list[_Written]:
    """Return the names that are written nearest to a place, the nearest first: few slips are of a name far away."""
    return nsmallest(_MOST_NEAR, written, key=lambda one: abs(one.start - place))


def _family(key: str) -> tuple[str, str] | None:
    """Return what is alike in names that people take for each other: `Wq` and `Wk`, `dA` and `dG` are not."""
    if key in ("X", "x"):
        return "", "A" if key == "X" else "a"
    prefix = _PREFIX.match(key)
    start = prefix.end() if prefix else 0
    while (more := _PREFIX.match(key, start)) is not None:
        start = more.end()
    head = _FAMILY.match(key, start)
    return (key[:start], head["head"]) if head else None
