"""`shapelint shapes` beyond its cases: what holds of every analysis, and the JSON of some."""

import json
from pathlib import Path

import pytest
from casefile import read_cases
from casefile.setup import Setup, set_up
from hypothesis import given, settings
from hypothesis import strategies as st
from oracle.strategies import half_typed

from shapelint import render
from shapelint.check import Options, analyse, check
from shapelint.cli import main
from shapelint.conventions import CONVENTIONS, convention
from shapelint.conventions.read import read_convention
from shapelint.conventions.worlds import World, world_of
from shapelint.diagnostic import ERROR, FormulaShapes, traits
from shapelint.infer.layouts import flipped
from shapelint.infer.world import declared_world
from shapelint.render.screen import Screen
from shapelint.source import Source

CASES = Path(__file__).parent / "cases"
SETUPS = [
    pytest.param(set_up(case), id=f"{path.relative_to(CASES)}::{case.name}")
    for path in sorted(CASES.rglob("*.md"))
    for case in read_cases(path.read_text(encoding="utf-8"))
    if "walked" not in case.input.words
]
NOT_ABOUT_A_FORMULA = {"declared-twice", "syntax"}


def _records(text: str) -> list[dict[str, object]]:
    source = Source("notes.txt", text)
    printed = "".join(render.analyses([(source, analyse(source))], "json", Screen()))
    records: list[dict[str, object]] = json.loads(printed)
    return records


@pytest.mark.parametrize("setup", SETUPS)
def test_a_formula_is_faulty_where_check_finds_an_error_in_it(setup: Setup) -> None:
    for source in setup.sources:
        faulty = {one.span.start for one in analyse(source, setup.options) if one.status == "faulty"}
        errors = [found for found in check(source, setup.options).diagnostics if found.severity == ERROR]
        lines = {source.position(start).row for start in faulty}
        if any("docstring" in error.message for error in errors):
            continue  # what it says stands far above the formula that it is about
        found = {_formula_row(source, setup, error.span.start) for error in errors
                 if error.code not in NOT_ABOUT_A_FORMULA}  # fmt: skip
        silenced = "shapelint:" in source.text
        assert found <= lines if silenced else found == lines


def _formula_row(source: Source, setup: Setup, place: int) -> int:
    """Return the row where the formula begins that an error is in, or (for a claim) in front of."""
    starts = [one.span.start for one in analyse(source, setup.options) if one.span.start <= place]
    return source.position(max(starts)).row


@pytest.mark.parametrize("setup", SETUPS)
def test_terms_are_pieces_of_the_text_and_the_target_is_the_last(setup: Setup) -> None:
    for source in setup.sources:
        for formula in analyse(source, setup.options):
            _assert_sound(source, formula)


def _assert_sound(source: Source, formula: FormulaShapes) -> None:
    assert source.slice(formula.span) == formula.text
    assert bool(formula.terms) == (formula.status != "unread")
    for term in formula.terms:
        assert "".join(source.slice(term.span).split()) == "".join(term.text.split())
        assert formula.span.start <= term.span.start < term.span.end <= formula.span.end
    if formula.terms:
        assert formula.terms[-1].shape == formula.target
        assert (
            formula.text.removeprefix("\\underbrace{")
            .removeprefix("assert ")
            .lstrip("(")
            .startswith(formula.terms[-1].text.split()[0].lstrip("("))
        )


@settings(max_examples=500, deadline=None)
@given(st.one_of(half_typed(), st.text(), st.text("W1dZX=@*'.T()[]{}l+-/ \n#:,;|Σ^_²ᵀ")))
def test_any_text_is_analysed(text: str) -> None:
    for formula in analyse(source := Source("formulas.txt", text)):
        _assert_sound(source, formula)


def test_a_right_formula_in_json() -> None:
    (record,) = _records("dW2 = (1/m) * dZ2 @ A1.T")
    terms = record.pop("terms")
    assert record == {
        "filename": "notes.txt",
        "cell": None,
        "convention": "ng",
        "world": {"examples": "columns", "weights": "out_in", "numbered": "reaches"},
        "location": {"row": 1, "column": 1},
        "end_location": {"row": 1, "column": 25},
        "text": "dW2 = (1/m) * dZ2 @ A1.T",
        "status": "ok",
        "reason": None,
        "target": ["n2", "n1"],
    }
    assert [(term["text"], term["shape"]) for term in terms] == [
        ("1/m", []),
        ("dZ2", ["n2", "m"]),
        ("A1.T", ["m", "n1"]),
        ("dZ2 @ A1.T", ["n2", "n1"]),
        ("dW2", ["n2", "n1"]),
    ]
    assert terms[3]["location"] == {"row": 1, "column": 15}
    assert terms[3]["end_location"] == {"row": 1, "column": 25}


@pytest.mark.parametrize(
    ("text", "status", "target"),
    [
        ("dZ1 = W2.T @ dZ2", "ok", ["n1", "m"]),
        ("dZ1 = dZ2 @ W2", "faulty", ["n1", "m"]),
        ("Z1 = W1 X + b1  # (n0, m)", "faulty", ["n1", "m"]),
        ("Q = foo(R)", "undetermined", None),
        ("Z1 = W1 @ (X", "unread", None),
        ("J = 1/m * np.sum(Y * A2)", "ok", []),
        ("S = inv(W2)", "faulty", None),
    ],
)
def test_status_and_target_in_json(text: str, status: str, target: list[str] | None) -> None:
    (record,) = _records(text)
    assert (record["status"], record["target"]) == (status, target)


@pytest.mark.parametrize(
    ("text", "convention", "world"),
    [
        ("Z1 = W1 X + b1", "ng", ("columns", "out_in", "reaches")),
        ("Z1 = X W1 + b1\nZ2 = A1 W2 + b2\ndZ1 = dZ2 W2", "rows", ("rows", "in_out", "reaches")),
        ("Z1 = X W1.T + b1\nZ2 = A1 W2.T + b2\ndZ1 = dZ2 W2.T", "pytorch", ("rows", "out_in", "reaches")),
        ("z2 = W1 a1 + b1\nz3 = W2 a2 + b2\ndW1 = a1 dz2", "ufldl", ("columns", "out_in", "leaves")),
        ("Z1 = W1.T X + b1\nZ2 = W2.T A1 + b2\ndZ1 = W2.T dZ2", "ng", ("columns", "in_out", "reaches")),
        ("z2 = a1 W1 + b1\nz3 = a2 W2 + b2\ndW1 = dz2 a1", "rows", ("rows", "in_out", "leaves")),
    ],
)
def test_the_convention_is_the_one_nearest_to_the_world(
    text: str, convention: str, world: tuple[str, str, str]
) -> None:
    for record in (*_records(text), *_findings(text)):
        assert (record["convention"], record["world"]) == (
            convention,
            dict(zip(("examples", "weights", "numbered"), world, strict=True)),
        )


def _findings(text: str) -> list[dict[str, object]]:
    printed = "".join(render.findings([check(Source("notes.txt", text))], "json", Screen()))
    records: list[dict[str, object]] = json.loads(printed)
    return records


@pytest.mark.parametrize("name", CONVENTIONS)
def test_what_a_convention_declares_is_its_world(name: str) -> None:
    assert declared_world(convention(name)) == world_of(name)
    for data in ("X", "XY"):  # as they came: the network's own layout stays
        assert declared_world(flipped(convention(name), frozenset(data))) == world_of(name)


@pytest.mark.parametrize(
    ("text", "world"),
    [
        ("X : (m, d)\nW : (d, h)", World(columns=False, out_in=False, leaves=False)),
        ("X : (d, m)\nW : (d, h)", World(columns=True, out_in=False, leaves=False)),
        ("X : (N, d)\nW : (h, d)", World(columns=False, out_in=True, leaves=False)),
        ("X : (d, N)\nW : (h, d)", World(columns=True, out_in=True, leaves=False)),
        ("X : (m, n0)\nW[l] : (n[l], n[l+1])", World(columns=False, out_in=False, leaves=True)),
        ("W1 : (n1, n0)\nA1 : (n1, m)", World(columns=True, out_in=True, leaves=False)),
        ("X : (N, d)\nW : (h, k)", None),
        ("X : (d, d)\nW : (h, d)", None),
        ("X : (m, d)\nW : (d, d)", None),
        ("X : (m,)\nW : (d, h)", None),
        ("X : (m, d)", None),
        ("P : (a, b)", None),
    ],
)
def test_a_convention_of_ones_own_has_the_world_that_its_x_and_w_declare(
    text: str, world: World | None
) -> None:
    assert declared_world(read_convention("own", text)) == world
    (formula,) = analyse(Source("notes.txt", "Q = W X"), Options(convention="own", convention_text=text))
    report = check(Source("notes.txt", "Q = W X"), Options(convention="own", convention_text=text))
    assert (formula.convention, formula.world) == ("own", report.world) == ("own", traits(world))


def test_a_text_without_formulas_has_the_world_that_was_chosen() -> None:
    text = Source("notes.txt", "")
    assert check(text).world == traits(world_of("ng"))
    assert check(text, Options(convention="ufldl")).world == traits(world_of("ufldl"))
    assert check(text, Options(convention="own", convention_text="P : (a, b)")).world is None


def test_verbose_tells_the_world_before_the_shapes(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("Z1 = X W1 + b1\nZ2 = A1 W2 + b2\ndZ1 = dZ2 W2.T\n", encoding="utf-8")
    assert main(["shapes", str(path)]) == 0
    plain = capsys.readouterr()
    assert main(["shapes", "-v", str(path)]) == 0
    told = capsys.readouterr()
    assert (plain.err, told.out) == ("", plain.out)
    assert told.err.splitlines() == [
        f"{path}: convention rows, layout gradient",
        f"{path}: examples in rows, weights inputs × outputs (lines 1 and 2 say so)",
    ]


def test_what_cannot_be_told_is_null() -> None:
    (record,) = _records("dZ1 = dZ2 @ W2")
    shapes = {term["text"]: term["shape"] for term in record["terms"]}
    assert shapes == {"dZ2": ["n2", "m"], "W2": ["n2", "n1"], "dZ2 @ W2": None, "dZ1": ["n1", "m"]}


def test_places_are_those_of_the_original_text() -> None:
    (_, record) = _records("Gradients, à la Ng:\r\n\r\nδ2 = ŷ − y\r\n  dW² …\r\n  dz1 = W2ᵀ δ2 * g'(z1)\r\n")
    assert record["location"] == {"row": 5, "column": 3}
    assert record["terms"][0]["text"] == "W2ᵀ"
