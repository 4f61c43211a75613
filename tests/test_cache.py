"""What is remembered between runs: it is what a run without it finds, whatever happened to the files meanwhile."""

import ast
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from shapelint import check as engine
from shapelint.cache.keys import digest
from shapelint.cache.results import recalled, remembered
from shapelint.cache.store import Store
from shapelint.cli import main, replay
from shapelint.config.load import load
from shapelint.diagnostic import Traits
from shapelint.source import Source

ROOT = Path(__file__).parent.parent
EXAMPLES = ROOT / "examples"
RIGHT, WRONG = "dZ1 = W2.T @ dZ2\n", "dZ1 = W2 @ dZ2\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copytree(EXAMPLES, tmp_path / "files")
    monkeypatch.chdir(tmp_path / "files")
    return tmp_path / "files"


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]):
    """Run the program; return its status and what it wrote."""

    def started(*arguments: str) -> tuple[int, str, str]:
        status = main(list(arguments))
        return (status, *capsys.readouterr())

    return started


def _names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def _entries(cache: Path) -> list[Path]:
    return sorted(cache.rglob("*.json"))


@pytest.mark.parametrize("path", sorted(EXAMPLES.iterdir()), ids=lambda path: path.name)
def test_a_report_comes_back_as_it_was(path: Path) -> None:
    source = Source(path.name, path.read_text(encoding="utf-8"))
    report = engine.check(source, engine.Options())
    again = recalled(source, json.loads(json.dumps(remembered(report))))
    assert again == report._replace(listed=())


@pytest.mark.parametrize(
    ("text", "options"),
    [
        ("z2 = a1 W1 + b1\nz3 = a2 W2 + b2\n", engine.Options()),
        (RIGHT, engine.Options(convention="own", convention_text="P : (a, b)")),
    ],
)
def test_a_world_comes_back_as_it_was(text: str, options: engine.Options) -> None:
    source = Source("formulas.txt", text)
    report = engine.check(source, options)
    again = recalled(source, json.loads(json.dumps(remembered(report))))
    assert (again.convention, again.world) == (report.convention, report.world)
    assert again.world == (None if options.convention else Traits("rows", "in_out", "leaves"))


@pytest.mark.parametrize("output_format", ["full", "concise", "json", "sarif", "junit"])
@pytest.mark.parametrize("named", [True, False], ids=["files", "folder"])
def test_what_is_said_again_is_what_was_said(folder: Path, run, output_format: str, named: bool) -> None:
    paths = _names(folder) if named else ["."]
    wanted = run(*paths, "--no-cache", "--output-format", output_format)
    assert wanted[0] == 1
    for _ in range(3):
        assert run(*paths, "--output-format", output_format) == wanted


def test_an_unchanged_file_is_not_checked_again(folder: Path, run, monkeypatch: pytest.MonkeyPatch) -> None:
    name = _names(folder)[0]
    wanted, one = run("."), run(name)
    monkeypatch.setattr(engine, "check", lambda *_: pytest.fail("it is known"))
    assert run(".") == wanted
    assert run("--output-format", "full", ".") == wanted
    assert run(name) == run(name, "--fail-on", "error") == one


def test_a_changed_file_is_checked_again(folder: Path, run) -> None:
    path = Path("new.formulas.txt")
    for text, status in [(WRONG, 1), (RIGHT, 0), (WRONG, 1), (RIGHT.replace("dZ2", "dZ2  "), 0)]:
        path.write_text(text)
        assert run(str(path))[0] == status
        assert run(str(path))[0] == status


def test_what_was_there_can_be_gone_and_come_back(folder: Path, run) -> None:
    path = Path("new.formulas.txt")
    path.write_text(RIGHT)
    assert [run(str(path))[0] for _ in range(2)] == [0, 0]
    path.unlink()
    assert run(str(path))[0] == 1
    path.mkdir()
    (path / "a.formulas.txt").write_text(WRONG)
    assert run(str(path))[0] == 1
    shutil.rmtree(path)
    path.write_text(RIGHT)
    assert run(str(path))[0] == 0


def test_a_changed_configuration_counts_at_once(folder: Path, run) -> None:
    (folder / "sub").mkdir()
    path = folder / "sub" / "new.formulas.txt"
    path.write_text(WRONG)
    arguments = (str(path.relative_to(folder)),)
    assert [run(*arguments)[0] for _ in range(2)] == [1, 1]
    (folder / "pyproject.toml").write_text('[tool.shapelint]\nignore = ["inner-sizes"]\n')
    assert [run(*arguments)[0] for _ in range(2)] == [0, 0]
    (folder / "sub" / "shapelint.toml").write_text('ignore = ["target-shape"]\n')
    assert [run(*arguments)[0] for _ in range(2)] == [1, 1]
    (folder / "sub" / "shapelint.toml").unlink()
    assert [run(*arguments)[0] for _ in range(2)] == [0, 0]
    (folder / "pyproject.toml").unlink()
    assert [run(*arguments)[0] for _ in range(2)] == [1, 1]


def test_a_configuration_is_parsed_once(folder: Path, run, monkeypatch: pytest.MonkeyPatch) -> None:
    text = """convention = "rows"\nselect = ["all"]\nignore = ["syntax"]\ndeclarations = ["H : (k, m)"]
        [sizes]\nn2 = 1\n[per-file-ignores]\n"lstm*" = ["all"]\n"""
    Path("shapelint.toml").write_text(text)
    wanted = run(".")
    config = load("shapelint.toml")
    assert config is not None
    monkeypatch.setattr("tomllib.loads", lambda _: pytest.fail("it is known"))
    assert run(".") == wanted
    named = load(str(folder / "shapelint.toml"), Store(os.environ["SHAPELINT_CACHE_DIR"]))
    assert named == config._replace(path=str(folder / "shapelint.toml"))


def test_a_changed_convention_of_ones_own_counts_at_once(folder: Path, run) -> None:
    Path("own.shapes").write_text("P : (a, b)\nQ : (b, c)\nR : (a, c)\n")
    Path("new.formulas.txt").write_text("R = P @ Q\n")
    arguments = ("new.formulas.txt", "--convention", "./own.shapes")
    assert [run(*arguments)[0] for _ in range(2)] == [0, 0]
    Path("own.shapes").write_text("P : (a, b)\nQ : (c, b)\nR : (a, c)\n")
    assert [run(*arguments)[0] for _ in range(2)] == [1, 1]


@pytest.mark.parametrize("how", ["cut", "flipped", "emptied", "strange"])
def test_a_damaged_entry_is_none(folder: Path, run, cache: Path, how: str) -> None:
    (folder / "shapelint.toml").write_text('ignore = ["stack-sizes"]\n')
    wanted = run(".")
    names = _names(folder)
    said = run(*names)
    rng = random.Random(7)
    assert len(_entries(cache)) > len(names)
    for entry in _entries(cache):
        data = bytearray(entry.read_bytes())
        if how == "cut":
            del data[len(data) // 2 :]
        elif how == "flipped":
            data[rng.randrange(len(data))] ^= 1 << rng.randrange(8)
        elif how == "emptied":
            data.clear()
        else:  # with a checksum that fits, written by somebody else
            body = json.dumps(
                rng.choice([[], [1], {}, "x", None, [[[1] * 12], "ng", "gradient", ["columns"], "", 1, 1]])
            ).encode()
            data = bytearray(digest(body).encode() + b"\n" + body)
        entry.write_bytes(data)
    assert run(".") == wanted
    assert run(*names) == said


def test_a_cache_that_cannot_be_written_changes_nothing(
    folder: Path, run, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wanted = run(".", "--no-cache")
    cache.write_text("this is a file")
    assert [run(".") for _ in range(2)] == [wanted, wanted]
    monkeypatch.setenv("SHAPELINT_CACHE_DIR", "/dev/null/nowhere")
    assert [run(".") for _ in range(2)] == [wanted, wanted]


@pytest.fixture
def full_disk(tmp_path: Path) -> Iterator[Path]:
    path = tmp_path / "small"
    path.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=16k", "tmpfs", str(path)], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("a small disk cannot be made here")
    yield path
    subprocess.run(["umount", str(path)], check=True)


@pytest.mark.skipif(sys.platform != "linux", reason="a small disk is made with tmpfs")
def test_a_full_disk_changes_nothing(
    folder: Path, run, full_disk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wanted = run(".", "--no-cache")
    monkeypatch.setenv("SHAPELINT_CACHE_DIR", str(full_disk / "cache"))
    assert [run(".") for _ in range(3)] == [wanted] * 3
    assert not [path for path in full_disk.rglob("*") if path.is_file() and path.suffix not in (".json", "")]


def _begin(*arguments: str, cwd: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "shapelint", *arguments]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    return subprocess.Popen(
        command, cwd=cwd, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def _many(folder: Path, number: int) -> None:
    lines = (EXAMPLES / "shallow-network-slips.formulas.txt").read_text(encoding="utf-8")
    for place in range(number):
        (folder / f"{place:03}.formulas.txt").write_text(f"# {place}\n{lines}", encoding="utf-8")


def test_runs_side_by_side_share_a_cache(folder: Path) -> None:
    _many(folder, 20)
    wanted = _begin(".", "--no-cache", cwd=folder).communicate()
    running = [_begin(".", cwd=folder) for _ in range(4)]
    assert [one.communicate() for one in running] == [wanted] * 4
    assert _begin(".", cwd=folder).communicate() == wanted


def test_a_killed_run_leaves_nothing_broken(folder: Path, cache: Path) -> None:
    _many(folder, 60)
    wanted = _begin(".", "--no-cache", cwd=folder).communicate()
    for pause in (0.15, 0.3, 0.6):
        running = _begin(".", cwd=folder)
        time.sleep(pause)
        running.send_signal(signal.SIGKILL if os.name != "nt" else signal.SIGTERM)
        running.communicate()
    assert _begin(".", cwd=folder).communicate() == wanted
    assert _begin(".", cwd=folder).communicate() == wanted


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
def test_the_cache_is_its_owners_alone(folder: Path, run, cache: Path) -> None:
    run(".")
    assert cache.stat().st_mode & 0o077 == 0


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
@pytest.mark.parametrize("mode", [0o777, 0o770, 0o720, 0o702])
def test_what_others_may_write_is_not_believed(folder: Path, run, cache: Path, mode: int) -> None:
    wanted = run("shallow-network-slips.formulas.txt")
    poisoned = [path.read_bytes().replace(b"W2.T", b"rm -") for path in _entries(cache)]
    for path, content in zip(_entries(cache), poisoned, strict=True):
        body = content.partition(b"\n")[2]
        path.write_bytes(digest(body).encode() + b"\n" + body)
    cache.chmod(mode)
    before = [path.read_bytes() for path in _entries(cache)]
    assert run("shallow-network-slips.formulas.txt") == wanted
    assert [path.read_bytes() for path in _entries(cache)] == before  # and nothing is left there
    cache.chmod(0o700)
    assert run("shallow-network-slips.formulas.txt") != wanted


def test_old_entries_go(cache: Path) -> None:
    store = Store(str(cache))
    store.write("aa" + "0" * 38, 1)
    store.write("bb" + "0" * 38, 2)
    old, new = _entries(cache)
    os.utime(old, (0, 0))
    store.sweep()
    assert _entries(cache) == [new]
    os.utime(new, (0, 0))
    store.sweep()  # once a day is enough
    assert _entries(cache) == [new]


def test_an_entry_is_data_and_never_code() -> None:
    words = {"pickle", "marshal", "shelve", "eval", "exec", "compile", "__import__", "literal_eval"}
    for path in (ROOT / "shapelint" / "cache").glob("*.py"):
        nodes = list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
        imports = [node for node in nodes if isinstance(node, ast.Import | ast.ImportFrom)]
        names = {node.id for node in nodes if isinstance(node, ast.Name)}
        names |= {alias.name for node in imports for alias in node.names}
        assert not names & words, path


@pytest.mark.parametrize(
    "option", ["--fix", "--diff", "--add-ignore", "-v", "--no-cache", "--output-file=x", "-"]
)
def test_a_run_that_acts_is_never_only_said_again(option: str) -> None:
    assert replay.key(["formulas.txt"]) is not None
    assert replay.key(["formulas.txt", option]) is None


def test_a_long_answer_is_not_kept_twice(folder: Path, run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(replay, "_LONGEST", 100)
    names = _names(folder)
    wanted = run(*names)
    assert replay.replayed(names) is None
    assert run(*names) == wanted


@pytest.mark.parametrize("output_format", ["full", "json"])
def test_side_by_side_the_output_is_the_same(folder: Path, run, output_format: str) -> None:
    _many(folder, 12)
    wanted = run(".", "--no-cache", "--output-format", output_format)
    for jobs in ("2", "0", "1"):
        assert run(".", "--no-cache", "-j", jobs, "--output-format", output_format) == wanted
    assert run(".", "-j", "2", "--output-format", output_format) == wanted
    assert run(".", "--output-format", output_format) == wanted


def test_a_fault_in_another_process_is_told_here(folder: Path, run, monkeypatch: pytest.MonkeyPatch) -> None:
    _many(folder, 12)
    real = engine.check

    def check(source: Source, options: engine.Options) -> engine.Report:
        if source.name.endswith("003.formulas.txt"):
            raise RuntimeError("boom")
        return real(source, options)

    monkeypatch.setattr(engine, "check", check)
    wanted = run(".", "--no-cache")
    assert wanted[0] == 2
    assert wanted[2].count("boom") == 1
    assert run(".", "--no-cache", "-j", "2") == wanted


@pytest.mark.parametrize("jobs", ["x", "-1", "", "1.5"])
def test_a_number_of_processes_is_a_number(folder: Path, run, jobs: str) -> None:
    assert run(".", f"--jobs={jobs}")[0] == 2
