"""Notebooks: the view against nbformat, edits of the raw JSON, broken files, and what a reader sees of cells."""

import io
import json
import re
import sys
import time
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import nbformat
import pytest
from hypothesis import given
from hypothesis import strategies as st

from shapelint import render
from shapelint.check import Options, analyse, check, opened
from shapelint.cli import main
from shapelint.diagnostic import Diagnostic, Edit, Label, Report
from shapelint.documents.kinds import kind
from shapelint.documents.notebook.scan import cells
from shapelint.files.kinds import picked
from shapelint.files.source import whole
from shapelint.fixing.rounds import repaired
from shapelint.render.diff import unified
from shapelint.render.screen import Screen
from shapelint.source import Cell, Position, Source, Span

WRONG, RIGHT = "dZ1 = dZ2 @ W2 * g'(Z1)", "dZ1 = W2.T @ dZ2 * g'(Z1)"
Value = Any


def markdown(source: Value, **more: Value) -> dict[str, Value]:
    return {"cell_type": "markdown", "metadata": {}, "source": source, **more}


def code(source: Value = "x = 1") -> dict[str, Value]:
    return {"cell_type": "code", "metadata": {}, "source": source, "outputs": [], "execution_count": None}


def notebook(*found: Value, minor: int = 4) -> dict[str, Value]:
    return {"cells": list(found), "metadata": {}, "nbformat": 4, "nbformat_minor": minor}


def shown(raw: str | dict[str, Value], name: str = "x.ipynb", mark: str = "") -> Source:
    view = opened(Source(name, raw if isinstance(raw, str) else json.dumps(raw), mark))
    assert isinstance(view, Source)
    return view


def texts(source: Source) -> list[str]:
    return [source.text[cell.start : cell.end] for cell in source.cells]


# What is read.


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        pytest.param(notebook(), [], id="an empty notebook"),
        pytest.param(notebook(markdown("a")), [(1, "a")], id="a string"),
        pytest.param(notebook(markdown(["a\n", "b"])), [(1, "a\nb")], id="a list of strings"),
        pytest.param(notebook(code(), markdown("a"), code()), [(1, "x = 1"), (2, "a"), (3, "x = 1")], id="all count"),
        pytest.param(notebook(markdown(""), markdown("")), [(1, ""), (2, "")], id="empty cells"),
        pytest.param(notebook({"cell_type": "raw", "source": "a"}, markdown("b")), [(2, "b")], id="a raw cell"),
        pytest.param(notebook({"cell_type": "new", "source": "a"}), [], id="a cell of an unknown kind"),
        pytest.param(notebook({"cell_type": ["markdown"], "source": "a"}), [], id="a kind that is no string"),
        pytest.param(notebook({"source": "a"}, {"cell_type": "markdown"}, {}), [], id="missing keys"),
        pytest.param(notebook(None, 3, "a", [], markdown("b")), [(5, "b")], id="cells that are no objects"),
        pytest.param(notebook(*map(markdown, (None, 1, {}, [], ["a", 1]))), [], id="sources that are no text"),
        pytest.param({"cells": [markdown("a")]}, [(1, "a")], id="nothing but cells"),
        pytest.param(notebook(markdown("a"), minor=5) | {"x": {"cells": [1], "source": "b"}}, [(1, "a")], id="decoys"),
        pytest.param(notebook(markdown("a", attachments={"i.png": {"image/png": "source"}})), [(1, "a")], id="images"),
        pytest.param('{"cells": [{"cell_type": "markdown", "source": "a", "source": "b"}]}', [(1, "b")], id="twice"),
        pytest.param('{"cells": 1, "cells": []}', [], id="the last of two members holds"),
        pytest.param('{"cells": [{"source": "a\\ud835\\udc51", "cell_type": "\\u006darkdown"}]}', [(1, "a𝑑")], id="u"),
        pytest.param('{"c\\u0065lls": [{"source": "a", "cell_type": "markdown"}]}', [(1, "a")], id="an escaped key"),
        pytest.param('{"cells": [], "x": [NaN, -Infinity, 1e999]}', [], id="numbers that only Python reads"),
        pytest.param(
            {"nbformat": 3, "worksheets": [{"cells": [code(), markdown("a")]}, {}, {"cells": [markdown("b")]}]},
            [(1, "x = 1"), (2, "a"), (3, "b")],
            id="version 3",
        ),
    ],
)  # fmt: skip
def test_what_is_read(raw: str | dict[str, Value], expected: list[tuple[int, str]]) -> None:
    view = shown(raw)
    assert [(cell.number, text) for cell, text in zip(view.cells, texts(view), strict=True)] == expected
    assert view.text == "\n\n".join(text for _, text in expected)
    assert {cell.kind for cell in view.cells} <= {"markdown", "code"}


@pytest.mark.parametrize("name", ["x.ipynb", "X.IPYNB", "a/b.IpyNb", ".ipynb"])
def test_the_name_decides(name: str) -> None:
    raw = json.dumps(notebook(markdown(WRONG)))
    assert [found.code for found in check(Source(name, raw)).diagnostics] == ["inner-sizes"]
    assert check(Source(f"{name}.txt", raw)).source.text == raw


@pytest.mark.parametrize(
    ("name", "expected", "in_folders"),
    [
        ("a.shapes", "text", True),
        ("a.txt", "text", True),
        ("README.MD", "markdown", True),
        ("a.markdown", "markdown", True),
        ("a.qmd", "markdown", True),
        ("a.Rmd", "markdown", True),
        ("a.tex", "latex", True),
        ("a.latex", "latex", False),
        ("a.ltx", "latex", False),
        ("a.ipynb", "notebook", True),
        ("ipynb", "text", False),
        ("<stdin>", "text", False),
    ],
)
def test_kinds(name: str, expected: str, in_folders: bool) -> None:
    assert (kind(name), picked(name)) == (expected, in_folders)


def test_a_view_is_opened_once() -> None:
    view = shown(notebook(markdown("a")))
    assert opened(view) is view
    assert check(view).source is view


def test_a_code_cell_is_known_to_the_scan() -> None:
    found = cells(json.dumps(notebook(code("a"), markdown("b"))))
    assert [(cell.number, cell.kind, cell.strings[0].text) for cell in found] == [
        (1, "code", "a"),
        (2, "markdown", "b"),
    ]


# Against nbformat, and against `json`.

text = st.text(st.characters(codec="utf-8"), max_size=12) | st.text('ab\n\r\\"/é𝑑\u2028\x7f\x00', max_size=8)
lines = st.lists(text, max_size=4)
cell_types = st.sampled_from(["markdown", "code", "raw"])
WRITERS: list[Callable[[Value], str]] = [
    json.dumps,
    lambda value: json.dumps(value, ensure_ascii=False, indent=1) + "\n",
    lambda value: json.dumps(value, ensure_ascii=False, indent="\t").replace("\n", "\r\n"),
    lambda value: json.dumps(value, separators=(" ,\n\r\t", " :  "), sort_keys=True),
    lambda value: escaped(json.dumps(value, ensure_ascii=False)),
]


def escaped(raw: str) -> str:
    """Write some letters of all strings as escapes, and slashes as `\\/`."""
    return re.sub(r'"(?:[^"\\]|\\.)*"', lambda string: re.sub(r"\\u....|\\.|[b-z/é]", odd, string[0]), raw)


def odd(found: re.Match[str]) -> str:
    sign = found[0]
    return "\\/" if sign == "/" else f"\\u{ord(sign):04X}" if sign in "cfilorsé" else sign


@st.composite
def notebooks(draw: st.DrawFn) -> str:
    found = []
    for _ in range(draw(st.integers(0, 4))):
        cell = {"cell_type": draw(cell_types), "metadata": {"a": draw(text)}, "source": draw(text | lines)}
        more = {"outputs": [], "execution_count": None} if cell["cell_type"] == "code" else {}
        members = draw(st.permutations(list({**cell, **more}.items())))
        found.append(dict(members))
    nested = st.recursive(text, lambda inner: st.lists(inner, max_size=3), max_leaves=4)
    whole = notebook(*found) | {"metadata": {"other": draw(nested)}}
    return draw(st.sampled_from(WRITERS))(dict(draw(st.permutations(list(whole.items())))))


@pytest.mark.filterwarnings("ignore")  # of nbformat: it would like cells to have an id
@given(notebooks())
def test_the_view_is_what_nbformat_reads(raw: str) -> None:
    read = nbformat.reads(raw, as_version=nbformat.NO_CONVERT)
    # An empty list has no string, and the view no cell for it: nbformat writes an empty cell so.
    written = [cell["source"] for cell in json.loads(raw)["cells"]]
    expected = [
        (number, cell.source)
        for number, cell in enumerate(read.cells, 1)
        if cell.cell_type in ("markdown", "code") and written[number - 1] != []
    ]
    view = shown(raw)
    found = [(cell.number, text) for cell, text in zip(view.cells, texts(view), strict=True)]
    assert found == expected


@given(notebooks())
def test_positions_count_inside_of_a_cell(raw: str) -> None:
    view = shown(raw)
    rows = []
    for cell, text in zip(view.cells, texts(view), strict=True):
        alone = Source("", text)
        for offset in range(len(text) + 1):
            assert view.position(cell.start + offset) == alone.position(offset)
            assert view.cell(cell.start + offset) == cell.number
            row = view.row(cell.start + offset)
            assert view.line(row) == alone.line(alone.position(offset).row)
            rows.append((cell.number, alone.position(offset).row, row))
    assert len({row for _, _, row in rows}) == len({(number, row) for number, row, _ in rows})
    assert all(after >= before for (_, _, before), (_, _, after) in pairwise(rows))


@given(notebooks(), st.data())
def test_edits_change_what_they_cover_and_nothing_else(raw: str, data: st.DataObject) -> None:
    view = shown(raw)
    edits = data.draw(edits_of(view))
    expected = [edited(view, cell, edits) for cell in view.cells]
    after = view.edited(edits)
    assert texts(after) == expected
    assert json.loads(after.raw) == replaced(json.loads(raw), view.cells, expected, json.loads(after.raw))
    assert outside(view.raw, view.cells) == outside(after.raw, after.cells)
    assert after.raw == raw or edits
    assert (after.name, after.mark, type(after)) == (view.name, view.mark, type(view))


@st.composite
def edits_of(draw: st.DrawFn, view: Source) -> list[Edit]:
    """Draw edits that do not meet, each in one cell."""
    edits = []
    for cell in view.cells:
        places = sorted(draw(st.lists(st.integers(cell.start, cell.end), max_size=6, unique=True)))
        for start, end in zip(places[::2], places[1::2], strict=False):
            edits.append(Edit(Span(start, end), draw(text)))
    if view.cells and not edits:
        cell = draw(st.sampled_from(view.cells))
        place = draw(st.integers(cell.start, cell.end))
        edits.append(Edit(Span(place, place), draw(text)))
    return draw(st.permutations(edits))


def edited(view: Source, cell: Cell, edits: list[Edit]) -> str:
    inside = view.text[: cell.end]
    for span, content in sorted(edits, reverse=True):
        if cell.start <= span.start <= cell.end:
            inside = inside[: span.start] + content + inside[span.end :]
    return inside[cell.start :]


def replaced(before: Value, found: tuple[Cell, ...], expected: list[str], after: Value) -> Value:
    """Return the old notebook with the new sources, in the lists of strings that they are in now."""
    for cell, text in zip(found, expected, strict=True):
        new = after["cells"][cell.number - 1]["source"]
        assert type(new) is type(before["cells"][cell.number - 1]["source"])
        assert "".join(new) == text
        assert len(new) == len(before["cells"][cell.number - 1]["source"]) or isinstance(new, str)
        before["cells"][cell.number - 1]["source"] = new
    return before


def outside(raw: str, found: tuple[Cell, ...]) -> str:
    """Return the raw text without the insides of the strings of the cells in the view."""
    wanted = {cell.number for cell in found}
    place, pieces = 0, []
    for cell in cells(raw):
        for string in cell.strings if cell.number in wanted else ():
            assert json.loads(raw[string.raw.start - 1 : string.raw.end + 1]) == string.text
            pieces.append((string.raw.start, raw[place : string.raw.start]))
            place = string.raw.end
    # members may stand in any order, cells may not
    assert pieces == sorted(pieces)
    return "".join(piece for _, piece in pieces) + raw[place:]


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | text,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["cells", "source", "cell_type", "worksheets", "a"]), inner, max_size=4
        )
    ),
    max_leaves=12,
)


@given(json_values, st.sampled_from(WRITERS))
def test_any_json_is_read_or_refused(value: Value, writer: Callable[[Value], str]) -> None:
    raw = writer(value)
    report = check(Source("x.ipynb", raw))
    is_notebook = isinstance(value, dict) and any(
        isinstance(value.get(key), list) for key in ("cells", "worksheets")
    )
    if not is_notebook:
        assert [found.code for found in report.diagnostics] == ["unreadable"]


@given(st.text('{}[]",:\\ue0dcels1-. \n', max_size=30), notebooks(), st.data())
def test_what_is_no_json_is_refused(noise: str, raw: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(raw)))
    for broken in (noise, raw[:place] + noise + raw[place:], raw[:place] + raw[place + len(noise) :]):
        try:
            value = json.loads(broken)
        except ValueError as fault:
            (found,) = check(Source("x.ipynb", broken)).diagnostics
            assert found.message.startswith(("this is not JSON: ", "this file is empty"))
            assert (found.code, found.span.start) == ("unreadable", fault.pos if broken.strip() else 0)
        else:
            assert isinstance(value, dict) or check(Source("x.ipynb", broken)).diagnostics


# Broken ones.


def told(raw: str) -> str:
    report = check(Source("x.ipynb", raw))
    (found,) = report.diagnostics
    assert (found.code, found.severity, report.formulas, report.source.raw) == ("unreadable", "error", 0, raw)
    assert analyse(Source("x.ipynb", raw)) == ()
    return "".join(render.findings([report], "concise", Screen()))


LONG = "9" * 5000
NOT = "error[unreadable] this is not JSON:"
NONE = "error[unreadable] this is no notebook, which is a JSON object with a list `cells`"
DEEP = "error[unreadable] the brackets of this JSON are nested too deep"


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("", "1:1: error[unreadable] this file is empty, and no notebook"),
        (" \n", "1:1: error[unreadable] this file is empty, and no notebook"),
        ("{", f"1:2: {NOT} expecting property name enclosed in double quotes"),
        ('{\n "cells": [', f"2:12: {NOT} expecting value"),
        ('{"cells": ["a', f"1:12: {NOT} unterminated string"),
        ('{"cells": [], "a": "\n"}', f"1:21: {NOT} invalid control character"),
        ('{"cells": [], "a": "\\x"}', f"1:21: {NOT} invalid \\escape"),
        ('{"cells": []} x', f"1:15: {NOT} extra data"),
        ('{"cells": []\n "a": 1}', f"2:2: {NOT} expecting ',' delimiter"),
        ("[]", f"1:1: {NONE}"),
        (" null", f"1:2: {NONE}"),
        ("\n {}", f"2:2: {NONE}"),
        ('{"cells": {}}', f"1:11: {NONE}"),
        ('{"worksheets": [{"cells": {}}]}', f"1:27: {NONE}"),
        ('{"cells": [], "cells": 1}', f"1:24: {NONE}"),
        ('{"worksheets": 1}', f"1:16: {NONE}"),
        ("[" * 100_000, f"1:100000: {DEEP}"),
        ('{"cells": [' + '{"a":[' * 50_000, f"1:300011: {DEEP}"),
        (f'{{"x": "{LONG}", "cells":\n[{LONG}]}}', "2:2: error[unreadable] a number in this JSON has too many digits"),
        ("\ufeff{}", f"1:1: {NOT} unexpected UTF-8 BOM (decode using utf-8-sig)"),
    ],
)  # fmt: skip
def test_a_broken_notebook_is_unreadable(raw: str, expected: str) -> None:
    assert told(raw) == f"x.ipynb:{expected}\n"


def test_what_a_merge_has_left_is_named() -> None:
    raw = '{\n "cells": [\n<<<<<<< HEAD\n 1\n=======\n 2\n>>>>>>> other\n ]\n}\n'
    assert "".join(render.findings([check(Source("x.ipynb", raw))], "full", Screen())) == (
        "error[unreadable]: this is not JSON: expecting value\n  ┌─ x.ipynb:3:1\n  │\n3 │ <<<<<<< HEAD\n  │ ^\n  │\n"
        "  = a merge has left both versions here: keep one of them\n\n"
    )


@pytest.mark.parametrize("writer", WRITERS)
def test_a_notebook_cut_anywhere_is_unreadable(writer: Callable[[Value], str]) -> None:
    raw = writer(notebook(markdown(["é\n", WRONG, '"𝑑\\']), code(), markdown("b"))).rstrip()
    for place in range(len(raw)):
        told(raw[:place])
    for place in range(len(raw)):  # a hole in it may be read or not
        check(Source("x.ipynb", raw[:place] + raw[place + 1 :]))


def test_half_a_character_is_read_and_written() -> None:
    view = shown('{"cells": [{"cell_type": "markdown", "source": "a\\ud835b\\udc51"}], "x": "é"}')
    assert view.text == "a\ud835b\udc51"
    assert view.edited([(Span(2, 3), "é\ud835 ")]).raw == view.raw.replace("b", "é\\ud835 ")
    for form in render.REPORTS:
        report = check(Source("x.ipynb", view.raw.replace("b", f"\\n{WRONG}  # ")))
        assert "".join(render.findings([report], form, Screen())).encode()


# How an edit is written.


@pytest.mark.parametrize(
    ("raw", "content", "expected"),
    [
        pytest.param('"a-b"', "é", '"aéb"', id="nothing says how"),
        pytest.param('"a-b", "x": "ü"', "é", '"aéb", "x": "ü"', id="raw"),
        pytest.param('"a-b", "x": "\\u00fc"', "é𝑑", '"a\\u00e9\\ud835\\udc51b", "x": "\\u00fc"', id="escaped"),
        pytest.param('"a-b", "x": "ü\\u00fc"', "é", '"aéb", "x": "ü\\u00fc"', id="both"),
        pytest.param('"a-b", "x": "\\u001b[0m"', "é", '"aéb", "x": "\\u001b[0m"', id="a control is no sign"),
        pytest.param('"a-b", "x": "\\\\u00fc"', "é", '"aéb", "x": "\\\\u00fc"', id="a backslash is no sign"),
        pytest.param('"a-b"', '"\\\n\t\x00/', '"a\\"\\\\\\n\\t\\u0000/b"', id="what has to be escaped"),
        pytest.param('"\\u0061\\u002d\\u0062\\/"', "x", '"\\u0061x\\u0062\\/"', id="escapes around stay"),
        pytest.param('["a", "-", "b"]', "x", '["a", "x", "b"]', id="an item"),
        pytest.param('["a" ,"-b"]', "x", '["a" ,"xb"]', id="the beginning of an item"),
    ],
)  # fmt: skip
def test_the_content_is_written_as_the_file_writes(raw: str, content: str, expected: str) -> None:
    before, after = (
        f'{{"cells": [{{"cell_type": "markdown", "source": {one}}}]}}' for one in (raw, expected)
    )
    assert shown(before).edited([(Span(1, 2), content)]).raw == after


@pytest.mark.parametrize(
    ("span", "content", "expected"),
    [
        ((1, 5), "X", ["aX", "", "f"]),
        ((0, 6), "X", ["X", "", ""]),
        ((2, 3), "X", ["ab", "Xd", "ef"]),
        ((2, 2), "X", ["ab", "Xcd", "ef"]),
        ((6, 6), "X", ["ab", "cd", "efX"]),
        ((0, 2), "", ["", "cd", "ef"]),
    ],
)
def test_an_edit_over_several_strings(span: tuple[int, int], content: str, expected: list[str]) -> None:
    after = shown(notebook(markdown(["ab", "cd", "ef"]))).edited([(Span(*span), content)])
    assert json.loads(after.raw)["cells"][0]["source"] == expected


def test_what_stands_between_cells_is_not_edited() -> None:
    view = shown(notebook(markdown("ab"), markdown("cd")))
    assert texts(view.edited([(Span(1, 5), "X")])) == ["aX", "d"]
    assert texts(view.edited([(Span(3, 3), "X")])) == ["abX", "cd"]
    assert view.position(3) == view.position(2) == Position(1, 3)


# Findings in cells.

TWO = notebook(
    markdown(["# Title\n", "H : (k, m)\n"]),
    code(),
    markdown(["text\n", "\n", "\n", "\n", "\n", "\n", "\n", "\n", WRONG + "\n", "H = dZ2.T"]),
)


def test_full_names_the_cells() -> None:
    report = check(Source("x.ipynb", json.dumps(TWO)))
    assert (
        "".join(render.findings([report], "full", Screen()))
        == """\
error[inner-sizes]: `dZ2` has m columns, but `W2` has n2 rows
  ┌─ x.ipynb:cell 3:9:7
  │
9 │ dZ1 = dZ2 @ W2 * g'(Z1)
  │       --- ^ -- (n2, n1)
  │       │
  │       (n2, m)
  │
  = a matrix product needs as many columns on the left as rows on the right
  = `dZ1` must be (n1, m), the shape of `Z1`
  = forward, entry by entry: Z2_ik = Σ_j W2_ij A1_jk
  = backward: dA1_jk = Σ_i dZ2_ik W2_ij; the sum runs over i, the first index of `W2`, so it stands transposed
  = `shapelint derive dZ1 x.ipynb` shows it step by step
  = help: (n1, n2) @ (n2, m) is (n1, m): write `W2.T @ dZ2`

error[target-shape]: `dZ2.T` is (m, n2), but `H` needs (k, m)
   ┌─ x.ipynb:cell 3:10:5
   │
10 │ H = dZ2.T
   │ -   ^^^^^
   │ │
   │ (k, m)
   │
   ├─ x.ipynb:cell 1:2:1
   │
 2 │ H : (k, m)
   │ ---------- `H` is declared here
   │
   = help: with the transpose as it is needed every size agrees: write `dZ2`
   = or: write `dZ1`

"""
    )


def test_full_in_ascii_and_with_rows_left_out() -> None:
    view = shown(notebook(markdown("a\nb\nc"), markdown("d\ne\nf")))
    diagnostic = Diagnostic(
        "inner-sizes",
        "error",
        "m",
        Span(7, 8),
        labels=tuple(Label(Span(at, at + 1), "x") for at in (0, 4, 11)),
    )
    report = Report(view, (diagnostic,))
    assert "".join(render.findings([report], "full", Screen(ascii_only=True))).splitlines()[1:] == [
        "  --> x.ipynb:cell 2:1:1",
        "  |",
        "1 | d",
        "  | ^",
        "  :",
        "3 | f",
        "  | - x",
        "  |",
        "  ::: x.ipynb:cell 1:1:1",
        "  |",
        "1 | a",
        "  | - x",
        "  :",
        "3 | c",
        "  | - x",
        "",
    ]


def test_concise_and_json_name_the_cell() -> None:
    report = check(Source("x.ipynb", json.dumps(TWO)))
    assert "".join(render.findings([report], "concise", Screen())).splitlines() == [
        "x.ipynb:cell 3:9:7: error[inner-sizes] [*] `dZ2` has m columns, but `W2` has n2 rows",
        "x.ipynb:cell 3:10:5: error[target-shape] `dZ2.T` is (m, n2), but `H` needs (k, m)",
    ]
    first, second = json.loads("".join(render.findings([report], "json", Screen())))
    assert (first["cell"], first["location"]) == (3, {"row": 9, "column": 7})
    assert [(label["cell"], label["location"]["row"]) for label in second["labels"]] == [(3, 10), (1, 2)]
    assert first["fix"]["edits"][0]["cell"] == 3


def test_shapes_name_the_cell() -> None:
    source = Source(
        "x.ipynb", json.dumps(notebook(markdown("H = W1 X\n\ndA1 = W2.T dZ2"), code(), markdown("\nK = H")))
    )
    view = opened(source)
    assert isinstance(view, Source)
    (*_, record) = json.loads("".join(render.analyses([(view, analyse(source))], "json", Screen())))
    assert (record["cell"], record["location"]) == (3, {"row": 2, "column": 1})
    assert "as in line 2 of cell 3" not in str(analyse(source))
    assert "line 1 of cell 1" in str(analyse(source))


def test_a_statement_ends_with_its_cell() -> None:
    def codes(*cells: str) -> list[str]:
        report = check(Source("x.ipynb", json.dumps(notebook(*map(markdown, cells)))))
        return [found.code for found in report.diagnostics]

    assert codes("dA1 = W2 @\ndZ2") == ["inner-sizes"]
    assert codes("dA1 = W2 @", "dZ2") == ["unread"]


def test_a_suppression_is_for_its_own_cell() -> None:
    raw = json.dumps(notebook(markdown(f"a\n{WRONG}  # shapelint: ignore"), markdown(f"b\n{WRONG}")))
    report = check(Source("x.ipynb", raw))
    assert [report.source.where(found.span.start) for found in report.diagnostics] == ["x.ipynb:cell 2:2:7"]


def fixed(source: Source, unsafe: bool = False) -> Source:
    return repaired(check(source), lambda one: check(one, Options()), lambda found: True, unsafe).source


def test_the_same_row_of_two_cells_is_repaired() -> None:
    raw = json.dumps(notebook(*(markdown(f"{WRONG}") for _ in range(3))), indent=1) + "\n"
    after = fixed(Source("x.ipynb", raw))
    assert after.raw == raw.replace(WRONG, RIGHT)
    assert fixed(Source("x.ipynb", after.raw)).raw == after.raw
    assert check(after) == check(Source("x.ipynb", after.raw))._replace(source=after)


def test_a_formula_over_two_strings_is_repaired() -> None:
    raw = json.dumps(notebook(markdown(["# é\n", "dZ1 = (dZ2 @\n", "  W2) * g'(Z1)\n", "end"])))
    after = fixed(Source("x.ipynb", raw, "\ufeff"))
    assert check(after).diagnostics == ()
    assert "".join(json.loads(after.raw)["cells"][0]["source"]).startswith("# é\ndZ1 = (W2.T @")
    assert whole(after) == "\ufeff" + after.raw
    assert fixed(after).raw == after.raw


# The command line.


@pytest.fixture
def shapelint(tmp_path, monkeypatch, capfdbinary):
    """Run the program in a folder of its own; return its exit status, and what it wrote in both streams."""
    monkeypatch.chdir(tmp_path)

    def run(*arguments: str, stdin: bytes | None = None) -> tuple[int, str, str]:
        if stdin is not None:
            monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        capfdbinary.readouterr()
        with open(1, "w", encoding="utf-8", newline="", closefd=False) as stream:
            monkeypatch.setattr(sys, "stdout", stream)
            status = main([*arguments])
        out, err = capfdbinary.readouterr()
        return status, out.decode(), err.decode()

    return run


def dressed(formula: str) -> bytes:
    """Return the bytes of a notebook with a byte-order mark and CRLF, as some editors leave it."""
    raw = json.dumps(notebook(code(), markdown(["# ü\n", f"{formula}\n"])), indent=2, ensure_ascii=False)
    return f"\ufeff{raw}\n\n".replace("\n", "\r\n").encode()


def test_a_notebook_is_repaired_byte_for_byte(shapelint, tmp_path) -> None:
    path = tmp_path / "x.ipynb"
    path.write_bytes(dressed(WRONG))
    assert shapelint("--fix", "-q", ".") == (0, "", "")
    assert path.read_bytes() == dressed(RIGHT)
    assert shapelint("--fix", "-q", "x.ipynb") == (0, "", "")
    assert path.read_bytes() == dressed(RIGHT)


def test_the_diff_of_a_notebook_is_that_of_its_json(shapelint, tmp_path) -> None:
    (tmp_path / "x.ipynb").write_bytes(dressed(WRONG))
    status, out, _ = shapelint("--diff", "x.ipynb")
    assert status == 1
    changed = [line for line in out.split("\n")[2:] if line[:1] in ("-", "+")]
    assert changed == [f'-        "{WRONG}\\n"\r', f'+        "{RIGHT}\\n"\r']


def test_standard_input_as_a_notebook(shapelint) -> None:
    named = ("--stdin-filename", "x.ipynb", "--output-format", "concise", "-")
    status, out, _ = shapelint(*named, stdin=dressed(WRONG))
    assert (status, out.partition(": ")[0]) == (1, "x.ipynb:cell 2:2:7")
    status, out, _ = shapelint("--fix", "-q", *named, stdin=dressed(WRONG))
    assert (status, out.encode()) == (0, dressed(RIGHT))


def test_a_broken_notebook_stops_nothing(shapelint, tmp_path) -> None:
    (tmp_path / "a.ipynb").write_text("{")
    (tmp_path / "b.ipynb").write_bytes(dressed(WRONG))
    status, out, _ = shapelint("--output-format", "concise", ".")
    assert (status, [line.split(" [")[0].split(" error")[0] for line in out.splitlines()]) == (
        1,
        ["a.ipynb:1:2:", "b.ipynb:cell 2:2:7:"],
    )
    status, out, err = shapelint("shapes", "--output-format", "jsonl", ".")
    assert (status, json.loads(out)["cell"], err.split(": ")[0]) == (1, 2, "a.ipynb:1:2")
    assert shapelint("--fix", "-q", "a.ipynb")[0] == 1
    assert "convention" not in shapelint("-v", "a.ipynb")[2]
    assert shapelint("--fix", "-q", "--stdin-filename", "a.ipynb", "-", stdin=b"{")[1] == "{"
    assert (tmp_path / "a.ipynb").read_text() == "{"


def test_what_was_passed_over_is_told_with_its_cell(shapelint, tmp_path) -> None:
    (tmp_path / "x.ipynb").write_text(
        json.dumps(notebook(code(), markdown("a\nnote = see below (x\nZ1 = W1 X")))
    )
    err = shapelint("-v", "x.ipynb")[2]
    assert "x.ipynb:cell 2:2:1: passed over: " in err


def test_the_outputs_of_a_notebook_cost_little() -> None:
    """As many lines and images as a long training leaves: only what leads to the cells is walked."""
    image = {"output_type": "display_data", "data": {"image/png": "iVBORw0KGgo" * 500_000}}
    printed = {
        "output_type": "stream",
        "text": [f"epoch {row} \x1b[0m {row / 7}\n" for row in range(100_000)],
    }
    raw = json.dumps(notebook(code() | {"outputs": [image, printed]}, markdown(WRONG)), indent=1)
    started = time.perf_counter()
    after = fixed(Source("x.ipynb", raw))
    difference = list(unified("x.ipynb", raw, after.raw))
    assert (len(difference), after.raw) == (11, raw.replace(WRONG, RIGHT))
    assert time.perf_counter() - started < 3  # a fifth of a second where nothing else runs
