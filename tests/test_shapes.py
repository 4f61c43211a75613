"""The rules of shapes against NumPy, with a different prime for every size."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from shapelint.shapes import (
    SCALAR,
    Clash,
    Shape,
    broadcast,
    is_scalar,
    joined,
    matrix_product,
    settled,
    total,
    transposed,
)
from shapelint.sizes import ANY, Size, Unknown, add

SIZES = st.sampled_from((1, 2, 3, 5))
SHAPES = st.lists(SIZES, max_size=3).map(tuple)
MATRICES = st.lists(SIZES, min_size=1, max_size=2).map(tuple)


def never(_one: Size, _other: Size) -> bool:
    return False


def always(_one: Size, _other: Size) -> bool:
    return True


def array(shape: Shape) -> np.ndarray:
    return np.zeros(shape)  # type: ignore[arg-type] - all sizes are numbers here


@given(SHAPES, SHAPES)
def test_what_numpy_broadcasts(left: Shape, right: Shape) -> None:
    found = broadcast(left, right, never)
    try:
        expected = (array(left) + array(right)).shape
    except ValueError:
        assert isinstance(found, Clash)
        assert found.left != found.right
        assert 1 not in found
        assert found.left in left
        assert found.right in right
        return
    assert found == expected


@given(MATRICES, MATRICES)
def test_what_numpy_multiplies(left: Shape, right: Shape) -> None:
    found = matrix_product(left, right, never)
    try:
        expected = (array(left) @ array(right)).shape
    except ValueError:
        assert found == Clash(left[-1], right[0])
        return
    assert found == expected


@given(SHAPES, st.sampled_from((None, -4, -3, -2, -1, 0, 1, 2, 3)), st.booleans())
def test_what_numpy_sums(shape: Shape, axis: int | None, keepdims: bool) -> None:
    try:
        expected = np.sum(array(shape), axis=axis, keepdims=keepdims).shape
    except ValueError:
        assert total(shape, axis, keepdims) is None
        return
    assert total(shape, axis, keepdims) == expected


@given(
    st.lists(st.lists(SIZES, min_size=1, max_size=3).map(tuple), min_size=1, max_size=3), st.integers(0, 2)
)
def test_what_numpy_joins(parts: list[Shape], axis: int) -> None:
    if axis >= len(parts[0]):
        return
    found = joined(parts, axis, add, never)
    try:
        expected = np.concatenate([array(part) for part in parts], axis=axis).shape
    except ValueError:
        assert isinstance(found, Clash)
        assert found.left != found.right
        return
    assert found == expected


@given(SHAPES)
def test_what_numpy_transposes(shape: Shape) -> None:
    assert transposed(shape) == array(shape).T.shape


@pytest.mark.parametrize(
    ("left", "right", "clash"),
    [
        (("n1", "m"), ("n2", "m"), Clash("n1", "n2")),
        (("n1", "m"), ("n1", "n2"), Clash("m", "n2")),
        (("m",), ("n1", "n2"), Clash("m", "n2")),
        (("n1", "n2"), ("m",), Clash("n2", "m")),
    ],
)
def test_the_first_sizes_that_differ_are_told(left: Shape, right: Shape, clash: Clash) -> None:
    assert broadcast(left, right, never) == clash


@pytest.mark.parametrize(
    ("parts", "axis", "clash"),
    [
        ([("n1", "m"), ("n2", "nx")], 0, Clash("m", "nx")),
        ([("n1", "m"), ("n2", "nx")], 1, Clash("n1", "n2")),
        ([("n1", "m"), ("n1",)], 0, Clash(2, 1)),
        ([("n1",), ("n1", "m")], 0, Clash(1, 2)),
    ],
)
def test_the_first_sizes_that_differ_in_a_stack_are_told(parts: list[Shape], axis: int, clash: Clash) -> None:
    assert joined(parts, axis, add, never) == clash


def test_of_two_sizes_that_agree_the_surer_is_kept() -> None:
    unknown = Unknown("a")
    for unsure in (unknown, ANY):
        assert broadcast((unsure, "m"), ("n1", "m"), always) == ("n1", "m")
        assert broadcast(("n1", "m"), (unsure, "m"), always) == ("n1", "m")
        assert joined([("n1", unsure), ("n2", "m")], 0, add, always) == (add("n1", "n2"), "m")
        assert joined([("n1", "m"), ("n2", unsure)], 0, add, always) == (add("n1", "n2"), "m")
    assert joined([("n1", "m"), ("n2", "m"), (1, "m")], 0, add, never) == (add(add("n1", "n2"), 1), "m")


def test_a_product_may_be_learnt_from() -> None:
    assert matrix_product(("n1", "n2"), ("n3", "m"), always) == ("n1", "m")
    assert matrix_product(("n1", "n2", "n3"), ("n3", "m"), never) is None
    assert matrix_product(("n1", "n2"), ("n2", "m", "n3"), never) is None


def test_a_shape_is_settled_when_all_of_it_is_known() -> None:
    unknown = Unknown("a")
    assert settled(None) is None
    assert settled(("n1", unknown)) is None
    unknown.bound = "m"
    assert settled(("n1", unknown)) == ("n1", "m")
    assert transposed(None) is None
    assert is_scalar(SCALAR)
    assert is_scalar((1, 1))
    assert not is_scalar((1, "m"))
