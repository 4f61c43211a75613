"""A line of a paragraph in, the end of the formula out that it begins and leaves open: `$$`, `\\[`, `\\begin`.

Such a formula goes over blank lines and over what would be blocks, but not over headings, and in quotes and
lists not over blank lines. What was looked for in vain is remembered, so that time stays linear.
"""

import re

ENVIRONMENT = (
    r"(?:equation|align|aligned|alignedat|alignat|gather|gathered|eqnarray|multline|split|cases|flalign"
    r"|displaymath|math|array|matrix|[bpvBV]matrix)\*?"
)
_OPENER = re.compile(
    rf"(`+)|(?P<dollars>\$\$)|(?P<bracket>\\\\\[|(?<![\w^\])'\\])\\\[)|\\begin\{{(?P<name>{ENVIRONMENT})\}}|\\(?:[^\n]|\Z)"
)
_HEADING = re.compile(r"^[ >]*#{1,6}[ \t]", re.M)
_BLANK = re.compile(r"\n[ \t>\r]*\n")


class Displays:
    """Finds where formulas end that go over lines."""

    def __init__(self, text: str, end: int) -> None:
        """Take the text, and where the stretch of it ends."""
        self._text = text
        self._end = end
        self._missing: set[str] = set()
        self._next: dict[re.Pattern[str], tuple[int, int]] = {}
        self._found: dict[str, int] = {}

    def end(self, place: int, line_end: int, contained: bool) -> int:
        """Return where the formula ends that a line leaves open, 0 if it leaves none."""
        while place < line_end:
            match = _OPENER.search(self._text, place, line_end)
            if match is None:
                return 0
            place = match.end()
            closer = _closer(match)
            if match[1]:
                closing = self._text.find(match[1], place, line_end)
                place = place if closing < 0 else closing + len(match[1])
            elif closer:
                closing = self._closing(closer, place)
                if closing >= line_end:
                    return closing + len(closer) if self._reaches(place, closing, contained) else 0
                place = closing + len(closer) if closing >= 0 else place
        return 0

    def _closing(self, closer: str, place: int) -> int:
        if self._found.get(closer, -1) < place and closer not in self._missing:
            self._found[closer] = self._text.find(closer, place, self._end)
            if self._found[closer] < 0:
                self._missing.add(closer)
        return -1 if closer in self._missing else self._found[closer]

    def _reaches(self, place: int, closing: int, contained: bool) -> bool:
        if self._following(_HEADING, place) < closing:
            return False
        return not contained or self._following(_BLANK, place) > closing

    def _following(self, pattern: re.Pattern[str], place: int) -> int:
        """Return where a pattern stands next; asked for growing places."""
        known, found = self._next.get(pattern, (-1, -1))
        if not known <= place <= found:
            match = pattern.search(self._text, place, self._end)
            found = self._end if match is None else match.start()
            self._next[pattern] = (place, found)
        return found


def _closer(match: re.Match[str]) -> str:
    if match["dollars"]:
        return "$$"
    if match["bracket"]:
        return match["bracket"][:-1] + "]"
    return f"\\end{{{match['name']}}}" if match["name"] else ""
