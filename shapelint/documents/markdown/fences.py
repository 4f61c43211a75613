"""The line that opens a fence in, the dialect of what stands in it out, and where that begins: behind its options."""

import re

from shapelint.documents.regions import CODE, LATEX, OCTAVE, PLAIN

# A row: the words that writers, Quarto, R Markdown, MyST and highlighters put behind a fence.
_ROWS = {
    PLAIN: """text txt plain plaintext shapes shapelint formula formulas pseudocode pycon doctest pytb""",
    LATEX: "math latex tex",
    CODE: "python py python2 python3 py2 py3 numpy ipython ipython2 ipython3 pytorch",
    OCTAVE: "octave matlab",
}
_DIALECTS = {word: dialect for dialect, words in _ROWS.items() for word in words.split()}
# Directives that hold code of a language that is named behind them, Python where it is not.
_HOLDERS = frozenset(("code-cell", "code-block", "code", "sourcecode"))
_INFO = re.compile(r"\{?[ \t]*(?:#[^\s}]*[ \t]+)?\.?(?P<word>[\w+-]+)(?P<rest>.*)", re.S)
_NAMED = re.compile(r"[ \t]*\}[ \t]*(?P<word>[\w+-]+)")
# `:label: forward`, and options between two lines of dashes, before what a directive holds.
_OPTIONS = re.compile(
    r"(?:[ \t]*:[a-z][\w-]*:[^\n]*(?:\n|\Z))+|[ \t]*---[ \t\r]*\n(?:[^\n]*\n)*?[ \t]*---[ \t\r]*(?:\n|\Z)"
)


def dialect(info: str) -> str:
    """Return the dialect of a fence, empty if its inside is no formula: `py`, `{python, echo=FALSE}`, `{math}`."""
    info = info.strip().lower()
    match = _INFO.match(info)
    if match is None:
        return "" if info else PLAIN
    word = match["word"]
    if info.startswith("{") and word in _HOLDERS:
        named = _NAMED.match(match["rest"])
        word = named["word"] if named else "python" if word == "code-cell" else ""
    return _DIALECTS.get(word, "")


def inside(text: str, info: str, start: int, end: int) -> int:
    """Return where what a fence holds begins: behind the options of a directive."""
    match = _OPTIONS.match(text, start, end) if info.lstrip().startswith("{") else None
    return match.end() if match else start
