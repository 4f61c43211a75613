"""The grammars: no conflicts, and our reader of lark's tables reads what lark itself reads."""

from collections.abc import Callable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from casefile import read_cases
from casefile.setup import set_up
from hypothesis import given, settings
from hypothesis import strategies as st
from lark import Lark, Token, Tree, UnexpectedCharacters, UnexpectedToken
from lark.exceptions import GrammarError
from lark.parsers.lalr_analysis import LALR_Analyzer

from shapelint.check import opened
from shapelint.documents.normal import normal
from shapelint.documents.read import contents
from shapelint.infer.document import Document
from shapelint.infer.facts import Said
from shapelint.infer.parts import Settings
from shapelint.judge.document import read_document
from shapelint.parse.build import RAW, read_grammar, reduction
from shapelint.parse.driver import Token as OurToken
from shapelint.parse.driver import UnreadError, run
from shapelint.parse.grammars import GRAMMARS, STARTS
from shapelint.parse.tables import table
from shapelint.source import Source

CASES = Path(__file__).parent / "cases"
RULES = [(grammar, start) for grammar in GRAMMARS for start in STARTS[grammar]]
PIECES = """
    W1 W2 X b1 Z1 A1 dZ2 A2 Y W[l+1] A[l-1] a^{[2](i)} dJ/dZ1 alpha m H foo log 1 0.5 1e-8
    = := += == > @ * ⊙ · × / ./ + - ^ ** ^2 ² ⁻¹ .T ^T ᵀ ' T ( ) [ ] { } , ; | :
    g( g'( np.sum( np.dot( .dot( .sum( axis= keepdims= True Σ Σ_i || ‖ [:, :n_a] .shape # € … \\
""".split()  # noqa: SIM905 - a list of seventy strings would be no easier to read

LATEX_PIECES = r"""
    W^{[2]} W_1 W^{[2]T} X^T b^{[1]} dZ^{[2]} \mathbf{A}^{[2]} \hat{y}^{(i)} a^{[2](i)}
    \frac{\partial J}{\partial Z^{[1]}}
    \alpha m H \log 1 0.5 = := += \leftarrow > * \odot \cdot \times / + - ^ _ ^{2} ' \top \left( \right) ( ) [ ] { } ,
    g( g'( \sigma' np.sum( .dot( \text{axis=1} axis=1 \sum_{i=1}^{m} \| | & \\ \quad \frac{1}{m} \frac \sqrt{ \over
    \underbrace{ }_{(n^{[1]},m)} \begin{bmatrix} \end{bmatrix} \begin{cases} \end{cases} \text{where} \foo % #
""".split()  # noqa: SIM905 - a list of seventy strings would be no easier to read

# A tree or the way in which there is none: what was found where, and what was expected.
Outcome = Any


class Handed:
    """Hands lark the tokens that we have decided on, whatever its own lexer thinks."""

    always_accept = RAW

    def __init__(self) -> None:
        self.tokens: Sequence[OurToken] = ()

    def process(self, _stream: Iterator[Token]) -> Iterator[Token]:
        for kind, start, end, _ in self.tokens:
            yield Token(kind, "", start_pos=start, end_pos=end)


@cache
def _lark(grammar: str) -> tuple[Lark, Handed]:
    handed = Handed()
    return read_grammar(grammar, postlex=handed), handed


def _by_lark(grammar: str, start: str, tokens: Sequence[OurToken]) -> Outcome:
    lark, handed = _lark(grammar)
    handed.tokens = tokens
    try:
        return _plain(lark.parse("", start=start))
    except UnexpectedToken as error:
        ended = error.token.type == "$END"
        return error.token.type, None if ended else error.token.start_pos, frozenset(error.expected)


def _plain(node: Tree | Token) -> Outcome:
    if isinstance(node, Token):
        return node.type, node.start_pos, node.end_pos
    return (reduction(str(node.data)), *map(_plain, node.children))


def _by_us(grammar: str, start: str, tokens: Sequence[OurToken]) -> Outcome:
    leaves = [(kind, first, last, (kind, first, last)) for kind, first, last, _ in tokens]
    try:
        return run(table(grammar), start, leaves, 0, _Trees())
    except UnreadError as unread:
        place = None if unread.found == "$END" else unread.start
        return unread.found, place, frozenset(filter(str.isupper, unread.expected))


class _Trees(dict[str, Callable[..., Any]]):
    """Builds trees as lark does: the name of the reduction, then the children."""

    def __missing__(self, name: str) -> Callable[..., Any]:
        return lambda *children: (name, *children)


def _document(source: Source) -> Document:
    return read_document(contents(source), Settings(None, None, None, ""), Said((), (), {}))


def _formulas(source: Source) -> Iterator[tuple[str, Sequence[OurToken]]]:
    """Yield grammar and tokens of every statement of a source, as the names of its document decide them."""
    for stretch in _document(source).stretches:
        section = stretch.chosen.section
        for one in section.statements:
            if one.notation.read is not None:
                continue  # a program is read by Python itself
            found = one.notation.tokenize(section.text, one.start, one.end, section.names)
            yield one.notation.grammar, found.tokens


def _sources() -> Iterator[Any]:
    for path in sorted(CASES.rglob("*.md")):
        sources = [
            source for case in read_cases(path.read_text(encoding="utf-8")) for source in set_up(case).sources
        ]
        yield pytest.param(sources, id=path.relative_to(CASES).as_posix())


@st.composite
def sentences(draw: st.DrawFn, grammar: str, start: str) -> list[OurToken]:
    """Tokens of which each may follow the one before it, but for a slip now and then."""
    every = sorted({kind for state in table(grammar).states for kind in state if kind.isupper()} - {"$END"})
    kinds: list[OurToken] = []
    for place in range(draw(st.integers(0, 30))):
        slip = draw(st.integers(0, 19)) == 0
        possible = every if slip else _possible(grammar, start, kinds) or every
        kinds.append((draw(st.sampled_from(possible)), place, place + 1, None))
    return kinds


def _possible(grammar: str, start: str, tokens: Sequence[OurToken]) -> list[str]:
    _, _, expected = _by_us(grammar, start, [*tokens, ("NOTHING", len(tokens), len(tokens), None)])
    return sorted(expected - {"$END"})


@pytest.mark.parametrize("grammar", GRAMMARS)
def test_a_grammar_has_no_conflicts(grammar: str) -> None:
    _compute_strictly(read_grammar(grammar))


def test_a_conflict_would_be_noticed() -> None:
    doubtful = Lark('start: sum\nsum: sum "+" sum | "1"', parser="lalr")
    with pytest.raises(GrammarError, match="Shift/Reduce conflict"):
        _compute_strictly(doubtful)


def _compute_strictly(lark: Lark) -> None:
    """Lark's own `strict` also compares the terminals, which overlap on purpose: priorities decide there."""
    LALR_Analyzer(lark.parser.parser.parser_conf, strict=True).compute_lalr()


@pytest.mark.parametrize("sources", list(_sources()))
def test_both_readers_agree_on_every_case(sources: list[Source]) -> None:
    for source in sources:
        shown = opened(source)
        assert isinstance(shown, Source)
        for grammar, tokens in _formulas(shown):
            assert _by_us(grammar, "formula", tokens) == _by_lark(grammar, "formula", tokens)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=30), st.sampled_from(["", " "]))
def test_both_readers_agree_on_any_text(pieces: list[str], between: str) -> None:
    for grammar, tokens in _formulas(Source("formulas.txt", "Z1 = " + between.join(pieces))):
        assert _by_us(grammar, "formula", tokens) == _by_lark(grammar, "formula", tokens)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(LATEX_PIECES), max_size=30), st.sampled_from(["", " "]))
def test_both_readers_agree_on_any_latex(pieces: list[str], between: str) -> None:
    for grammar, tokens in _formulas(Source("notes.tex", f"\\[Z^{{[1]}} = {between.join(pieces)}\\]")):
        assert _by_us(grammar, "formula", tokens) == _by_lark(grammar, "formula", tokens)


@pytest.mark.parametrize(("grammar", "start"), RULES)
@settings(max_examples=200, deadline=None)
@given(st.data())
def test_both_readers_agree_on_any_tokens(grammar: str, start: str, data: st.DataObject) -> None:
    tokens = data.draw(sentences(grammar, start))
    assert _by_us(grammar, start, tokens) == _by_lark(grammar, start, tokens)


@pytest.mark.parametrize("grammar", GRAMMARS)
@settings(max_examples=300, deadline=None)
@given(st.one_of(st.lists(st.sampled_from([*PIECES, " ", "\n"])).map("".join), st.text(max_size=20)))
def test_both_lexers_find_the_same_tokens(grammar: str, text: str) -> None:
    _assert_same_raw_tokens(grammar, text)


@pytest.mark.parametrize("sources", list(_sources()))
def test_both_lexers_find_the_same_tokens_in_every_case(sources: list[Source]) -> None:
    for source in sources:
        for grammar in GRAMMARS:
            for line in normal(source.text).splitlines():
                _assert_same_raw_tokens(grammar, line)


def _assert_same_raw_tokens(grammar: str, text: str) -> None:
    """Lark stops at a character that begins no terminal, we go on; a blank that is none of ours we skip."""
    ours = [(match.lastgroup, *match.span(match.lastgroup)) for match in table(grammar).scan(text)]
    ours = [token for token in ours if token[0] not in table(grammar).ignored]
    found: list[tuple[str, int, int]] = []
    try:
        for token in read_raw(grammar).lex(text):
            found.append((token.type, token.start_pos, token.end_pos))
    except UnexpectedCharacters as error:
        stray = text[error.pos_in_stream]
        assert stray.isspace() or ("STRAY", error.pos_in_stream, error.pos_in_stream + 1) in ours
        ours = [token for token in ours if token[2] <= error.pos_in_stream]
    assert found == ours


@cache
def read_raw(grammar: str) -> Lark:
    return read_grammar(grammar)
