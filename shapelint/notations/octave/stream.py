"""The tokens of a text, taken one by one; where none fits, the reading ends there."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from shapelint.notations.octave.tokens import SIGN, Token

_DEEPEST = 100  # brackets in brackets, signs behind signs


class NoOctaveError(Exception):
    """What stands there begins or goes on with something that Octave does not know; `place` is where."""

    def __init__(self, place: int) -> None:
        """Take the place."""
        super().__init__(place)
        self.place = place


class Stream:
    """Tokens, and how far they are read."""

    def __init__(self, found: Sequence[Token], end: int) -> None:
        """Take all tokens of a text, and where it ends."""
        self._tokens = found
        self._end = end
        self.place = 0
        self._depth = 0

    @property
    def ahead(self) -> Token | None:
        """The next token."""
        return self._tokens[self.place] if self.place < len(self._tokens) else None

    def is_sign(self, *texts: str) -> bool:
        """Say whether one of these signs is next."""
        token = self.ahead
        return token is not None and token.kind == SIGN and token.text in texts

    def next(self) -> Token:
        """Take the next token. Raises NoOctaveError at the end."""
        token = self.ahead
        if token is None:
            raise NoOctaveError(self._end)
        self.place += 1
        return token

    def expect(self, text: str) -> Token:
        """Take a sign that has to be next. Raises NoOctaveError where another is."""
        if not self.is_sign(text):
            raise NoOctaveError(self.ahead.start if self.ahead is not None else self._end)
        return self.next()

    def following(self) -> Token | None:
        """Return the token behind the next one."""
        return self._tokens[self.place + 1] if self.place + 1 < len(self._tokens) else None

    @contextmanager
    def deeper(self) -> Iterator[None]:
        """Read something inside of something else. Raises NoOctaveError where that goes too deep."""
        self._depth += 1
        try:
            if self._depth > _DEEPEST:
                raise NoOctaveError(self.ahead.start if self.ahead is not None else self._end)
            yield
        finally:
            self._depth -= 1
