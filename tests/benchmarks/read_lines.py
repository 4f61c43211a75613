"""Of the lines that look like formulas of a network, how many are read, and why the others are not.

    python -m tests.benchmarks.read_lines FILE ...

What looks like one is told here by patterns on raw lines, which know nothing of the reader: a relation with a name
behind and before it that has a layer, is a gradient or a capital of the course, or in a program an assignment that
works with arrays. They are generous: what they take in too much counts as not read. A formula over three lines is one.
"""

import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from shapelint.check import Options, check, opened
from shapelint.diagnostic import FAULTY, OK, UNDETERMINED, UNREAD, Listed, Report
from shapelint.source import Source

BOXES = {OK: "right", FAULTY: "wrong", UNDETERMINED: "open", UNREAD: "not read", "": "left alone"}
READ = (OK, FAULTY, UNDETERMINED)
SILENT = "in silence"

_LETTER = r"(?:\\(?:mathbf|mathrm|boldsymbol|bm|vec|hat|tilde|bar)\s*\{?\s*)?[A-Za-zδΔθΘσγβμ]\}?"
_GREEK = r"\\(?:delta|Delta|theta|Theta|gamma|beta|mu|sigma|epsilon)"
_INDEX = (
    r"(?:\d{1,2}|\s?[_^]\s?\{[^{}]{1,20}\}|\s?[_^]\s?\w"
    r"|\^?\[[\w+\- ]{1,8}\]|\^?\([\w+\-]{1,6}\)|\^?<[\w+\-]{1,6}>)"
)
_NAME = (
    rf"(?<![\w.])(?:(?:d|D|∂|∇|\\partial\s?|\\nabla\s?|\\Delta\s?)_?\{{?(?:{_LETTER}|{_GREEK}){_INDEX}{{0,2}}(?![a-z])"
    rf"|(?:{_LETTER}|{_GREEK}){_INDEX}{{1,2}}(?![A-Za-z])|[WXZAYHVUB](?![\w'])|δ|Θ|{_GREEK}|\\frac)"
)
_RELATION = r"(?<![=<>!:+*/-])(?::=|=(?![=>])|←|<-|\\leftarrow|\\gets|\+=|-=)"
_FORMULA = re.compile(rf"(?:{_NAME})[\s\]}})'ᵀT.^&]*{_RELATION}(?=[^\n]{{0,80}}?(?:{_NAME}))")
_ASSIGNMENT = re.compile(
    r"^\s*[\w.\[\]'\"]+(?:\s*,\s*[\w.\[\]'\"]+)*\s*[+\-*/]?=(?!=)[^#\n]*"
    r"(?:\.dot\(|@|\.T\b|matmul\(|np\.(?:multiply|outer|dot|sum|exp|log|tanh|maximum)\(|sigmoid\(|relu\(|softmax\()"
)
_WORDS = re.compile(r"=\s*(?:the|a|an|number|size|is|our|this)\b", re.I)
_COMMENT = {".py": re.compile(r"^\s*#"), ".tex": re.compile(r"^\s*%")}


def main(paths: list[str]) -> None:
    """Print the figures by kind of line, and the reasons."""
    boxes: dict[str, Counter[str]] = {}
    reasons: dict[str, Counter[str]] = {}
    for path in paths:
        for kind, box, why in lines_of(path):
            boxes.setdefault(kind, Counter())[box] += 1
            if box not in map(BOXES.get, READ):
                reasons.setdefault(kind, Counter())[why or box] += 1
    columns = (*BOXES.values(), SILENT)
    print(f"{'':22}{'lines':>7}{'read':>8}" + "".join(f"{column:>12}" for column in columns))
    for kind in sorted(boxes):
        found = boxes[kind]
        read = sum(found[BOXES[one]] for one in READ) / found.total()
        print(f"{kind:22}{found.total():7}{read:8.1%}" + "".join(f"{found[column]:12}" for column in columns))
    for kind in sorted(reasons):
        print(f"\n{kind}: why not")
        for why, number in reasons[kind].most_common(12):
            print(f"  {number:5}  {why}")


def lines_of(path: str) -> Iterator[tuple[str, str, str]]:
    """Yield the kind, the box and the reason of each line of a file that looks like a network's formula."""
    text = Path(path).read_text(encoding="utf-8", errors="replace")
    source = Source(Path(path).name, text)
    shown = opened(source)
    if isinstance(shown, Report):
        return
    told: dict[int, list[Listed]] = {}
    for one in check(source, Options(listing=True)).listed:
        for row in range(shown.row(one.span.start), shown.row(max(one.span.start, one.span.end - 1)) + 1):
            told.setdefault(row, []).append(one)
    for row, kind in _rows(shown):
        line = shown.line(row)
        if _looks(line, kind):
            yield f"{Path(path).suffix[1:]}: {kind}", *_box(told.get(row, []))


def _box(told: list[Listed]) -> tuple[str, str]:
    """Return where a line ends up: where anything of it was read, there."""
    for status in (*READ, UNREAD, ""):
        for one in told:
            if one.status == status:
                why = re.sub(r"`[^`]*`|line \d+", "…", one.words)
                return BOXES[status], why
    return SILENT, ""


def _rows(source: Source) -> Iterator[tuple[int, str]]:
    """Yield the rows of a text with what stands there: notes, code, a fence in notes, a string, a comment."""
    suffix = Path(source.name).suffix
    fence = string = ""
    hidden = False  # in a comment of HTML
    for row in range(1, source.rows + 1):
        line = source.line(row)
        offset = source.line_span(row).start
        cell = next((one for one in source.cells if one.start <= offset <= one.end), None)
        code = suffix in (".py", ".m") or (cell is not None and cell.kind == "code")
        if code:
            for quotes in re.findall(r"\"\"\"|'''", line):
                string = "" if string == quotes else string or quotes
            yield row, "strings" if string else "comments" if _COMMENT[".py"].match(line) else "code"
            continue
        mark = re.match(r"\s*(```|~~~)", line)
        if mark is not None:
            fence = "" if fence == mark[1] else fence or mark[1]
        hidden = hidden or "<!--" in line
        comment = _COMMENT.get(suffix)
        is_comment = hidden or (comment is not None and comment.match(line) is not None)
        yield row, "comments" if is_comment else "fences" if fence else "notes"
        hidden = hidden and "-->" not in line


def _looks(line: str, kind: str) -> bool:
    if "data:image" in line or len(line) > 2_000:
        return False
    if kind == "code":
        return _ASSIGNMENT.search(line) is not None
    return _FORMULA.search(line) is not None and _WORDS.search(line) is None


if __name__ == "__main__":
    main(sys.argv[1:])
