"""Macros: which abbreviations a text with LaTeX defines."""

from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shapelint.documents.macros import LONGEST, definitions

TABLE = [
    ("newcommand", r"\newcommand{\dZ}{dZ^{[l]}}", {r"\dZ": "dZ^{[l]}"}),
    ("without braces", r"\newcommand\dZ{dZ}", {r"\dZ": "dZ"}),
    ("with a star", "\\newcommand*{\\dZ}\n  {dZ}", {r"\dZ": "dZ"}),
    ("of no arguments", r"\newcommand{\dZ}[0]{dZ}", {r"\dZ": "dZ"}),
    ("def", r"\def\dZ{dZ}\gdef\dW{dW}", {r"\dZ": "dZ", r"\dW": "dW"}),
    ("let", r"\let\x=\y\let\z\y\let\w = v", {r"\x": r"\y", r"\z": r"\y", r"\w": "v"}),
    ("let of what is known", r"\def\y{a}\let\x\y\def\y{b}", {r"\x": "a", r"\y": "b"}),
    ("let of what takes arguments", r"\def\y#1{a#1}\let\x\y", {r"\y": "a#1", r"\x": "a#1"}),
    ("an operator", r"\DeclareMathOperator{\relu}{ReLU}", {r"\relu": r"\operatorname{ReLU}"}),
    ("an operator with a star", r"\DeclareMathOperator*{\a}{arg\,max}", {r"\a": r"\operatorname{arg\,max}"}),
    (
        "the later one",
        r"\newcommand{\x}{a}\renewcommand{\x}{b}\def\y{c}\newcommand{\y}{d}",
        {r"\x": "b", r"\y": "d"},
    ),
    ("provided", r"\providecommand{\x}{a}\newcommand{\y}{b}\providecommand{\y}{c}", {r"\x": "a", r"\y": "b"}),
    (
        "with arguments",
        r"\newcommand{\x}[1]{\mathbf{#1}}\newcommand\y[2]{\frac{#1}{#2}}\def\z#1#2{#2#1}",
        {r"\x": r"\mathbf{#1}", r"\y": r"\frac{#1}{#2}", r"\z": "#2#1"},
    ),
    ("with arguments that it does not use", r"\newcommand{\x}[1]{a}\def\z#1{d}\newcommand{\y}[2]{#2}", {}),
    ("with arguments that it does not take", r"\def\w{#1}\newcommand{\x}[1]{#1#2}\def\v#1.{#1}", {}),
    ("with an argument that may be left out", r"\newcommand{\y}[2][b]{#1#2}", {}),
    ("with arguments at last", r"\def\x{a}\newcommand{\x}[1]{b#1}", {r"\x": "b#1"}),
    ("with arguments that it does not use at last", r"\def\x{a}\newcommand{\x}[1]{b}", {}),
    ("a number sign", r"\def\x{\#}", {r"\x": r"\#"}),
    ("a sign as a name", r"\def\*{\odot}", {r"\*": r"\odot"}),
    ("nested", r"\newcommand{\x}{\mathbf{W}_{\mathrm{h}}}", {r"\x": r"\mathbf{W}_{\mathrm{h}}"}),
    ("nested definitions", r"\newcommand{\x}{\def\y{a}}\def\z{b}", {r"\x": r"\def\y{a}", r"\z": "b"}),
    ("escaped braces", r"\newcommand{\x}{\{a\}}", {r"\x": r"\{a\}"}),
    ("comments inside", "\\newcommand{\\x}{%\n  a% }\n  b\\%}", {r"\x": r"ab\%"}),
    ("in a comment", "% \\def\\x{a}\n\\%\\def\\y{b}", {r"\y": "b"}),
    ("behind a new line", r"\\def\x{a}", {}),
    ("empty", r"\def\x{}", {r"\x": ""}),
    ("long", rf"\def\x{{{'a' * LONGEST}}}\def\y{{{'a' * (LONGEST + 1)}}}", {r"\x": "a" * LONGEST}),
    ("unclosed", r"\newcommand{\x}{a \def\y{b}", {r"\y": "b"}),
    ("half-typed", "\\newcommand{\\x\n\\newcommand\\y\n\\def\\z{a}\\let\\w", {r"\z": "a"}),
    ("other words", r"\left\default\letter\newcommandx\x{a}\definecolor{b}", {}),
    ("other names", r"\newcommand{x}{a}\def x{b}", {}),
    ("nothing", "Z = W X + b", {}),
]
GROWING = [
    "\\newcommand{\\a}{", "\\newcommand{\\a}{b}", "\\newcommand\\a[", "\\newcommand ", "\\let\\a", "\\let\\a=\\b ",
    "\\def\\a#1", "\\def\\a{%\n}", "\\def{", "\\DeclareMathOperator{\\a}{", "{", "%", "\\def\\",
]  # fmt: skip
PIECES = r"""
    \newcommand \renewcommand* \providecommand \def \let \DeclareMathOperator {\x} \x \y { } % \\ \{ # #1 [1] [ ] = a
""".split()  # noqa: SIM905 - a list of twenty strings would be no easier to read


@pytest.mark.parametrize(("text", "expected"), [row[1:] for row in TABLE], ids=[row[0] for row in TABLE])
def test_definitions(text: str, expected: dict[str, str]) -> None:
    assert definitions(text) == expected


@pytest.mark.parametrize("text", [row[1] for row in TABLE])
def test_half_typed_definitions_can_be_read(text: str) -> None:
    for end in range(len(text)):
        definitions(text[:end])


@given(st.lists(st.sampled_from([*PIECES, " ", "\n"])).map("".join) | st.text().map(r"\def".__add__))
def test_any_text_can_be_read(text: str) -> None:
    for name, body in definitions(text).items():
        assert name in text
        assert len(body) <= LONGEST + len(r"\operatorname{}")


@pytest.mark.parametrize("piece", GROWING)
def test_time_grows_with_the_text_and_no_faster(piece: str) -> None:
    before = perf_counter()
    definitions(piece * 100_000 + r"\def\x{}")
    assert perf_counter() - before < 10
