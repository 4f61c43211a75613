"""Emacs itself, with eglot and the file for it: it shows the slip, and the repair mends it."""

import shutil
import subprocess
from pathlib import Path

import pytest

from .real import HERE, PAINTED, seen

COMMAND = ["emacs", "--batch", "-l", str(HERE / "emacs.el")]


@pytest.fixture(scope="module", autouse=True)
def _eglot() -> None:
    if shutil.which("emacs") is None:
        pytest.skip("Emacs is not installed")
    asked = ["emacs", "--batch", "-f", "package-initialize", "--eval", "(require 'eglot)"]
    if subprocess.run(asked, capture_output=True, timeout=60, check=False).returncode:
        pytest.skip("Emacs has no eglot")


@pytest.mark.parametrize(
    ("name", "text", "mode", "found", "repaired"),
    [
        (
            "formulas.txt",
            "X : (n0, m)\ndA1 = 𝛼 * W2 @ dZ2\n",
            "shapelint-mode",
            "2:10 W2 ",
            "X : (n0, m)|dA1 = 𝛼 * W2.T @ dZ2|",
        ),
        (
            "paper.tex",
            "\\begin{document}\n😀 \\( dA^{[1]} = W^{[2]} dZ^{[2]} \\)\n",
            "latex-mode",
            "2:16 W^{[2]} ",
            "\\begin{document}|😀 \\( dA^{[1]} = W^{[2]T} dZ^{[2]} \\)|",
        ),
    ],
)
def test_emacs_shows_the_slip_and_mends_it(
    tmp_path: Path, name: str, text: str, mode: str, found: str, repaired: str
) -> None:
    document = tmp_path / name
    document.write_text(text, encoding="utf-8")
    lines = seen(COMMAND, "emacs", document)
    assert lines["mode"] == mode
    assert lines["found"].startswith(found)
    assert "[inner-sizes]: `W" in lines["found"]
    assert "(n2, n1)" in lines["hover"]
    assert lines["action"].startswith("Write `")
    assert (lines["left"], lines["text"]) == ("0", repaired)


def test_emacs_takes_settings_from_its_variable(tmp_path: Path) -> None:
    document = tmp_path / "my.shapes"
    document.write_text("Z1 = W1 @ X + b1\n", encoding="utf-8")
    lines = seen(
        COMMAND, "emacs", document, {"SETTINGS": '(:convention "rows" :ignore ["mixed-convention"])'}
    )
    assert lines["text"] == "Z1 = X @ W1 + b1|"


def test_emacs_takes_settings_from_a_folder(tmp_path: Path) -> None:
    document = tmp_path / "my.shapes"
    document.write_text("Z1 = W1 @ X + b1\n", encoding="utf-8")
    settings = '(:shapelint . (:convention "rows" :ignore ["mixed-convention"]))'
    (tmp_path / ".dir-locals.el").write_text(f"((nil . ((eglot-workspace-configuration . ({settings})))))")
    assert seen(COMMAND, "emacs", document)["text"] == "Z1 = X @ W1 + b1|"


def test_emacs_paints_formulas_and_leaves_prose(tmp_path: Path) -> None:
    document = tmp_path / "my.shapes"
    document.write_text("\n".join(text for text, _, _ in PAINTED) + "\n", encoding="utf-8")
    parts = "\n".join(part for _, part, _ in PAINTED)
    lines = seen(COMMAND, "emacs", document, {"PARTS": parts})
    for number, (_, _, face) in enumerate(PAINTED, 1):
        assert lines[f"painted{number}"] == (f"font-lock-{face}-face" if face else "nil"), PAINTED[number - 1]
