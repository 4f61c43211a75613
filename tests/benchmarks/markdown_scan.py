"""Markdown without formulas: the time to scan 10 MB of prose, with headings, lists, links, code, tables."""

import re
from statistics import median
from time import perf_counter

from shapelint.documents.markdown import scan
from tests.benchmarks.table import Cell, table

_SIZE = 10_000_000
_RUNS = 7
_SENTENCES = """\
The server keeps a connection open for as long as the client asks for it, which is rarely long.
Read the [introduction](https://example.org/docs/introduction.html#start) before you change anything here.
When a value is missing, the default of the `settings` file is taken, and a warning is written to the log.
It's a matter of taste whether `load()` or `open_file` is called first; both do the same in the end.
Some of this is described in more detail below, *together* with what the **next** version will bring.
""".splitlines()
_LIST = "- first of all, stop the service\n- then copy the `data` folder\n  to another disk\n- start again\n"
_NUMBERED = (
    "1. Open the page of the project.\n2. Choose a branch, then `merge` it.\n3. Wait for the checks.\n"
)
_FENCE = "```python\ndef load(path, mode='r'):\n    with open(path, mode) as file:\n        return file.read()\n```\n"
_TABLE = "| option | meaning |\n|--------|---------|\n| `-v` | says more |\n| `-q` | says nothing |\n"


# The prose of all kinds, and a kind of nothing else.
KINDS = {
    "English": "",
    "Cyrillic": "",
    "line ends of Windows": "",
    "lists": f"{_LIST}\n{_NUMBERED}\n",
    "tables": f"{_TABLE}\n",
    "quotes": f"> {_SENTENCES[0]}\n> {_SENTENCES[4]}\n\n",
    "bold beginnings": f"**Note:** {_SENTENCES[2]}\n\n",
    "one paragraph": "\n".join(_SENTENCES) + "\n",
}


def prose(size: int, kind: str = "English") -> str:
    """Return a text of a size, of one kind."""
    if KINDS[kind]:
        return KINDS[kind] * (size // len(KINDS[kind]))
    text = _sections(size)
    if kind == "Cyrillic":
        text = re.sub(r"(?m)^[A-Z][^\n`]*$", lambda line: line[0].translate(_CYRILLIC), text)
    return text.replace("\n", "\r\n")[:size] if kind == "line ends of Windows" else text


_CYRILLIC = {number: 0x410 + (number - 65) % 32 for number in (*range(65, 91), *range(97, 123))}


def _sections(size: int) -> str:
    parts, length, number = [], 0, 0
    while length < size:
        part = _part(number)
        parts.append(part)
        length += len(part)
        number += 1
    return "".join(parts)[:size]


def _part(number: int) -> str:
    """Return a section: in turn with a list, a fence, a table, with nothing but paragraphs."""
    turned = [_SENTENCES[(number + index) % len(_SENTENCES)] for index in range(5)]
    paragraphs = "\n".join(turned) + "\n\n" + "\n".join(turned[::-1]) + "\n\n"
    extra = (_LIST, _FENCE, _NUMBERED, _TABLE, "")[number % 5]
    return f"{'#' * (number % 3 + 1)} Part {number} of the manual\n\n{paragraphs}{extra}\n"


def main() -> None:
    """Measure, and print the times."""
    rows = [_measured(kind) for kind in KINDS]
    print(table([f"scan {_SIZE / 1e6:.0f} MB, ms", "best", "median", "worst"], rows))


def _measured(kind: str) -> tuple[Cell, ...]:
    text, times = prose(_SIZE, kind), []
    for _ in range(_RUNS):
        start = perf_counter()
        scan(text, 0, len(text))
        times.append((perf_counter() - start) * 1_000)
    return kind, min(times), float(median(times)), max(times)


if __name__ == "__main__":
    main()
