"""Which sizes are surely different: by the numbers of their layers, or by the components that their letters are of.

Two letters are apart where one scope states both, or where both belong to one component: sizes that the forward pass
of a network connects.
"""

from collections.abc import Mapping
from typing import TypeAlias

from shapelint.sizes import OF_THE_FIELD, Polynomial, Size, Unknown, add, atoms, is_one_or_all, layer_of, same

# The components that a size belongs to.
Marks: TypeAlias = frozenset[object]
NONE: Marks = frozenset()


def apart(left: Size, right: Size, marks: Mapping[object, Marks], code: bool) -> bool:
    """Say whether two known sizes are surely different, by the components of their letters.

    In notes, sums of letters that only a convention has, `n_a + n_x`, are no other letter of it.
    """
    if left == right or isinstance(left, Unknown) or isinstance(right, Unknown):
        return False
    if isinstance(left, int) or isinstance(right, int):
        return same(left, right) is False or bool(marks.get(left, NONE) & marks.get(right, NONE))
    if isinstance(left, Polynomial) or isinstance(right, Polynomial):
        if same(left, right) is not False:
            return False
        letters = list(dict.fromkeys((*atoms(left), *atoms(right))))
        if not code and all(map(_is_conventional, letters)) and not any(map(is_one_or_all, letters)):
            return True
        of = [marks.get(one, NONE) for one in letters]
        return _exceeds(left, right) or all(of[0] & one for one in of[1:])
    assert isinstance(left, str)
    assert isinstance(right, str)
    if is_one_or_all(left) or is_one_or_all(right):
        return False
    if _is_conventional(left) and _is_conventional(right):
        if same(left, right) is False:
            return True
        if _is_of_the_last(left) or _is_of_the_last(right):
            return False  # any layer may be the last
    return bool(marks.get(left, NONE) & marks.get(right, NONE))


def _is_conventional(letter: str) -> bool:
    """Say whether a letter is one of the conventions': the units of a layer, the examples."""
    return letter in OF_THE_FIELD or is_one_or_all(letter) or layer_of(letter) is not None


def _is_of_the_last(letter: str) -> bool:
    layer = layer_of(letter)
    return layer is not None and layer.base == "L"


def _exceeds(left: Size, right: Size) -> bool:
    """Say whether one size is the other and more, so that they differ whatever the letters are."""
    difference = add(left, right, -1)
    if isinstance(difference, Polynomial):
        return len({factor > 0 for _, factor in difference}) == 1
    return isinstance(difference, str) or (isinstance(difference, int) and difference != 0)
