"""NumPy is the judge: what it refuses or gives another shape is an error, and what it accepts is none."""

import os

from hypothesis import given, settings
from oracle.cases import Case
from oracle.strategies import cases, half_typed, spellings
from oracle.verdict import Verdict

from shapelint.check import check
from shapelint.diagnostic import ERROR, Diagnostic
from shapelint.source import Source

settings.register_profile("oracle", max_examples=1_000, deadline=None, derandomize="CI" in os.environ)
thoroughly = settings(settings.get_profile("oracle"))
often = settings(thoroughly, max_examples=300)


def diagnostics(text: str) -> tuple[Diagnostic, ...]:
    return check(Source("formulas.txt", text)).diagnostics


def errors(text: str) -> list[Diagnostic]:
    return [found for found in diagnostics(text) if found.severity == ERROR]


@thoroughly
@given(cases())
def test_an_error_where_numpy_refuses_or_has_another_shape_and_none_where_it_fits(case: Case) -> None:
    if case.verdict is not Verdict.OPEN:
        assert bool(errors(case.text)) == case.verdict.is_wrong, f"{case.verdict}:\n{case.text}"


@often
@given(spellings())
def test_the_three_spellings_get_the_same_answer(documents: tuple[Case, ...]) -> None:
    answers = {tuple(found.code for found in diagnostics(case.text)) for case in documents}
    assert len(answers) == 1, "\n".join(case.line for case in documents)


@often
@given(cases())
def test_the_same_text_gets_the_same_answer(case: Case) -> None:
    assert diagnostics(case.text) == diagnostics(case.text)


@often
@given(half_typed())
def test_half_typed_text_never_raises(text: str) -> None:
    check(Source("formulas.txt", text))
