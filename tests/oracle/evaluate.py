"""A tree and arrays in, the array it stands for out: NumPy's own rules, and nothing beside them."""

import numpy as np

from .network import Array, Network, array
from .tree import (
    Call,
    Derivative,
    Formula,
    Grouped,
    Kind,
    Name,
    Negated,
    Number,
    Power,
    Product,
    Sum,
    Total,
    Transposed,
    Tree,
)


class DoubtfulError(Exception):
    """NumPy has an answer here that the notation does not share: a scalar or (1, 1) as a matrix factor."""


FUNCTIONS = {"log": np.log, "exp": np.exp, "tanh": np.tanh, "sqrt": np.sqrt}


def value(formula: Formula, network: Network) -> Array:
    """Work out the right side of a formula. Raises ValueError where NumPy refuses."""
    with np.errstate(all="ignore"):
        return evaluate(formula.value, network)


def evaluate(tree: Tree, network: Network) -> Array:
    """Work out a tree. Raises ValueError where NumPy refuses, DoubtfulError where it cannot be the judge."""
    match tree:
        case Name():
            return array(tree, network)
        case Number(text):
            return np.float64(text)
        case Grouped(body):
            return evaluate(body, network)
        case Negated(body):
            return -evaluate(body, network)
        case Transposed(body):
            return evaluate(body, network).T
        case Power(body, exponent):
            return np.power(evaluate(body, network), exponent)
        case Call(function, argument):
            return FUNCTIONS.get(function, activation)(evaluate(argument, network))
        case Derivative(argument):
            return slope(evaluate(argument, network))
        case Total(body, axis, keepdims):
            return np.sum(evaluate(body, network), axis=axis, keepdims=keepdims)
        case Sum(sign, left, right):
            return _sum(sign, evaluate(left, network), evaluate(right, network))
        case Product(kind, left, right):
            return _product(kind, evaluate(left, network), evaluate(right, network))
    raise TypeError(tree)


def _sum(sign: str, left: Array, right: Array) -> Array:
    return left + right if sign == "+" else left - right


def _product(kind: Kind, left: Array, right: Array) -> Array:
    match kind:
        case Kind.TIMES:
            return left * right
        case Kind.OVER:
            return left / right
        case Kind.BESIDE:
            return _beside(left, right)
        case Kind.MATRIX:
            return _matrix_product(left, right)


def _beside(left: Array, right: Array) -> Array:
    """Factors side by side, entry by entry: nobody means that of a row and a column, which NumPy would stretch."""
    found = left * right
    if found.shape not in (left.shape, right.shape):
        raise ValueError("a row and a column side by side")
    return found


def _matrix_product(left: Array, right: Array) -> Array:
    if not left.shape or not right.shape:
        raise DoubtfulError("`@` refuses a scalar, np.dot scales with it, and so do notes")
    try:
        return left @ right
    except ValueError:
        if (1, 1) in (left.shape, right.shape):
            raise DoubtfulError("in notes (1, 1) and a scalar agree") from None
        raise


def activation(z: Array) -> Array:
    """Work out g."""
    return 1 / (1 + np.exp(-z))


def slope(z: Array) -> Array:
    """Work out g'."""
    return activation(z) * (1 - activation(z))
