"""How a writer writes: the habits of a document in, the spelling of what a repair puts there out.

A new notation is a line here and a module; what a repair does not touch stays as it stands.
"""

from collections.abc import Hashable

from shapelint.documents.manner import manner_of
from shapelint.parse.notation import PLAIN, PYTHON, Notation
from shapelint.repair.hand import Hand
from shapelint.repair.hand_plain import PlainHand, usual_elementwise, usual_sign, usual_sum


def hand(notation: Notation, document: str, side: str) -> Hand:
    """Return the hand of a document, and of the side of a formula in it that is rewritten."""
    if notation is PLAIN:
        return PlainHand(document, side)
    if notation.writer is not None:
        own: Hand = notation.writer(document, side)
        return own
    if notation.grammar == PYTHON:
        from shapelint.repair.hand_python import PythonHand  # notes have no use for it

        return PythonHand(document, side)
    if "<sup>" in side.lower():
        from shapelint.repair.hand_raised import RaisedHand  # few documents are typed so

        return RaisedHand(document, side)
    from shapelint.repair.hand_latex import LatexHand  # files of formulas have no use for it

    return LatexHand(document, side)


def habits(notation: Notation, document: str) -> Hashable:
    """Return all that a hand looks up in the document: two documents with the same habits have the same hand."""
    if notation is PLAIN:
        return usual_sign(document), usual_sum(document), usual_elementwise(document), manner_of(document)
    if notation.writer is not None:
        return ""
    if notation.grammar == PYTHON:
        return usual_sum(document)
    from shapelint.repair.hand_latex import usual_habits  # files of formulas have no use for it

    return usual_habits(document), usual_sum(document), manner_of(document)
