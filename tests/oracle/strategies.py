"""Hypothesis strategies over the same choices that the benchmarks draw at random."""

from dataclasses import replace

from hypothesis import strategies as st

from .cases import Case, case
from .draws import drawn_case
from .style import Spelling


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """Documents with the verdict on them."""
    return drawn_case(lambda options: draw(st.sampled_from(options)))


@st.composite
def spellings(draw: st.DrawFn) -> tuple[Case, ...]:
    """The same document in each spelling of its names."""
    one = draw(cases())
    return tuple(
        case(one.kind, one.formula, replace(one.setting, style=replace(one.setting.style, spelling=spelling)))
        for spelling in Spelling
    )


@st.composite
def half_typed(draw: st.DrawFn) -> str:
    """A document that somebody has not finished."""
    text = draw(cases()).text
    return text[: draw(st.integers(0, len(text)))]
