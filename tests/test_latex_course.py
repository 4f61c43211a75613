"""The courses' formulas again, as LaTeX in Markdown, in every pair of ways to write it: read, and right."""

from functools import cache
from pathlib import Path

import pytest
from casefile import Case, read_cases
from casefile.setup import set_up
from to_latex import LAYERS, PRODUCTS, TRANSPOSES, Style, Told, to_latex

from shapelint.check import Options, analyse, check
from shapelint.source import Source

COURSE = Path(__file__).parent / "cases" / "course"
TOPICS = sorted(path.stem for path in COURSE.glob("*.md") if path.stem != "others")
ENOUGH = 255  # formulas of the courses that can be told in LaTeX, in the style that can tell most
# Every layer with every transpose, every layer with every product, every transpose with every product.
STYLES = [
    Style(LAYERS[(row + column) % len(LAYERS)], transpose, *products)
    for row, transpose in enumerate(TRANSPOSES)
    for column, products in enumerate(PRODUCTS)
]


@cache
def _cases(topic: str) -> tuple[Case, ...]:
    return read_cases((COURSE / f"{topic}.md").read_text(encoding="utf-8"))


def _told(case: Case, style: Style) -> tuple[tuple[Told, ...], Options]:
    setup = set_up(case)
    return tuple(told for source in setup.sources for told in to_latex(source.text, style)), setup.options


def _statuses(name: str, text: str, options: Options) -> list[str]:
    return [formula.status for formula in analyse(Source(name, text), options)]


def _errors(text: str, options: Options) -> list[str]:
    found = check(Source("notes.md", text), options).diagnostics
    return [one.message for one in found if one.severity == "error"]


def _is_worse(found: str, plain: str) -> bool:
    return found != "ok" and found != plain


def _plain(told: tuple[Told, ...]) -> str:
    """Write the formulas as a document that is about a network, whatever they are."""
    return "dW[l] = dW[l]\n" + "".join(f"{one.plain}\n" for one in told)


def _markdown(told: tuple[Told, ...], style: Style) -> str:
    layer = style.layer.replace("2", "l")
    return f"$dW{layer} = dW{layer}$\n\n" + "".join(f"$${one.latex}$$\n\n" for one in told)


def test_what_is_told() -> None:
    text = "dZ1 = W2^T dZ2 * g1'(Z1)\ndb1 = 1/m Σ_i dZ1\na<t> = tanh(Wa [a<t-1>; x<t>] + ba)"
    dots = Style("_2", "brackets", r"\cdot", r"\odot")
    assert [one.latex for one in to_latex(text, dots)] == [
        r"dZ_1 = (W_2)^T \cdot dZ_2 \odot g_1^{'}(Z_1)",
        r"db_1 = \frac{1}{m} \odot \left(\sum_{i=1}^{m} dZ_1\right)",
        r"a^{\langle t\rangle } = \tanh(Wa \cdot \begin{bmatrix} a^{\langle t-1\rangle } \\ x^{\langle t\rangle } "
        r"\end{bmatrix} + ba)",
    ]


def test_most_of_the_courses_can_be_told() -> None:
    style = Style("^{[2]}", "inside", "", "*")
    assert sum(len(_told(case, style)[0]) for topic in TOPICS for case in _cases(topic)) >= ENOUGH


@pytest.mark.parametrize("style", STYLES, ids=" ".join)
@pytest.mark.parametrize("topic", TOPICS)
def test_every_way_to_write_it_is_as_right(topic: str, style: Style) -> None:
    for case in _cases(topic):
        told, options = _told(case, style)
        markdown = _markdown(told, style)
        assert _errors(markdown, options) == [], markdown
        plain = _statuses("formulas.txt", _plain(told), options)
        found = _statuses("notes.md", markdown, options)
        assert len(found) == len(plain)
        assert "unread" not in found
        worse = [one.plain for one, *pair in zip(told, found[1:], plain[1:], strict=True) if _is_worse(*pair)]
        assert worse == [], markdown
