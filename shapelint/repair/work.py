"""How much work one formula may take: steps in, an end where they are spent."""


class Spent(Exception):  # noqa: N818 - no error: a search that is given up
    """The work that one formula may take is spent."""


class Work:
    """How many steps the searches for one formula may still take."""

    def __init__(self, steps: int) -> None:
        """Begin with a number of steps: pairs of shapes that are tried, variants that are weighed."""
        self._left = steps

    def spend(self, steps: int = 1) -> None:
        """Take steps; raise `Spent` where none are left."""
        self._left -= steps
        if self._left < 0:
            raise Spent
