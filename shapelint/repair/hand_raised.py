"""The hand of formulas that are typed with `<sup>`: `A<sup>[1]T</sup>`; everything else is as in LaTeX."""

import re

from shapelint.repair.hand_latex import LatexHand
from shapelint.repair.hand_plain import called_sum
from shapelint.repair.kinds import MATRIX

_DOT = re.compile(r"</sup>[*_]{0,3} ?· ?\S|\w ?· ?\w+<sup>", re.I)
_LAST = re.compile(r"</sup>(?=[*_]{0,3}$)", re.I)
_ALONE = re.compile(r"<sup>\s*T\s*</sup>(?=[*_]{0,3}$)", re.I)
_INSIDE = re.compile(r"T(?=\s*</sup>[*_]{0,3}$)", re.I)


class RaisedHand(LatexHand):
    """Writes transposes into the superscript of a layer, or into one of their own."""

    def transposed(self, text: str) -> str:
        """Put the transpose into the last superscript, or behind a name without one."""
        last = _LAST.search(text)
        if last is None or text[: last.start()].endswith(("T", "t")):
            return f"{text}<sup>T</sup>"
        return f"{text[: last.start()]}T{text[last.start() :]}"

    def spelling(self, text: str) -> str:
        """Return the one word that a text is, read as LaTeX."""
        from shapelint.documents.markdown.raised import as_read  # few documents are typed so

        return super().spelling(as_read(text))

    def plain(self, text: str) -> str:
        """Return a name without its transpose."""
        without = _ALONE.sub("", text)
        return without if without != text else _INSIDE.sub("", text)

    def sign(self, kind: str) -> str:
        """A dot between two names is the matrix product, where the document writes one."""
        dotted = kind == MATRIX and _DOT.search(self._document)
        return " · " if dotted else super().sign(kind)

    def total(self, axis: int, kept: bool = True) -> tuple[str, str]:
        """A function: who types `<sup>` has no sign for it, unless the document shows one."""
        return (
            super().total(axis, kept) if "\\sum" in self._document else called_sum(self._document, axis, kept)
        )
