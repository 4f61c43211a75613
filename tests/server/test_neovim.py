"""Neovim itself, with the plugin: it shows the slip, and the repair mends it."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
PLUGIN = HERE.parent.parent / "editors" / "neovim"


@pytest.mark.skipif(shutil.which("nvim") is None, reason="Neovim is not installed")
@pytest.mark.parametrize(
    ("name", "text", "found", "repaired"),
    [
        ("formulas.txt", "dA1 = W2 @ dZ2\n", "0:6 inner-sizes", "dA1 = W2.T @ dZ2"),
        (
            "notes.md",
            "# 𝔘\n\n𝔘 $dA^{[1]} = W^{[2]} dZ^{[2]}$\n",
            "2:17 inner-sizes",
            "# 𝔘||𝔘 $dA^{[1]} = W^{[2]T} dZ^{[2]}$",
        ),
    ],
)
def test_neovim_shows_the_slip_and_mends_it(
    tmp_path: Path, name: str, text: str, found: str, repaired: str
) -> None:
    document = tmp_path / name
    document.write_text(text, encoding="utf-8")
    said = {"DOCUMENT": str(document), "PLUGIN": str(PLUGIN), "PYTHON": sys.executable, "HOME": str(tmp_path)}
    done = subprocess.run(
        ["nvim", "--headless", "-u", "NONE", "-S", str(HERE / "neovim.lua")],
        env=os.environ | said,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    lines = dict(line.split(" ", 1) for line in done.stdout.splitlines() if " " in line)
    assert lines["found"].startswith(found), done.stdout + done.stderr
    assert "W" in lines["hover"]
    assert "(n2, n1)" in lines["hover"]
    assert lines["action"].startswith("Write `")
    assert (lines["left"], lines["text"]) == ("0", repaired)
