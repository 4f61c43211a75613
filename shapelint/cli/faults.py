"""The edge: a fault of the program, or a file that cannot be written, is told in one sentence and costs one file."""

import sys
from collections.abc import Callable
from typing import TypeVar

from shapelint.render.visible import visible

_Result = TypeVar("_Result")


class Faults:
    """Counts the faults of a run and tells each on standard error."""

    def __init__(self, verbose: bool) -> None:
        """Begin without faults; `verbose` adds where in the program each happened."""
        self.count = 0
        self._verbose = verbose

    def guard(self, name: str, work: Callable[[], _Result]) -> _Result | None:
        """Return the result of the work on a file, None if it failed."""
        try:
            return work()
        except Exception as fault:
            self.count += 1
            tell(fault, self._verbose, name)
            return None

    def undone(self, name: str, why: str) -> None:
        """Tell of a file that what was asked could not be done with it."""
        self.count += 1
        print(visible(f"shapelint: {name}: {why}"), file=sys.stderr)


def tell(fault: Exception, verbose: bool, name: str = "") -> None:
    """Say on standard error what happened, at which file, and how to report it."""
    what = visible(f"{type(fault).__name__}: {fault}")[:200]
    place = f"{visible(name)}: " if name else ""
    print(
        f"shapelint: {place}this is a fault of shapelint, not of your formulas ({what}); "
        "please report it with the lines that bring it about",
        file=sys.stderr,
    )
    if verbose:
        import traceback

        traceback.print_exception(fault)
