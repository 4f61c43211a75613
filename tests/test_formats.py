"""What other programs read: each format is read by a reader of its own, and says what `json` says."""

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st
from junitparser import Error, JUnitXml

from shapelint import render
from shapelint.check import check
from shapelint.diagnostic import Diagnostic, Edit, Fix, Label, Report
from shapelint.render.fingerprints import fingerprints
from shapelint.render.paths import relative, uri
from shapelint.render.screen import Screen
from shapelint.source import Source, Span

SARIF = json.loads((Path(__file__).parent / "formats" / "sarif-2.1.0.json").read_text(encoding="utf-8"))
EXAMPLES = Path(__file__).parent.parent / "examples"
# As docs.gitlab.com, "Code Quality report format", describes it.
GITLAB = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["description", "check_name", "fingerprint", "severity", "location"],
        "properties": {
            "description": {"type": "string", "minLength": 1},
            "check_name": {"type": "string", "minLength": 1},
            "fingerprint": {"type": "string", "minLength": 1},
            "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
            "location": {
                "type": "object",
                "required": ["path"],
                "properties": {"path": {"type": "string", "pattern": "^(?!\\./)"}},
                "anyOf": [
                    {"required": ["lines"]},
                    {
                        "required": ["positions"],
                        "properties": {
                            "positions": {
                                "required": ["begin"],
                                "properties": {
                                    "begin": {
                                        "required": ["line"],
                                        "properties": {"line": {"type": "integer", "minimum": 1}},
                                    }
                                },
                            }
                        },
                    },
                ],
            },
        },
    },
}
NOTEBOOK = json.dumps(
    {
        "cells": [{"cell_type": "markdown", "metadata": {}, "source": ["$dW^{[1]} = X^T dZ^{[1]}$"]}],
        "metadata": {},
        "nbformat": 4,
        "nbformat_minor": 4,
    }
)
# What no format may stumble over: its own delimiters, ends of lines, direction marks, half a surrogate pair.
TEXTS = st.text(
    st.sampled_from(list("a%,:;=\"'<>&]\r\n\t\x00\x1b\u2028\u202e\ud800𝑍`")), min_size=1, max_size=12
)


def _examples() -> list[Report]:
    named = [(path.name, path.read_text(encoding="utf-8")) for path in sorted(EXAMPLES.iterdir())]
    return [check(Source(*one)) for one in [*named, ("course.ipynb", NOTEBOOK)]]


def _written(output_format: str, *reports: Report) -> str:
    text = "".join(render.findings(reports, output_format, Screen()))
    return text.encode("utf-8", "backslashreplace").decode("utf-8")  # as the outlet writes it


def _hostile(name: str, text: str, message: str) -> Report:
    found = Diagnostic(
        "inner-sizes",
        "error",
        message,
        Span(0, len(text)),
        labels=(Label(Span(0, 1), message),),
        notes=(text,),
    )
    fix = Fix(message, text, "safe", (Edit(Span(0, 1), message),))
    return Report(Source(name, text), (found._replace(fix=fix), found))


@pytest.fixture(scope="module")
def examples() -> list[Report]:
    return _examples()


@pytest.fixture(scope="module")
def records(examples: list[Report]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(_written("json", *examples))
    assert len(found) > 30
    return found


def _sarif(text: str) -> Mapping[str, Any]:
    log = json.loads(text)
    jsonschema.Draft202012Validator(SARIF).validate(log)
    [run] = log["runs"]
    found: Mapping[str, Any] = run
    return found


def test_sarif_says_what_json_says(examples: list[Report], records: list[dict[str, Any]]) -> None:
    run = _sarif(_written("sarif", *examples))
    assert run["columnKind"] == "unicodeCodePoints"
    rules = run["tool"]["driver"]["rules"]
    for result, record in zip(run["results"], records, strict=True):
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"] == record["code"]
        assert result["level"] == record["severity"]
        assert result["message"]["text"].startswith(record["message"])
        [location] = result["locations"]
        assert location["physicalLocation"]["artifactLocation"]["uri"] == record["filename"]
        if record["cell"] is not None:
            place = record["location"]
            [logical] = location["logicalLocations"]
            assert logical["name"] == f"cell {record['cell']}:{place['row']}:{place['column']}"
            continue
        assert location["physicalLocation"]["region"] == _region(record)
        fixes = [record["fix"], *record["alternatives"]] if record["fix"] else []
        for fix, written in zip(fixes, result.get("fixes", []), strict=True):
            [changed] = written["artifactChanges"]
            replaced = [
                (one["deletedRegion"], one["insertedContent"]["text"]) for one in changed["replacements"]
            ]
            assert replaced == [(_region(edit), edit["content"]) for edit in fix["edits"]]


def _region(record: Mapping[str, Any]) -> dict[str, int]:
    start, end = record["location"], record["end_location"]
    return {
        "startLine": start["row"],
        "startColumn": start["column"],
        "endLine": end["row"],
        "endColumn": end["column"],
    }


def test_every_rule_of_sarif_brings_its_page(examples: list[Report]) -> None:
    rules = _sarif(_written("sarif"))["tool"]["driver"]["rules"]
    assert len(rules) > 10
    assert all("## How to repair it" in rule["help"]["markdown"] for rule in rules)


def _github(text: str) -> list[tuple[str, dict[str, str], str]]:
    """Read the commands as GitHub's runner does (actions/runner, ActionCommand.cs)."""
    commands = []
    for line in text.split("\n")[:-1]:
        command = re.fullmatch(r"::(\S+) ([^\n]*?)::(.*)", line)
        assert command is not None, line
        pairs = (pair.split("=", 1) for pair in command[2].split(","))
        properties = {key: _unescaped(value) for key, value in pairs}
        commands.append((command[1], properties, _unescaped(command[3])))
    return commands


def _unescaped(text: str) -> str:
    for escape, character in (("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%")):
        text = text.replace(escape, character)
    return text


def test_github_says_what_json_says(examples: list[Report], records: list[dict[str, Any]]) -> None:
    for (command, properties, message), record in zip(
        _github(_written("github", *examples)), records, strict=True
    ):
        assert (command, properties["file"]) == (record["severity"], record["filename"])
        assert record["code"] in properties["title"]
        assert record["message"] in message
        if record["cell"] is None:
            places = {key: int(properties[key]) for key in ("line", "col", "endLine", "endColumn")}
            assert list(places.values()) == list(_region(record).values())


def test_gitlab_says_what_json_says(examples: list[Report], records: list[dict[str, Any]]) -> None:
    found = json.loads(_written("gitlab", *examples))
    jsonschema.validate(found, GITLAB)
    for one, record in zip(found, records, strict=True):
        assert (one["check_name"], one["location"]["path"]) == (record["code"], record["filename"])
        assert record["message"] in one["description"]
        if record["cell"] is None:
            assert one["location"]["positions"]["begin"] == {
                "line": record["location"]["row"],
                "column": record["location"]["column"],
            }
    assert len({one["fingerprint"] for one in found}) == len(found)


def test_junit_says_what_json_says(examples: list[Report], records: list[dict[str, Any]]) -> None:
    suites = list(JUnitXml.fromstring(_written("junit", *examples).encode()))
    assert [suite.name for suite in suites] == [report.source.name for report in examples]
    failed = [case for suite in suites for case in suite if not case.is_passed]
    for case, record in zip(failed, records, strict=True):
        [failure] = case.result
        assert not isinstance(failure, Error)
        assert case.classname == record["filename"]
        assert case.name.startswith(f"{record['code']} at ")
        assert failure.message == record["message"]
    assert all(len(list(suite)) == 1 for suite in suites if not suite.failures)


@pytest.mark.parametrize("output_format", sorted(render.REPORTS))
def test_a_run_that_finds_nothing_is_written_too(output_format: str) -> None:
    text = _written(output_format, Report(Source("formulas.txt", ""), ()))
    assert text or output_format in ("full", "concise", "jsonl", "github")


@given(name=TEXTS, text=TEXTS, message=TEXTS)
def test_no_text_breaks_a_format(name: str, text: str, message: str) -> None:
    report = _hostile(name.replace("\ud800", "\udcff"), text, message)  # as a byte is that is not UTF-8
    assert len(_sarif(_written("sarif", report))["results"]) == 2
    jsonschema.validate(json.loads(_written("gitlab", report)), GITLAB)
    assert [suite.failures for suite in JUnitXml.fromstring(_written("junit", report).encode())] == [2]
    commands = _github(_written("github", report))
    assert len(commands) == 2
    assert all(len(properties) == 6 for _, properties, _ in commands)


LINES = ["dZ1 = W2 @ dZ2", "Z1 = W1 @ X", "dW2 = A1 @ dZ2", "# a note", "dZ1 = W2 @ dZ2 * g'(Z1)"]


@given(st.lists(st.sampled_from(LINES), max_size=8), st.integers(0, 8), st.integers(1, 4))
def test_fingerprints_survive_moved_lines(lines: list[str], place: int, number: int) -> None:
    moved = [*lines[:place], *["", "# more"] * number, *lines[place:]]
    before, after = (
        [(found.code, mark) for found, mark in fingerprints(check(Source("a.formulas.txt", "\n".join(one))))]
        for one in (lines, moved)
    )
    assert before == after
    assert len({mark for _, mark in before}) == len(before)


def test_names_of_files_are_relative_to_the_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert relative("./a/../b c.md") == relative(str(tmp_path / "b c.md")) == "b c.md"
    assert uri("ä/b c.md") == "%C3%A4/b%20c.md"
    assert relative("../x.md") == str(tmp_path.parent / "x.md")
    assert uri("../x y.md") == (tmp_path.parent / "x y.md").as_uri()
