"""Reports built by hand, and what each renderer makes of them."""

import json
from itertools import chain

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wcwidth import wcwidth

from shapelint import render
from shapelint.diagnostic import Diagnostic, Edit, Fix, FormulaShapes, Label, Report, Term
from shapelint.render import paint
from shapelint.render.line import line
from shapelint.render.screen import WIDEST, Screen, screen
from shapelint.render.summary import summary
from shapelint.render.tally import Tally
from shapelint.render.visible import glyph, visible
from shapelint.render.width import _NARROW, width
from shapelint.render.wrap import wrapped
from shapelint.source import Source, Span

TEXT = "# chain rule\n\ndZ1 = dZ2 @ W2 * g'(Z1)\n"


def at(text: str, part: str) -> Span:
    start = text.index(part)
    return Span(start, start + len(part))


def swapped() -> Diagnostic:
    return Diagnostic(
        "inner-sizes",
        "error",
        "`dZ2` has m columns, but `W2` has n2 rows",
        at(TEXT, "dZ2 @ W2"),
        term="dZ2 @ W2",
        cause="swap",
        marks=(at(TEXT, "@"),),
        labels=(Label(at(TEXT, "dZ2"), "(n2, m)"), Label(at(TEXT, "W2"), "(n2, n1)")),
        notes=("`dZ1` must be (n1, m), the shape of `Z1`",),
        fix=Fix(
            "write `W2.T @ dZ2`",
            "(n1, n2) @ (n2, m) is (n1, m)",
            "safe",
            (Edit(at(TEXT, "dZ2 @ W2"), "W2.T @ dZ2"),),
            "swap",
        ),
    )


def shown(text: str, *diagnostics: Diagnostic, name="formulas.txt", form="full", **features) -> str:
    report = Report(Source(name, text), diagnostics)
    return "".join(render.findings([report], form, Screen(**features)))


def drawn(
    text: str, part: str, *labels: tuple[str, str], marks: tuple[str, ...] = (), **features
) -> list[str]:
    """Return the lines between the place and the end of the drawing, without the gutter's place."""
    diagnostic = Diagnostic(
        "inner-sizes",
        "error",
        "message",
        at(text, part),
        marks=tuple(at(text, mark) for mark in marks),
        labels=tuple(Label(at(text, where), message) for where, message in labels),
    )
    return shown(text, diagnostic, **features).splitlines()[3:-1]


def test_full_is_drawn_as_the_design_draws_it() -> None:
    assert (
        shown(TEXT, swapped())
        == """\
error[inner-sizes]: `dZ2` has m columns, but `W2` has n2 rows
  ┌─ formulas.txt:3:7
  │
3 │ dZ1 = dZ2 @ W2 * g'(Z1)
  │       --- ^ -- (n2, n1)
  │       │
  │       (n2, m)
  │
  = `dZ1` must be (n1, m), the shape of `Z1`
  = help: (n1, n2) @ (n2, m) is (n1, m): write `W2.T @ dZ2`

"""
    )


def test_full_without_box_characters() -> None:
    lines = shown(TEXT, swapped(), ascii_only=True).splitlines()
    assert lines[1:7] == [
        "  --> formulas.txt:3:7",
        "  |",
        "3 | dZ1 = dZ2 @ W2 * g'(Z1)",
        "  |       --- ^ -- (n2, n1)",
        "  |       |",
        "  |       (n2, m)",
    ]


def test_colour_adds_nothing_but_colour() -> None:
    coloured = shown(TEXT, swapped(), colour=True)
    assert coloured.startswith("\x1b[1;31merror[inner-sizes]\x1b[0m")
    plain = coloured
    for role in paint._ROLES.values():
        plain = plain.replace(f"\x1b[{role}m", "")
    assert plain.replace("\x1b[0m", "") == shown(TEXT, swapped())


def test_further_repairs_are_offered_as_or() -> None:
    fix = Fix("write `A`", "", "unsafe", ())
    diagnostic = swapped()._replace(fix=fix, alternatives=(fix._replace(message="write `B`", reason="r"),))
    assert shown(TEXT, diagnostic).splitlines()[-3:-1] == ["  = help: write `A`", "  = or: write `B`"]


@pytest.mark.parametrize(
    ("text", "part", "labels", "marks", "expected"),
    [
        pytest.param(
            "a @ b", "a @ b", [], [], ["1 │ a @ b", "  │ ^^^^^"], id="without marks the span is marked"
        ),
        pytest.param(
            "ab + cd + ef",
            "ab",
            [("ab", "first"), ("cd", "second")],
            ["ef"],
            [
                "1 │ ab + cd + ef",
                "  │ --   --   ^^",
                "  │ │    │",
                "  │ │    second",
                "  │ first",
            ],
            id="a mark behind the last label lets all labels hang",
        ),
        pytest.param(
            "ab + cd",
            "cd",
            [("ab + cd", "whole"), ("cd", "part")],
            ["cd"],
            ["1 │ ab + cd", "  │ -----^^ part", "  │ │", "  │ whole"],
            id="the shorter stroke is seen",
        ),
        pytest.param(
            "H : (k, m)\n\n\n\n\n\n\n\n\nZ = W H",
            "W H",
            [("H :", "said here")],
            [],
            [" 1 │ H : (k, m)", "   │ --- said here", "   ·", "10 │ Z = W H", "   │     ^^^"],
            id="rows far apart",
        ),
        pytest.param(
            "H : (k, m)\nZ = W H",
            "W H",
            [("H :", "said here")],
            [],
            ["1 │ H : (k, m)", "  │ --- said here", "2 │ Z = W H", "  │     ^^^"],
            id="rows side by side",
        ),
        pytest.param(
            "Z = (A +\r\n   B)\r\n",
            "(A +\r\n   B)",
            [],
            [],
            ["1 │ Z = (A +", "  │     ^^^^", "2 │    B)", "  │    ^^"],
            id="a statement over two rows",
        ),
        pytest.param("\tW\t@ x", "@", [], [], ["1 │     W    @ x", "  │          ^"], id="tabs"),
        pytest.param("日本 @ x", "@", [], [], ["1 │ 日本 @ x", "  │      ^"], id="wide characters"),
        pytest.param("y\u0302 @ x", "@", [], [], ["1 │ y\u0302 @ x", "  │   ^"], id="combining characters"),
        pytest.param(
            "\x1b[2J @ x", "@", [], [], [r"1 │ \x1b[2J @ x", "  │         ^"], id="a terminal escape"
        ),
    ],
)
def test_drawing(text: str, part: str, labels: list, marks: list, expected: list[str]) -> None:
    assert drawn(text, part, *labels, marks=tuple(marks)) == expected


def test_an_empty_span_at_the_end_is_seen() -> None:
    lines = shown("Z =\n", Diagnostic("syntax", "error", "m", Span(4, 4))).splitlines()
    assert lines[1:5] == ["  ┌─ formulas.txt:2:1", "  │", "2 │", "  │ ^"]


def test_a_long_statement_shows_its_ends() -> None:
    text = "(a\n" + "b\n" * 20 + "c)"
    assert drawn(text, text) == [" 1 │ (a", "   │ ^^", "   ·", "22 │ c)", "   │ ^^"]


def test_a_file_without_text_has_no_drawing() -> None:
    diagnostic = Diagnostic("unreadable", "error", "there is no file `x`", Span(0, 0), notes=("note",))
    expected = "error[unreadable]: there is no file `x`\n  ┌─ x\n  = note\n\n"
    assert shown("", diagnostic, name="x") == expected


@pytest.mark.parametrize("count", [0, 5, 30, 60, 1000])
@pytest.mark.parametrize("filler", ["a + ", "日 + ", "\t", "\x1b", "é"])
@pytest.mark.parametrize("ascii_only", [False, True])
def test_a_long_line_is_cut_around_the_fault(count: int, filler: str, ascii_only: bool) -> None:
    text = filler * count + "dZ2 @ W2" + filler * count
    source_line, marker = drawn(text, "dZ2 @ W2", width=80, ascii_only=ascii_only)[:2]
    columns = marker.index("^"), marker.rindex("^") + 1
    cells = list(
        chain.from_iterable([*character, *[""] * (width(character) - 1)] for character in source_line)
    )
    assert "".join(cells[columns[0] : columns[1]]) == "dZ2 @ W2"
    assert width(source_line) <= 80
    assert (count * width("".join(map(glyph, filler))) > 80) <= (source_line[4:].startswith((".", "…")))


def test_a_label_that_is_cut_off_stands_at_the_cut() -> None:
    text = "X" + " " * 500 + "Y"
    assert drawn(text, "Y", ("X", "here"))[1].index("-") == len("1 │ …")


def test_a_huge_line_is_quick() -> None:
    text = "é" * 5_000_000 + "@"
    assert drawn(text, "@")[0].endswith("é@")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ŷ = σ(Wᵀx)", "ŷ = σ(Wᵀx)"),
        ("a\x1b[31mb", r"a\x1b[31mb"),
        ("two\nlines", r"two\nlines"),
        ("\x9b31m\x7f", r"\x9b31m\x7f"),
        ("turn \u202e back", r"turn \u202e back"),
        ("name\udcff", r"name\udcff"),
        ("no\u00a0break", "no\u00a0break"),
    ],
)
def test_nothing_reaches_the_terminal_raw(text: str, expected: str) -> None:
    assert visible(text) == expected


def test_visible_in_ascii() -> None:
    assert visible("(n2, m) → ✓ ŷ", ascii_only=True) == r"(n2, m) -> ok: \u0177"


def test_no_format_lets_an_escape_through() -> None:
    diagnostic = Diagnostic("syntax", "error", "\x1b]0;x\x07", Span(0, 1), notes=("\x1b",))
    diagnostic = diagnostic._replace(labels=(Label(Span(0, 1), "\x1b"),), fix=Fix("\x1b", "\x1b", "safe", ()))
    for form in render.REPORTS:
        assert "\x1b" not in shown("\x1b = x", diagnostic, name="\x1bname", form=form)


def test_the_narrow_ranges_are_those_of_wcwidth() -> None:
    codes = chain.from_iterable(range(first, last + 1) for first, last in _NARROW)
    assert not [hex(code) for code in codes if chr(code).isprintable() and wcwidth(chr(code)) != 1]


def test_line_columns() -> None:
    drawn_line = line("a\t日b", 0, Screen())
    assert (drawn_line.text, list(drawn_line.columns)) == ("a    日b", [0, 1, 5, 7, 8])


def test_concise() -> None:
    unsafe = swapped()._replace(fix=None, severity="warning")
    assert shown(TEXT, swapped(), unsafe, form="concise").splitlines() == [
        "formulas.txt:3:7: error[inner-sizes] [*] `dZ2` has m columns, but `W2` has n2 rows",
        "formulas.txt:3:7: warning[inner-sizes] `dZ2` has m columns, but `W2` has n2 rows",
    ]


def test_json_keeps_the_contract() -> None:
    assert json.loads(shown(TEXT, swapped(), form="json")) == [
        {
            "code": "inner-sizes",
            "severity": "error",
            "message": "`dZ2` has m columns, but `W2` has n2 rows",
            "filename": "formulas.txt",
            "cell": None,
            "convention": "ng",
            "world": {"examples": "columns", "weights": "out_in", "numbered": "reaches"},
            "url": "catalogue/inner-sizes",
            "location": {"row": 3, "column": 7},
            "end_location": {"row": 3, "column": 15},
            "term": "dZ2 @ W2",
            "cause": "swap",
            "labels": [
                {
                    "location": {"row": 3, "column": 7},
                    "end_location": {"row": 3, "column": 10},
                    "message": "(n2, m)",
                },
                {
                    "location": {"row": 3, "column": 13},
                    "end_location": {"row": 3, "column": 15},
                    "message": "(n2, n1)",
                },
            ],
            "notes": ["`dZ1` must be (n1, m), the shape of `Z1`"],
            "fix": {
                "message": "write `W2.T @ dZ2`",
                "applicability": "safe",
                "edits": [
                    {
                        "location": {"row": 3, "column": 7},
                        "end_location": {"row": 3, "column": 15},
                        "content": "W2.T @ dZ2",
                    }
                ],
            },
            "alternatives": [],
        }
    ]


def test_json_says_null_of_a_world_that_nothing_tells() -> None:
    report = Report(Source("a.txt", TEXT), (swapped(),), convention="own", world=None)
    (record,) = json.loads("".join(render.findings([report], "json", Screen())))
    assert (record["convention"], record["world"]) == ("own", None)


def test_json_has_the_same_keys_without_a_repair() -> None:
    bare = Diagnostic("syntax", "error", "m", Span(0, 1))
    full, plain = json.loads(shown(TEXT, swapped(), bare, form="json"))
    assert list(plain) == list(full)
    assert (plain["fix"], plain["cause"], plain["labels"]) == (None, None, [])


def test_json_columns_are_code_points() -> None:
    text = "𝑍̂ 日 @"
    (record,) = json.loads(shown(text, Diagnostic("syntax", "error", "m", at(text, "@")), form="json"))
    assert record["location"] == {"row": 1, "column": 6}


@pytest.mark.parametrize("count", [0, 1, 3])
def test_json_is_one_array_and_jsonl_a_record_a_line(count: int) -> None:
    array = shown(TEXT, *[swapped()] * count, form="json")
    lines = shown(TEXT, *[swapped()] * count, form="jsonl")
    assert json.loads(array) == [json.loads(record) for record in lines.splitlines()]
    assert len(lines.splitlines()) == count


def analysis() -> tuple[Source, tuple[FormulaShapes, ...]]:
    text = "dW2 = (1/m) * dZ2 @ A1.T"
    rows = [
        ("1/m", (), ""),
        ("dZ2", ("n2", "m"), ""),
        ("A1.T", ("m", "n1"), ""),
        ("dZ2 @ A1.T", ("n2", "n1"), "(n2, m) @ (m, n1) → (n2, n1)    scaled by 1/m"),
        ("dW2", ("n2", "n1"), ""),
    ]
    terms = tuple(Term(part, shape, at(text, part), story) for part, shape, story in rows)
    formula = FormulaShapes(text, Span(0, len(text)), "ok", ("n2", "n1"), terms, "✓ the shape of W2")
    return Source("a.txt", text), (formula,)


def test_shapes_are_drawn_as_the_design_draws_them() -> None:
    assert (
        "".join(render.analyses([analysis()], "full", Screen()))
        == """\
dW2 = (1/m) * dZ2 @ A1.T
      1/m            scalar
      dZ2            (n2, m)
      A1.T           (m, n1)
      dZ2 @ A1.T     (n2, m) @ (m, n1) → (n2, n1)    scaled by 1/m
      dW2            (n2, n1)  ✓ the shape of W2
"""
    )


@pytest.mark.parametrize(("shape", "expected"), [(None, "?"), ((), "scalar"), (("m",), "(m,)")])
def test_shapes_of_other_ranks(shape: tuple[str, ...] | None, expected: str) -> None:
    formula = FormulaShapes("x", Span(0, 1), "undetermined", None, (Term("x", shape, Span(0, 1)),))
    output = "".join(render.analyses([(Source("a", "x"), (formula,))], "full", Screen()))
    assert output == f"x\n      x     {expected}\n"


def test_a_second_file_is_named() -> None:
    source, formulas = analysis()
    output = "".join(
        render.analyses([(source, formulas), (Source("b.txt", source.text), formulas)], "full", Screen())
    )
    assert "\n\n── b.txt\n\ndW2 =" in output
    assert "a.txt" not in output


def test_shapes_json() -> None:
    (record,) = json.loads("".join(render.analyses([analysis()], "json", Screen())))
    assert list(record) == [
        *("filename", "cell", "convention", "world"),
        *("location", "end_location", "text", "status", "reason", "target", "terms"),
    ]
    assert record["target"] == ["n2", "n1"]
    assert record["terms"][0] == {
        "text": "1/m",
        "shape": [],
        "location": {"row": 1, "column": 8},
        "end_location": {"row": 1, "column": 11},
    }


def tallied(*reports: Report) -> str:
    tally = Tally()
    for report in reports:
        tally.add(report)
    return summary(tally)


def test_summary() -> None:
    source = Source("a", TEXT)
    fixable, plain = swapped(), swapped()._replace(fix=None)
    clean = Report(source, (), formulas=1)
    faulty = Report(source, (fixable, plain, plain), formulas=2, undetermined=1)
    warned = Report(source, (plain._replace(severity="warning"),), formulas=1, convention="rows")
    assert tallied(clean) == "No faults found in 1 file: 1 formula checked\n"
    assert tallied(clean, faulty) == (
        "Found 3 errors in 1 of 2 files: 3 formulas checked, 1 open (-v lists them); 1 can be repaired with --fix\n"
    )
    assert tallied(faulty, warned) == (
        "Found 3 errors and 1 warning in 2 of 2 files: 3 formulas checked, 1 open (-v lists them); "
        "1 can be repaired with --fix\nRead under the convention rows: 1 file\n"
    )


@pytest.mark.parametrize(
    ("checked", "undetermined", "unread", "expected"),
    [
        (0, 0, 0, "No formulas found in 1 file"),
        (2, 1, 0, "No faults found in 1 file: 2 formulas checked, 1 open (-v lists them)"),
        (2, 0, 1, "Nothing wrong in what was read of 1 file: 2 formulas checked, 1 not read (-v lists them)"),
        (0, 1, 2, "Nothing could be checked in 1 file: 1 open, 2 not read (-v lists them)"),
    ],
)
def test_a_summary_claims_no_more_than_was_read(
    checked: int, undetermined: int, unread: int, expected: str
) -> None:
    report = Report(Source("a", TEXT), (), formulas=checked, undetermined=undetermined, unread=unread)
    assert tallied(report) == f"{expected}\n"


@pytest.mark.parametrize(
    ("choice", "environment", "terminal", "expected"),
    [
        ("auto", {}, True, True),
        ("auto", {}, False, False),
        ("always", {"NO_COLOR": "1"}, False, True),
        ("never", {"FORCE_COLOR": "1"}, True, False),
        ("auto", {"NO_COLOR": "1", "FORCE_COLOR": "1"}, True, False),
        ("auto", {"NO_COLOR": ""}, True, True),
        ("auto", {"FORCE_COLOR": "1", "TERM": "dumb"}, False, True),
        ("auto", {"FORCE_COLOR": "0"}, False, False),
        ("auto", {"FORCE_COLOR": "false"}, False, False),
        ("auto", {"FORCE_COLOR": ""}, False, False),
        ("auto", {"TERM": "dumb"}, True, False),
    ],
)
def test_colour(choice: str, environment: dict[str, str], terminal: bool, expected: bool) -> None:
    assert paint.wanted(choice, environment, terminal) is expected


@pytest.mark.parametrize(("encoding", "ascii_only"), [("utf-8", False), ("cp437", True), ("latin-1", True)])
def test_an_encoding_without_box_characters(tmp_path, encoding: str, ascii_only: bool) -> None:
    with (tmp_path / "out").open("w", encoding=encoding) as stream:
        assert screen(stream, "auto").ascii_only is ascii_only


@pytest.mark.parametrize(
    ("said", "columns"),
    [("60", 60), ("", 0), ("0", 0), ("-3", 0), ("wide", 0), ("9" * 30, WIDEST)],
)
def test_a_width_is_known_where_it_is_said(tmp_path, monkeypatch, said: str, columns: int) -> None:
    monkeypatch.setenv("COLUMNS", said)
    with (tmp_path / "out").open("w", encoding="utf-8") as stream:
        found = screen(stream, "auto")
    assert (found.room, found.width) == (columns, columns or WIDEST)


_WORDS = st.sampled_from(
    ["a", "the", "(n2, m)", "`W2.T @ dZ2`", "`W2.T @ dZ2`,", "columns", "é", "`dZ1`", "漢字"]
)


@given(st.lists(_WORDS, min_size=1), st.integers(0, 90), st.integers(0, 12))
def test_wrapped_lines_fit_and_lose_nothing(words: list[str], room: int, indent: int) -> None:
    text = " ".join(words)
    lines = wrapped(text, room, indent, indent)
    assert " ".join([lines[0], *(line[indent:] for line in lines[1:])]) == text
    assert all(line.startswith(" " * indent) for line in lines[1:])
    for number, row in enumerate(lines):
        assert not room or width(row) + (0 if number else indent) <= max(room, 20 + indent)
        assert row.count("`") % 2 == 0


def test_code_that_no_line_holds_stands_on_lines_of_its_own() -> None:
    text = "the sizes agree: write `dW2 = 1/m * dZ2 @ A1.T + lambda / m * W2` here"
    assert wrapped(text, 30, 4, 4) == [
        "the sizes agree: write",
        "    `dW2 = 1/m * dZ2 @ A1.T +",
        "    lambda / m * W2` here",
    ]


def test_a_finding_on_a_narrow_screen() -> None:
    assert (
        shown(TEXT, swapped(), width=36, room=36)
        == """\
error[inner-sizes]: `dZ2` has m
    columns, but `W2` has n2 rows
  ┌─ formulas.txt:3:7
  │
3 │ dZ1 = dZ2 @ W2 * g'(Z1)
  │       --- ^ -- (n2, n1)
  │       │
  │       (n2, m)
  │
  = `dZ1` must be (n1, m), the shape
    of `Z1`
  = help: (n1, n2) @ (n2, m) is
          (n1, m): write
          `W2.T @ dZ2`

"""
    )


def test_a_message_that_does_not_fit_behind_its_mark_hangs_below() -> None:
    text = "dZ1 = W2.T @ dZ2 * g'(Z1)\n"
    label = ("g'(Z1)", "the shape of Z1, which `Z1 = W1 X` makes (n1, m)")
    assert drawn(text, "W2.T", label, ("dZ2", "(n2, m)"), width=50, room=50)[1:] == [
        "  │       ^^^^   ---   ------",
        "  │              │     │",
        "  │              │     the shape of Z1, which",
        "  │              │     `Z1 = W1 X` makes (n1, m)",
        "  │              (n2, m)",
    ]


def test_an_analysis_on_a_narrow_screen() -> None:
    formula = FormulaShapes(
        "dW2 = 1/m dZ2 A1.T + lambda / m * W2 + 0",
        Span(0, 0),
        "ok",
        ("n2", "n1"),
        (
            Term("dZ2 A1.T", ("n2", "n1"), Span(0, 0), "(n2, m) @ (m, n1) → (n2, n1)    scaled by 1/m"),
            Term("1/m dZ2 A1.T", ("n2", "n1"), Span(0, 0)),
            Term("dW2", ("n2", "n1"), Span(0, 0)),
        ),
        "✓ the shape of W2",
    )
    text = "".join(render.analyses([(Source("a", ""), (formula,))], "full", Screen(width=38, room=38)))
    assert (
        text
        == """\
dW2 = 1/m dZ2 A1.T + lambda / m * W2 +
            0
      dZ2 A1.T         (n2, m) @ (m, n1) →
                       (n2, n1)    scaled
                       by 1/m
      1/m dZ2 A1.T     (n2, n1)
      dW2              (n2, n1)
                       ✓ the shape of W2
"""
    )
