"""LaTeX files: which stretches are mathematics, which are headings and comments, whatever is half-typed."""

from itertools import pairwise
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shapelint.documents.regions import LATEX, Found, Region, reading
from shapelint.documents.tex import scan

# What a text is called, the text, and the insides of its regions.
DELIMITERS = [
    ("dollars", r"so $x$ and $y$.", ["x", "y"]),
    ("doubled dollars", "$$x$$ and $$\ny\n$$", ["x", "\ny\n"]),
    ("parentheses", r"\(x\) and \(f(y)\)", ["x", "f(y)"]),
    ("brackets", r"\[W^{[l]}\]", ["W^{[l]}"]),
    ("ensuremath", r"\ensuremath{x_{1}} and \ensuremath {y}", ["x_{1}", "y"]),
    ("side by side", "$a$$b$", ["a", "b"]),
    ("escaped", r"\$5 and \\(no\\) and \\[2pt] $a\$b$", [r"a\$b"]),
    ("in groups", r"\footnote{where $x$}\section{On $y$}", ["x", "y"]),
    ("nothing inside", r"$$ $$ $$$$ \(\)", [" "]),
    ("lonely closers", r"\) \] } \end{align} $x$", ["x"]),
    ("one dollar in two", r"$$a $ b$$ $c$", ["a $ b", "c"]),
    ("parentheses with a dollar", r"\(a $ b\)", ["a $ b"]),
]
NAMES = """
    equation equation* align align* aligned alignat flalign gather gathered multline eqnarray eqnarray* split
    displaymath math dmath IEEEeqnarray
""".split()  # noqa: SIM905 - the same
ENVIRONMENTS = [
    (name, f"a \\begin{{{name}}}x\\end{{{name}}} b", [f"\\begin{{{name}}}x\\end{{{name}}}"]) for name in NAMES
] + [
    ("of tables", r"\begin{tabular}{l}$x$\end{tabular}", ["x"]),
    ("blanks", "\\begin {align}x\\end { align }", ["\\begin {align}x\\end { align }"]),
    ("with arguments", r"\begin{alignat}{2}x\end{alignat}", [r"\begin{alignat}{2}x\end{alignat}"]),
    (
        "nested",
        r"\begin{equation}\begin{aligned}a\\\begin{cases}b\end{cases}\end{aligned}\end{equation}",
        [r"\begin{equation}\begin{aligned}a\\\begin{cases}b\end{cases}\end{aligned}\end{equation}"],
    ),
    ("in brackets", r"\[\begin{aligned}a\end{aligned}\]", [r"\begin{aligned}a\end{aligned}"]),
    ("in dollars", r"$$\begin{align*}a\end{align*}$$", [r"\begin{align*}a\end{align*}"]),
    (
        "of one name",
        r"\begin{aligned}\begin{aligned}a\end{aligned}\end{aligned}$b$",
        [r"\begin{aligned}\begin{aligned}a\end{aligned}\end{aligned}", "b"],
    ),
    (
        "in subequations",
        r"\begin{subequations}\begin{align}a\end{align}\end{subequations}",
        [r"\begin{align}a\end{align}"],
    ),
    ("with a dollar", r"\begin{align}a$\end{align}$b$", [r"\begin{align}a$\end{align}", "b"]),
    ("with a blank line", "\\begin{align}a\n\nb\\end{align}", ["\\begin{align}a\n\nb\\end{align}"]),
]
HIDDEN = [
    ("a comment", "a % $x$\n$y$", ["y"]),
    ("an escaped percent sign", r"5\% $x$", ["x"]),
    ("a percent sign behind a new line", "\\\\% $x$\n", []),
    ("the environment comment", "\\begin{comment}$x$\\end{comment}$y$", ["y"]),
    ("verbatim", "\\begin{verbatim}$x$ %\\end{verbatim}$y$", ["y"]),
    ("verbatim with a star", "\\begin{verbatim*}$\\end{verbatim}\\end{verbatim*}$y$", ["y"]),
    ("Verbatim", "\\begin{Verbatim}[numbers=left]\n$x$\\end{Verbatim}$y$", ["y"]),
    ("a listing", "\\begin{lstlisting}[language=bash]\necho $x\n\\end{lstlisting}$y$", ["y"]),
    ("minted", "\\begin{minted}{python}\na = '$'\n\\end{minted}$y$", ["y"]),
    ("verb", r"\verb|$| \verb*+%+ \lstinline!$! \mintinline{sh}|$| $x$", ["x"]),
    ("verb of one line", "\\verb|$x$\n|", ["x"]),
    ("an address", r"\url{http://a.b/$x%20} \href{a$}{on $x$}", ["x"]),
    ("what stands behind the document", "$x$\\end{document}$y$ % z", ["x"]),
    ("the body of a macro", r"\newcommand{\x}{$a$}\newcommand*\y[1][2]{\(b\)}$c$", ["c"]),
    ("the body of def", r"\def\x{$a$}\gdef\y#1{$b$}$c$", ["c"]),
    ("an operator", r"\DeclareMathOperator*{\x}{$a$}$c$", ["c"]),
    ("a new environment", r"\newenvironment{x}[1]{$}{$}\renewenvironment{y}{\[}{\]}$c$", ["c"]),
    ("a new document command", r"\NewDocumentCommand{\x}{m o}{$a$}$c$", ["c"]),
    (
        "an environment in a macro",
        r"\newcommand{\be}{\begin{equation}}\newcommand{\ee}{\end{equation}}$c$",
        ["c"],
    ),
    ("a macro in a macro", r"\newcommand{\x}{\newcommand{\y}{$a$}$b$}$c$", ["c"]),
]
TEXTS = [
    ("text", r"$a \text{ if $x$ } b$ $c$", [r"a \text{ if $x$ } b", "c"]),
    ("a box", r"$$a \mbox{ if $x$}$$", [r"a \mbox{ if $x$}"]),
    ("text in text", r"$a \text{ \textbf{if $x$} or $y$ }$", [r"a \text{ \textbf{if $x$} or $y$ }"]),
    ("a tag", r"$$a \tag{$\star$}$$", [r"a \tag{$\star$}"]),
    ("text in parentheses", r"\(a \text{ if \(x\) }\)", [r"a \text{ if \(x\) }"]),
    ("text that nobody closed", "$a \\text{ if $ b\n\n}$c$", ["a \\text{ if ", "c"]),
]
UNCLOSED = [
    ("a dollar", "$a\n\nb $c$", ["a", "c"]),
    ("a dollar, with carriage returns", "$a\r\n \r\nb $c$", ["a", "c"]),
    ("a dollar at the end", "so $a", ["a"]),
    ("a dollar before a section", "$a\n\\section{b} $c$", ["a\n", "c"]),
    ("a dollar before a display", "$a\n\\[ b \\] c\n\n$d$", ["a\n", " b ", "d"]),
    ("a parenthesis", "\\(a\n\n\\(b\\)", ["a", "b"]),
    ("ensuremath", "\\ensuremath{a\n\n$b$}", ["a", "b"]),
    ("a bracket", "\\[ a\n\\section{b}\n\\[ c \\]", [" a\n", " c "]),
    ("a bracket before a bracket", "\\[ a\n\n\\[ b \\]", [" a\n\n", " b "]),
    ("a bracket before dollars", "\\[ a\n$$b$$", [" a\n", "b"]),
    ("an environment", "\\begin{align}a\n\n\\section*{b}$c$", ["\\begin{align}a\n\n", "c"]),
    ("an environment at the end", "\\begin{align}a\n\nb", ["\\begin{align}a\n\nb"]),
    (
        "an environment before one",
        "\\begin{align}a\n\\begin{align}b\\end{align}",
        ["\\begin{align}a\n", "\\begin{align}b\\end{align}"],
    ),
    (
        "an environment in brackets",
        "\\[\\begin{aligned}a\\] \\[b\\]",
        ["\\begin{aligned}a", "b"],
    ),
    ("an end of another name", "\\begin{align}a\\end{gather}", ["\\begin{align}a\\end{gather}"]),
    ("dollars", "$$a\n\n\\section{b}\n$$c$$", ["a\n\n", "c"]),
    ("dollars at the end", "$$a\n\nb", ["a\n\nb"]),
    (
        "dollars before an environment",
        "$$a\n\\begin{align}b\\end{align}",
        ["a\n", "\\begin{align}b\\end{align}"],
    ),
    ("a macro", "\\newcommand{\\x}{a\n$b$", ["b"]),
    ("a macro without a body", "\\newcommand{\\x}\n\n\\newcommand $b$", ["b"]),
    ("verbatim", "\\begin{verbatim}\n$a$\n\\section{b}$c$", ["c"]),
    ("verb", "\\verb|a $b$", ["b"]),
    ("begin", "\\begin{alig\n$b$ \\begin", ["b"]),
]
TABLE = DELIMITERS + ENVIRONMENTS + HIDDEN + TEXTS + UNCLOSED

HEADINGS = [
    (r"\part{a}\chapter{b}\section{c}\subsection{d}", [1, 2, 3, 4]),
    (r"\subsubsection{a}\paragraph{b}\begin{frame}\frametitle{c}", [5, 6, 7, 7]),
    (r"\section*{a}\section[short]{b}\section {c}", [3, 3, 3]),
    (r"\sectionmark{a}\titleformat{\section}{b}\sections{c}\ref{section}", []),
    ("% \\section{a}\n\\begin{verbatim}\\section{b}\\end{verbatim}\\\\section{c}", []),
    (r"\newcommand{\x}{\section{a}}", []),
]
COMMENTS = [
    ("a % b\nc %% d %", [" b", "% d %"]),
    ("%a\r\nb\\% c\\\\% d\r% e", ["a", " d", " e"]),
    ("\\verb|%| \\url{a%b} \\begin{verbatim}%\\end{verbatim} % c", [" c"]),
    ("$a % b\n$ \\newcommand{\\x}{% c\n}", [" b", " c"]),
    ("\\end{document} % a", []),
]
GROWING = [
    "$", "$ ", "$a\n\n", "$$\\section{a}", "$$\\begin{align}", "$\\text{", "$\\[", "$\\(", "\\(", "\\[", "\\(\\[",
    "\\begin{align}", "\\begin{aligned}\\begin{align}", "\\begin{align}\\end{gather}", "\\begin{ ", "\\begin",
    "\\begin{verbatim}", "\\begin{verbatim}\\section{a}", "\\ensuremath{", "\\newcommand{\\a}{", "\\newcommand\\a[",
    "\\def\\a#1", "\\newenvironment{a}{", "\\text{", "\\section", "\\verb|", "\\verb!a", "\\url{", "\\\\", "{", "}",
    "%", "%\n", "\n", " ", "a", "\\", "\\]", "\\end{align}",
]  # fmt: skip
PIECES = """
    $ $$ \\( \\) \\[ \\] \\\\ \\$ \\% % { } a W^{[l]} \\text{ \\tag{ \\ensuremath{ \\section{ \\part* \\begin{frame}
    \\begin{align} \\end{align} \\begin{aligned} \\end{aligned} \\begin{verbatim} \\end{verbatim} \\end{document}
    \\verb| | \\url{ \\newcommand{\\x} \\def\\x#1 \\newenvironment{x} \\begin{comment} \\end{comment} # [ ]
""".split()  # noqa: SIM905 - a list of forty strings would be no easier to read


def _found(text: str) -> Found:
    return scan(text, 0, len(text))


def _insides(text: str) -> list[str]:
    return [text[region.start : region.end] for region in _found(text).regions]


@pytest.mark.parametrize(("text", "insides"), [row[1:] for row in TABLE], ids=[row[0] for row in TABLE])
def test_regions(text: str, insides: list[str]) -> None:
    assert _insides(text) == insides
    assert {region.dialect for region in _found(text).regions} <= {LATEX}


@pytest.mark.parametrize(("text", "levels"), HEADINGS)
def test_headings(text: str, levels: list[int]) -> None:
    headings = _found(text).headings
    assert [heading.level for heading in headings] == levels
    assert all(text[heading.start] == "\\" for heading in headings)


@pytest.mark.parametrize(("text", "insides"), COMMENTS)
def test_comments(text: str, insides: list[str]) -> None:
    assert [text[comment.start : comment.end] for comment in _found(text).comments] == insides


def test_comments_in_formulas_are_read_as_blanks() -> None:
    text = "so $a % b $\r\n+ c$ % d"
    assert reading(text, _found(text)) == "    a      \r\n+ c     "
    assert reading("\\[ 5\\% %\n\\]", _found("\\[ 5\\% %\n\\]")) == "   5\\%  \n  "


def test_only_the_stretch_is_read() -> None:
    text = "$a$ $b$ % c\n\\section{d}"
    assert scan(text, 4, 7).regions == [Region(5, 6, LATEX)]
    assert scan(text, 4, 6).regions == [Region(5, 6, LATEX)]
    assert scan(text, 3, 10).comments == [(9, 10)]
    assert scan(text, 3, 10).headings == []


def _check(text: str, start: int, end: int) -> None:
    """Check what `regions.py` promises of what a reader finds."""
    found = scan(text, start, end)
    for places in (found.regions, found.comments):
        assert all(start <= place.start and place.end <= end for place in places)
        assert all(one.end <= other.start for one, other in pairwise(places))
    assert all(region.start < region.end for region in found.regions)
    assert [heading.start for heading in found.headings] == sorted({each.start for each in found.headings})
    for overlay in found.overlays:
        covered = text[overlay.start : overlay.start + len(overlay.text)]
        assert (covered[:1], overlay.text) == ("%", " " * len(covered))
        assert not set(covered) & set("\r\n")
        stop = overlay.start + len(overlay.text)
        assert any(region.start <= overlay.start and stop <= region.end for region in found.regions)
    assert len(reading(text, found)) == len(text)


@given(st.text())
def test_any_text_can_be_read(text: str) -> None:
    _check(text, 0, len(text))


@given(
    st.lists(st.sampled_from([*PIECES, " ", "\n", "\r\n", "\n\n"])).map("".join),
    st.integers(0),
    st.integers(0),
)
def test_any_latex_can_be_read(text: str, one: int, other: int) -> None:
    _check(text, 0, len(text))
    start, end = sorted((one % (len(text) + 1), other % (len(text) + 1)))
    _check(text, start, end)


@pytest.mark.parametrize("text", [row[1] for row in TABLE] + [row[0] for row in HEADINGS + COMMENTS])
def test_any_half_typed_latex_can_be_read(text: str) -> None:
    for end in range(len(text) + 1):
        _check(text[:end], 0, end)


@pytest.mark.parametrize("piece", GROWING)
def test_time_grows_with_the_text_and_no_faster(piece: str) -> None:
    """A hundred thousand of anything take well under a second; if time grew faster, they would take minutes."""
    text = piece * 100_000
    before = perf_counter()
    scan(text, 0, len(text))
    assert perf_counter() - before < 10


def test_verbs_with_different_marks_take_no_longer() -> None:
    text = "".join(f"\\verb{chr(0x4E00 + number)}" for number in range(20_000))
    before = perf_counter()
    scan(text, 0, len(text))
    assert perf_counter() - before < 10


@pytest.mark.parametrize(
    "line",
    [
        "The brown fox is \\textbf{quick}~\\cite{fox}, and jumps over the lazy dog as all of us have heard.\n",
        "a",
    ],
    ids=["prose", "one line"],
)
def test_prose_is_passed_over(line: str) -> None:
    """Ten million characters take about 0.2 seconds."""
    text = line * (10_000_000 // len(line))
    before = perf_counter()
    assert scan(text, 0, len(text)) == Found([], [], [], [])
    assert perf_counter() - before < 3
