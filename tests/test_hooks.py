"""The hooks as a repository uses them: the real pre-commit and the real prek, with this checkout as the hooks' home."""

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
WRONG, RIGHT = "dZ1 = W2 @ dZ2 * g'(Z1)\n", "dZ1 = W2.T @ dZ2 * g'(Z1)\n"
# Nothing of the user's own settings, and none of the hooks that are running.
CLEAN = {
    key: value for key, value in os.environ.items() if not key.startswith(("GIT_", "PRE_COMMIT", "PREK"))
}
PERSON = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"} | {
    f"GIT_{who}_{what}": value
    for who in ("AUTHOR", "COMMITTER")
    for what, value in (("NAME", "a learner"), ("EMAIL", "learner@example.org"))
}
TOOLS = ("pre-commit", "prek")
CONFIGURATION = """\
repos:
- repo: {home}
  rev: {commit}
  hooks:
{hooks}
"""


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A plain checkout of what stands here, changed or not, and its commit."""
    folder = tmp_path_factory.mktemp("hooks") / "shapelint"
    kept = ("shapelint", "grammar", "editors", "examples", "tests")
    dropped = shutil.ignore_patterns("__pycache__", "node_modules", "table_*.py", "*.vsix", ".*_cache")
    folder.mkdir()
    for name in kept[:4]:
        shutil.copytree(ROOT / name, folder / name, ignore=dropped)
    for name in (
        "pyproject.toml",
        "hatch_build.py",
        "README.md",
        "LICENSE",
        "CHANGELOG.md",
        ".pre-commit-hooks.yaml",
    ):
        shutil.copy(ROOT / name, folder / name)
    _git(folder, "init", "-q")
    _git(folder, "add", "-A")
    _git(folder, "commit", "-q", "-m", "as it is")
    return folder, _git(folder, "rev-parse", "HEAD").stdout.strip()


@pytest.fixture(scope="session")
def store(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, str]:
    """Where the tools keep the installed hooks: installed once for all tests."""
    folder = tmp_path_factory.mktemp("store")
    return {"PRE_COMMIT_HOME": str(folder / "pre-commit"), "PREK_HOME": str(folder / "prek")}


class Repository:
    """Somebody's repository that uses the hooks with one of the tools."""

    def __init__(self, folder: Path, tool: str, store: Mapping[str, str]) -> None:
        self.folder = folder
        self.tool = tool
        self._store = store
        _git(folder, "init", "-q")

    def uses(self, home: tuple[Path, str], *hooks: str, more: str = "") -> None:
        written = "\n".join(f"  - id: {hook}{more}" for hook in hooks)
        text = CONFIGURATION.format(home=home[0].as_posix(), commit=home[1], hooks=written)
        self.write(".pre-commit-config.yaml", text)
        self.run("install")

    def write(self, name: str, text: str, staged: bool = True) -> None:
        (self.folder / name).write_text(text, encoding="utf-8")
        if staged:
            _git(self.folder, "add", name)

    def text(self, name: str) -> str:
        return (self.folder / name).read_text(encoding="utf-8")

    def commit(self) -> tuple[int, str]:
        done = _git(self.folder, "commit", "-m", "a step", check=False, more=self._store)
        return done.returncode, done.stdout + done.stderr

    def run(self, *arguments: str) -> tuple[int, str]:
        command = [str(Path(sys.executable).with_name(self.tool)), *arguments]
        done = subprocess.run(
            command,
            check=False,
            cwd=self.folder,
            capture_output=True,
            text=True,
            env={**CLEAN, **PERSON, **self._store},
        )
        return done.returncode, done.stdout + done.stderr


@pytest.fixture(params=TOOLS)
def repository(request: pytest.FixtureRequest, tmp_path: Path, store: Mapping[str, str]) -> Repository:
    return Repository(tmp_path, request.param, store)


def _git(
    folder: Path, *arguments: str, check: bool = True, more: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    settings = {**CLEAN, **PERSON, **(more or {}), "PATH": path}
    return subprocess.run(
        ["git", *arguments], cwd=folder, capture_output=True, text=True, check=check, env=settings
    )


def test_a_wrong_formula_blocks_the_commit_and_the_right_one_passes(
    repository: Repository, home: tuple[Path, str]
) -> None:
    repository.uses(home, "shapelint", "shapelint-docs")
    repository.write("formulas.txt", WRONG)
    repository.write("notes.md", "$$dW^{[1]} = \\frac{1}{m} X^T dZ^{[1]}$$\n")
    status, said = repository.commit()
    assert status == 1
    assert "`W2` has n1 columns, but `dZ2` has n2 rows" in said
    assert "write `W2.T @ dZ2`" in said
    assert "notes.md:1:" in said
    repository.write("formulas.txt", RIGHT)
    repository.write("notes.md", "$$dW^{[1]} = \\frac{1}{m} dZ^{[1]} X^T$$\n")
    status, said = repository.commit()
    assert status == 0, said


def test_only_what_is_staged_is_looked_at(repository: Repository, home: tuple[Path, str]) -> None:
    repository.uses(home, "shapelint")
    repository.write("formulas.txt", RIGHT)
    repository.write("other.shapes", WRONG, staged=False)
    status, said = repository.commit()
    assert status == 0, said
    repository.write("formulas.txt", f"{RIGHT}Z1 = W1 @ X + b1\n")
    repository.write(
        "formulas.txt", f"{WRONG}Z1 = W1 @ X + b1\n", staged=False
    )  # changed once more, not staged
    status, said = repository.commit()
    assert status == 0, said
    assert repository.text("formulas.txt").startswith(WRONG)


def test_the_repairing_hook_changes_the_file_and_fails(
    repository: Repository, home: tuple[Path, str]
) -> None:
    repository.uses(home, "shapelint-fix")
    repository.write("formulas.txt", WRONG)
    status, said = repository.commit()
    assert status == 1
    assert "files were modified by this hook" in said
    assert repository.text("formulas.txt") == RIGHT
    repository.write("formulas.txt", RIGHT)
    assert repository.commit()[0] == 0


def test_other_files_and_other_subjects_are_left_alone(
    repository: Repository, home: tuple[Path, str]
) -> None:
    repository.uses(home, "shapelint", "shapelint-docs")
    repository.write("todo.txt", WRONG)
    repository.write(
        "formulas.txt", "Z = X @ Y\nA = X + W\n"
    )  # as `shapelint .` would: nothing says it is ours
    repository.write("README.md", "# Volumes\n\nWe set `Z = X + Y`.\n")
    status, said = repository.commit()
    assert status == 0, said


def test_arguments_and_the_configuration_are_the_users(
    repository: Repository, home: tuple[Path, str]
) -> None:
    repository.uses(home, "shapelint", more="\n    args: [--fail-on, error]")
    repository.write("shapelint.toml", 'exclude = ["drafts/"]\n')
    (repository.folder / "drafts").mkdir()
    repository.write("drafts/formulas.txt", WRONG)
    repository.write("formulas.txt", "db1 = (1/m) * sum(dZ1)\n")  # a warning
    status, said = repository.commit()
    assert status == 0, said


def test_the_hooks_can_be_tried_without_a_configuration(
    repository: Repository, home: tuple[Path, str]
) -> None:
    repository.write("formulas.txt", WRONG)
    status, said = repository.run("try-repo", str(home[0]), "shapelint", "--all-files")
    assert status == 1
    assert "write `W2.T @ dZ2`" in said
