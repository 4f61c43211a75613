"""The line that says how far a run is: on a terminal, while it takes long, and gone at the end."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

pty = pytest.importorskip("pty")
ROOT = Path(__file__).parent.parent
SLIPS = (ROOT / "examples" / "shallow-network-slips.formulas.txt").read_text(encoding="utf-8")
NUMBER = 80


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for place in range(NUMBER):
        (tmp_path / f"{place:02}.formulas.txt").write_text(f"# {place}\n{SLIPS}", encoding="utf-8")
    return tmp_path


def _run(folder: Path, *arguments: str) -> tuple[str, str]:
    """Run with a terminal for standard error; return what came on standard output and on the terminal."""
    terminal, end = pty.openpty()
    command = [sys.executable, "-m", "shapelint", ".", "--no-cache", "--output-format", "json", *arguments]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed package is compiled
    with subprocess.Popen(
        command, cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=end
    ) as running:
        os.close(end)
        assert running.stdout is not None
        out = running.stdout.read()
    said = b""
    try:
        while piece := os.read(terminal, 65536):
            said += piece
    except OSError:  # Linux's way to say that nobody writes any more
        pass
    os.close(terminal)
    return out.decode(), said.decode()


def test_a_long_run_says_how_far_it_is_and_takes_it_back(folder: Path) -> None:
    out, said = _run(folder)
    steps = [
        int(step)
        for step in re.findall(rf"\r\x1b\[K(\d+) of {NUMBER} files: \d\d\.formulas\.txt|$", said)
        if step
    ]
    assert steps
    assert steps == sorted(set(steps))
    assert re.search(r"\r\x1b\[KFound \d+ errors in [^\r]*\r\n$", said)  # the summary takes its place
    assert "files:" not in out


def test_a_quiet_run_says_nothing(folder: Path) -> None:
    assert _run(folder, "-q")[1] == ""


def test_a_short_run_says_no_more_than_its_summary(folder: Path) -> None:
    for path in sorted(folder.iterdir())[1:]:
        path.unlink()
    assert re.fullmatch(r"Found 13 errors in 1 of 1 file: [^\r]*\r\n", _run(folder)[1])
