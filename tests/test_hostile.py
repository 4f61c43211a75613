"""What somebody else wrote is checked: it acts on no terminal, opens no file, and takes no time to speak of."""

import os
import subprocess
import sys
from itertools import pairwise
from pathlib import Path
from time import perf_counter

import pytest

from shapelint.check import check
from shapelint.render import REPORTS
from shapelint.source import Source

ESCAPES = "\x1b]0;owned\x07\x1b[2J\x9b31m\u202e\u2066\x00\x08"
TEXT = (
    f"dZ1 = W2 @ dZ2  # (n1, m) {ESCAPES}\n"
    f"W{ESCAPES} = W1 @ X @ {ESCAPES}\n"
    f"# shapelint: convention={ESCAPES}\n"
    f"# shapelint: ignore[{ESCAPES}]\n"
    f"dW1 = dZ1 X {ESCAPES}\n"
    f"A{ESCAPES}1 : (n1, {ESCAPES})\n"
)
HARMLESS = {"\n"}


def _run(folder: Path, *words: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "shapelint", *words],
        cwd=folder,
        capture_output=True,
        check=False,
        env={**os.environ, "PYTHONUTF8": "1", "SHAPELINT_CACHE_DIR": str(folder / "cache")},
    )


def _raw(output: bytes) -> set[str]:
    """Return what a terminal would act on: controls, and what turns the direction of writing."""
    text = output.decode("utf-8")
    return {one for one in text if not one.isprintable() and one not in HARMLESS}


NAME = f"a{ESCAPES}.txt".replace("\0", "")


@pytest.fixture
def hostile(tmp_path: Path) -> Path:
    for suffix in (".txt", ".md", ".tex", ".py"):
        text = {".md": f"${TEXT}$\n\n```\n{TEXT}```\n", ".tex": f"\\[{TEXT}\\]\n"}.get(suffix, TEXT)
        if suffix == ".py":
            text = f"import numpy as np\ndW1 = np.dot(dZ1, X)  # {ESCAPES}\n{TEXT}"
        text = text.replace("\0", "")  # a file that holds one is no text
        (tmp_path / NAME.replace(".txt", suffix)).write_text(text, encoding="utf-8", newline="")
    return tmp_path


@pytest.mark.skipif(os.name == "nt", reason="no such name can be given there")
@pytest.mark.parametrize(
    "words", [[f"--output-format={one}"] for one in REPORTS] + [["-v"], ["--statistics"]]
)
def test_no_escape_of_a_file_reaches_a_terminal(hostile: Path, words: list[str]) -> None:
    done = _run(hostile, *words, *sorted(path.name for path in hostile.iterdir() if path.is_file()))
    assert done.returncode == 1, done.stderr
    assert done.stdout
    assert _raw(done.stdout) == set()
    assert _raw(done.stderr) == set()


@pytest.mark.skipif(os.name == "nt", reason="no such name can be given there")
@pytest.mark.parametrize(
    "words",
    [
        ["shapes", NAME],
        ["explain", ESCAPES.replace("\0", "")],
        ["-e", TEXT.replace("\0", "")],
        ["missing" + NAME],
        ["--select", NAME],
    ],
)
def test_no_escape_of_a_command_reaches_a_terminal(hostile: Path, words: list[str]) -> None:
    done = _run(hostile, *words)
    assert _raw(done.stdout) == set()
    assert _raw(done.stderr) == set()


# What a run opens, and with what purpose, told by the interpreter itself.
WATCHED = """
import os, sys
def seen(event, arguments):
    if event == "open" and isinstance(arguments[0], (str, bytes)):
        path = os.path.abspath(os.fsdecode(arguments[0]))
        sys.__stderr__.write(f"OPENED {arguments[2] & (os.O_WRONLY | os.O_RDWR)} {path}\\n")
    elif event in ("subprocess.Popen", "os.system", "os.exec", "os.fork", "socket.connect", "exec_code"):
        sys.__stderr__.write(f"DONE {event}\\n")
sys.addaudithook(seen)
sys.argv = ["shapelint", *sys.argv[1:]]
from shapelint.__main__ import run
run()
"""


def test_nothing_is_opened_but_what_was_named(tmp_path: Path) -> None:
    inside, outside = tmp_path / "inside", tmp_path / "outside"
    inside.mkdir()
    outside.mkdir()
    (outside / "secret.txt").write_text("dZ1 = W2 dZ2\n")
    (outside / "secret.tex").write_text(r"\[dZ^{[1]} = W^{[2]} dZ^{[2]}\]")
    (inside / "link.txt").symlink_to(outside / "secret.txt")
    (inside / "folder").symlink_to(outside)
    (inside / "a.tex").write_text(
        r"\input{../outside/secret}\include{../outside/secret}\[dZ^{[1]} = W^{[2]} dZ^{[2]}\]"
    )
    (inside / "a.md").write_text(
        "![](../outside/secret.txt) [a](file:../outside/secret.txt)\n\n$dZ_1 = W_2 dZ_2$\n"
    )
    (inside / "a.py").write_text(
        "import numpy as np, secret\nexec(open('../outside/secret.txt').read())\ndW1 = np.dot(dZ1, X)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", WATCHED, "--fix", "."],
        cwd=inside,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "SHAPELINT_CACHE_DIR": str(tmp_path / "cache"), "PYTHONDONTWRITEBYTECODE": "1"},
    )
    assert "DONE" not in done.stderr
    opened = [line.split(" ", 2)[1:] for line in done.stderr.splitlines() if line.startswith("OPENED")]
    assert opened
    ours = [Path(path) for _, path in opened if Path(path).is_relative_to(tmp_path)]
    assert not [path for path in ours if path.is_relative_to(outside)]
    written = [Path(path) for purpose, path in opened if purpose != "0" and path != os.devnull]
    assert all(path.is_relative_to(inside) or path.is_relative_to(tmp_path / "cache") for path in written)
    assert (outside / "secret.txt").read_text() == "dZ1 = W2 dZ2\n"


LETTERS = "abcdefghijklmnopqrst"
LAUGHS = "".join(
    r"\newcommand{\%s}{%s}" % (after, rf"\{before}" * 10)  # noqa: UP031 - braces of its own
    for before, after in pairwise(LETTERS)
)
BOMBS = {
    "macros that double and double": ("a.tex", r"\newcommand{\a}{dZ}" + LAUGHS + r"\[\t = \t\]"),
    "a macro that calls itself": ("a.tex", r"\newcommand{\a}{\a\a}\[\a = 1\]"),
    "two that call each other": ("a.tex", r"\newcommand{\a}{\b\b}\newcommand{\b}{\a\a}\[\a = 1\]"),
    "a notebook of brackets": ("a.ipynb", "[" * 100_000),
    "a notebook of objects": ("a.ipynb", '{"cells":' * 50_000),
    "a cell in a cell": ("a.ipynb", '{"cells": [' * 20_000 + "]}" * 20_000),
    "a number of digits": ("a.ipynb", '{"nbformat": ' + "9" * 100_000 + ', "cells": []}'),
    "a number in a formula": ("a.txt", "dZ1 = " + "9" * 100_000 + " W1"),
    "a size of digits": ("a.txt", "dZ1 : (" + "9" * 100_000 + ", m)"),
    "a power of powers": ("a.py", "import numpy as np\ndW1 = np.zeros((9**9**9**9, 9**9**9))\n"),
    "a tower of powers": ("a.txt", "Z1 = W1^9^9^9^9^9\nZ1 : (9*9*9*9*9*9, m)"),
    "a program of brackets": ("a.py", "import numpy as np\ndW1 = " + "(" * 5_000),
    "a program of minus signs": ("a.py", "import numpy as np\ndW1 = " + "-" * 50_000 + "1"),
    "a program of indents": (
        "a.py",
        "import numpy as np\ndW1 = dZ1\n" + "".join(f"{' ' * n}if x:\n" for n in range(500)),
    ),
    "a program of attributes": ("a.py", "import numpy as np\ndW1 = np" + ".T" * 20_000),
    "a range that is long": (
        "a.py",
        "import numpy as np\nfor l in range(10**12):\n    dW1 = np.dot(dZ1, X)\n",
    ),
    "functions that call each other": (
        "a.py",
        "import numpy as np\ndef f(W1):\n    return g(W1) @ g(W1)\ndef g(W1):\n    return f(W1) @ f(W1)\ndW1 = f(W1)\n",
    ),
}


@pytest.mark.parametrize("bomb", BOMBS)
def test_what_would_explode_is_bounded(bomb: str) -> None:
    name, text = BOMBS[bomb]
    start = perf_counter()
    check(Source(name, text))
    assert perf_counter() - start < 5
