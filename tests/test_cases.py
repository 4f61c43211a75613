"""The files of cases as a whole; each case in them is a test of its own (see `conftest.py`)."""

from pathlib import Path

import pytest
from casefile import Case, read_cases
from casefile.cases import OUTPUTS
from casefile.expectations import read_expected

from shapelint.codes import CODES

CASES = Path(__file__).parent / "cases"
FILES = sorted(CASES.rglob("*.md"))
WITHOUT_TEXT = {"unreadable"}  # about files; a document cannot be it


def _cases(path: Path) -> tuple[Case, ...]:
    return read_cases(path.read_text(encoding="utf-8"))


def _expected_codes(case: Case) -> set[str]:
    lines = [line for block in case.expects for line in read_expected(block).expectations]
    return {code for line in lines for code in line.codes}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(CASES).as_posix())
def test_every_case_expects_something(path: Path) -> None:
    assert _cases(path)
    assert all(case.expects or case.outputs for case in _cases(path))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(CASES).as_posix())
def test_every_expectation_names_codes_and_rows_that_exist(path: Path) -> None:
    for case in _cases(path):
        assert _expected_codes(case) <= set(CODES), case.name
        rows = [
            row for block in case.expects for line in read_expected(block).expectations for row in line.rows
        ]
        assert max(rows, default=1) <= max(case.input.text.count("\n"), 1), case.name


@pytest.mark.parametrize("code", sorted(set(CODES) - WITHOUT_TEXT))
def test_every_code_has_a_case_that_fires_and_one_that_stays_silent(code: str) -> None:
    cases = _cases(CASES / "codes" / f"{code}.md")
    assert any(code in _expected_codes(case) and "full" in _kinds(case) for case in cases)
    assert any(read_expected(block).kind == "silent" for case in cases for block in case.expects)


def _kinds(case: Case) -> set[str]:
    return {block.kind for block in case.outputs if block.kind in OUTPUTS}
