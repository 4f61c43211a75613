"""The command line as a whole, in front of an engine that the tests make up."""

import io
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from shapelint import check as engine
from shapelint.catalogue import page
from shapelint.cli import main
from shapelint.codes import CODES
from shapelint.diagnostic import Diagnostic, Fix, FormulaShapes, Listed, Report
from shapelint.source import Source, Span

# What the made-up engine finds: a character, and what it stands for.
FOUND = {
    "@": Diagnostic("inner-sizes", "error", "at", Span(0, 1), fix=Fix("write `x`", "", "safe", ())),
    "#": Diagnostic("target-shape", "error", "hash", Span(0, 1)),
    "+": Diagnostic("ambiguous-sum", "warning", "plus", Span(0, 1)),
    "?": Diagnostic("undetermined", "warning", "what", Span(0, 1)),
}


@pytest.fixture
def seen(tmp_path, monkeypatch) -> list:
    """Put the made-up engine in place, in an empty folder; return what it was given."""
    given: list[tuple[Source, engine.Options]] = []

    def check(source: Source, options: engine.Options) -> Report:
        given.append((source, options))
        if "!" in source.text:
            raise RuntimeError("boom")
        found = [
            FOUND[character]._replace(span=Span(place, place + 1))
            for place, character in enumerate(source.text)
            if character in FOUND
        ]
        left = (Listed(Span(0, 1), "", "prose"), Listed(Span(2, 3), "ok", "b is (n, m)"))
        return Report(
            source,
            tuple(found),
            formulas=1,
            undetermined=2 * source.text.count("?"),
            unread=3 * source.text.count("?"),
            why_convention="said so",
            listed=left,
            understood=("in rows",),
        )

    def analyse(source: Source, options: engine.Options) -> tuple[FormulaShapes, ...]:
        given.append((source, options))
        return (FormulaShapes(source.text, Span(0, len(source.text)), "ok", None, ()),)

    monkeypatch.setattr(engine, "check", check)
    monkeypatch.setattr(engine, "analyse", analyse)
    monkeypatch.chdir(tmp_path)
    for name, text in {"at.txt": "a @ b\n", "sum.txt": "a + b\n", "fine.txt": "a b\n"}.items():
        (tmp_path / name).write_text(text)
    return given


@pytest.fixture
def shapelint(seen, capsys):
    """Run the program; return its exit status, what it wrote, and what it wrote on standard error."""

    def run(*arguments: str) -> tuple[int, str, str]:
        status = main(arguments)
        out, err = capsys.readouterr()
        return status, out, err

    return run


def concise(*names: str) -> str:
    lines = {
        "at.txt": "at.txt:1:3: error[inner-sizes] [*] at\n",
        "sum.txt": "sum.txt:1:3: warning[ambiguous-sum] plus\n",
    }
    return "".join(lines[name] for name in names)


@pytest.mark.parametrize(
    ("arguments", "status", "names"),
    [
        (["at.txt"], 1, ["at.txt"]),
        (["check", "at.txt"], 1, ["at.txt"]),
        (["fine.txt"], 0, []),
        ([], 1, ["at.txt", "sum.txt"]),
        (["."], 1, ["at.txt", "sum.txt"]),
        (["sum.txt", "-q", "at.txt"], 1, ["sum.txt", "at.txt"]),
        (["--exit-zero", "at.txt"], 0, ["at.txt"]),
        (["--fail-on", "error", "sum.txt"], 0, ["sum.txt"]),
        (["--fail-on=error", "sum.txt", "at.txt"], 1, ["sum.txt", "at.txt"]),
        (["--select", "inner-sizes", "."], 1, ["at.txt"]),
        (["--select", "inn,bad-axis", "--select", "stack", "."], 1, ["at.txt"]),
        (["--ignore", "inner,ambiguous", "."], 0, []),
        (["--exclude", "at.*,x", "."], 1, ["sum.txt"]),
        (["--exclude", "at.*", "at.txt"], 1, ["at.txt"]),
        (["--exclude", "at.*", "--force-exclude", "at.txt"], 0, []),
    ],
)
def test_findings_and_status(shapelint, arguments: list[str], status: int, names: list[str]) -> None:
    assert shapelint(*arguments, "--output-format", "concise")[:2] == (status, concise(*names))


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["--outputformat", "json"], "unknown option `--outputformat`; did you mean `--output-format`?"),
        (["--output-format", "jsn"], "unknown output format `jsn`; did you mean `json`?"),
        (
            ["shapes", "--output-format", "concise"],
            "unknown output format `concise`; it can be `full`, `json`",
        ),
        (["--select", "iner-sizes"], "unknown code `iner-sizes`; did you mean `inner-sizes`?"),
        (["--ignore", "Inner-Sizes"], "unknown code `Inner-Sizes`; did you mean `inner-sizes`?"),
        (["--star", "prodct"], "unknown reading of * `prodct`; did you mean `product`?"),
        (["--layout", "numerators"], "unknown layout `numerators`; did you mean `numerator`?"),
        (["--color", "\x1b[1m"], r"unknown color `\x1b[1m`; it can be"),
        (["--convention", "no/such.shapes"], "the convention `no/such.shapes` cannot be read"),
        (["--config", "none.toml"], "none.toml: cannot be read: no such file"),
        (["--config", "x", "--isolated"], "`--config` and `--isolated` exclude each other"),
        (["--output-file", "none/x"], "`none/x` cannot be written: no such file"),
        (["--layout"], "--layout: expected one argument"),
        (["-Z"], "unknown option `-Z`; `shapelint --help` lists them"),
        (["explain"], "which code?"),
        (["explain", "iner-sizes"], "unknown code `iner-sizes`; did you mean `inner-sizes`?"),
        (["lsp", "--tcp"], "unknown option `--tcp` of `shapelint lsp`"),
    ],
)
def test_wrong_use_names_the_right_word(shapelint, arguments: list[str], complaint: str) -> None:
    status, out, err = shapelint(*arguments)
    assert (status, out) == (2, "")
    assert err.startswith("shapelint: ")
    assert complaint in err
    assert err.count("\n") == 1


def test_undetermined_is_off_unless_selected(shapelint) -> None:
    assert shapelint("-e", "a ? b")[:2] == (0, "")
    assert shapelint("-e", "a ? b", "--select", "undetermined")[0] == 1


def test_a_formula_of_the_command_line(shapelint, seen) -> None:
    status, out, _ = shapelint("-e", "a : (1, m)", "-e", "b @ a", "--output-format", "concise")
    assert (status, out) == (1, "<formula>:2:3: error[inner-sizes] [*] at\n")
    assert [source.text for source, _ in seen] == ["a : (1, m)\nb @ a"]
    assert shapelint("shapes", "-e", "b a")[1].startswith("b a\n")


def test_standard_input(shapelint, monkeypatch) -> None:
    for name, arguments in (("<stdin>", []), ("notes.txt", ["--stdin-filename", "notes.txt"])):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"\xef\xbb\xbfa @")))
        status, out, _ = shapelint("-", *arguments, "--output-format", "concise")
        assert (status, out) == (1, f"{name}:1:3: error[inner-sizes] [*] at\n")


def test_a_file_that_cannot_be_read_stops_nothing(shapelint, tmp_path) -> None:
    (tmp_path / "bad.txt").write_bytes(b"\xff")
    status, out, _ = shapelint(
        "none.txt", "bad.txt", "at.txt", "--select", "inner", "--output-format", "concise"
    )
    assert status == 1
    assert [line.split(" ")[1] for line in out.splitlines()] == [
        *("error[unreadable]", "error[unreadable]", "error[inner-sizes]"),
    ]


def test_a_fault_of_the_engine_costs_one_file(shapelint, tmp_path) -> None:
    (tmp_path / "a.txt").write_text("!")
    status, out, err = shapelint(".", "--output-format", "json")
    assert status == 2
    assert [record["filename"] for record in json.loads(out)] == ["at.txt", "sum.txt"]
    assert err.startswith("shapelint: a.txt: this is a fault of shapelint")
    assert "RuntimeError: boom" in err.splitlines()[0]
    assert err.splitlines()[1].startswith("Found 1 error and 1 warning in 2 of 3 files: 3 formulas checked")
    assert "Traceback" in shapelint("a.txt", "-v")[2]


def test_a_fault_elsewhere_is_told_too(shapelint, monkeypatch) -> None:
    monkeypatch.setattr("shapelint.render.full.render", lambda reports, screen: 1 / 0)
    status, _, err = shapelint("at.txt")
    assert status == 2
    assert "ZeroDivisionError" in err


def test_json_stands_alone_on_standard_output(shapelint) -> None:
    for form in ("json", "jsonl"):
        status, out, err = shapelint("--output-format", form, "-v", ".")
        assert status == 1
        assert [json.loads(part)["code"] for part in out.splitlines()] if form == "jsonl" else json.loads(out)
        assert "Found 1 error and 1 warning in 2 of 3 files" in err


def test_a_summary_ends_every_run_on_standard_error(shapelint, tmp_path) -> None:
    found = "Found 1 error in 1 of 1 file: 1 formula checked; 1 can be repaired with --fix\n"
    for form in ("full", "concise", "json", "sarif"):
        _, out, err = shapelint("at.txt", "--output-format", form)
        assert err == found
        assert "Found" not in out
    assert shapelint("at.txt", "--output-file", "result")[1:] == ("", found)
    assert shapelint("fine.txt")[2] == "No faults found in 1 file: 1 formula checked\n"
    assert shapelint("at.txt", "-q")[2] == shapelint("fine.txt", "-q")[2] == ""
    (tmp_path / "what.txt").write_text("a ? b")
    assert shapelint("what.txt")[2] == (
        "Nothing wrong in what was read of 1 file: 1 formula checked, 2 open, 3 not read (-v lists them)\n"
    )
    assert shapelint("-v", "what.txt")[2].endswith("1 formula checked, 2 open, 3 not read\n")


@pytest.mark.parametrize("jobs", ["1", "3"])
def test_the_account_is_the_same_from_the_cache_and_with_several_jobs(tmp_path: Path, jobs: str) -> None:
    text = "Z1 = W1 X + b1\ndZ1 = foo @ dZ2\ndZ2 = W3.T dZ3 \u229b g'(Z2)\n"
    for index in range(12):
        (tmp_path / f"{index}.txt").write_text(text if index % 2 else f"{text}# {index}\n")
    said = []
    for more in ([], [], ["--no-cache"], ["--output-format", "json"]):
        out, err = process("-m", "shapelint", "-j", jobs, ".", *more, cwd=tmp_path).communicate()
        assert (b"Z1" in out) is False
        said.append(err.decode())
    counts = "12 formulas checked, 12 open, 12 not read (-v lists them)"
    assert said[0].strip() == f"Nothing wrong in what was read of 12 files: {counts}"
    assert len(set(said)) == 1


def test_verbose_tells_how_a_file_was_read(shapelint) -> None:
    assert shapelint("-v", "fine.txt")[2].splitlines()[:3] == [
        "fine.txt: convention ng, layout gradient (said so)",
        "fine.txt: in rows",
        "fine.txt:1:1: passed over: prose",
    ]
    assert shapelint("-v", "fine.txt")[2].splitlines()[3] == "fine.txt:1:3: right: b is (n, m)"


def test_output_file(shapelint, tmp_path) -> None:
    status, out, _ = shapelint("at.txt", "--output-format", "concise", "--output-file", "result")
    assert (status, out) == (1, "")
    assert (tmp_path / "result").read_text() == concise("at.txt")


def test_statistics(shapelint) -> None:
    status, out, _ = shapelint("--statistics", "-e", "@ @ # +")
    assert status == 1
    assert [line.split()[:3] for line in out.splitlines()] == [
        ["2", "inner-sizes", "[*]"],
        ["1", "ambiguous-sum", "a"],
        ["1", "target-shape", "the"],
    ]
    counted = json.loads(shapelint("--statistics", "--output-format", "json", "-e", "@ @ #")[1])
    assert [(row["code"], row["count"], row["repairable"]) for row in counted] == [
        ("inner-sizes", 2, 2),
        ("target-shape", 1, 0),
    ]


def test_show_files(shapelint, seen) -> None:
    assert shapelint("--show-files", ".")[:2] == (0, "at.txt\nfine.txt\nsum.txt\n")
    assert seen == []


def test_nothing_to_read_is_said(shapelint, tmp_path) -> None:
    (tmp_path / "empty").mkdir()
    looked_for = ".shapes, .txt, .md, .markdown, .qmd, .rmd, .tex, .ipynb, .py, .m"
    assert shapelint("empty") == (0, "", f"shapelint: nothing to read ({looked_for} are looked for)\n")


def test_settings_reach_the_engine(shapelint, seen, tmp_path) -> None:
    (tmp_path / "own.shapes").write_text("X : (n0, m)")
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "a.txt").write_text("a")
    (tmp_path / "shapelint.toml").write_text('convention = "own.shapes"\nstar = "either"\n[sizes]\nn2 = 1\n')
    shapelint("sub", "-q")
    shapelint("sub/a.txt", "--star", "product", "--layout", "numerator")
    shapelint("sub/a.txt", "--isolated")
    (walked, named, isolated) = [options for _, options in seen]
    assert walked == engine.Options(
        "own.shapes", "X : (n0, m)", None, "either", sizes=(("n2", "1"),), walked=True, hints=False
    )
    assert (named.star, named.layout, named.walked) == ("product", "numerator", False)
    assert isolated == engine.Options(hints=False)


def test_configuration_filters(shapelint, tmp_path) -> None:
    def codes(*arguments: str) -> str:
        return shapelint("--output-format", "concise", *arguments, ".")[1]

    (tmp_path / "shapelint.toml").write_text('ignore = ["ambiguous-sum"]')
    assert codes() == concise("at.txt")
    assert codes("--select", "ambiguous-sum") == concise("sum.txt")
    assert codes("--isolated") == concise("at.txt", "sum.txt")
    (tmp_path / "shapelint.toml").write_text('[per-file-ignores]\n"at.*" = ["inner"]')
    assert codes() == concise("sum.txt")
    assert codes("--select", "inner") == ""
    (tmp_path / "shapelint.toml").write_text('exclude = ["at.txt"]')
    assert codes() == concise("sum.txt")
    (tmp_path / "other.toml").write_text('select = ["inner"]')
    assert codes("--config", "other.toml") == concise("at.txt")


def test_a_wrong_configuration_is_wrong_use(shapelint, tmp_path) -> None:
    (tmp_path / "shapelint.toml").write_text("exlude = []")
    status, out, err = shapelint("at.txt")
    assert (status, out) == (2, "")
    assert "unknown key `exlude`; did you mean `exclude`?" in err


def test_explain(shapelint) -> None:
    status, out, _ = shapelint("explain", "--list")
    assert status == 0
    assert out.startswith("inner-sizes        error    columns of the left")
    assert shapelint("explain", "inner")[1].startswith("inner-sizes\n\n  In a matrix product")


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("columns", [None, "66", "100"])
def test_a_page_is_drawn_for_people(shapelint, monkeypatch, code: str, columns: str | None) -> None:
    if columns:
        monkeypatch.setenv("COLUMNS", columns)
    out = shapelint("explain", code)[1]
    assert max(map(len, out.splitlines())) <= int(columns or 80)
    assert not [line for line in out.splitlines() if line.startswith(("#", "```", "- "))]
    painted = shapelint("explain", code, "--color", "always")[1]
    assert re.sub(r"\x1b\[[0-9;]*m|`", "", painted) == out.replace("`", "")
    assert _letters(out) == _letters(re.sub("^```.*$", "", page(code) or "", flags=re.MULTILINE))


def _letters(text: str) -> list[str]:
    return re.findall(r"\w", text)


def test_sentences_are_wrapped_where_the_width_is_known(shapelint, monkeypatch) -> None:
    whole = shapelint("at.txt", "-v")
    monkeypatch.setenv("COLUMNS", "30")
    _, out, err = shapelint("at.txt", "-v")
    assert max(map(len, out.splitlines())) <= 30
    assert "Found 1 error in 1 of 1 file:\n  1 formula checked; 1 can be\n  repaired with --fix\n" in err
    assert " ".join(out.split()) == " ".join(whole[1].split())
    assert max(map(len, shapelint("explain", "--list")[1].splitlines())) <= 50  # the names take their columns
    assert shapelint("at.txt", "--output-format", "concise")[1] == concise("at.txt")


def test_help_fits_80_columns(shapelint, capsys) -> None:
    for arguments in (["--help"], ["check", "-h"], ["shapes", "--help"], ["explain", "--help"]):
        with pytest.raises(SystemExit) as end:
            main(arguments)
        text = capsys.readouterr().out
        assert end.value.code == 0
        assert max(map(len, text.splitlines())) <= 80
        assert text.startswith("usage: shapelint")


def process(*arguments: str, cwd, **more) -> subprocess.Popen:
    root = Path(__file__).parents[1]
    environment = {**os.environ, "PYTHONPATH": str(root), "PYTHONIOENCODING": "utf-8"}
    command = [sys.executable, *arguments]
    pipe = subprocess.PIPE
    return subprocess.Popen(command, cwd=cwd, env=environment, stdout=pipe, stderr=pipe, **more)


def test_a_closed_pipe_is_no_error(tmp_path) -> None:
    names = [f"{index}" * 50 for index in range(3000)]
    running = process("-m", "shapelint", "--output-format", "concise", *names, cwd=tmp_path)
    assert running.stdout is not None and running.stderr is not None
    running.stdout.readline()
    running.stdout.close()
    assert (running.stderr.read(), running.wait()) == (b"", 0)
    running.stderr.close()


def test_an_interrupt_is_quiet(tmp_path) -> None:
    program = (
        "import shapelint.cli.check as c, shapelint.__main__ as m\n"
        "def interrupted(arguments): raise KeyboardInterrupt\n"
        "c.run = interrupted\nm.run()"
    )
    running = process("-c", program, "x", cwd=tmp_path)
    assert (*running.communicate(), running.returncode) == (b"", b"", 130)


NEVER = {"argparse", "dataclasses", "difflib", "hashlib", "importlib.metadata", "inspect", "lark", "pathlib"} | {
    "pathspec", "platformdirs", "shapelint.explain", "shapelint.render.full", "shutil", "subprocess", "tomllib",
    "unicodedata", "wcwidth",
}  # fmt: skip
RECALLING = {"typing", "shapelint.check", "shapelint.cli.check", "shapelint.diagnostic", "shapelint.source"}


def test_a_short_run_loads_nothing_that_it_does_not_need(tmp_path) -> None:
    (tmp_path / "a.txt").write_text("Z1 = W1 X + b1\n")
    program = (
        "import sys\nfrom shapelint.cli import main\nprint(main(['a.txt']))\nprint(*sorted(sys.modules))"
    )
    loaded = []
    for _ in range(2):
        out, err = process("-c", program, cwd=tmp_path).communicate()
        status, modules = out.decode().splitlines()
        assert (status, err) == ("0", b"No faults found in 1 file: 1 formula checked\n")
        loaded.append(set(modules.split()))
    assert (loaded[0] & NEVER, loaded[1] & (NEVER | RECALLING)) == (set(), set())
    assert loaded[0] >= RECALLING


def test_a_closed_standard_output_is_no_fault(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("dZ1 = dZ2 @ W2\n")
    command = f'"{sys.executable}" -m shapelint a.txt >&-'
    environment = os.environ | {"PYTHONPATH": str(Path(engine.__file__).parents[1])}
    done = subprocess.run(
        ["sh", "-c", command], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr[:13]) == (1, "Found 1 error")


@pytest.mark.parametrize("command", [[], ["check"], ["check", "--output-format", "concise"], ["shapes"]])
def test_what_stands_behind_two_dashes_is_a_path(shapelint, tmp_path: Path, command: list[str]) -> None:
    (tmp_path / "--fix").write_text("a @ b")
    status, out, err = shapelint(*command, "-q", "fine.txt", "--", "--fix", "at.txt")
    assert err == ""
    assert (status, "--fix:1:3" in out or "a @ b" in out) == (command[:1] != ["shapes"], True)
    assert (tmp_path / "--fix").read_text() == "a @ b"
