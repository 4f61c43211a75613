"""The only prose: a problem in, a Diagnostic out, one small function for each fact."""

from collections.abc import Callable
from typing import Any

from shapelint.diagnostic import Diagnostic
from shapelint.explain import asides, products, targets, unsure
from shapelint.explain.context import Context
from shapelint.problems import Problem

_WORDS: dict[type, Callable[[Context, Any], Diagnostic]] = {
    **products.WORDS,
    **targets.WORDS,
    **asides.WORDS,
    **unsure.WORDS,
}


def explain(context: Context, problem: Problem) -> Diagnostic:
    """Put a problem into words."""
    return _WORDS[type(problem)](context, problem)
