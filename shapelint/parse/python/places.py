"""A stretch of Python in, its places out: where a node of `ast` stands, and the parentheses that `ast` forgets."""

import ast
import re
from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple

from shapelint.patterns import lazy

# Strings, comments and brackets: all that keeps a bracket from being one, or makes it one.
_TOKEN = lazy(
    r"(?P<string>[rRbBuUfF]{0,2}(?:"
    r'"""(?:[^\\]|\\.)*?"""|\'\'\'(?:[^\\]|\\.)*?\'\'\'|"(?:[^"\\\n]|\\.)*"|\'(?:[^\'\\\n]|\\.)*\'))'
    r"|(?P<comment>\#[^\r\n]*)|(?P<blank>[\s\\]+)|(?P<open>[(\[{])|(?P<close>[)\]}])|(?P<word>\w+)|(?P<sign>.)",
    re.DOTALL,
)
_LINE_END = lazy(r"\r\n?|\n")
_NO_CALLEE = frozenset(
    ("and", "or", "not", "in", "is", "if", "else", "return", "lambda", "yield", "assert", "await", "for")
)


class Token(NamedTuple):
    """A word, a sign, a bracket or a string; blanks and comments are none."""

    kind: str
    start: int
    end: int
    text: str


def tokens(text: str) -> Iterator[Token]:
    """Take Python apart, roughly: a stretch that is none still gives what looks like tokens."""
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup
        if kind is not None and kind not in ("blank", "comment"):
            yield Token(kind, match.start(), match.end(), match.group())


def comments(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield where the comments of a stretch are."""
    for match in _TOKEN.finditer(text, start, end):
        if match.lastgroup == "comment":
            yield match.span()


class Places:
    """Where the nodes of a stretch stand, in code points from its beginning."""

    def __init__(self, text: str) -> None:
        """Take the text that `ast` has read."""
        self.text = text
        self._starts = [0, *(end.end() for end in _LINE_END.finditer(text))]
        self._narrow = text.isascii()

    @cached_property
    def groups(self) -> dict[tuple[int, int], tuple[int, int]]:
        """Return the parentheses that only group: where what they hold begins and ends → where they do."""
        return _found_groups(self.text)

    def start(self, node: ast.expr | ast.stmt | ast.keyword | ast.arg) -> int:
        """Return where a node begins."""
        return self._place(node.lineno, node.col_offset)

    def end(self, node: ast.expr | ast.stmt | ast.keyword | ast.arg) -> int:
        """Return where a node ends."""
        assert node.end_lineno is not None
        assert node.end_col_offset is not None
        return self._place(node.end_lineno, node.end_col_offset)

    def _place(self, line: int, column: int) -> int:
        """`ast` counts the bytes of a line."""
        start = self._starts[line - 1]
        if self._narrow:
            return start + column
        end = self._starts[line] if line < len(self._starts) else len(self.text)
        row = self.text[start:end]
        if row.isascii():
            return start + column
        return start + len(row.encode("utf-8", "surrogatepass")[:column].decode("utf-8", "replace"))


def _found_groups(text: str) -> dict[tuple[int, int], tuple[int, int]]:
    if "(" not in text:
        return {}
    found: dict[tuple[int, int], tuple[int, int]] = {}
    opened: list[tuple[int, bool, int]] = []
    before: Token | None = None
    pending: int | None = None  # a bracket was opened, and what it holds has not begun
    for token in tokens(text):
        if pending is not None:
            opened[pending] = (opened[pending][0], opened[pending][1], token.start)
            pending = None
        if token.kind == "open":
            opened.append((token.start, token.text == "(" and _groups(before), token.end))
            pending = len(opened) - 1
        elif token.kind == "close" and opened:
            start, grouping, first = opened.pop()
            if grouping and before is not None and before.end > start + 1:
                found[first, before.end] = (start, token.end)
        before = token
    return found


def _groups(before: Token | None) -> bool:
    """Say whether a parenthesis behind this token is no call's."""
    if before is None or before.kind in ("sign", "open"):
        return True
    return before.kind == "word" and before.text in _NO_CALLEE
