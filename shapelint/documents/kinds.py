"""The kinds of document: a file's name comes in, its kind comes out."""

from typing import NamedTuple

TEXT, MARKDOWN, LATEX, NOTEBOOK, PYTHON, OCTAVE = "text", "markdown", "latex", "notebook", "python", "octave"


class Kind(NamedTuple):
    """The files of a suffix: what they are, and whether they are picked up when a folder is walked."""

    suffix: str
    kind: str
    picked: bool = True


class Refusal(NamedTuple):
    """Why a text is not of the kind that its name says, the place to show in it, and what may help."""

    reason: str
    offset: int = 0
    advice: str = ""


# A new kind of document is a row here and a reader beside this module. What has none of the suffixes is text.
KINDS = (
    Kind(".shapes", TEXT),
    Kind(".txt", TEXT),
    Kind(".md", MARKDOWN),
    Kind(".markdown", MARKDOWN),
    Kind(".qmd", MARKDOWN),  # Quarto
    Kind(".rmd", MARKDOWN),  # R Markdown
    Kind(".tex", LATEX),
    Kind(".latex", LATEX, picked=False),
    Kind(".ltx", LATEX, picked=False),
    Kind(".ipynb", NOTEBOOK),
    Kind(".py", PYTHON),
    Kind(".pyw", PYTHON, picked=False),
    Kind(".m", OCTAVE),  # Octave, MATLAB
)


def kind(name: str) -> str:
    """Return the kind of a file by its name."""
    lower = name.lower()
    return next((row.kind for row in KINDS if lower.endswith(row.suffix)), TEXT)
