"""The pages of the catalogue: every code has one, and what it shows is what the program prints."""

from pathlib import Path

import pytest
from casefile import Case, read_cases, verify
from casefile.outputs import reports
from casefile.setup import set_up

import shapelint.catalogue
from shapelint.codes import CODES

PAGES = Path(shapelint.catalogue.__file__).parent
EXECUTED = sorted(set(CODES) - {"unreadable"})  # a file that is not there is no document
SECTIONS = ["## Example", "## How to repair it", "## When to ignore it"]
JARGON = ("unify", "unification", "constraint", "gufunc", "core dimension", "inference", "solver", "tensor")


def _page(code: str) -> str:
    return (PAGES / f"{code}.md").read_text(encoding="utf-8")


def _example(code: str) -> Case:
    (example,) = read_cases(_page(code))
    return example


def test_every_code_has_a_page_and_every_page_a_code() -> None:
    assert {path.stem for path in PAGES.glob("*.md")} == set(CODES)


@pytest.mark.parametrize("code", CODES)
def test_a_page_has_its_sections_and_its_meaning_in_one_line(code: str) -> None:
    title, blank, meaning, *rest = _page(code).splitlines()
    assert (title, blank, rest[0]) == (f"# {code}", "", "")
    assert meaning.endswith(".")
    assert [line for line in rest if line.startswith("#") and not line.startswith("# ")] == SECTIONS


@pytest.mark.parametrize("code", CODES)
def test_a_page_speaks_of_rows_and_columns(code: str) -> None:
    assert not [word for word in JARGON if word in _page(code).lower()]


@pytest.mark.parametrize("code", EXECUTED)
def test_the_output_on_a_page_is_what_is_printed(code: str, update: bool) -> None:
    verify(PAGES / f"{code}.md", _example(code).name, update)


@pytest.mark.parametrize("code", EXECUTED)
def test_the_example_of_a_page_fires_its_code(code: str) -> None:
    example = _example(code)
    assert [block.kind for block in example.outputs] == ["full"]
    found = {found.code for report in reports(set_up(example)) for found in report.diagnostics}
    assert code in found
