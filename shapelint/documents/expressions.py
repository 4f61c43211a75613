"""Formulas that somebody gave in, those that are set to nothing out: `W2 dZ2 * g'(Z1)` is asked of as it stands.

In a document a line without a relation may be anything; what is given as a formula is meant as one.
"""

from collections.abc import Iterator, Sequence

from shapelint.documents.statements import FORMULA, Statement
from shapelint.parse.driver import UnreadError, run
from shapelint.parse.formulas import Read
from shapelint.parse.notation import PLAIN
from shapelint.parse.reductions import FORMULA as REDUCTIONS
from shapelint.parse.tables import table
from shapelint.parse.tokens import Words
from shapelint.problems import Unreadable
from shapelint.source import Span
from shapelint.symbol import WORD
from shapelint.tree import Formula, Name, walk

_HEAD = "return"  # as in a program: what an expression is the value of


def expressions(text: str, found: Sequence[Statement]) -> Iterator[Statement]:
    """Yield the lines that no statement stands on, each as an expression."""
    start = 0
    for line in text.splitlines(keepends=True):
        end = start + len(line)
        if not any(one.start < end and start < one.end for one in found):
            said = line.split("#")[0].rstrip()
            first = start + len(said) - len(said.lstrip())
            if said:
                span = Span(first, start + len(said))
                yield Statement(FORMULA, *span, _HEAD, first, "", span, _EXPRESSION)
        start = end


def _read(text: str, start: int, end: int, words: Words) -> Read:
    """Read an expression; words of a sentence are none."""
    found = PLAIN.tokenize(text, start, end, words)
    if found.prose is not None:
        return Read(None, found.flags, None, True)
    try:
        tree = run(table(PLAIN.grammar), "comparison", found.tokens, end, REDUCTIONS)
    except UnreadError as unread:
        place = Span(unread.start, max(unread.end, min(unread.start + 1, len(text))))
        problem = Unreadable(place, text[unread.start : unread.end], unread.expected, Span(start, end))
        return Read(None, found.flags, problem, False)
    if all(node.symbol.flags & WORD for node in walk([tree]) if isinstance(node, Name)):
        return Read(None, found.flags, None, True)
    return Read(Formula(tree.start, tree.end, [tree], []), found.flags, None, False)


_EXPRESSION = PLAIN._replace(read=_read)
