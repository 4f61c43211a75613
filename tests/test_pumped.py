"""No regular expression and no loop looks at the same again and again; `python -m tests.pumped` tries all of it."""

import pytest
from pumped import CASES, slow

PARTS = 4
EVERY = 7  # and the beginnings are no multiple of it long, so that every piece has its turn


@pytest.mark.parametrize("part", range(PARTS))
def test_a_piece_again_and_again_takes_its_time_and_no_more(part: int) -> None:
    cases = CASES[::EVERY][part::PARTS]
    assert len(cases) > 100
    assert list(slow(cases)) == []
