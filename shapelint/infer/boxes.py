"""A formula in which nothing is wrong in, whether it was checked out: asked of every one, so nothing is read for it.

What of one that was not nothing tells is found in `infer.untold`.
"""

from shapelint.infer.document import Stretch
from shapelint.infer.judged import Judged


def fitted_at(stretch: Stretch) -> frozenset[int]:
    """Return where the formulas begin that name something of which only this formula says what shape it has."""
    found = stretch.chosen.section.found
    return frozenset(one.start for one in found.values() if one.fitted)


def is_open(judged: Judged, fitted: frozenset[int]) -> bool:
    """Say whether a formula in which nothing is wrong was not checked; `fitted` is that of its section."""
    verdict, statement = judged.verdict, judged.statement
    if verdict is None or verdict.problems:
        return False
    if verdict.unknown or statement.start in fitted:
        return True
    return not verdict.told and not _is_expression(judged)


def _is_expression(judged: Judged) -> bool:
    """Say whether a formula is an expression that is set to nothing: what it gives is what it is."""
    return judged.statement.value == judged.statement.target.start
