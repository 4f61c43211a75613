"""The numbers that stand where the convention has letters: while each letter is one number, the letters say it all."""

import re
from collections.abc import Iterable, Iterator

from shapelint.infer.judged import Judged
from shapelint.infer.section import Section
from shapelint.operators import FILLS
from shapelint.tree import Call, Formula, Node, Number, Tuple, bare, walk

# Few formulas have one, and the others are not read again.
_PAIR = re.compile(r"[(\[]\s*\d+\s*,\s*\d+\s*[,)\]]")


def numbers_decide(section: Section, judged: Iterable[Judged]) -> bool:
    """Say whether numbers decide in a section: a letter would be two, or a program makes arrays of numbers."""
    if not section.keeps_numbers():
        return True
    if not section.code:
        return False
    found = (one.statement for one in judged if _PAIR.search(section.text, *one.statement[1:3]))
    return any(
        (formula := section.read(one).formula) is not None and _makes_numbers(formula) for one in found
    )


def _makes_numbers(formula: Formula) -> bool:
    """Say whether a formula makes an array of two numbers or more: `np.zeros((784, 100))`."""
    return any(
        sum(isinstance(one, Number) and one.value is not None and one.value > 1 for one in _sizes(call)) > 1
        for call in walk(formula.parts)
        if isinstance(call, Call) and call.function in FILLS
    )


def _sizes(call: Call) -> Iterator[Node]:
    for argument in map(bare, call.arguments):
        yield from map(bare, argument.parts) if isinstance(argument, Tuple) else (argument,)
