"""What in README.md is written by the program: the outputs of its commands, and the table of findings."""

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from shapelint.catalogue import page
from shapelint.codes import CODES

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
PROMPT = "$ "

_CONSOLE = re.compile(r"(?<=^```console\n).*?(?=^```$)", re.MULTILINE | re.DOTALL)
_RULES = re.compile(r"(?<=from the catalogue -->\n).*?(?=<!-- end of the rules -->)", re.DOTALL)
_COMMANDS = re.compile(r"(?<=^```sh\n).*?(?=\n```$)", re.MULTILINE | re.DOTALL)


def current(text: str) -> str:
    """Return the page with the outputs and the table as they are now."""
    text = _RULES.sub(lambda _: "\n" + "".join(_table()) + "\n", text)
    return _CONSOLE.sub(lambda match: "".join(_session(match.group())), text)


def commands(text: str) -> list[str]:
    """Return the commands for a shell: the first runs shapelint, the second its tests."""
    return _COMMANDS.findall(text)


def _session(block: str) -> Iterator[str]:
    prompts = [line for line in block.splitlines() if line.startswith(PROMPT)]
    for place, line in enumerate(prompts):
        yield ("\n" if place else "") + f"{line}\n{_output(line.removeprefix(PROMPT))}\n"


def _output(command: str) -> str:
    program, *arguments = shlex.split(command)
    assert program == "shapelint"
    run = subprocess.run(
        [sys.executable, "-m", "shapelint", *arguments],
        cwd=ROOT,
        env={**os.environ, "PYTHONUTF8": "1"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    return f"{run.stdout}{run.stderr}".rstrip("\n")  # as on a terminal: the summary ends a run


def _table() -> Iterator[str]:
    yield "| finding | | what it means |\n|---|---|---|\n"
    for code in CODES.values():
        name = f"[`{code.name}`](shapelint/catalogue/{code.name}.md)"
        yield f"| {name} | {code.severity} | {_meaning(code.name)} |\n"


def _meaning(code: str) -> str:
    """Return the first sentence of a page of the catalogue."""
    return (page(code) or "").splitlines()[2]
