"""Vim itself, with ALE and the files for it: it shows the slip, and the repair mends it."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from .real import HERE, PAINTED, seen

QUIET = ["vim", "-T", "dumb", "--not-a-term", "-N", "-i", "NONE"]
COMMAND = [*QUIET, "-u", str(HERE / "vimrc.vim"), "-S", str(HERE / "vim.vim")]

# What a face of Emacs is called in the syntax file.
NAMES = {
    "variable-name": "shapelintTarget",
    "type": "shapelintShape",
    "builtin": "shapelintTranspose",
    "keyword": "shapelintProduct",
    "function-name": "shapelintFunction",
    "constant": "shapelintKeyword",
    "comment": "shapelintComment",
    "preprocessor": "shapelintDirective",
}


@pytest.fixture(scope="module", autouse=True)
def _ale() -> None:
    if shutil.which("vim") is None:
        pytest.skip("Vim is not installed")
    asked = [*QUIET, "-u", "NONE", "-c", "try | packadd ale | catch | cquit | endtry | qall!"]
    if subprocess.run(
        asked, stdin=subprocess.DEVNULL, capture_output=True, timeout=60, check=False
    ).returncode:
        pytest.skip("Vim has no ALE")


@pytest.mark.parametrize(
    ("name", "text", "kind", "found", "repaired"),
    [
        (
            "formulas.txt",
            "X : (n0, m)\ndA1 = 𝛼 * W2 @ dZ2\n",
            "shapelint",
            "2:14 W2 ",
            "X : (n0, m)|dA1 = 𝛼 * W2.T @ dZ2",
        ),
        (
            "paper.tex",
            "\\begin{document}\n😀 \\( dA^{[1]} = W^{[2]} dZ^{[2]} \\)\n",
            "tex",
            "2:20 W^{[2]} ",
            "\\begin{document}|😀 \\( dA^{[1]} = W^{[2]T} dZ^{[2]} \\)",
        ),
        (
            "notes.md",
            "# 𝔘\n\n𝔘é $dA^{[1]} = W^{[2]} dZ^{[2]}$\n",
            "markdown",
            "3:20 W^{[2]} ",
            "# 𝔘||𝔘é $dA^{[1]} = W^{[2]T} dZ^{[2]}$",
        ),
    ],
)
def test_vim_shows_the_slip_and_mends_it(
    tmp_path: Path, name: str, text: str, kind: str, found: str, repaired: str
) -> None:
    document = tmp_path / name
    document.write_text(text, encoding="utf-8")
    lines = seen(COMMAND, "vim", document)
    assert lines["type"] == kind
    assert lines["found"].startswith(f"{found}inner-sizes `W")
    assert "(n2, n1)" in lines["hover"]
    assert (lines["left"], lines["text"]) == ("0", repaired)


def test_vim_takes_settings(tmp_path: Path) -> None:
    document = tmp_path / "my.shapes"
    document.write_text("Z1 = W1 @ X + b1\n", encoding="utf-8")
    settings = json.dumps({"convention": "rows", "ignore": ["mixed-convention"]})
    assert seen(COMMAND, "vim", document, {"SETTINGS": settings})["text"] == "Z1 = X @ W1 + b1"


def test_vim_paints_formulas_and_leaves_prose(tmp_path: Path) -> None:
    document = tmp_path / "my.shapes"
    document.write_text("\n".join(text for text, _, _ in PAINTED) + "\n", encoding="utf-8")
    lines = seen(COMMAND, "vim", document, {"PARTS": "\n".join(part for _, part, _ in PAINTED)})
    for number, (text, part, face) in enumerate(PAINTED, 1):
        name = "shapelintBlock" if part == "when" else NAMES.get(face, "")
        assert lines[f"painted{number}"] == name, text
