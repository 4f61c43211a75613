"""What says the same is answered the same: other words, other places, other notations."""

import os
import random
import re
from pathlib import Path

import pytest
from casefile import read_cases
from hypothesis import given, settings
from hypothesis import strategies as st
from oracle.cases import Case, Context
from oracle.latex import HANDS, in_markdown
from oracle.program import CODERS, as_program, is_anything
from oracle.strategies import cases
from oracle.verdict import Verdict
from test_cases import CASES

from shapelint.check import check
from shapelint.diagnostic import ERROR
from shapelint.source import Source

often = settings(max_examples=200, deadline=None, derandomize="CI" in os.environ)
EXAMPLES = [
    path
    for path in (Path(__file__).parents[1] / "examples").iterdir()
    if path.suffix in (".md", ".py", ".tex", ".txt")
]
ROOMS = ("notation", "sizes", "shapes")
NOTES = sorted(
    {
        case.input.text
        for path in CASES.rglob("*.md")
        if path.parent.name in ROOMS
        for case in read_cases(path.read_text(encoding="utf-8"))
        if not case.input.words
    }
)


def found(text: str, name: str = "formulas.txt", columns: bool = True) -> list[tuple[int, int, str]]:
    """Return the row, the column and the code of every finding."""
    source = Source(name, text)
    places = [(source.position(one.span.start), one.code) for one in check(source).diagnostics]
    return [(place.row, place.column if columns else 0, code) for place, code in places]


def wrong(text: str, name: str) -> bool:
    return any(one.severity == ERROR for one in check(Source(name, text)).diagnostics)


@pytest.mark.parametrize("text", NOTES)
def test_a_blank_line_and_a_comment_change_nothing(text: str) -> None:
    lines = text.splitlines()
    before = found(text)
    for place in range(0, len(lines) + 1, 3):
        if place and (
            lines[place - 1].rstrip().endswith(("\\", *"+-*/@·=,([")) or not lines[place - 1].strip()
        ):
            continue  # inside of a formula
        if place < len(lines) and lines[place].lstrip()[:1] in "+-*/@·=.⊙)":
            continue
        more = "\n".join([*lines[:place], "", "# nothing", "", *lines[place:]]) + "\n"
        assert found(more) == [(row + 3 * (row > place), column, code) for row, column, code in before], more


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.name)
@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_line_ends_change_nothing(path: Path, end: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert found(text.replace("\n", end), path.name) == found(text, path.name)


@often
@given(cases())
def test_words_around_a_formula_change_nothing(one: Case) -> None:
    around = f"Some notes on a network.\n\n{one.text}\nThat is all there is to say.\n"
    assert found(around) == [(row + 2, column, code) for row, column, code in found(one.text)]


@often
@given(cases())
def test_another_section_changes_nothing(one: Case) -> None:
    """What stands under a heading of its own speaks of another network."""
    other = "\n## Another network\n\nW1 : (5, 7)\nQ = W1 @ R\nR : (7, T)\ndR = W1.T @ dQ\n"
    for text in (f"# One\n\n{one.text}{other}", f"{other}\n## One\n\n{one.text}"):
        first = text.index(one.text)
        row = text.count("\n", 0, first)
        assert [
            (a - row, b, c) for a, b, c in found(text, "notes.md.txt") if 0 < a - row <= one.text.count("\n")
        ] == found(one.text), text


@often
@given(cases(), st.integers(0, 999))
def test_the_order_of_the_other_formulas_changes_nothing(one: Case, seed: int) -> None:
    if one.setting.context is Context.ALONE:
        return
    lines = one.text.splitlines()
    others = [line for row, line in enumerate(lines) if row != one.row]
    random.Random(seed).shuffle(others)
    mixed = "\n".join([*others, one.line]) + "\n"
    codes = sorted(code for row, _, code in found(one.text) if row == one.row + 1)
    assert sorted(code for row, _, code in found(mixed) if row == len(lines)) == codes, mixed


@pytest.mark.parametrize(("before", "after"), [("H", "Q"), ("n_h", "n_q"), ("hidden", "inner")])
def test_another_name_is_another_name_and_nothing_else(before: str, after: str) -> None:
    text = (
        "n_h = 4\nW1 : (n_h, n_x)\nH = W1 X\nhidden = g(H)\nG = H hidden\nZ2 = W2 hidden + b2\n"
        "dW2 = dZ2 hidden\ndH = W2 dZ2\nS : (n_h, m)\nT = S H\n"
    )
    renamed = re.sub(rf"(?<![A-Za-z]){before}(?![A-Za-z])|(?<=\bd){before}\b", after, text)
    assert renamed != text
    assert found(renamed, columns=False) == found(text, columns=False)
    assert found(text)


@often
@given(cases(), st.sampled_from(HANDS), st.sampled_from(CODERS))
def test_notes_latex_and_a_program_get_the_same_verdict(one: Case, hand, coder) -> None:
    """Where the notation leaves a formula open, or nothing says that it is a network's, they may differ."""
    if one.setting.context is Context.ALONE or not one.formula.target.layer:
        return
    if is_anything(one):
        return
    latex, program = in_markdown(one, hand), as_program(one, coder)
    verdicts = {one.verdict.is_wrong, latex.verdict.is_wrong, program.verdict.is_wrong}
    if Verdict.OPEN in (one.verdict, latex.verdict, program.verdict) or len(verdicts) > 1:
        return
    if not any(sign in program.line.partition(" = ")[2] for sign in "*@+-/("):
        return
    answers = {
        wrong(one.text, one.filename),
        wrong(latex.text, latex.filename),
        wrong(program.text, program.filename),
    }
    assert answers == verdicts, f"{one.text}{latex.text}{program.text}"
