"""README.md: its outputs are what is printed, its table is the catalogue's, its commands work."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import readme

CI = readme.ROOT / ".ci" / "run"
NOT_CLONED = shutil.ignore_patterns(
    ".*_cache", ".git", ".venv", ".hypothesis", "__pycache__", "table.py", "dist", "node_modules"
)


def test_the_page_is_up_to_date(update: bool) -> None:
    text = readme.README.read_text(encoding="utf-8")
    now = readme.current(text)
    if update and now != text:
        readme.README.write_text(now, encoding="utf-8")
    else:
        assert text == now, "pytest --update writes what is printed now"


def test_the_three_examples_find_something() -> None:
    text = readme.current(readme.README.read_text(encoding="utf-8"))
    assert text.count("\nerror[") >= 3
    assert "✓ the shape of W2" in text


def test_every_link_leads_somewhere() -> None:
    targets = re.findall(r"\]\((?!https?:)([^)#]+)", readme.README.read_text(encoding="utf-8"))
    assert [target for target in targets if not (readme.ROOT / target).exists()] == []


def test_the_first_command_works_in_a_fresh_clone(tmp_path: Path) -> None:
    clone = tmp_path / "shapelint"
    shutil.copytree(readme.ROOT, clone, ignore=NOT_CLONED)
    first, _ = readme.commands(readme.README.read_text(encoding="utf-8"))
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    run = subprocess.run(
        ["bash", "-c", first],
        cwd=clone,
        env={**environment, "PATH": path, "PYTHONUTF8": "1"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert run.returncode == 1, run.stderr
    assert run.stdout.count("error[") == 13, "the page says thirteen"


def test_ci_runs_the_tests_as_the_page_says() -> None:
    _, second = readme.commands(readme.README.read_text(encoding="utf-8"))
    steps = CI.read_text(encoding="utf-8").splitlines()
    _make, install, test = second.split(" && ")
    assert [install, test] == [step for step in steps if step in (install, test)]
