"""One wrong formula, put into sentences and under marks in the ways of people who ask: each of them is read."""

import pytest

from shapelint.check import check
from shapelint.source import Source

FORMULA = "dz1 = dz2 W2 * g'(z1)"
WAYS = """
I get FORMULA
so FORMULA
where FORMULA
=> FORMULA
→ FORMULA
for l = L-1 downto 1: FORMULA
FORMULA -- chain rule
FORMULA (eq. 3)
FORMULA but the answer has a transpose
FORMULA Why does this not work?
FORMULA. Why?
FORMULA?
"FORMULA"
`FORMULA`
**FORMULA**
$FORMULA$
db2 = dz2 and FORMULA
db2 = dz2, so FORMULA
FORMULA where dz2 = a2 - y
db2 = dz2 | FORMULA
---> 49     FORMULA
>>> FORMULA
In [3]: FORMULA
Q: is FORMULA correct?
My formula is FORMULA which fails.
(FORMULA)
1) FORMULA
According to the lecture, FORMULA
FORMULA (where * is elementwise)
FORMULA  // hidden layer
> FORMULA
FORMULA ...
FORMULA <-- is this right?
FORMULA   ← this line
I wrote FORMULA instead of what the slide says
∂J/∂z1: FORMULA
“FORMULA”
<b>FORMULA</b>
hidden layer - FORMULA
FORMULA => nope
FORMULA, right?
My attempt → FORMULA ← error
Prof. Ng writes FORMULA (2:31 in the video)
for each layer l do FORMULA end
""".strip().splitlines()


@pytest.mark.parametrize("name", ["question.txt", "question.md"])
@pytest.mark.parametrize("way", WAYS)
def test_the_formula_is_read_and_its_term_blamed(way: str, name: str) -> None:
    text = way.replace("FORMULA", FORMULA) + "\n"
    found = [text[slice(*one.span)] for one in check(Source(name, text)).diagnostics]
    assert found == ["dz2 W2"]


def test_there_are_as_many_ways_as_the_issue_asks_for() -> None:
    assert len(WAYS) == len(set(WAYS)) == 44
