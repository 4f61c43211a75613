"""Neovim itself, with the plugin: it shows the slip, and the repair mends it."""

import shutil
from pathlib import Path

import pytest

from .real import HERE, seen


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
    command = ["nvim", "--headless", "-u", "NONE", "-S", str(HERE / "neovim.lua")]
    lines = seen(command, "neovim", document)
    assert lines["found"].startswith(found)
    assert "W" in lines["hover"]
    assert "(n2, n1)" in lines["hover"]
    assert lines["action"].startswith("Write `")
    assert (lines["left"], lines["text"]) == ("0", repaired)
