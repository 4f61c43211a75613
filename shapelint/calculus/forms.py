"""Other forms of a derivative, line by line: the slope by A = f(Z), a gradient by its own formula, what cancels."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from shapelint.calculus.derivatives import Derivative
from shapelint.calculus.expressions import (
    ADD,
    CALL,
    MAT,
    MUL,
    NEG,
    ONE,
    TOTAL,
    VAR,
    Node,
    UnshapedError,
    add_all,
    mul_all,
    names,
    rebuilt,
    same,
    var,
    walk,
)
from shapelint.calculus.functions import UNTOLD
from shapelint.calculus.layouts import is_gradient_key
from shapelint.calculus.network import GRADIENT, Network
from shapelint.calculus.rational import Cancelling
from shapelint.calculus.simplify import Simplifier, in_place_of
from shapelint.calculus.slopes import VALUE, slope_of_value

# Why a form follows from the one before it.
SLOPE, WITH, CANCEL, LABELS = "slope", "with", "cancel", "labels"


class Form(NamedTuple):
    """A form of a formula: `because` it follows from the one before, `about` is the function or the key that tells."""

    node: Node
    because: str
    about: str


def forms(
    one: Derivative, network: Network, all_: Mapping[str, Derivative], simple: Simplifier
) -> tuple[Form, ...]:
    """Return the forms that a derivative through an activation takes, one after the other."""
    use = one.uses[0]
    if len(one.uses) > 1 or network.lines[use.line].value.op != CALL:
        return ()
    found = _forms(one.value, use.line, network, all_, simple)
    return tuple(form._replace(node=_tidy(form.node, form.because in (CANCEL, LABELS))) for form in found)


def _tidy(node: Node, sort: bool) -> Node:
    """A product of products is one product, and a result begins with what is added: `A2 - Y`."""
    node = rebuilt(node, lambda one: _tidy(one, sort))
    if node.op == MUL:
        return mul_all(
            [one for factor in node.args for one in (factor.args if factor.op == MUL else (factor,))]
        )
    if node.op == ADD and sort:
        return add_all(sorted(node.args, key=lambda term: term.op == NEG))
    return node


def _forms(
    node: Node, line: str, network: Network, all_: Mapping[str, Derivative], simple: Simplifier
) -> Iterator[Form]:
    function = network.lines[line].value.data
    by_value = _by_value(node, line, network)
    if not same(by_value, node):
        node = by_value
        yield Form(node, SLOPE, function.name)
    upstream = all_.get(line)
    if upstream is None or not _is_short(upstream.value) or not _is_entrywise(node, upstream.value, network):
        return
    with_it = in_place_of(node, GRADIENT + line, upstream.value)
    yield Form(with_it, WITH, GRADIENT + line)
    if any(is_gradient_key(network, key) for key in names(upstream.value)):
        return
    yield from _cancelled(with_it, network, simple)


def _is_short(node: Node) -> bool:
    """A product of two, or a formula of the cost: nobody wants to see more of it again."""
    return node.op == MAT or not any(one.op == MAT for one in walk(node))


def _is_entrywise(node: Node, upstream: Node, network: Network) -> bool:
    """Say whether a formula works entry by entry, or sums what comes from the cost."""
    if any(one.op == MAT for one in walk(node)):
        return False
    of_cost = not any(is_gradient_key(network, key) for key in names(upstream))
    return of_cost or not any(one.op == TOTAL for one in walk(node))


def _cancelled(node: Node, network: Network, simple: Simplifier) -> Iterator[Form]:
    found = Cancelling()(node)
    if found is None:
        return
    try:
        found = simple(found)
    except UnshapedError:
        return
    if same(found, node):
        return
    yield Form(found, CANCEL, "")
    labelled = _with_labels(found, network)
    if not same(labelled, found):
        yield Form(simple(labelled), LABELS, next(iter(_labels(found, network))))


def _labels(node: Node, network: Network) -> Iterator[str]:
    for one in walk(node):
        if (
            one.op == TOTAL
            and one.args[0].op == VAR
            and one.args[0].data[:1] in "Yyt"
            and one.args[0].data not in network.lines
        ):
            yield one.args[0].data


def _with_labels(node: Node, network: Network) -> Node:
    """The labels of an example add up to 1."""
    if node.op == TOTAL and node.args[0].op == VAR and node.args[0].data in set(_labels(node, network)):
        return ONE
    return rebuilt(node, lambda one: _with_labels(one, network))


def _by_value(node: Node, line: str, network: Network) -> Node:
    """Put the slope in terms of what the activation gives for its derivative."""
    value = network.lines[line].value
    known = slope_of_value(value.data.name) if value.data.name != UNTOLD else None
    if known is None:
        return node
    if (
        node.op == CALL
        and node.data.order == 1
        and node.data.name == value.data.name
        and same(node.args[0], value.args[0])
    ):
        return in_place_of(known, VALUE, var(line))
    return rebuilt(node, lambda one: _by_value(one, line, network))
