"""What stands in README.md and action.yml for the machines that check a pull request is what they take."""

import os
import re
import subprocess
import sys
from pathlib import Path

import yaml
from check_jsonschema import main as check_jsonschema
from click.testing import CliRunner

ROOT = Path(__file__).parent.parent
BLOCKS = re.findall(r"```yaml\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL)
# In place of the program that GitHub's machines have: it runs what is installed here.
PIPX = """#!/bin/sh
[ "$1 $2 $4" = "run --spec shapelint" ] && [ -f "$3/pyproject.toml" ] || exit 99
shift 4
exec "{python}" -m shapelint "$@"
"""


def _is_valid(path: Path, schema: str) -> None:
    done = CliRunner().invoke(check_jsonschema, ["--builtin-schema", schema, str(path)])
    assert done.exit_code == 0, done.output


def test_the_action_is_one() -> None:
    _is_valid(ROOT / "action.yml", "vendor.github-actions")


def test_the_step_of_the_action_annotates(tmp_path: Path) -> None:
    action = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
    [step] = action["runs"]["steps"]
    pipx = tmp_path / "bin" / "pipx"
    pipx.parent.mkdir()
    pipx.write_text(PIPX.format(python=sys.executable))
    pipx.chmod(0o755)
    (tmp_path / "my notes").mkdir()
    for name in ("a.formulas.txt", "b.formulas.txt"):
        (tmp_path / name).write_text("dZ1 = W2 @ dZ2\n")
    environment = os.environ | {
        "PATH": f"{pipx.parent}{os.pathsep}{os.environ['PATH']}",
        "GITHUB_ACTION_PATH": str(ROOT),
        "PYTHONPATH": str(ROOT),
        "PATHS": "a.formulas.txt b.formulas.txt",
        "ARGUMENTS": "--fail-on error",
    }
    assert set(step["env"]) == {"PATHS", "ARGUMENTS"}
    done = subprocess.run(
        ["bash", "-e", "-c", step["run"]],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr.split(":")[0]) == (1, "Found 2 errors in 2 of 2 files")
    lines = done.stdout.splitlines()
    assert [line.split(",")[1] for line in lines] == ["file=a.formulas.txt", "file=b.formulas.txt"]
    assert all(line.startswith("::error title=shapelint (inner-sizes),") for line in lines)


def test_the_job_for_gitlab_is_one(tmp_path: Path) -> None:
    [job] = [block for block in BLOCKS if "codequality" in block]
    (tmp_path / ".gitlab-ci.yml").write_text(job)
    _is_valid(tmp_path / ".gitlab-ci.yml", "vendor.gitlab-ci")
    [command] = [line for line in yaml.safe_load(job)["shapelint"]["script"] if line.startswith("shapelint")]
    (tmp_path / "a.formulas.txt").write_text("dZ1 = W2 @ dZ2\n")
    done = subprocess.run(
        [sys.executable, "-m", *command.split()],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        check=False,
    )
    assert done.returncode == 1
    assert "inner-sizes" in (tmp_path / "gl-code-quality-report.json").read_text(encoding="utf-8")


def test_the_hooks_that_are_named_are_there() -> None:
    hooks = {hook["id"] for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())}
    [named] = [block for block in BLOCKS if block.startswith("repos:")]
    assert (
        set(re.findall(r"id: ([\w-]+)", named)) == hooks == {"shapelint", "shapelint-docs", "shapelint-fix"}
    )
