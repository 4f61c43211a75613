"""Findings in, the comments out that silence them: `# shapelint: ignore[inner-sizes]` behind the formula.

A comment stands at the end of the finding's line, written as the document writes comments there; codes are added to one
that stands there already.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping

from shapelint.diagnostic import Diagnostic, Edit, Report
from shapelint.documents.comments import Comment, comments
from shapelint.documents.read import contents
from shapelint.fixing.edits import Test
from shapelint.source import Source, Span

# A comment to shapelint that is wrong itself, a file that cannot be read, and what somebody asked for.
_NEVER = frozenset(("unused-ignore", "unreadable", "undetermined", "unread"))
_IGNORE = re.compile(r"shapelint[ \t]*:[ \t]*ignore\[(?P<codes>[^\]\n]*)\]")


def ignored(report: Report, check: Callable[[Source], Report], wanted: Test) -> Report:
    """Return the report of the text in which the wanted findings are silenced; `check` judges a text."""
    edits = ignoring(report.source, filter(wanted, report.diagnostics))
    return check(report.source.edited((edit.span, edit.content) for edit in edits)) if edits else report


def ignoring(source: Source, diagnostics: Iterable[Diagnostic]) -> tuple[Edit, ...]:
    """Return the edits that silence these findings, one for each line.

    The source is what `opened` gives. A line with a comment to shapelint of another kind is left as it is.
    """
    codes: dict[int, list[str]] = {}
    for one in diagnostics:
        if one.code not in _NEVER:
            codes.setdefault(source.row(max(one.span.end - 1, one.span.start)), []).append(one.code)
    if not codes:
        return ()
    there = _directives(source)
    joined = [edit for row in codes if row in there for edit in _joined(source, there[row], codes[row])]
    new = {row: words for row, words in codes.items() if row not in there}
    return tuple(sorted((*joined, *_new(source, new))))


def _new(source: Source, codes: Mapping[int, list[str]]) -> Iterator[Edit]:
    """Write comments as the document writes them, in code and displayed formulas as their dialect does."""
    written = comments(source)
    first = {row: _edit(source, row, words, written.elsewhere) for row, words in codes.items()}
    read = _directives(source.edited((edit.span, edit.content) for edit in first.values()))
    for row, edit in first.items():
        inside = written.inside(source.line_span(row).end)
        yield edit if row in read else _edit(source, row, codes[row], inside)


def _edit(source: Source, row: int, codes: Iterable[str], comment: Comment) -> Edit:
    span = source.line_span(row)
    end = span.start + len(source.slice(span).rstrip())
    words = ", ".join(sorted(set(codes)))
    return Edit(Span(end, end), f"  {comment.opens}shapelint: ignore[{words}]{comment.closes}")


def _joined(source: Source, there: Span, codes: Iterable[str]) -> Iterator[Edit]:
    """Add codes to those of an `ignore[…]` that stands on the line."""
    if found := _IGNORE.search(source.text, there.start, there.end):
        old = [word.strip() for word in found["codes"].split(",") if word.strip()]
        yield Edit(Span(*found.span("codes")), ", ".join(dict.fromkeys((*old, *sorted(codes)))))


def _directives(source: Source) -> dict[int, Span]:
    """Return the comments to shapelint that are read, by the row where they end."""
    found = contents(source).directives
    spans = [one.span for one in found.silences] + [one.span for one in found.misspelt]
    spans += [Span(one.start, one.start) for one in found.settings]
    return {source.row(span.end): span for span in spans}
