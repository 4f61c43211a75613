"""How a writer writes: the habits of a document in, the spelling of what a repair puts there out.

A new notation is a line here and a module; what a repair does not touch stays as it stands.
"""

from shapelint.parse.notation import PLAIN, Notation
from shapelint.repair.hand import Hand
from shapelint.repair.hand_plain import PlainHand


def hand(notation: Notation, document: str, side: str) -> Hand:
    """Return the hand of a document, and of the side of a formula in it that is rewritten."""
    if notation is PLAIN:
        return PlainHand(document, side)
    from shapelint.repair.hand_latex import LatexHand  # files of formulas have no use for it

    return LatexHand(document, side)
