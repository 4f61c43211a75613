"""A side rewritten in, the formula read and judged once more out: what is offered has to be right."""

from typing import NamedTuple

from shapelint.documents.manner import in_manner, manner_of
from shapelint.documents.normal import normal
from shapelint.infer.formula import Verdict
from shapelint.infer.section import Section
from shapelint.parse.formulas import Read, read_formula
from shapelint.parse.notation import PYTHON
from shapelint.tree import Formula, Node


class Again(NamedTuple):
    """A formula with a side rewritten, read and judged once more; its places count from its own beginning."""

    text: str
    formula: Formula
    verdict: Verdict


def mended(section: Section, read: Read, side: Node, text: str) -> Again | None:
    """Return the formula with a side rewritten, read and judged again, if nothing is wrong with it any more."""
    assert read.formula is not None
    whole = section.original
    again = whole[read.formula.start : side.start] + text + whole[side.end : read.formula.end]
    if _open_braces(again) != _open_braces(whole[read.formula.start : read.formula.end]):
        return None  # whatever it says, no renderer would show it
    shown = again
    if read.notation.grammar == "latex" and "<" in again:
        from shapelint.documents.markdown.raised import as_read  # few documents are typed so

        shown = as_read(again)
    shown = normal(shown)
    text = shown if read.notation.grammar == PYTHON else in_manner(shown, again, manner_of(whole))
    found = read_formula(text, 0, len(again), section.names, read.notation)
    if found.formula is None:
        return None
    verdict = section.judge_one(found.formula, found.flags)
    return None if verdict.problems or verdict.choices else Again(again, found.formula, verdict)


def _open_braces(text: str) -> int:
    return text.count("{") - text.count("}")


def loses_a_row(section: Section, side: Node, text: str) -> bool:
    """Say whether a side, rewritten, has other ends of rows than before: what stands beside it would move."""
    return section.original[side.start : side.end].count("\\\\") != text.count("\\\\")
