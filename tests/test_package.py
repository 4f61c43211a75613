"""What is installed: the wheel, built and put into a clean environment, and a checkout without a parser's table."""

import os
import shutil
import subprocess
import sys
import tarfile
import venv
import zipfile
from pathlib import Path
from typing import Any

import pytest

from shapelint.conventions import CONVENTIONS, key, shipped
from shapelint.conventions.read import module_text, read_convention
from shapelint.parse.grammars import GRAMMARS

ROOT = Path(__file__).parent.parent
EXAMPLE = "shallow-network-slips.formulas.txt"
TABLES = {f"shapelint/parse/table_{grammar}.py" for grammar in GRAMMARS}
READ = {f"shapelint/conventions/table_{name}.py" for name in CONVENTIONS}
CARRIED = [
    "shapelint/conventions/*.shapes",
    "shapelint/catalogue/*.md",
    "shapelint/config/*.json",
    "shapelint/**/*.py",
    "shapelint/py.typed",
]


def _run(*command: object, cwd: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    return subprocess.run(
        [str(word) for word in command],
        cwd=cwd,
        env={**environment, "PYTHONUTF8": "1", **variables},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def _done(run: subprocess.CompletedProcess[str]) -> None:
    assert run.returncode == 0, run.stdout + run.stderr


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The source distribution, and the wheel that was built from it, not from the checkout."""
    folder = tmp_path_factory.mktemp("built")
    _done(_run(sys.executable, "-m", "build", "--no-isolation", "--outdir", folder, ROOT, cwd=folder))
    return folder


@pytest.fixture(scope="module")
def wheel(built: Path) -> Path:
    (wheel,) = built.glob("*.whl")
    return wheel


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Python of a clean environment that has the wheel and what it depends on."""
    folder = tmp_path_factory.mktemp("installed")
    venv.create(folder, symlinks=os.name != "nt")
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    _done(_run(sys.executable, "-m", "pip", "--python", python, "install", "-q", wheel, cwd=folder))
    return python


def test_the_wheel_holds_what_the_program_reads(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    sources = {path.relative_to(ROOT).as_posix() for pattern in CARRIED for path in ROOT.glob(pattern)}
    grammars = {f"shapelint/grammar/{path.name}" for path in (ROOT / "grammar").glob("*.lark")}
    assert len(grammars) >= 3
    assert {*TABLES, *sources, *grammars} <= names


def test_the_wheel_holds_nothing_else(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert {name.split("/")[0].split("-")[0] for name in names} == {"shapelint"}
    assert not [name for name in names if "__pycache__" in name or "test" in name]


def test_the_source_distribution_builds_without_the_checkout(built: Path) -> None:
    (archive,) = built.glob("*.tar.gz")
    with tarfile.open(archive) as file:
        names = {name.partition("/")[2] for name in file.getnames()}
    assert {"hatch_build.py", "grammar/formula.lark", "pyproject.toml", "README.md", "LICENSE"} <= names
    assert not (TABLES | READ) & names


def test_the_installed_program_finds_what_the_checkout_finds(installed: Path, tmp_path: Path) -> None:
    shutil.copy(ROOT / "examples" / EXAMPLE, tmp_path)
    command = installed.with_name("shapelint" + installed.suffix)
    found = _run(command, EXAMPLE, cwd=tmp_path)
    here = _run(sys.executable, "-m", "shapelint", EXAMPLE, cwd=tmp_path, PYTHONPATH=str(ROOT))
    assert found.returncode == 1, found.stderr
    assert found.stdout.count("error[") >= 10
    assert (found.stdout, found.stderr) == (here.stdout, here.stderr)


@pytest.mark.parametrize("command", [["check"], ["shapes"]])
def test_a_run_does_not_import_the_grammar_reader(
    installed: Path, tmp_path: Path, command: list[str]
) -> None:
    shutil.copy(ROOT / "examples" / EXAMPLE, tmp_path)
    run = _run(installed, "-X", "importtime", "-m", "shapelint", *command, EXAMPLE, cwd=tmp_path)
    modules = {line.rpartition("|")[2].strip() for line in run.stderr.splitlines()}
    assert "shapelint.parse.table_formula" in modules
    assert "shapelint.parse.table_latex" not in modules
    assert "shapelint.conventions.table_ng" in modules
    assert "shapelint.conventions.read" not in modules
    assert not [name for name in modules if name.partition(".")[0] == "lark"]


@pytest.mark.parametrize("table", ["missing", "outdated"])
def test_a_checkout_without_a_fresh_table_lets_lark_read_the_grammar(table: str, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "shapelint", tmp_path / "shapelint", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ROOT / "grammar", tmp_path / "grammar")
    for name in TABLES | READ:
        (tmp_path / name).unlink(missing_ok=True)
        if table == "outdated":
            (tmp_path / name).write_text("KEY = 1\nTABLE = {}\nCONVENTION = None\n")
    run = _run(sys.executable, "-X", "importtime", "-m", "shapelint", "-e", "dZ1 = dZ2 @ W2", cwd=tmp_path)
    assert run.returncode == 1, run.stderr
    assert run.stdout.startswith("error[inner-sizes]: `dZ2` has m columns, but `W2` has n2 rows\n")
    assert "shapelint.parse.build" in run.stderr
    assert "shapelint.conventions.read" in run.stderr


@pytest.mark.parametrize("name", CONVENTIONS)
def test_what_is_generated_of_a_convention_is_what_is_read(name: str) -> None:
    made: dict[str, Any] = {}
    exec(module_text(name, shipped(name), key(name)), made)
    read = read_convention(name, shipped(name))
    assert made["KEY"] == key(name)
    assert (made["CONVENTION"], _types(made["CONVENTION"])) == (read, _types(read))


def _types(value: object) -> object:
    if isinstance(value, tuple):
        return (type(value), tuple(map(_types, value)))
    return type(value)
