"""A real editor, run without a screen: it opens a document with its files from `editors/`, and prints what it saw."""

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

HERE = Path(__file__).parent
EDITORS = HERE.parent.parent / "editors"

# A line, a part of it, and as what it is painted: "" as nothing, for prose stays as it is.
PAINTED = (
    ("dZ1 = W2.T @ dZ2", "dZ1", "variable-name"),
    ("∂J/∂Z1 = W2.T @ dZ2", "∂J/∂Z1", "variable-name"),
    ("W1 : (n1, n0)", "(n1", "type"),
    ("X, Y : (m, k)", "Y", "variable-name"),
    ("alpha : scalar", "scalar", "type"),
    ("dZ1 = W2.T @ dZ2", ".T", "builtin"),
    ("dW1 = dZ1 @ X^T", "^T", "builtin"),
    ("dW1 = dZ1 @ X^T", "@", "keyword"),
    ("db1 = np.sum(dZ1, axis=1)", "np.sum", "function-name"),
    ("dZ1 = dA1 * g'(Z1)", "g", "function-name"),
    ("db1 = np.sum(dZ1, axis=1)", "axis", "constant"),
    ("Z1 = W1 X  # the layer", "the", "comment"),
    ("dA1 = g'(Z1) and Z1' here", "here", ""),
    ("# shapelint: ignore", "shapelint", "preprocessor"),
    ("when w:", "when", "keyword"),
    ("The sum over the examples, is it a column?", "sum", ""),
    ('It doesn\'t say: when (see above) it is "so".', "so", ""),
)


def seen(
    command: Sequence[str], plugin: str, document: Path, more: Mapping[str, str] | None = None
) -> dict[str, str]:
    """Run an editor on a document and return its lines of `name value`; the last of a name counts.

    They are printed, or, where the screen is in the way, written into the file SAID. The home of
    the editor is the document's folder: nothing of its user's settings is read.
    """
    said = {
        "DOCUMENT": str(document),
        "PLUGIN": str(EDITORS / plugin),
        "PYTHON": sys.executable,
        "HOME": str(document.parent),
        "SAID": str(document.parent / "said"),
    }
    done = subprocess.run(
        command,
        env={**os.environ, **said, **(more or {})},
        cwd=document.parent,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        timeout=90,
        check=False,
    )
    written = document.parent / "said"
    told = written.read_text(encoding="utf-8") if written.exists() else done.stdout
    lines = dict(line.split(" ", 1) for line in told.splitlines() if " " in line)
    assert "text" in lines, done.stdout + done.stderr
    return lines
