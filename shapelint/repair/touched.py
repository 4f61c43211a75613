"""The places that a variant touches: what is underlined for it, and whether it touches more than is needed."""

from collections import Counter

from shapelint.repair.variants import Variant
from shapelint.source import Span
from shapelint.tree import Node, Paren, walk


def hull(spans: tuple[Span, ...], side: Node) -> Span | None:
    """Return what reaches over all of them, and to the other end of each parenthesis in it."""
    if not spans:
        return None
    start, end = min(span.start for span in spans), max(span.end for span in spans)
    for one in walk([side]):
        if isinstance(one, Paren) and start <= one.start < end:
            end = max(end, one.end)
        elif isinstance(one, Paren) and start < one.end <= end:
            start = min(start, one.start)
    return Span(start, end)


def does_more(variant: Variant, better: Variant) -> bool:
    """Say whether a variant edits what another one does, and something else beside it: that was enough."""
    causes, fewer = (Counter(edit.cause for edit in one.edits) for one in (variant, better))
    return set(better.touched) < set(variant.touched) and fewer < causes
