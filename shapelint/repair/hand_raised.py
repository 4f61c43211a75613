"""The hand of formulas that are typed with `<sup>`: `A<sup>[1]T</sup>`; everything else is as in LaTeX."""

import re

from shapelint.repair.hand_latex import LatexHand

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

    def plain(self, text: str) -> str:
        """Return a name without its transpose."""
        without = _ALONE.sub("", text)
        return without if without != text else _INSIDE.sub("", text)
