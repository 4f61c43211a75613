"""A place of `{` in LaTeX in, the place of its `}` out: comments and escaped braces count for nothing."""

import re

_BRACE = re.compile(r"\\.|%[^\r\n]*|[{}]", re.DOTALL)


class Braces:
    """The braces of a stretch of text, matched once: asking for every one of them takes linear time.

    What an answer had to read past is remembered, because a brace without an end is read past to the end.
    """

    def __init__(self, text: str, end: int) -> None:
        """Say where the stretch is that braces are looked for in."""
        self._text = text
        self._end = end
        self._closings: dict[int, int] = {}
        self._known = 0

    def closing(self, place: int) -> int | None:
        """Return the place of the `}` for the `{` at `place`, None if nothing closes it."""
        if place >= self._known:
            self._known = self._read(place)
        return self._closings.get(place)

    def _read(self, place: int) -> int:
        """Match braces until the first one is closed, and return how far that was."""
        opened: list[int] = []
        for match in _BRACE.finditer(self._text, place, self._end):
            sign = match.group()
            if sign == "{":
                opened.append(match.start())
            elif sign == "}" and opened:
                self._closings[opened.pop()] = match.start()
                if not opened:
                    return match.end()
        return self._end
