"""What the shells complete, asked of the shells."""

import shutil
import subprocess
from pathlib import Path

import pytest

from shapelint.cli import COMMANDS, main
from shapelint.cli.completion import SHELLS

# What is typed, and what must be among the offers, if a shell can be asked for them.
TYPED = [
    ("shapelint shapes --output-format j", {"json", "jsonl"}),
    ("shapelint check --output-format s", {"sarif"}),
    ("shapelint --output-format g", {"github", "gitlab"}),
    ("shapelint --fail-on ", {"error", "warning"}),
    ("shapelint --convention r", {"rows"}),
    ("shapelint --select targ", {"target-shape"}),
    ("shapelint explain inner", {"inner-sizes"}),
    ("shapelint expl", {"explain"}),
    ("shapelint completion ", set(SHELLS)),
    ("shapelint --stat", {"--statistics"}),
    ("shapelint notes.md --unsafe", {"--unsafe-fixes"}),
    ("shapelint check no", {"notes.md"}),
    ("shapelint --config no", {"notes.md"}),
]
ASK_BASH = """
source {script}
COMP_WORDS=({words}); COMP_CWORD={place}
_shapelint
printf '%s\\n' "${{COMPREPLY[@]}}"
"""


@pytest.fixture
def script(tmp_path: Path, capsys: pytest.CaptureFixture[str], request: pytest.FixtureRequest) -> Path:
    assert main(["completion", request.param]) == 0
    path = tmp_path / f"completion.{request.param}"
    path.write_text(capsys.readouterr().out, encoding="utf-8")
    (tmp_path / "notes.md").write_text("")
    return path


def _needs(shell: str) -> None:
    if shutil.which(shell) is None:
        pytest.skip(f"{shell} is not installed")


def _asked(*command: str, cwd: Path) -> set[str]:
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=True)
    assert done.stderr == ""
    return {line.split("\t")[0] for line in done.stdout.splitlines()}


@pytest.mark.parametrize("script", ["bash"], indirect=True)
@pytest.mark.parametrize(("typed", "offered"), TYPED)
def test_bash_completes(script: Path, typed: str, offered: set[str]) -> None:
    _needs("bash")
    words = typed.split(" ")
    quoted = " ".join(f"'{word}'" for word in words)
    program = ASK_BASH.format(script=script, words=quoted, place=len(words) - 1)
    found = _asked("bash", "-c", program, cwd=script.parent)
    assert offered <= found
    assert all(word.startswith(words[-1]) for word in found)


@pytest.mark.parametrize("script", ["fish"], indirect=True)
@pytest.mark.parametrize(("typed", "offered"), TYPED)
def test_fish_completes(script: Path, typed: str, offered: set[str]) -> None:
    _needs("fish")
    assert offered <= _asked("fish", "-N", "-c", f"source {script}; complete -C '{typed}'", cwd=script.parent)


@pytest.mark.parametrize("script", SHELLS, indirect=True)
def test_the_shell_reads_its_script(script: Path) -> None:
    shell = script.suffix[1:]
    _needs(shell)
    assert _asked(shell, "-n", str(script), cwd=script.parent) == set()


@pytest.mark.parametrize("script", SHELLS, indirect=True)
def test_every_command_and_option_is_known(script: Path, capsys: pytest.CaptureFixture[str]) -> None:
    written = script.read_text(encoding="utf-8")
    main_options = ["output-format", "fail-on", "add-ignore", "no-cache", "jobs", "exclude"]
    assert all(word in written for word in [*COMMANDS, *main_options])


@pytest.mark.parametrize(("shell", "why"), [("zhs", "did you mean `zsh`?"), (None, "bash, zsh or fish")])
def test_another_shell_is_named(shell: str | None, why: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["completion", *([shell] if shell else [])]) == 2
    assert why in capsys.readouterr().err
