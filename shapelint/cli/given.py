"""The formulas of `-e`: a text that is none is refused, in words that say so."""

from collections.abc import Sequence

from shapelint.diagnostic import Report
from shapelint.misuse import Misuse

_EXAMPLE = "dZ1 = W2.T @ dZ2 * g'(Z1)"


def refuse_empty(formulas: Sequence[str]) -> None:
    """Raise Misuse where a text of `-e` is empty, or nothing but a comment."""
    for text in formulas:
        if not text.split("#")[0].strip() and "shapelint:" not in text:
            raise Misuse(f"`-e` takes a formula, such as `{_EXAMPLE}`; there is none in `{text}`")


def refuse_others(report: Report) -> None:
    """Raise Misuse for the first text of `-e` that is no formula."""
    found = next((one for one in report.diagnostics if one.code == "unread"), None)
    if found is not None:
        from shapelint.explain.asides import NOT_READ

        source = report.source
        line = source.line(source.row(found.span.start)).strip()
        why = found.message.removeprefix(NOT_READ)
        raise Misuse(f"`{line}` is no formula: {why}; one looks like this: `{_EXAMPLE}`")
