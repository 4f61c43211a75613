"""A formula in, NumPy's verdict on it out, under every meaning that the notation lets it have."""

from collections.abc import Iterator
from dataclasses import replace
from enum import StrEnum
from math import prod

from .evaluate import DoubtfulError, value
from .network import EXAMPLES, Network, Shape, shape
from .readings import count, readings
from .style import Style
from .tree import Formula, Kind, Name, Power, Product, Transposed, Tree, names, parts


class Verdict(StrEnum):
    """What NumPy does with a formula. `OPEN`: the notation leaves it open, and nothing is expected."""

    FITS = "fits"
    REFUSED = "refused"
    OTHER_SHAPE = "other shape"
    OPEN = "open"

    @property
    def is_wrong(self) -> bool:
        """Tell whether an error is due."""
        return self in (Verdict.REFUSED, Verdict.OTHER_SHAPE)


def judge(formula: Formula, network: Network, style: Style, *, alone: bool = True) -> Verdict:
    """Return the verdict on a formula written in a style, as the only one of its document or among others."""
    if any(map(_looks_like_derivative, parts(formula.value))):
        return Verdict.OPEN
    meanings, worlds = _meanings(formula, style), _worlds(network)
    first, *others = (_outcome(meaning, world) for meaning in meanings for world in worlds)
    for verdict in (Verdict.FITS, Verdict.OPEN):
        if verdict is first or verdict in others:
            return verdict
    return Verdict.OPEN if alone and _may_star_be_matrix(formula, network, style) else first


def _meanings(formula: Formula, style: Style) -> Iterator[Formula]:
    """Factors side by side are a matrix product; where only the other reading fits, they are that one."""
    if not style.juxtaposes:
        return iter((formula,))
    return (replace(formula, value=read) for read in readings(formula.value, Kind.MATRIX))


def _looks_like_derivative(tree: Tree) -> bool:
    """A quotient of two gradients, `dZ2 / dA1`, is a derivative to a reader and a division to NumPy."""
    match tree:
        case Product(Kind.OVER, left, Name(gradient=True) | Transposed() | Power() as right):
            return all(any(name.gradient for name in names(side)) for side in (left, right))
    return False


def _worlds(network: Network) -> tuple[Network, ...]:
    """Lower-case names mean one example, or as many people write, all of them: whichever fits."""
    return (network, replace(network, columns=EXAMPLES)) if network.one_example else (network,)


def _may_star_be_matrix(formula: Formula, network: Network, style: Style) -> bool:
    """A document that writes two or more matrix products, and all of them, with `*` is read either way."""
    if not style.stars or count(formula.value, Kind.MATRIX):
        return False
    return any(
        _outcome(replace(formula, value=read), world) is Verdict.FITS
        for read in readings(formula.value, Kind.TIMES)
        if count(read, Kind.MATRIX) >= 2
        for world in _worlds(network)
    )


def _outcome(formula: Formula, network: Network) -> Verdict:
    try:
        found = value(formula, network).shape
    except DoubtfulError:
        return Verdict.OPEN
    except ValueError:
        return Verdict.REFUSED
    return _agreement(found, formula, network)


def _agreement(found: Shape, formula: Formula, network: Network) -> Verdict:
    target = shape(formula.target, network)
    if found == target:
        return Verdict.FITS
    if formula.target == Name("J"):
        return _cost(found, formula, network)
    return Verdict.OPEN if prod(found) == prod(target) == 1 else Verdict.OTHER_SHAPE


def _cost(found: Shape, formula: Formula, network: Network) -> Verdict:
    """A cost is never a wrong target where one output would make it a scalar; (1, 1) and a scalar agree."""
    if prod(found) == 1:
        return Verdict.FITS
    single = replace(network, outputs=1)
    return _outcome(formula, single) if network.outputs != 1 else Verdict.OTHER_SHAPE
