"""The courses' formulas again, in the other spellings of a layer, and all of a topic in one document."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from casefile import Case, read_cases
from casefile.setup import set_up

from shapelint.check import check
from shapelint.source import Source

COURSE = Path(__file__).parent / "cases" / "course"
TOPICS = sorted(path.stem for path in COURSE.glob("*.md") if path.stem != "others")
LAYERED = [topic for topic in TOPICS if topic != "recurrent"]  # the number there is a time: `da0`

# `W2` `dZ1` `v_dW2` `g1'(`, and not `beta1`, `n_1`, `W10` or the sizes n0 … n9
GLUED = re.compile(r"(?<![A-Za-z])(d?[WbZAazD]|g)(\d)(?![A-Za-z0-9_(]|\^\()|(?<![A-Za-z])(g)(\d)(?='?\()")
BRACKETED = re.compile(r"(?<=[A-Za-z_])\[(l(?:[+-]1)?|L(?:-1)?|\d)\]")


def _bracket(text: str) -> str:
    return GLUED.sub(lambda name: f"{name[1] or name[3]}[{name[2] or name[4]}]", text)


def _caret(text: str) -> str:
    return BRACKETED.sub(r"^[\1]", _bracket(text))


def _braces(text: str) -> str:
    return BRACKETED.sub(r"^{[\1]}", _bracket(text)).replace("]}^T", "]T}")


SPELLINGS = {"bracket": _bracket, "caret": _caret, "braces": _braces}
SIZES = re.compile(r"(n|\.shape)\^\{?(\[[^\]]*\])\}?")  # a size keeps its plain spelling


def _cases(topic: str) -> tuple[Case, ...]:
    return read_cases((COURSE / f"{topic}.md").read_text(encoding="utf-8"))


def _spelled(text: str, spell: Callable[[str], str]) -> str:
    return SIZES.sub(r"\1\2", spell(text))


def _found(text: str) -> list[str]:
    source = Source("formulas.txt", text)
    return [
        f"{source.line(source.position(found.span.start).row)}: {found.message}"
        for found in check(source).diagnostics
        if found.severity == "error"
    ]


def test_the_spellings() -> None:
    text = "dZ1 = W2^T dZ2 * g1'(Z1) - beta1 v_dW1 * n1 + A[l-1] randn(n[l], X.shape[1])"
    caret = "dZ^[1] = W^[2]^T dZ^[2] * g^[1]'(Z^[1]) - beta1 v_dW^[1] * n1 + A^[l-1] randn(n[l], X.shape[1])"
    assert _spelled(text, _caret) == caret
    braces = "dZ^{[1]} = W^{[2]T} dZ^{[2]} * g^{[1]}'(Z^{[1]}) - beta1 v_dW^{[1]} * n1"
    assert _spelled(text, _braces).startswith(braces)


@pytest.mark.parametrize("spelling", SPELLINGS)
@pytest.mark.parametrize(
    ("topic", "name"), [(topic, case.name) for topic in LAYERED for case in _cases(topic)]
)
def test_every_spelling_is_as_right(topic: str, name: str, spelling: str) -> None:
    case = next(case for case in _cases(topic) if case.name == name)
    for source in set_up(case).sources:
        text = _spelled(source.text, SPELLINGS[spelling])
        if text != source.text:
            assert _found(text) == []


@pytest.mark.parametrize("topic", TOPICS)
def test_a_topic_in_one_document_is_as_right(topic: str) -> None:
    assert _found("\n".join(case.input.text for case in _cases(topic))) == []
