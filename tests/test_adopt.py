"""`--add-ignore`: an old repository begins with what it has, and is told only what is new."""

import io
import json
import shutil
import sys
from pathlib import Path

import pytest

from shapelint.cli import main

EXAMPLES = Path(__file__).parent.parent / "examples"
NOTEBOOK = {
    "cells": [
        {"cell_type": "markdown", "metadata": {}, "source": ["$dW^{[1]} = X^T dZ^{[1]}$\n", "and so on"]},
        {"cell_type": "code", "metadata": {}, "execution_count": None, "outputs": [], "source": ["x = 1"]},
    ],
    "metadata": {},
    "nbformat": 4,
    "nbformat_minor": 4,
}
WRONG, SILENCED = "dZ1 = W2 @ dZ2\n", "dZ1 = W2 @ dZ2  # shapelint: ignore[inner-sizes]\n"


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copytree(EXAMPLES, tmp_path / "old")
    monkeypatch.chdir(tmp_path / "old")
    Path("lesson.ipynb").write_text(json.dumps(NOTEBOOK, indent=1), encoding="utf-8")
    Path("paper.tex").write_text(
        "\\begin{align}\r\ndZ^{[1]} &= dZ^{[2]} W^{[2]}\r\n\\end{align}\r\n", newline=""
    )
    return tmp_path / "old"


def test_nothing_is_reported_afterwards(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["."]) == 1
    before = {path: path.read_bytes() for path in repository.iterdir()}
    assert main([".", "--add-ignore"]) == 0
    assert main([".", "--select", "all", "--ignore", "undetermined,unread"]) == 0
    after = {path: path.read_bytes() for path in repository.iterdir()}
    assert sum(before[path] != after[path] for path in before) == 11
    assert before.keys() == after.keys()
    assert b"\r\n" in after[repository / "paper.tex"]
    assert main([".", "--add-ignore"]) == 0
    assert after == {path: path.read_bytes() for path in repository.iterdir()}


def test_the_comments_are_all_that_is_new(repository: Path) -> None:
    before = {path: path.read_text(encoding="utf-8").splitlines() for path in repository.iterdir()}
    main([".", "--add-ignore"])
    for path, lines in before.items():
        if path.suffix == ".ipynb":
            continue
        for old, new in zip(lines, path.read_text(encoding="utf-8").splitlines(), strict=True):
            assert new == old or (new.startswith(old.rstrip()) and "shapelint: ignore[" in new)


def test_a_new_slip_is_found_beside_the_old_ones(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main([".", "--add-ignore"])
    with Path("shallow-network.formulas.txt").open("a", encoding="utf-8") as file:
        file.write(WRONG)
    capsys.readouterr()
    assert main([".", "--output-format", "concise", "-q"]) == 1
    [line] = capsys.readouterr().out.splitlines()
    assert line.startswith("shallow-network.formulas.txt:")


def test_only_what_is_selected_is_silenced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("formulas.txt").write_text(f"{WRONG}dW1 = dZ1 @ X.T * np.ones((n1, n0)).T\n")
    assert main(["formulas.txt", "--add-ignore", "--select", "inner-sizes"]) == 0
    assert Path("formulas.txt").read_text().startswith(SILENCED)
    assert main(["formulas.txt", "-q"]) == 1


def test_what_would_be_written_can_be_seen_first(
    repository: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    before = {path: path.read_bytes() for path in repository.iterdir()}
    assert main([".", "--add-ignore", "--diff"]) == 1
    out, err = capsys.readouterr()
    assert out.count("shapelint: ignore[") > 20
    assert err.startswith("Would silence ")
    assert before == {path: path.read_bytes() for path in repository.iterdir()}
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(WRONG.encode())))
    assert main(["-", "--add-ignore"]) == 0
    assert capsys.readouterr().out == SILENCED


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (["--add-ignore", "--fix"], "`--add-ignore` and `--fix` exclude each other"),
        (["--diff", "--output-format", "sarif"], "give `--output-file` for the `sarif`"),
        (["--statistics", "--output-format", "junit"], "`--statistics` are not written as `junit`"),
    ],
)
def test_what_cannot_go_together_is_said(
    repository: Path, arguments: list[str], why: str, capsys: pytest.CaptureFixture[str]
) -> None:
    before = {path: path.read_bytes() for path in repository.iterdir()}
    assert main([".", *arguments]) == 2
    out, err = capsys.readouterr()
    assert (out, why in err) == ("", True)
    assert before == {path: path.read_bytes() for path in repository.iterdir()}


def test_a_diff_and_sarif_go_to_places_of_their_own(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = [".", "--diff", "--output-format", "sarif", "--output-file", "../found.sarif"]
    assert main(arguments) == 1
    assert capsys.readouterr().out.startswith("--- backprop-notes-slips.md\n")
    assert json.loads(Path("../found.sarif").read_text(encoding="utf-8"))["version"] == "2.1.0"
