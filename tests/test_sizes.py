"""The algebra of sizes against the integers: whatever the letters stand for, both sides come out the same."""

from collections.abc import Callable
from typing import NamedTuple

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from shapelint.sizes import (
    ANY,
    Polynomial,
    Size,
    Unknown,
    add,
    atoms,
    is_own,
    layer_of,
    multiply,
    replace,
    resolve,
    same,
    write_size,
)
from shapelint.symbol import Layer

VALUES = {"m": 101, "na": 7, "nx": 11, "n[0]": 5, "n[1]": 3, "n[2]": 13, "n[l]": 17, "n[l-1]": 19, "n[L]": 23}
Values = dict[str, int]


class Term(NamedTuple):
    """A size, and what it is for values of its names."""

    size: Size
    value: Callable[[Values], int]


def _atom(name: str) -> Term:
    return Term(name, lambda values: values[name])


def _number(number: int) -> Term:
    return Term(number, lambda _: number)


def _sum(one: Term, other: Term, sign: int) -> Term:
    return Term(
        add(one.size, other.size, sign), lambda values: one.value(values) + sign * other.value(values)
    )


def _product(one: Term, other: Term) -> Term:
    return Term(multiply(one.size, other.size), lambda values: one.value(values) * other.value(values))


LEAVES = st.one_of(st.sampled_from(sorted(VALUES)).map(_atom), st.integers(0, 3).map(_number))
TERMS = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.builds(_sum, inner, inner, st.sampled_from((1, -1))), st.builds(_product, inner, inner)
    ),
    max_leaves=8,
)


def _value(size: Size, values: Values) -> int:
    if isinstance(size, int):
        return size
    if isinstance(size, str):
        return values[size]
    assert isinstance(size, Polynomial)
    total = 0
    for monomial, factor in size:
        term = factor
        for atom in monomial:
            term *= values[atom]
        total += term
    return total


@given(TERMS)
def test_sums_and_products_are_those_of_integers(term: Term) -> None:
    assume(term.size is not ANY)
    assert _value(term.size, VALUES) == term.value(VALUES)


@given(TERMS, TERMS, TERMS)
def test_what_is_equal_has_one_form(one: Term, other: Term, third: Term) -> None:
    a, b, c = one.size, other.size, third.size
    assume(ANY not in (left := multiply(add(a, b), c), right := add(multiply(a, c), multiply(b, c))))
    assert left == right
    assert add(a, b) == add(b, a)
    assert multiply(a, b) == multiply(b, a)
    assert add(a, a, -1) == 0


@given(TERMS)
def test_a_normal_form_is_the_simplest(term: Term) -> None:
    if isinstance(term.size, Polynomial):
        assert tuple(sorted(term.size)) == tuple(term.size)
        assert all(factor for _, factor in term.size)
        assert len(term.size) > 1 or len(term.size[0][0]) > 1 or term.size[0][1] != 1
        assert term.size[0][0] or len(term.size) > 1


@given(TERMS)
def test_what_is_written_is_what_was_meant(term: Term) -> None:
    assume(term.size is not ANY)
    spellings = {name: f"v{place}" for place, name in enumerate(sorted(VALUES))}
    written = write_size(term.size, spellings)
    names = {spellings[name]: value for name, value in VALUES.items()}
    assert eval(written, {}, names) == term.value(VALUES)


@given(TERMS, TERMS)
def test_a_name_replaced_is_what_stands_for_it(term: Term, other: Term) -> None:
    assume(ANY not in (term.size, other.size))
    replaced = replace(term.size, {"m": other.size, "na": 4})
    assume(replaced is not ANY)
    values = {**VALUES, "m": other.value(VALUES), "na": 4}
    assert _value(replaced, VALUES) == term.value(values)


@given(TERMS, TERMS)
def test_what_is_the_same_is_equal_and_what_is_not_differs_somewhere(one: Term, other: Term) -> None:
    assume(ANY not in (one.size, other.size))
    told = same(one.size, other.size)
    assert same(other.size, one.size) is told
    assert (told is True) == (one.size == other.size)
    if told is True:
        assert one.value(VALUES) == other.value(VALUES)


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        (3, 3, True),
        (3, 4, False),
        (1, "m", False),
        ("m", 1, False),
        (4, "m", None),
        ("m", 4, None),
        ("m", "m", True),
        ("m", "na", False),
        ("nh", "nq", False),
        ("nh", "n[1]", None),
        ("n[1]", "nh", None),
        ("m", "n[1]", False),
        ("n[1]", "Ty", False),
        ("nh", "n[0]", False),
        ("n[0]", "nh", False),
        ("n[1]", "n[2]", False),
        ("n[l]", "n[l-1]", False),
        ("n[L]", "n[L-1]", False),
        ("n[l]", "n[2]", None),
        ("n[2]", "n[l]", None),
        ("n[L]", "n[2]", None),
        ("n[L]", "n[0]", False),
        ("n[0]", "n[L]", False),
        ("n[0]", "n[L-1]", None),
        ("n[L+1]", "n[1]", False),
        ("n[L+1]", "n[2]", None),
        ("n[l]", "n[L]", None),
        ("·1", "m", None),
        ("m", "·1", None),
        (add("na", "nx"), "na", False),
        ("na", add("na", "nx"), False),
        (add("na", "nx"), add("na", "nx"), True),
        (add("na", "nx"), add("na", "m"), False),
        (add("n[l]", 1), add("n[2]", 2), None),
        (add("na", "n[l]"), "n[2]", None),
        (add("n[L]", "m"), "m", False),
        (add("na", 1), 1, False),
        (add("na", 1), 4, None),
        (Unknown("a"), "m", None),
        ("m", Unknown("a"), None),
        (ANY, 1, None),
    ],
)
def test_sizes_that_are_the_same_that_are_not_and_that_nobody_can_tell(
    left: Size, right: Size, expected: bool | None
) -> None:
    assert same(left, right) is expected


@pytest.mark.parametrize(
    ("size", "text"),
    [
        (add("na", "nx"), "na + nx"),
        (add("n[1]", "na"), "na + n1"),
        (add("n[2]", "n[1]"), "n1 + n2"),
        (add(1, multiply(2, "n[1]")), "2*n1 + 1"),
        (add("m", 1, -1), "m - 1"),
        (add(1, "m", -1), "-m + 1"),
        (add("na", multiply(2, "m")), "2*m + na"),
        (add(multiply(3, "na"), multiply(2, "nx")), "3*na + 2*nx"),
        (multiply("m", "na"), "m*na"),
        (multiply(-3, multiply("m", "na")), "-3*m*na"),
        (add("na", multiply(2, "m"), -1), "-2*m + na"),
        ("n[l-1]", "n[l-1]"),
        ("n[λ]", "n[l]"),
        ("«(n+2p)/2»", "(n+2p)/2"),
        ("·1", "1 or m"),
        (7, "7"),
        (ANY, "?"),
        (Unknown(), "?"),
        (Unknown("rows of V"), "rows of V"),
    ],
)
def test_a_size_in_words(size: Size, text: str) -> None:
    assert write_size(size) == text


def test_a_size_is_written_as_the_document_spells_it() -> None:
    spellings = {"n[1]": "n_h", "na": "n_a"}
    assert write_size(add("na", "n[1]"), spellings) == "n_a + n_h"
    assert write_size("n[1]", spellings) == "n_h"


def test_an_unknown_is_what_it_was_found_to_be() -> None:
    first, second = Unknown("a"), Unknown("b")
    first.bound = second
    assert resolve(first) is second
    second.bound = "m"
    assert resolve(first) == "m"
    assert write_size(first) == "m"
    assert repr(first) == "?a"
    assert resolve(5) == 5


@pytest.mark.parametrize("operation", [add, multiply])
@pytest.mark.parametrize("known", [1, "m", add("na", "nx")])
def test_with_an_unknown_nothing_is_known(operation: Callable[[Size, Size], Size], known: Size) -> None:
    assert operation(known, Unknown("a")) is ANY
    assert operation(Unknown("a"), known) is ANY


def test_what_would_only_grow_is_given_up() -> None:
    eight: Size = "a0"
    for name in ("a1", "a2", "a3", "a4", "a5", "a6", "a7"):
        eight = add(eight, name)
    other: Size = "b0"
    for name in ("b1", "b2", "b3", "b4", "b5", "b6", "b7"):
        other = add(other, name)
    product = multiply(eight, other)  # 64 terms
    assert isinstance(product, Polynomial)
    assert len(product) == 64
    assert multiply(add(eight, "a8"), other) is ANY
    assert multiply(product, add("m", 1)) is ANY
    power: Size = "m"
    for _ in range(63):
        power = multiply(power, "m")
    assert power is not ANY  # 64 factors
    assert multiply(power, "m") is ANY
    assert multiply("m", power) is ANY
    assert multiply(power, 2) is not ANY


def test_what_is_not_replaced_stays_as_it_is() -> None:
    size = add("m", 1)
    assert replace(size, {"na": 2}) is size
    assert replace(3, {"m": 2}) == 3
    assert replace("m", {"na": 2}) == "m"
    assert replace(ANY, {"m": 2}) is ANY


def test_the_names_of_a_size() -> None:
    assert atoms(add(multiply("na", "m"), multiply("na", "nx"))) == ("m", "na", "nx")
    assert atoms("m") == ("m",)
    assert atoms(3) == ()


@pytest.mark.parametrize(
    ("atom", "layer"),
    [
        ("n[0]", Layer("", 0)),
        ("n[12]", Layer("", 12)),
        ("n[l]", Layer("l", 0)),
        ("n[l-1]", Layer("l", -1)),
        ("n[L+2]", Layer("L", 2)),
        ("n[λ-1]", Layer("λ", -1)),
        ("m", None),
        ("n[1", None),
        ("nx]", None),
    ],
)
def test_the_layer_of_a_size(atom: str, layer: Layer | None) -> None:
    assert layer_of(atom) == layer


@pytest.mark.parametrize(
    ("atom", "own"),
    [("nh", True), ("m", False), ("na", False), ("Tx", False), ("n[1]", False), ("·1", False)],
)
def test_names_of_the_document_s_own(atom: str, own: bool) -> None:
    assert is_own(atom) is own
