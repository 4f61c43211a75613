"""Markdown: where formulas stand, which blocks there are as markdown-it sees them, whatever is half-typed."""

from collections.abc import Callable
from time import perf_counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from mdit_py_plugins.dollarmath import dollarmath_plugin

from shapelint.documents.markdown import scan
from shapelint.documents.markdown.blocks import FENCED, HTML, INDENTED, TABLE, TITLE, Reader
from shapelint.documents.markdown.leaves import Leaves
from shapelint.documents.markdown.sweep import blocks, sweep, thorough
from shapelint.documents.regions import LATEX, Found, reading
from tests.benchmarks.markdown_scan import KINDS, prose
from tests.markdown_examples import EXAMPLES, FORMULAS, PIECES, ROWS, UNITS

ORACLE = {"fence": FENCED, "code_block": INDENTED, "html_block": HTML, "heading_open": TITLE}
MARKDOWN = MarkdownIt("commonmark", {"maxNesting": 100})
TABLES = MarkdownIt("commonmark", {"maxNesting": 100}).enable("table")


def _texts(text: str) -> list[str]:
    found = scan(text, 0, len(text))
    read = reading(text, found)
    return [read[region.start : region.end] for region in found.regions]


@pytest.mark.parametrize(("text", "expected"), [case[1:] for case in EXAMPLES], ids=[c[0] for c in EXAMPLES])
def test_regions(text: str, expected: list[str]) -> None:
    assert _texts(text) == expected


def test_headings() -> None:
    text = "# a\n\nb\n---\n\n<h3>c</h3>\n"
    assert [heading[:] for heading in scan(text, 0, len(text)).headings] == [(0, 1), (5, 2), (12, 3)]


def test_comments() -> None:
    text = "<!-- a -->\n\nb <!-- c --> `<!-- d -->`\n"
    assert [text[slice(*comment)] for comment in scan(text, 0, len(text)).comments] == [" a ", " c "]


def test_nothing_leaks_beyond_the_stretch() -> None:
    text = "```\na = 1\n$x$\n```\n"
    assert [region[:2] for region in scan(text, 4, 9).regions] == [(4, 9)]
    assert [region.dialect for region in scan(text, 10, 14).regions] == [LATEX]


DOCUMENTS = st.lists(st.sampled_from(PIECES + FORMULAS), max_size=14).map("\n".join)


@given(
    st.sampled_from(["\n", "x\n", "```\n", "<!--\n", "a | b\n", "$"]),
    DOCUMENTS,
    st.sampled_from(["$", "\n```", "-->", "`", "\n$$", ">", "\n---\n", "=", "1", "\n\n", "\\]"]),
)
def test_a_stretch_is_read_as_if_it_stood_alone(before: str, text: str, behind: str) -> None:
    alone, start = scan("\n" + text, 1, 1 + len(text)), len(before)
    found = scan(before + text + behind, start, start + len(text))
    for own, other in zip(alone, found, strict=True):
        assert [one.start - 1 for one in own] == [one.start - start for one in other]
    assert [region.end - 1 for region in alone.regions] == [region.end - start for region in found.regions]


@given(DOCUMENTS)
def test_line_ends_of_windows_are_read_alike(text: str) -> None:
    def lines(text: str) -> list[str]:
        return [line.strip() for one in _texts(text) for line in one.splitlines() if line.strip()]

    assert lines(text) == lines(text.replace("\n", "\r\n"))


def _valid(text: str, found: Found) -> bool:
    regions = [place for region in found.regions for place in region[:2]]
    overlays = [place for one in found.overlays for place in (one.start, one.start + len(one.text))]
    assert len(reading(text, found)) == len(text)
    inside = [
        any(r.start <= o.start and o.start + len(o.text) <= r.end for r in found.regions)
        for o in found.overlays
    ]
    return regions == sorted(regions) and overlays == sorted(overlays) and all(inside)


@pytest.mark.parametrize("text", [case[1] for case in EXAMPLES])
def test_every_beginning_can_be_read(text: str) -> None:
    assert all(_valid(text[:end], scan(text[:end], 0, end)) for end in range(len(text) + 1))


@given(st.text("$`\\[]()<>!-= \n\t#|*_a1.~{}:", max_size=60) | st.text())
def test_every_text_can_be_read(text: str) -> None:
    assert _valid(text, scan(text, 0, len(text)))


def _all(text: str, read: Callable[[str, int, int, Leaves], None]) -> Leaves:
    found = Leaves([], [], [], [])
    read(text, 0, len(text), found)
    return found


@settings(max_examples=1_000)
@given(DOCUMENTS)
def test_what_is_passed_over_does_not_matter(text: str) -> None:
    assert _all(text, sweep) == _all(text, thorough)


@settings(max_examples=500)
@given(st.lists(st.sampled_from(PIECES), max_size=8).map("\n".join))
def test_blocks_are_those_of_markdown_it(text: str) -> None:
    assert _blocks(text, ORACLE) == _tokens(MARKDOWN, text, ORACLE)


@settings(max_examples=500)
@given(st.lists(st.sampled_from(ROWS), max_size=8).map("\n".join))
def test_tables_are_those_of_markdown_it(text: str) -> None:
    kinds = ORACLE | {"table_open": TABLE}
    assert _blocks(text, kinds) == _tokens(TABLES, text, kinds)


def _blocks(text: str, kinds: dict[str, str]) -> list[tuple[str, int, int]]:
    return [
        (block.kind, text.count("\n", 0, block.start), text.count("\n", 0, block.end) + 1)
        for block in blocks(text)
        if block.kind in kinds.values()
    ]


def _tokens(markdown: MarkdownIt, text: str, kinds: dict[str, str]) -> list[tuple[str, int, int]]:
    tokens = [token for token in markdown.parse(text) if token.type in kinds]
    return [(kinds[token.type], token.map[0], token.map[1]) for token in tokens if token.map]


@given(st.lists(st.sampled_from(["text\n", "x = y\n", "a\nb\n"]), min_size=1, max_size=5))
def test_displays_are_those_of_dollarmath(parts: list[str]) -> None:
    text = "\n".join(f"$$\n{part}$$\n" for part in parts)
    tokens = MarkdownIt().use(dollarmath_plugin).parse(text)
    assert _texts(text) == [token.content for token in tokens if token.type == "math_block"]


@pytest.mark.parametrize("unit", UNITS)
def test_time_grows_with_the_text(unit: str) -> None:
    def taken(number: int) -> float:
        text = unit * number
        start = perf_counter()
        scan(text, 0, len(text))
        return perf_counter() - start

    # a machine that is busy with something else may be slow once, not three times
    assert any(taken(40_000) < 12 * min(taken(10_000) for _ in range(2)) + 0.1 for _ in range(3))


@pytest.mark.parametrize("kind", KINDS)
def test_prose_is_not_read_line_by_line(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    text, lines, read = prose(200_000, kind), [], Reader._line
    monkeypatch.setattr(Reader, "_line", lambda *line: (lines.append(line), read(*line)))
    scan(text, 0, len(text))
    assert len(lines) <= 20 + text.count("\n") / 20
